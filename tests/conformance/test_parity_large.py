"""Every question has one answer in Oxigraph, in embedded Cypher and in Neo4j: the samples, the review, generated works.

Generated works are 150 here (some 670 assertions) and 10,000 (some 45,000) under ``-m slow``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.ingest import ingest
from kg import open_library
from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.query import find_question, load_questions, ordered
from kg.reasoning.partners import find_partners
from kg.store import GraphStore, Result, Update, Watermark
from kg.stores import store_class
from ontology import load_ontology
from tests.conformance.generated import generated, levers_of

SIZES = (150, pytest.param(10_000, marks=pytest.mark.slow))
CYPHER = ("ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j))
_ROWS = 2_000_000


def shown(works: tuple[WorkClaims, ...]) -> Update:
    """Return what makes a store show these works, from scratch."""
    ontology = load_ontology()
    return Update(
        watermark=Watermark(1, ontology.digest),
        full=True,
        changed=works,
        withdrawn=(),
        assembly=assemble(works, ontology),
        ontology=ontology,
        works=frozenset(claims.iri for claims in works),
    )


def asked(works: tuple[WorkClaims, ...]) -> dict[str, Mapping[str, Any]]:
    """Return parameters for each question: of the lever with most claims, and of frequent targets."""
    lever = levers_of(works)[0]
    effects = [item for claims in works for _, item in claims.effects]
    metric = next(
        item.target_concept for item in effects if item.cause_concept == lever and item.target_kind == "metric"
    )
    failure = next(item.target_concept for item in effects if item.target_kind == "failure_mode")
    measured = next(item.metric_concept for claims in works for _, item in claims.measurements)
    return {
        "best-comparable": {"metric": measured, "min_cycles": 500},
        "causes-and-suppressors": {"target": failure},
        "confounded-findings": {},
        "contradictions": {"within": lever},
        "does-it-help": {"cause": lever, "target": metric},
        "double-edged-strategies": {"within": lever},
        "edges-of-strategy": {"cause": lever},
        "evidence-of-claim": {"claims": [iri for iri, _ in works[0].effects]},
        "failure-modes-of-strategy": {"cause": lever},
        "gains-and-costs": {"cause": lever},
        "half-cells-only": {},
        "known-here-not-there": {"here": works[-1].effects[0][1].target_concept, "there": failure},
        "measurements-of-metric": {"metric": measured, "cell": "full"},
        "mechanism-path": {"cause": lever, "target": metric},
        "new-since": {"since": [claims.iri for claims in works[-5:]]},
        "no-evidence": {"target": metric},
        "optimum-windows": {"within": lever},
        "partners": {"cause": lever, "target": metric},
        "raises-and-costs": {"target": metric, "within": lever},
        "strategies-that-help": {"target": metric},
        "unexplained-oppositions": {"within": lever},
        "who-measured": {"target": metric, "cause": lever},
    }


def answer(store: GraphStore, name: str, parameters: Mapping[str, Any]) -> Result:
    question = find_question(name)
    bound = question.bind(dict(parameters), ontology=load_ontology())
    text = question.sparql if store.language == "sparql" else question.cypher
    return ordered(store.query(text, bound, max_rows=_ROWS, timeout=None), question)


@pytest.fixture(scope="module", params=SIZES)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[tuple[WorkClaims, ...], GraphStore]]:
    works = generated(request.param)
    store: GraphStore = store_class("oxigraph")(tmp_path_factory.mktemp("generated"))
    store.apply(shown(works))
    yield works, store
    store.close()


@pytest.mark.parametrize("engine", CYPHER)
def test_parity_on_generated_works(
    world: tuple[tuple[WorkClaims, ...], GraphStore], engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    works, reference = world
    place: Any = request.getfixturevalue("neo4j_uri") if engine == "neo4j" else tmp_path
    store: GraphStore = store_class(engine)(place)
    try:
        store.apply(shown(works))
        questions = asked(works)
        assert questions.keys() == {question.id for question in load_questions()}
        rows = {}
        for name, parameters in questions.items():
            found = answer(reference, name, parameters)
            assert answer(store, name, parameters) == found, name
            rows[name] = len(found.rows)
        assert [name for name, count in rows.items() if not count] == [], "no rows prove nothing"
    finally:
        store.close()


def test_partners_are_those_that_reasoning_finds() -> None:
    works = generated(150)
    with tempfile.TemporaryDirectory() as folder:
        store: GraphStore = store_class("oxigraph")(Path(folder))
        update = shown(works)
        store.apply(update)
        found = answer(store, "partners", {})
        store.close()
    named = [found.columns.index(name) for name in ("concept", "partner", "cost_target", "cost_regime", "gain_regime")]
    keys = {effect.iri: effect.key for effect in update.assembly.effects}
    reasoned = {
        (pair.cause, pair.partner, pair.target, keys[pair.cost].regime, keys[pair.gain].regime)
        for pair in find_partners(update.assembly, load_ontology())
    }
    assert {tuple(row[place] for place in named) for row in found.rows} == reasoned


@pytest.fixture(scope="module", params=["samples", "review"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "samples":
        folder: Path = request.getfixturevalue("sample_library")
        return folder
    folder = tmp_path_factory.mktemp("review") / "library"
    assert not ingest([request.getfixturevalue("seed")], folder).failed
    return folder


@pytest.mark.parametrize("engine", CYPHER)
def test_parity_on_papers(library: Path, engine: str, request: pytest.FixtureRequest) -> None:
    with open_library(library) as graph:
        works = graph.claims()
        store: GraphStore
        if engine == "neo4j":
            store = store_class("neo4j")(request.getfixturevalue("neo4j_uri"))
            store.apply(shown(works))
        else:
            store = graph.store("cypher")
        for question in load_questions():
            broad = {"concept": "metric", "iris": [claims.iri for claims in works], "since": [works[0].iri]}
            parameters = {item.name: broad[item.kind] for item in question.parameters if item.required}
            if "cause" in parameters:
                parameters["cause"] = "strategy"
            if question.id == "evidence-of-claim":
                parameters["claims"] = [iri for claims in works for iri, _ in claims.effects]
            if question.id == "known-here-not-there":
                parameters = {"here": "cycle life", "there": "calendar life"}
            assert answer(store, question.id, parameters) == answer(graph.store("sparql"), question.id, parameters)
        if engine == "neo4j":
            store.close()
