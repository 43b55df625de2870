"""Two names are one by concept, by quantity, or by their informative words."""

import pytest

from app.evaluation import Naming
from app.evaluation.naming import alike, within
from app.evaluation.units import unit_key
from ontology import load_ontology
from ontology.model import Kind

NAMING = Naming(load_ontology())


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("FEC additive", "fluoroethylene carbonate", "strategy"),  # one concept
        ("Al2O3 coating", "oxide coating", "strategy"),  # one under the other
        ("capacity fade", "capacity retention", "metric"),  # one quantity
        ("SEI flexibility", "flexibility", "metric"),  # spelled out
        ("Si/CNFs/C architecture", "Si/CNFs/C", "strategy"),  # unknown to the ontology
    ],
)
def test_names_of_one_thing_are_the_same(one: str, other: str, kind: Kind) -> None:
    assert NAMING.same(NAMING.annotated([one], kind=kind), NAMING.annotated([other], kind=kind))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("FEC additive", "VC additive", "strategy"),
        ("cycle life", "calendar life", "metric"),
        ("initial coulombic efficiency", "rate performance", "metric"),
        ("high temperature", "low temperature", "strategy"),
        ("C@LATP filler", "NaCl thermal moderator", "strategy"),
    ],
)
def test_names_of_two_things_are_not_the_same(one: str, other: str, kind: Kind) -> None:
    assert not NAMING.same(NAMING.annotated([one], kind=kind), NAMING.annotated([other], kind=kind))


def test_a_wide_concept_does_not_stand_for_all_below_it() -> None:
    additive = NAMING.annotated(["electrolyte engineering"], kind="strategy")
    assert not NAMING.same(additive, NAMING.annotated(["FEC additive"], kind="strategy"))


def test_opposite_ends_of_a_quantity_are_known() -> None:
    fade, retention = (NAMING.annotated([name], kind=None) for name in ("capacity fade", "capacity retention"))
    assert NAMING.opposite(fade, retention)
    assert not NAMING.opposite(fade, fade)


def test_an_anaphor_names_nothing() -> None:
    assert NAMING.read("graphene cage", "this strategy", None).forms == {"graphene cage"}


def test_words_decide_where_concepts_are_unknown() -> None:
    assert alike("binder of polyacrylic acid", "polyacrylic acid")
    assert not alike("carbon", "carbon nanotube network")
    assert not alike("FEC-free electrolyte", "FEC electrolyte")
    assert not within("lithium consumption", "electrolyte consumption")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mA h g−1", "mAh/g"),
        ("mAh g(-1)", "mAh·g⁻¹"),
        ("mAhg1", "mAh g-1"),
        ("% per cycle", "%/cycle"),
        ("days", "d"),
        ("times", "fold"),
        ("-fold", "fold"),
        ("mAh/cm2", "mAh cm-2"),
    ],
)
def test_a_unit_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


def test_units_that_differ_stay_apart() -> None:
    assert (
        len({unit_key(unit) for unit in ("mAh g-1", "mAh cm-2", "Ah g-1", "%", "wt%", "h", "d", "µm", "nm", "Ω")}) == 10
    )
