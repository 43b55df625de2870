"""A window finds its sides under other names, in the passage that states it; both graphs and every history agree."""

from __future__ import annotations

from pathlib import Path

from kg.assemble import assemble
from kg.graph import open_library
from kg.library import Library
from kg.projection import heal
from kg.stores import store_class
from ontology.model import Assembly, Assertion, Evidence, Quantity
from ontology.terms import Ontology, load_ontology
from tests.kg.builders import CONCEPTS, at, concept, iri, number, paper, replace, says, work
from tests.kg.stores_content import rows, triples

WINDOW = Quantity(low=400.0, high=600.0, unit="°C", text="400–600 °C")
NOUNS = (
    *CONCEPTS,
    concept("heat", "condition"),
    concept("too-hot", "condition", over=(iri("heat"),)),
    concept("too-cold", "condition", under=(iri("heat"),)),
    concept("excess-coating", "strategy", over=(iri("coating"),)),
)
ONTOLOGY = Ontology({item.iri: item for item in NOUNS}, digest="flanks")


def said(cause: str, direction: str, target: str, *, place: int = 0, **fields: object) -> Assertion:
    """Let a condition that the tests' own ontology does not know speak from a place of its work."""
    claim = replace(says(cause, direction, target, **fields), cause_concept=iri(cause), cause_kind="condition")  # type: ignore[arg-type]
    words = claim.evidence[0].text
    return replace(claim, evidence=(Evidence("sentence", place, place + len(words), words),))


BEST = said("heat", "optimum", "ice", window=WINDOW, change="level", level=WINDOW)
HOT = said("too-hot", "increases", "sei-cracking", place=200)
COLD = said("too-cold", "decreases", "energy-density", place=300)
FAR = said("too-hot", "decreases", "cycle-life", place=5000)


def assembled(*claims: Assertion, apart: tuple[Assertion, ...] = ()) -> Assembly:
    return assemble([work("10.1000/a", *claims), work("10.1000/b", *apart)], ONTOLOGY)


def test_flanks_are_told_with_window_sides_and_effects() -> None:
    found = assembled(BEST, HOT, COLD, FAR)
    (edge,) = found.double_edges
    names = {effect.iri: effect.cause_label for effect in found.effects}
    assert (edge.kind, edge.window) == ("optimum", WINDOW)
    assert edge.separated_by == (
        ("above", "", "too hot (sei cracking increases)"),
        ("below", "", "too cold (energy density decreases)"),
        ("window", "400–600 °C", ""),
    )
    assert [(side, names[effect]) for side, effect in edge.flanks] == [("above", "too hot"), ("below", "too cold")]
    assert names[edge.cost] in ("too hot", "too cold")


def test_flanks_of_another_work_are_none_of_this_window() -> None:
    (edge,) = assembled(BEST, apart=(HOT, COLD)).double_edges
    assert edge.flanks == ()
    assert edge.gain == edge.cost


def test_flanks_make_a_stated_place_a_window() -> None:
    thin = said("coating", "increases", "ice", conditions=at(thickness=(5.0, "nm")))
    thick = said("excess-coating", "decreases", "energy-density", place=400, change="excess")
    (edge,) = [edge for edge in assembled(thin, thick).double_edges if edge.cause == iri("coating")]
    assert (edge.kind, edge.window) == ("optimum", number(5.0, "nm"))
    assert edge.separated_by[0] == ("above", "", "excess coating (energy density decreases)")
    assert assembled(thin).double_edges == ()


def test_flanks_come_and_go_as_in_a_rebuild(tmp_path: Path) -> None:
    stated = paper("one", BEST, doi="10.1000/one")
    both = paper("one", BEST, HOT, COLD, doi="10.1000/one")
    other = paper("two", said("too-hot", "increases", "sei-cracking"), doi="10.1000/two")
    with Library.open(tmp_path / "library") as library:
        for fresh, change in enumerate((stated, both, other, None, stated)):
            library.add(change) if change else library.withdraw("doi:10.1000/two")
            for name, content in (("oxigraph", triples), ("ladybug", rows)):
                for folder in (tmp_path / name, tmp_path / f"{name}-{fresh}"):
                    store = store_class(name)(folder)
                    heal(library, store, ONTOLOGY)
                    store.close()
                assert content(tmp_path / name) == content(tmp_path / f"{name}-{fresh}")


def test_flanks_open_their_sentences(tmp_path: Path) -> None:
    names = ("deposition temperature", "high deposition temperature", "HF corrosion", "ICE")
    heat, hot, corrosion, ice = (load_ontology().find(name) for name in names)
    assert heat
    assert hot
    assert corrosion
    assert ice
    with Library.open(tmp_path) as library:
        best = replace(BEST, cause_concept=heat.iri, cause_kind=heat.kind, target_concept=ice.iri)
        harm = replace(HOT, cause_concept=hot.iri, target_concept=corrosion.iri)
        library.add(paper("one", best, harm, doi="10.1000/one"))
    with open_library(tmp_path) as graph:
        (edge,) = graph.query("optimum-windows").itertuples()
        assert edge.above.startswith("harms at high deposition temperature")
        for engine in ("sparql", "cypher"):
            quotes = {
                row[7] for row in graph.rows("evidence-of-claim", {"claims": [edge.double_edge]}, engine=engine).rows
            }
            assert quotes == {BEST.evidence[0].text, HOT.evidence[0].text}
