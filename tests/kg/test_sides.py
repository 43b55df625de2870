from __future__ import annotations

from typing import Any

from kg.assemble import assemble
from kg.confounds import confounds_of
from kg.sides import Side, sides_of
from ontology.model import Assertion, Comparator, Span
from tests.kg.builders import at, iri, ontology, replace, says, work


def sides(*effects: Assertion) -> dict[tuple[str, str, str], Side]:
    """Return what effects weigh, by cause, target and regime."""
    found = assemble([work("10.1000/a", *effects)], ontology()).effects
    weighed = sides_of(found, ontology())
    return {(item.cause_label, item.target_label, item.key.regime): weighed[item.iri] for item in found}


def fec(direction: str, target: str, regime: str | None = None, **fields: Any) -> Assertion:
    return says("fec", direction, target, conditions=at(regime=regime), **fields)


def test_a_cost_is_to_be_offset_where_its_lever_has_a_gain() -> None:
    cost, gain = fec("decreases", "ice"), fec("increases", "energy-density")
    assert sides(cost)["fec", "ice", "unspecified"] == Side("cost")
    assert sides(cost, gain)["fec", "ice", "unspecified"] == Side("cost", to_offset=True)


def test_a_gain_offsets_costs_in_its_regime_and_where_none_is_stated() -> None:
    assert sides(fec("increases", "ice", "cycling"))["fec", "ice", "cycling"].offsets == ("cycling", "unspecified")
    assert sides(fec("increases", "ice"))["fec", "ice", "unspecified"].offsets == ("cycling", "storage", "unspecified")


def test_a_gain_offsets_nothing_where_its_lever_does_harm_too() -> None:
    gain = fec("increases", "ice")
    harmed_in_storage = sides(gain, fec("decreases", "ice", "storage"))
    assert harmed_in_storage["fec", "ice", "unspecified"].offsets == ("cycling",)
    harmed = sides(fec("increases", "ice", "cycling"), fec("decreases", "ice"))
    assert harmed["fec", "ice", "cycling"].offsets == ()


def test_only_levers_that_are_applied_weigh() -> None:
    failure = says("hf-corrosion", "decreases", "ice")
    assert sides(failure)["hf corrosion", "ice", "unspecified"] == Side()
    assert sides(fec("increases", "ice", change="removed"))["fec", "ice", "unspecified"] == Side()
    assert sides(fec("no_change", "ice"))["fec", "ice", "unspecified"] == Side()


def confounds(*effects: Assertion, **fields: Any) -> set[tuple[str, str, str]]:
    """Return levels with the names of both causes."""
    claims = work("10.1000/a", *effects, **fields)
    names = {name: claim.cause for name, claim in claims.effects}
    return {(level, names[one], names[other]) for level, one, other in confounds_of(claims)}


def test_one_mention_credited_to_two_causes_is_confounded_either_way_round() -> None:
    found = confounds(says("fec", "increases", "ice"), says("coating", "increases", "ice", source_kind="cited"))
    assert found == {("sentence", "fec", "coating"), ("sentence", "coating", "fec")}


def test_two_mentions_are_confounded_where_both_are_own_results_against_nothing() -> None:
    apart = replace(says("coating", "increases", "ice"), target_span=Span(9, 12))
    assert {level for level, _, _ in confounds(says("fec", "increases", "ice"), apart)} == {"work"}
    cited = replace(apart, source_kind="cited")
    against = replace(apart, comparator=Comparator("strategy", "FEC", iri("fec")))
    for other in (cited, against, replace(apart, negated=True), replace(apart, direction="decreases")):
        assert confounds(says("fec", "increases", "ice"), other) == set()


def test_names_without_a_concept_are_confounded_too_but_no_lever_with_itself() -> None:
    assert len(confounds(says("S1", "increases", "ice"), says("S2", "increases", "ice"))) == 2
    assert confounds(says("fec", "increases", "ice"), says("fec", "increases", "ice", quote="Again.")) == set()
