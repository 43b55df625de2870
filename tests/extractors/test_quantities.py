import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities import FoundQuantity, find_quantities, format_quantity
from ontology.model import Quantity


def only(text: str) -> FoundQuantity:
    (found,) = find_quantities(text)
    return found


SINGLE = [
    ("a capacity of 1450 mA h g−1 was seen", 1450, "=", "mAh/g"),
    ("gave 1450 mAh g(-1)", 1450, "=", "mAh/g"),
    ("gave 1450 mAh·g⁻¹", 1450, "=", "mAh/g"),
    ("gave 1450 mAhg1 only", 1450, "=", "mAh/g"),
    ("gave 1450 mA h g^{-1}.", 1450, "=", "mAh/g"),
    (r"gave $\sim 1450 \text{ mA h g}^{-1}$.", 1450, "~", "mAh/g"),
    (r"with $D \approx 10^{-12} \text{ cm}^2 \text{ s}^{-1}$", 1e-12, "~", "cm2/s"),
    ("gave 1450 mA h g<sup>-1</sup>.", 1450, "=", "mAh/g"),
    ("gave 1,450 mAh/g", 1450, "=", "mAh/g"),
    ("gave 1 450 mAh/g", 1450, "=", "mAh/g"),
    ("doped with 15 300 ppm", 15300, "=", "ppm"),
    ("at 15\u2009300 ppm", 15300, "=", "ppm"),
    ("stores 410 Wh kg⁻¹", 410, "=", "Wh/kg"),
    ("stores 890 Wh L-1", 890, "=", "Wh/L"),
    ("fades by 0.04% per cycle", 0.04, "=", "%/cycle"),
    ("fades by 0.04%/cycle", 0.04, "=", "%/cycle"),
    ("charged at C/5", 0.2, "=", "C"),
    ("charged at 1/2C", 0.5, "=", "C"),
    ("charged at 0.3C", 0.3, "=", "C"),
    ("charged at 6 C", 6, "=", "C"),
    ("at 2 A g−1", 2, "=", "A/g"),
    ("at 0.7 mA cm−2", 0.7, "=", "mA/cm2"),
    ("with 4 µL mAh−1", 4, "=", "μL/mAh"),
    ("with 2.6 g Ah-1", 2.6, "=", "g/Ah"),
    ("at 55 °C", 55, "=", "°C"),
    ("at −25 °C", -25, "=", "°C"),
    ("at –25 °C", -25, "=", "°C"),
    ("at 55 ℃", 55, "=", "°C"),
    ("at 55 degrees C", 55, "=", "°C"),
    (r"at 55 $^{\circ}$C", 55, "=", "°C"),
    ("at 310 K", 310, "=", "K"),
    ("holds 12 wt% Si", 12, "=", "wt%"),
    ("holds 12 wt.% Si", 12, "=", "wt%"),
    ("holds 3 vol% VC", 3, "=", "vol%"),
    ("kept 88 percent", 88, "=", "%"),
    ("after 40 days", 40, "=", "d"),
    ("after 700 cycles", 700, "=", "cycle"),
    ("for two years", 2, "=", "year"),
    ("for 36 h", 36, "=", "h"),
    ("for 90 min", 90, "=", "min"),
    ("a 7 nm film", 7, "=", "nm"),
    ("a 7-nm-thick film", 7, "=", "nm"),
    ("about 14 μm thick", 14, "~", "μm"),
    ("about 14 µm thick", 14, "~", "μm"),
    ("at 0.4 MPa", 0.4, "=", "MPa"),
    ("a modulus of 75 GPa", 75, "=", "GPa"),
    ("peels at 1.3 N cm−1", 1.3, "=", "N/cm"),
    ("conducts 4.5 mS cm−1", 4.5, "=", "mS/cm"),
    ("conducts 1.7 × 10−3 S cm−1", 0.0017, "=", "S/cm"),
    ("conducts 1.7×10^-3 S/cm", 0.0017, "=", "S/cm"),
    ("conducts 1.7e-3 S cm-1", 0.0017, "=", "S/cm"),
    ("diffuses at 10⁻¹⁰ cm² s⁻¹", 1e-10, "=", "cm2/s"),
    ("diffuses at 10-10 cm2 s-1", 1e-10, "=", "cm2/s"),
    ("diffuses at 10(-10) cm(2) s(-1)", 1e-10, "=", "cm2/s"),
    ("of 35 Ω cm2", 35, "=", "Ω·cm2"),
    ("of 35 ohm", 35, "=", "Ω"),
    ("of 48 kJ mol−1", 48, "=", "kJ/mol"),
    ("of 0.31 eV", 0.31, "=", "eV"),
    ("a 95 kW h pack", 95, "=", "kWh"),
    ("a 5 A h cell", 5, "=", "Ah"),
    ("a loading of 3.1 mg cm−2", 3.1, "=", "mg/cm2"),
    ("a density of 1.6 g cm−3", 1.6, "=", "g/cm3"),
    ("an area of 12 m2 g−1", 12, "=", "m2/g"),
    ("a volume of 0.8 cm3 g−1", 0.8, "=", "cm3/g"),
    ("in 1.2 M LiPF6", 1.2, "=", "M"),
    ("in 2 mol L-1 salt", 2, "=", "mol/L"),
    ("a 40-fold rise", 40, "=", "fold"),
    ("a tenfold rise", 10, "=", "fold"),
    ("four times higher than", 4, "=", "fold"),
    ("2.5× higher than", 2.5, "=", "fold"),
    ("by two orders of magnitude", 2, "=", "decade"),
    ("a drop of 0 mV", 0, "=", "mV"),
    ("0.00 MPa", 0, "=", "MPa"),
    ("more than 85%", 85, ">", "%"),
    ("exceeds 99.5%", 99.5, ">", "%"),
    (">85%", 85, ">", "%"),
    ("≥85%", 85, "≥", "%"),
    ("at least 85%", 85, "≥", "%"),
    ("below 3.9 V", 3.9, "<", "V"),
    ("no more than 4%", 4, "≤", "%"),
    ("up to 30%", 30, "up_to", "%"),
    ("∼15%", 15, "~", "%"),
    ("≈15%", 15, "~", "%"),
    ("over 300 cycles", 300, "=", "cycle"),
    ("under 4C", 4, "=", "C"),
]


