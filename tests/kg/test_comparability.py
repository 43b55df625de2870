import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.comparability import canonical_interval, compare_conditions, compare_quantities, show
from ontology.model import Conditions, Quantity
from tests.kg.builders import at, number


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (number(25, "°C"), number(298.15, "K"), "same"),
        (number(25, "°C"), number(28, "°C"), "same"),
        (number(25, "°C"), number(45, "°C"), "different"),
        (number(2, "weeks"), number(14, "days"), "same"),
        (number(1, "months"), number(300, "h"), "different"),
        (number(1, "wt%"), number(2, "wt%"), "different"),
        (number(80, "wt%"), number(80, "%"), "same"),
        (number(100, "mA g−1"), number(0.1, "A/g"), "same"),
        (number(0.2, "mA cm-2"), number(0.2, "mA/cm2"), "same"),
        (number(150, "μA cm−2"), number(0.15, "mA cm-2"), "same"),
        (number(100, "ppm"), number(0.01, "wt%"), "same"),
        (number(5, "A h"), number(5000, "mAh"), "same"),
        (number(1, "C"), number(1, "A/g"), "unknown"),
        (number(5, "μm"), number(5000, "nm"), "same"),
        (number(0, "°C"), number(0, "°C"), "same"),
        (Quantity(low=400, high=600, unit="°C"), number(500, "°C"), "same"),
        (Quantity(low=25, high=45, unit="°C"), Quantity(low=40, high=60, unit="°C"), "unknown"),
        (Quantity(low=10, high=20, unit="°C"), Quantity(low=40, high=60, unit="°C"), "different"),
        (Quantity(value=30, qualifier=">", unit="°C"), number(45, "°C"), "unknown"),
        (Quantity(value=30, qualifier="<", unit="°C"), number(45, "°C"), "different"),
        (Quantity(value=100, qualifier="≥", unit="cycles"), Quantity(value=100, qualifier="≥", unit="cycle"), "same"),
        (Quantity(text="room temperature"), Quantity(text="Room temperature"), "same"),
        (Quantity(text="room temperature"), number(25, "°C"), "unknown"),
        (Quantity(), Quantity(), "unknown"),
    ],
)
def test_comparability_of_quantities(first, second, outcome):
    assert compare_quantities(first, second) == compare_quantities(second, first) == outcome


QUANTITIES = st.builds(
    Quantity,
    value=st.none() | st.floats(-1e6, 1e6),
    low=st.none() | st.floats(-1e6, 1e6),
    high=st.none() | st.floats(-1e6, 1e6),
    qualifier=st.sampled_from(["=", "~", "<", ">", "≤", "≥", "up_to"]),
    unit=st.sampled_from(["°C", "K", "%", "h", "", "smoot"]),
)


@given(QUANTITIES, QUANTITIES)
def test_comparability_is_symmetric_and_reflexive(first, second):
    assert compare_quantities(first, second) == compare_quantities(second, first)
    if canonical_interval(first):
        assert compare_quantities(first, first) == "same"


def test_comparability_tells_same_different_and_unknown_fields():
    compared = compare_conditions(
        at(cell="full", temperature=(25, "°C"), salt="LiPF6", binder="PAA"),
        at(cell="Full", temperature=(60, "°C"), salt="1 M LiPF6", note="anything"),
    )
    assert compared.same == (("cell", "full"),)
    assert compared.different == (("temperature", "25 °C", "60 °C"),)
    assert compared.unknown == ("binder", "salt")


def test_comparability_says_nothing_of_what_neither_states():
    assert compare_conditions(Conditions(), Conditions(regime="unspecified", note="x")) == compare_conditions(
        at(), at()
    )
    assert compare_conditions(at(), at()).unknown == ()


def test_comparability_another_host_differs_from_silicon_carbon():
    assert compare_conditions(at(host="red phosphorus"), at()).different == (
        ("host", "red phosphorus", "silicon-carbon anode"),
    )


def test_comparability_shows_a_quantity_without_its_text():
    shown = [show(Quantity(low=1, high=2, unit="h")), show(Quantity(value=3, qualifier="≥", unit="C")), show(None)]
    assert shown == ["1–2 h", "≥3 C", ""]
