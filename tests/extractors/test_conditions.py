import pytest

from extractors.conditions import find_conditions, to_conditions
from ontology.model import Conditions, Quantity


def conditions(text: str) -> Conditions:
    return to_conditions(find_conditions(text))


def said(value: Quantity | str | None) -> str | None:
    return value.text if isinstance(value, Quantity) else value


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("It kept 80% after 350 cycles.", "cycles", "350 cycles"),
        ("It kept 80% over 350 cycles.", "cycles", "350 cycles"),
        ("It was cycled at 0.6 A g-1.", "current_density", "0.6 A g-1"),
        ("Cells were charged under 4C.", "charge_rate", "4C"),
        ("Cells were discharged at 2C.", "discharge_rate", "2C"),
        ("It lasts at −15 °C.", "temperature", "−15 °C"),
        ("The powder was annealed at 850 °C.", "process_temperature", "850 °C"),
        ("Cells stored for 60 days lost little.", "storage_time", "60 days"),
        ("Cells stood at 90% SOC.", "state_of_charge", "90%"),
        ("It was cycled between 0.05 and 1.2 V.", "voltage_window", "0.05 and 1.2 V"),
        ("NMC811 cells were cycled up to 4.3 V.", "voltage_window", "4.3 V"),
        ("With 8 wt% FEC it lasts.", "dose", "8 wt%"),
        ("With 8 wt% FEC it lasts.", "additive", "FEC"),
        ("in 1.5 M LiFSI it lasts", "salt", "1.5 M LiFSI"),
        ("in EC/DMC (1:1 v/v) it lasts", "solvents", "EC/DMC (1:1 v/v)"),
        ("It swells under a pressure of 0.3 MPa.", "pressure", "0.3 MPa"),
        ("at a loading of 2.8 mg cm−2 it fails", "loading", "2.8 mg cm−2"),
        ("with 3 µL mAh−1 of electrolyte", "electrolyte_amount", "3 µL mAh−1"),
        ("an N/P ratio of 1.15 was used", "np_ratio", "1.15"),
        ("The anode holds 18 wt% Si.", "silicon_of_composite", "18 wt%"),
        ("retention relative to the 3rd cycle", "reference_cycle", "3rd cycle"),
        ("in half cells", "cell", "half"),
        ("in full cells with LFP cathodes", "cell", "full"),
        ("in full cells with LFP cathodes", "counter_electrode", "LFP"),
        ("in Li||Li symmetric cells", "cell", "symmetric"),
        ("in pouch cells", "format", "pouch"),
        ("during calendar ageing", "regime", "storage"),
        ("during cycling", "regime", "cycling"),
        ("on lithium metal, it helps", "host", "lithium metal"),
        ("on red phosphorus anodes it helps", "host", "red phosphorus"),
        ("normalised per g of Si it is high", "basis", "per g of Si"),
        ("based on the total electrode mass", "basis", "total electrode mass"),
        ("DFT calculations show", "mode", "simulated"),
        ("the value extrapolated to five years", "mode", "extrapolated"),
        ("mean of n = 4", "statistic", "mean"),
    ],
)
def test_conditions_fill_their_field(text: str, field: str, expected: str) -> None:
    assert said(getattr(conditions(text), field)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fails at high temperature.", "high temperature"),
        ("It helps in fast charging.", "fast charging"),
        ("combined with Mg doping it helps", "combined with Mg doping"),
        ("after calendering it sticks", "after calendering"),
        ("irrespective of concentration", "irrespective of concentration"),
        ("NCA||Si cells live longer.", "NCA||Si"),
        ("HF appears after 40 h of immersion.", ""),
        ("It was stirred for 3 h.", "for 3 h"),
    ],
)
def test_conditions_keep_what_fits_no_field(text: str, words: str) -> None:
    assert words in (conditions(text).note or "")


def test_conditions_keep_every_value_of_a_field() -> None:
    found = conditions("Cells were kept at 25 °C and then at 60 °C.")
    assert said(found.temperature) == "25 °C"
    assert found.note is not None
    assert "60 °C" in found.note


def test_conditions_do_not_take_results() -> None:
    found = conditions("The anode gave 1500 mAh g-1 and kept 92% of its capacity.")
    assert found == Conditions()


def test_conditions_place_their_spans_with_the_offset() -> None:
    text = "It kept 80% after 350 cycles."
    for plain, moved in zip(find_conditions(text), find_conditions(text, offset=100), strict=True):
        assert (moved.span.start - 100, moved.span.end - 100) == tuple(plain.span)
        assert text[slice(*plain.span)] == plain.text


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("After prelithiation, the full cell reaches an ICE of 98.7 %.", "prelithiated"),
        ("By chemical prelithiation the ICE of the full cell rose to 98.7 %.", "prelithiated"),
        ("Prelithiation raises the ICE of the full cell to 98.7 %.", "prelithiated"),
        ("Without prelithiation, the full cell has an ICE of 82 %.", None),
        ("Before prelithiation, the full cell has an ICE of 82 %.", None),
    ],
)
def test_conditions_tell_numbers_after_prelithiation_from_those_without(text: str, state: str | None) -> None:
    assert conditions(text).prelithiation == state


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("It raises the energy density of a graphite anode.", "graphite"),
        ("Calendar ageing is more severe than for graphite anodes.", None),
        ("It cracks more than in graphite.", None),
        ("It disrupts the passivation of silicon more than that of graphite.", None),
    ],
)
def test_conditions_take_no_standard_of_comparison_for_the_host(text: str, host: str | None) -> None:
    assert conditions(text).host == host
