import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.units import convert, parse_unit, unit_of


@pytest.mark.parametrize(
    "spelling",
    [
        "mAh g-1",
        "mA h g-1",
        "mAh/g",
        "mAh·g-1",
        "mAh g^-1",
        "mAh g(-1)",
        "mAhg1",
        "mAhg-1",
        "mA-h g-1",
        "mA h/g",
        "mAh per g",
    ],
)
def test_units_read_one_unit_in_every_style(spelling: str) -> None:
    unit = unit_of(spelling)
    assert unit is not None
    assert (unit.key, unit.dimension) == ("mAh/g", "specific capacity")


@pytest.mark.parametrize(
    ("spelling", "dimension"),
    [
        ("Wh L-1", "energy density"),
        ("% per cycle", "fade per cycle"),
        ("µL mAh-1".replace("µ", "μ"), "electrolyte amount"),
        ("N cm-1", "line force"),
        ("Ω cm2", "area-specific resistance"),
        ("cm2 s-1", "diffusivity"),
        ("mA cm2", "current density"),
        ("kJ mol-1", "molar energy"),
        ("wt. %", "mass fraction"),
        ("W m-1 K-1", "thermal conductivity"),
        ("MPa", "pressure"),
        ("mV s-1", "scan rate"),
        ("cm-1", "wavenumber"),
        ("J m-2", "surface energy"),
    ],
)
def test_units_name_what_a_composition_measures(spelling: str, dimension: str) -> None:
    unit = unit_of(spelling)
    assert unit is not None
    assert unit.dimension == dimension


@pytest.mark.parametrize("spelling", ["C2H4", "V h", "apples", "LiPF6", ""])
def test_units_refuse_what_measures_nothing(spelling: str) -> None:
    assert unit_of(spelling) is None


def test_units_tell_what_a_capacity_is_counted_per() -> None:
    for spelling in ("mAh gSi-1", "mAh g(Si)-1", "mAh g_Si-1", "mAh g-1(Si)"):
        match = parse_unit(spelling, 0)
        assert match is not None
        assert (match.basis, match.end) == ("Si", len(spelling))


def test_units_convert_exactly_and_refuse_other_dimensions() -> None:
    assert convert(0.3, "A h kg-1", "mAh/g") == 0.3
    assert convert(1.2, "μm", "nm") == 1200.0
    assert convert(298.15, "K", "°C") == 25.0
    assert convert(1.0, "V", "nm") is None


@given(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False), st.sampled_from(["nm", "μm", "mm"]))
def test_units_converting_there_and_back_changes_nothing(value: float, unit: str) -> None:
    there = convert(value, unit, "m")
    assert there is not None
    assert convert(there, "m", unit) == pytest.approx(value, rel=1e-12)
