"""The curator's word: belief follows it, reading the paper anew keeps it, and what finds nothing is listed."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.graph import Graph, open_library
from kg.library import Library
from ontology.errors import StoreError
from ontology.identity import local_iri
from tests.kg.builders import iri, measures, ontology, paper, says

WORK = "doi:10.1000/one"
UNSURE = says("fec", "increases", "cycle-life", confidence=0.5)
LOCAL = says("our binder", "increases", "ice", confidence=0.8)
PAPER = paper("one", UNSURE, LOCAL, measurements=(measures("ice", 91.5), measures("ice", 92.0)), doi="10.1000/one")


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path) as library:
        library.add(PAPER)
        yield library


def claim(library, position=0, work=WORK):
    return next(library.readings(works=(work,))).effects[position][0]


def beliefs(library, **options):
    effects = assemble(library.claims(**options), ontology()).effects
    return {(effect.cause_label, effect.key.direction, effect.target_label): effect.belief for effect in effects}


def test_curation_accepting_reads_with_certainty_and_belief_follows(library):
    assert beliefs(library)["fec", "increases", "cycle life"] == 0.3
    word = library.curate(WORK, claim(library), "accept", curator="ada", note="checked in the paper")
    assert beliefs(library)["fec", "increases", "cycle life"] == 0.6
    assert beliefs(library, as_of=1)["fec", "increases", "cycle life"] == 0.3
    assert library.curations(WORK) == (word,) == library.curations()
    assert (word.action, word.curator, word.note, word.since) == ("accept", "ada", "checked in the paper", 2)


def test_curation_rejecting_leaves_a_claim_out_and_keeps_the_reading(library):
    library.curate(WORK, claim(library), "reject", curator="ada")
    assert ("fec", "increases", "cycle life") not in beliefs(library)
    assert claim(library) == next(library.readings()).effects[0][0]


def test_curation_corrects_a_claim_under_its_old_iri(library):
    name = claim(library)
    library.curate(WORK, name, "correct", curator="ada", replacement={"direction": "decreases", "hedged": True})
    assert beliefs(library)["fec", "decreases", "cycle life"] == 0.36
    assert next(library.claims()).effects[0][0] == name


def test_curation_corrects_one_condition_and_takes_another_away(library):
    hot = replace(UNSURE, conditions=replace(UNSURE.conditions, cell="half", salt="LiPF6"))
    library.add(replace(PAPER, effects=(hot,)))
    change = {"conditions": {"cell": "full", "salt": None}}
    library.curate(WORK, claim(library), "correct", curator="ada", replacement=change)
    conditions = next(library.claims()).effects[0][1].conditions
    assert (conditions.cell, conditions.salt) == ("full", None)


def test_curation_merges_a_claim_into_another(library):
    first, second = claim(library), claim(library, 1)
    library.curate(WORK, second, "merge", curator="ada", replacement=first)
    (effect,) = assemble(library.claims(), ontology()).effects
    assert set(effect.assertions) == {first, second}


def test_curation_merging_a_number_counts_it_once(library):
    (first, _), (second, _) = next(library.readings()).measurements
    library.curate(WORK, second, "merge", curator="ada", replacement=first)
    assert [name for name, _ in next(library.claims()).measurements] == [first]


def test_curation_merges_a_thing_into_a_concept_wherever_it_is_named(library):
    thing = local_iri(WORK, "our binder")
    library.curate(WORK, thing, "merge", curator="ada", replacement=iri("coating"))
    library.add(paper("one", LOCAL, says("our binder", "decreases", "energy-density"), doi="10.1000/one"))
    assert {label for label, _, _ in beliefs(library)} == {"coating"}
    assert library.orphans() == ()


def test_curation_of_a_formula_reaches_all_works_that_name_it_and_they_count_as_changed(library):
    library.add(paper("two", says("Li2ZrF6", "increases", "ice"), doi="10.1000/two"))
    library.add(paper("three", says("fec", "increases", "Li2ZrF6"), doi="10.1000/three"))
    before = library.generation
    thing = local_iri("doi:10.1000/two", "Li2ZrF6")
    library.curate("doi:10.1000/two", thing, "reject", curator="ada")
    assert library.changed_since(before) == (("doi:10.1000/three", "changed"), ("doi:10.1000/two", "changed"))
    assert {label for label, _, _ in beliefs(library)} == {"fec", "our binder"}


def test_curation_survives_reading_anew_and_lists_what_it_no_longer_finds(library):
    kept = library.curate(WORK, claim(library), "reject", curator="ada")
    lost = library.curate(WORK, claim(library, 1), "accept", curator="ada")
    anew = replace(UNSURE, confidence=0.9, rule="another", section="Results")
    library.add(replace(PAPER, effects=(anew,), extractor="test 2"))
    assert beliefs(library) == {}
    assert library.curations() == (kept, lost)
    assert library.orphans() == (lost,)
    library.withdraw(WORK)
    assert library.orphans() == (kept, lost)
    assert {item.action for item in library.curations(as_of=2)} == {"reject"}


def test_curation_last_word_counts_and_can_be_retracted(library):
    name = claim(library)
    library.curate(WORK, name, "reject", curator="ada")
    word = library.curate(WORK, name, "accept", curator="bob")
    assert library.curations() == (word,)
    library.retract(word.id)
    assert library.curations() == ()
    assert beliefs(library)["fec", "increases", "cycle life"] == 0.3
    with pytest.raises(StoreError, match="no word"):
        library.retract(word.id)


@pytest.mark.parametrize(
    ("action", "replacement", "message"),
    [
        ("praise", None, "no action 'praise'"),
        ("accept", {"hedged": True}, "takes none"),
        ("correct", None, "needs what to put"),
        ("correct", {"colour": "red"}, "no colour to correct"),
        ("correct", {"direction": "up"}, "none of"),
        ("correct", {"evidence": []}, "no evidence to correct"),
        ("merge", "https://nowhere", "no other claim"),
    ],
)
def test_curation_refuses_what_does_not_fit(library, action, replacement, message):
    with pytest.raises(StoreError, match=message):
        library.curate(WORK, claim(library), action, curator="ada", replacement=replacement)
    assert library.generation == 1


def test_curation_refuses_strangers(library):
    with pytest.raises(StoreError, match="no work"):
        library.curate("doi:10.1/none", claim(library), "accept", curator="ada")
    with pytest.raises(StoreError, match="says or names no"):
        library.curate(WORK, "https://nowhere", "accept", curator="ada")
    with pytest.raises(StoreError, match="needs a curator"):
        library.curate(WORK, claim(library), "accept", curator=" ")


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.setattr("kg.graph.load_ontology", ontology)
    with Library.open(tmp_path) as library:
        library.add(PAPER)
    return open_library(tmp_path)


def test_curation_shows_in_both_graphs(graph):
    name = graph.claims()[0].effects[0][0]
    graph.curate(WORK, name, "reject", curator="ada")
    for engine in ("sparql", "cypher"):
        rows = graph.rows("edges-of-strategy", {"cause": "strategy"}, engine=engine)
        assert [row[1] for row in rows.rows] == ["our binder"]
    graph.curate(WORK, local_iri(WORK, "our binder"), "merge", curator="ada", replacement="Artificial SEI")
    for engine in ("sparql", "cypher"):
        rows = graph.rows("edges-of-strategy", {"cause": "strategy"}, engine=engine)
        assert [row[1] for row in rows.rows] == ["artificial sei"]


def test_curation_that_the_shapes_refuse_is_not_recorded(graph):
    name = graph.claims()[0].effects[0][0]
    with pytest.raises(StoreError, match="shapes refuse"):
        graph.curate(WORK, name, "correct", curator="ada", replacement={"target_concept": "https://example.org/x"})
    assert graph.curations() == ()
