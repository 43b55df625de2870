from pathlib import Path

import pytest

from extractors import extract, read
from ontology.model import Extraction, Measurement


def read_text(tmp_path: Path, text: str) -> Extraction:
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    return extract(read(path))


def rows(found: Extraction) -> list[tuple[str, object, str]]:
    def value(m: Measurement) -> object:
        return m.quantity.value if m.quantity.value is not None else (m.quantity.low, m.quantity.high)

    return [(m.metric, value(m), m.quantity.unit) for m in found.measurements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The anode retained 88% of its capacity after 150 cycles at 0.4 A g-1.", [("capacity retention", 88, "%")]),
        ("The cell lost 12% of its capacity in 90 days of storage.", [("capacity fade", 12, "%")]),
        (
            "The powder gave 1390 mAh g-1 with an ICE of 87.5%.",
            [("specific capacity", 1390, "mAh g-1"), ("initial coulombic efficiency", 87.5, "%")],
        ),
        (
            "The electrode swells by 18% and fades by 0.06% per cycle.",
            [("electrode swelling", 18, "%"), ("capacity fade rate", 0.06, "% per cycle")],
        ),
        ("With the new binder the cells lasted 640 cycles.", [("cycle life", 640, "cycles")]),
        ("The SiO2 film is 12 nm thick.", [("coating thickness", 12, "nm")]),
        ("Diffusion in silicon is slow (10-12 cm2 s-1).", [("Li diffusion coefficient", 1e-12, "cm2 s-1")]),
        (
            "The BET surface area falls from 21 to 6 m2 g-1.",
            [("specific surface area", 21, "m2 g-1"), ("specific surface area", 6, "m2 g-1")],
        ),
        ("The ICE ranges from 86% to 89%.", [("initial coulombic efficiency", (86, 89), "%")]),
        ("Capacity retention was 0% after 40 cycles.", [("capacity retention", 0, "%")]),
        (
            "Retention and Coulombic efficiency were 81% and 99.4%, respectively.",
            [("capacity retention", 81, "%"), ("coulombic efficiency", 99.4, "%")],
        ),
        ("The calendar life is predicted to exceed 12 years.", [("calendar life", 12, "years")]),
        ("The stack gave 330 Wh kg-1.", [("energy density", 330, "Wh kg-1")]),
    ],
)
def test_measurements_find_value_and_metric(tmp_path: Path, text: str, expected: list[tuple[str, object, str]]) -> None:
    assert rows(read_text(tmp_path, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cells were cycled at 0.5C and 25 °C for 200 cycles.",
        "The cells were charged to 4.3 V at 1 A g-1.",
        "The electrolyte was 1.2 M LiPF6 in EC:EMC (3:7) with 5 wt% FEC.",
        "The slurry was stirred for 12 h and dried at 90 °C.",
        "Storage at 60 °C and 80% SOC for 30 days harms the cell.",
        "The film was grown at a loading of 2 mg cm-2 with 3 µL mAh-1.",
        "Spectra were recorded from 100 kHz to 10 mHz with an amplitude of 5 mV.",
        "The sample was washed three times.",
        "As reported [12] and shown in Fig. 3, NMC622 works.",
    ],
)
def test_measurements_are_no_test_conditions(tmp_path: Path, text: str) -> None:
    assert rows(read_text(tmp_path, text)) == []


def test_measurements_attach_each_circumstance_to_its_value(tmp_path: Path) -> None:
    found = read_text(tmp_path, "The anode gave 900 mAh g-1 at 0.3 A g-1 and 500 mAh g-1 at 4 A g-1.").measurements
    rates = [m.conditions.current_density.text for m in found if m.conditions.current_density]
    assert rates == ["0.3 A g-1", "4 A g-1"]


def test_measurements_refuse_what_cannot_be_and_say_why(tmp_path: Path) -> None:
    found = read_text(tmp_path, "The initial Coulombic efficiency was 982%.")
    assert found.measurements == ()
    (refusal,) = found.refusals
    assert refusal.text == "982%"
    assert "outside" in refusal.reason


def test_measurements_keep_a_genuine_efficiency_above_hundred(tmp_path: Path) -> None:
    assert rows(read_text(tmp_path, "After prelithiation the ICE was 104%."))[0][1] == 104.0


def test_measurements_mark_a_change_as_relative(tmp_path: Path) -> None:
    (found,) = read_text(tmp_path, "The additive raised the cycle life by 70%.").measurements
    assert found.conditions.note is not None
    assert "relative change" in found.conditions.note


def test_measurements_name_their_owner(tmp_path: Path) -> None:
    text = (
        "Silicon nanowires were coated with carbon. "
        "The nanowires retained 85% of their capacity, against 50% for graphite."
    )
    owners = [m.subject for m in read_text(tmp_path, text).measurements]
    assert owners == ["silicon nanowires", "graphite"]


def test_measurements_quote_their_source(tmp_path: Path) -> None:
    text = "The anode gave $\\sim 1390 \\text{ mA h g}^{-1}$ at\n–20 °C.^{5,6} It kept 88% of its capacity."
    found = read_text(tmp_path, text)
    assert len(found.measurements) == 2
    for measurement in found.measurements:
        assert measurement.evidence[0].role == "sentence"
        for piece in measurement.evidence:
            assert piece.text == found.document.text[piece.start : piece.end]


def test_measurements_convert_to_the_metrics_unit(tmp_path: Path) -> None:
    (found,) = read_text(tmp_path, "The powder gave 1.39 A h g-1.").measurements
    assert (found.canonical_value, found.canonical_unit) == (1390.0, "mAh/g")