@pytest.mark.parametrize(("text", "value", "qualifier", "key"), SINGLE)
def test_quantities_read_one_value(text: str, value: float, qualifier: str, key: str) -> None:
    found = only(text)
    assert found.quantity.value == pytest.approx(value, rel=1e-12)
    assert (found.quantity.qualifier, found.unit_key) == (qualifier, key)
    assert text[found.start : found.end] == found.quantity.text


@pytest.mark.parametrize(
    ("text", "low", "high", "relation"),
    [
        ("sized 3–8 µm", 3, 8, "range"),
        ("sized 3-8 µm", 3, 8, "range"),
        ("sized 3 to 8 µm", 3, 8, "range"),
        ("between 3 and 8 µm", 3, 8, "range"),
        ("3 µm–8 µm", 3, 8, "range"),
        ("ranges from 88% to 93%", 88, 93, "from_to"),
        ("fell from 900 to 700 mAh/g", 700, 900, "from_to"),
        ("at 0.2, 0.5 and 1C", 0.2, 1, "list"),
        ("at 1200, 3400 and 11 500 ppm", 1200, 11500, "list"),
        ("reversed, 4.3–2.7 V", 2.7, 4.3, "range"),
        ("from 500 nm to 2 μm", 0.5, 2, "from_to"),
    ],
)
def test_quantities_read_ranges_and_lists(text: str, low: float, high: float, relation: str) -> None:
    found = only(text)
    assert found.quantity.value is None
    assert (found.quantity.low, found.quantity.high, found.relation) == (low, high, relation)


def test_quantities_keep_both_ends_of_a_change_in_order() -> None:
    assert [p.quantity.value for p in only("rose from 62% to 81%").parts] == [62.0, 81.0]


def test_quantities_keep_the_spread() -> None:
    found = only("of 34 ± 2 %")
    assert (found.quantity.value, found.spread) == (34.0, "± 2")
    both = only("0.84 ± 0.02 and 0.94 ± 0.04 eV").parts
    assert [(p.quantity.value, p.spread) for p in both] == [(0.84, "± 0.02"), (0.94, "± 0.04")]


def test_quantities_end_a_unit_at_the_full_stop() -> None:
    assert only("between 0.01 and 3 V. A broad peak").unit_key == "V"


@pytest.mark.parametrize(
    "text",
    [
        "Li15Si4 and LiNi0.8Co0.15Al0.05O2",
        "safety^{51,52} matters",
        "as reported [12]",
        "(Fig. 3b) and Table 2",
        "Fig. 4 m",
        "NMC622 in 18650 cells",
        "a ratio of 10:5",
        "EC:EMC (3:7) was used",
        "SiH4 and C2H4",
        "in 2024 the authors",
        "washed three times with water",
        "PM-6 and CR-2032",
        "x = 0.5",
        "5 samples",
    ],
)
def test_quantities_leave_names_and_references_alone(text: str) -> None:
    assert find_quantities(text) == ()


def test_quantities_ignore_a_citation_raised_after_the_unit() -> None:
    assert only("charged at 4C.⁷¹").quantity.value == 4.0
    assert only("kept 91%⁵ of it").unit_key == "%"


def test_quantities_convert_to_the_dimensions_unit() -> None:
    assert only("1.5 μm").canonical == (1500.0,)
    assert only("298.15 K").canonical_value == 25.0


UNITS = ["mAh g-1", "%", "°C", "nm", "μm", "A g-1", "V", "h", "MPa", "Wh kg-1", "mg cm-2", "% per cycle", "cycles"]
NUMBERS = st.integers(-200, 20_000).map(float) | st.integers(1, 99_999).map(lambda n: n / 100)


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from(["=", "~", ">", "<", "≥", "≤", "up_to"]))
def test_quantities_read_back_what_they_write(value: float, unit: str, qualifier: str) -> None:
    quantity = Quantity(value, unit=unit, qualifier=qualifier)  # type: ignore[arg-type]
    read = only(format_quantity(quantity)).quantity
    assert (read.value, read.unit, read.qualifier) == (value, unit, qualifier)


@given(NUMBERS, NUMBERS, st.sampled_from(UNITS))
def test_quantities_read_back_ranges(a: float, b: float, unit: str) -> None:
    low, high = sorted((a, b))
    read = only(format_quantity(Quantity(low=low, high=high, unit=unit))).quantity
    assert (read.low, read.high, read.unit) == (low, high, unit)


@given(st.text(max_size=80))
def test_quantities_point_at_their_own_words(text: str) -> None:
    for found in find_quantities(text):
        assert 0 <= found.start < found.end <= len(text)
