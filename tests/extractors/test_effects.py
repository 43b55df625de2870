"""Each row is a text of the project's own and the (cause, target, direction) triples it asserts."""

from pathlib import Path

import pytest

from extractors import extract, read, to_contract
from ontology.model import Extraction

SAYS = [
    ("FEC prolongs cycle life but increases gas evolution at 60 °C.", {("FEC additive", "cycle life", "increases"), ("FEC additive", "gas generation", "increases")}),
    ("The carbon coating lowers the impedance without sacrificing capacity.", {("carbon coating", "cell resistance", "decreases"), ("carbon coating", "specific capacity", "no_change")}),
    ("VC and LiBOB were tested. Both suppress gas evolution.", {("VC additive", "gas generation", "decreases"), ("LiBOB additive", "gas generation", "decreases")}),
    ("Prelithiation was applied. It raised the initial Coulombic efficiency from 72% to 91%.", {("prelithiation", "initial coulombic efficiency", "increases")}),
    ("The LiBOB additive generates gas at 60 °C.", {("LiBOB additive", "gas generation", "increases")}),
    ("Boron doping raises the electrical conductivity at the expense of capacity.", {("B doping", "electrical conductivity", "increases"), ("B doping", "specific capacity", "decreases")}),
    ("The carbon coating lowers the driving force for SEI growth.", {("carbon coating", "SEI growth", "decreases")}),
    ("Compared with silica that holds no nanotubes, the carbon coating improves the cycle life.", {("carbon coating", "cycle life", "increases")}),
    ("FEC is projected to prolong cycle life.", {("FEC additive", "cycle life", "increases")}),
]  # fmt: skip

SILENT = [
    "Capacity retention was measured over 200 cycles at C/3.",
    "To improve the cycle life, FEC was added to the electrolyte.",
    "Whether FEC affects calendar life is not known.",
    "Si/C anodes with a PAA binder were cycled between 0.01 and 1.5 V.",
]


def _extract(text: str, folder: Path) -> Extraction:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return extract(read(path))


@pytest.mark.parametrize(("text", "expected"), SAYS)
def test_effects_are_read(text: str, expected: set[tuple[str, str, str]], tmp_path: Path) -> None:
    found = {(e.cause, e.target, e.direction) for e in _extract(text, tmp_path).effects}
    assert expected <= found
    assert {t for _, t, _ in found} == {t for _, t, _ in expected}


@pytest.mark.parametrize("text", SILENT)
def test_effects_stay_silent(text: str, tmp_path: Path) -> None:
    assert _extract(text, tmp_path).effects == ()


def test_effects_mark_a_projection_as_hedged(tmp_path: Path) -> None:
    (effect,) = _extract("FEC is projected to prolong cycle life.", tmp_path).effects
    assert effect.hedged


def test_effects_name_what_they_are_compared_with(tmp_path: Path) -> None:
    (effect,) = _extract(
        "The coated anode with a PAA binder shows higher capacity retention than one with PVDF.", tmp_path
    ).effects
    assert effect.comparator is not None
    assert "PVDF" in effect.comparator.text


def test_effects_read_an_optimum_with_its_window(tmp_path: Path) -> None:
    found = [
        e
        for e in _extract("The FEC dose matters for cycle life; the optimal FEC content is 10 wt%.", tmp_path).effects
        if e.direction == "optimum"
    ]
    assert [e.window.value for e in found if e.window] == [10.0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_effects_quote_their_source_exactly(newline: str, tmp_path: Path) -> None:
    text = newline.join(
        [
            "\ufeff# Title 𝛼",
            "",
            "The ﬁlm of LiF lowers the",
            "interfacial resistance⁵¹ and FEC prolongs cycle life.",
            "",
        ]
    )
    path = tmp_path / "own.md"
    path.write_bytes(text.encode())
    document = read(path)
    extraction = extract(document)
    pieces = [e for claim in (*extraction.effects, *extraction.measurements) for e in claim.evidence]
    assert pieces
    assert all(document.text[e.start : e.end] == e.text for e in pieces)
    assert all(document.text[m.start : m.end] for m in extraction.mentions)


def test_contract_is_identical_for_two_readings(tmp_path: Path) -> None:
    text = "FEC prolongs cycle life. It also raises gas evolution at 60 °C, whereas VC retains 92% of the capacity."
    assert to_contract(_extract(text, tmp_path)) == to_contract(_extract(text, tmp_path))
