"""Levers that were changed together mark the claims and effects they may be behind, the same in both graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.confounds import confound_text, confounders_of
from kg.graph import open_library
from kg.library import Library
from ontology.model import Assertion, Comparator, Span
from tests.kg.builders import at, iri, ontology, paper, replace, says, work

BOTH = (says("fec", "increases", "ice"), says("coating", "increases", "ice"))
ALONE = says("fec", "increases", "ice", quote="FEC alone raises it.")


def marks(*effects: Assertion) -> dict[str, str]:
    claims = work("10.1000/a", *effects)
    found = confounders_of(claims, ontology())
    return {said.cause: confound_text(found[name]) for name, said in claims.effects if name in found}


def test_confounds_name_the_other_lever_on_either_claim() -> None:
    assert marks(*BOTH) == {"fec": "coating (in the same sentence)", "coating": "fec (in the same sentence)"}


def test_confounds_name_levers_that_no_concept_covers() -> None:
    assert marks(BOTH[0], says("S1", "increases", "ice"))["fec"] == "S1 (in the same sentence)"


def test_confounds_tell_the_same_work_from_the_same_sentence() -> None:
    elsewhere = replace(BOTH[1], target_span=Span(40, 43))
    assert marks(BOTH[0], elsewhere)["fec"] == "coating (in the same work)"
    against = replace(elsewhere, comparator=Comparator("strategy", "FEC", iri("fec")))
    assert marks(BOTH[0], against) == {}


def test_confounds_are_no_kinds_of_one_lever_and_no_failure_modes() -> None:
    assert marks(BOTH[0], says("additive", "increases", "ice")) == {}
    assert marks(BOTH[0], says("sei-cracking", "increases", "ice")) == {}


@pytest.mark.parametrize(("quote", "told"), [("A or B helps.", False), ("A and B help.", True)])
def test_confounds_are_not_what_was_changed_one_or_the_other(quote: str, told: bool) -> None:
    second = quote.index("B")
    one, other = (says(name, "increases", "ice", quote=quote) for name in ("fec", "coating"))
    spans = Span(0, 1), Span(second, second + 1)
    assert (
        bool(marks(*(replace(said, cause_span=span) for said, span in zip((one, other), spans, strict=True)))) is told
    )
    phrase = Span(0, second + 1)
    assert bool(marks(replace(one, cause_span=phrase), replace(other, cause_span=phrase))) is told


def test_confounds_of_an_effect_count_the_works_that_do_with_and_without() -> None:
    (effect,) = [e for e in assemble([work("10.1000/a", *BOTH)], ontology()).effects if e.cause_label == "fec"]
    assert (effect.confounds, effect.confounders) == ("coating (in the same sentence)", (iri("coating"),))
    (effect,) = [
        e
        for e in assemble([work("10.1000/a", *BOTH), work("10.1000/b", ALONE)], ontology()).effects
        if e.cause_label == "fec"
    ]
    assert effect.confounds == "coating (in the same sentence, 1 of 2 works)"
    assert len(effect.confounded) == 1


def test_confounds_stand_on_claim_and_effect_in_both_graphs(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(paper("one", *BOTH, doi="10.1000/one"))
        library.add(paper("two", replace(ALONE, conditions=at(cell="full")), doi="10.1000/two"))
    with open_library(tmp_path) as graph:
        rdf = graph.sparql(
            "PREFIX a: <https://w3id.org/anodekg/ontology#> SELECT ?text (COUNT(?lever) AS ?levers) {"
            " ?thing a:confoundText ?text ; a ?type OPTIONAL { ?thing a:confounder ?lever } FILTER(?text != '')"
            " } GROUP BY ?thing ?text ORDER BY ?text"
        )
        claims = graph.cypher("MATCH (s:Assertion) WHERE s.confounds <> '' RETURN s.confounds AS text ORDER BY text")
        effects = graph.cypher("MATCH (e:Effect) WHERE e.confounds <> '' RETURN e.confounds AS text ORDER BY text")
    assert sorted(rdf["text"]) == sorted([*claims["text"], *effects["text"]])
    assert len(claims) == len(effects) == 2
    assert set(rdf["levers"]) == {0, 1}
