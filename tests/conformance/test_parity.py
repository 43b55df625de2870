"""The same claims in every store give equal answers to every question of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.query import find_question, load_questions, ordered
from kg.store import GraphStore, Result
from kg.stores import STORES, store_class
from ontology.identity import work_iri
from tests.conformance.world import HOSTILE, QUESTIONS, WORKS, update
from tests.kg.builders import iri, ontology, says, work

LOCAL = ("oxigraph", "ladybug")
STORE_NAMES = (*LOCAL, pytest.param("neo4j", marks=pytest.mark.neo4j))


def opened(name: str, folder: Path, request: pytest.FixtureRequest) -> GraphStore:
    place: Any = request.getfixturevalue("neo4j_uri") if name == "neo4j" else folder / name
    store: GraphStore = store_class(name)(place)
    return store


def ask(store: GraphStore, question_id: str, parameters: dict[str, Any]) -> Result:
    question = find_question(question_id)
    bound = question.bind(parameters, ontology=ontology())
    text = question.sparql if store.language == "sparql" else question.cypher
    return ordered(store.query(text, bound, max_rows=1000, timeout=None), question)


@pytest.fixture(scope="module", params=STORE_NAMES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    store = opened(request.param, tmp_path_factory.mktemp("stores"), request)
    store.apply(update())
    yield store
    store.close()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    store: GraphStore = store_class("oxigraph")(tmp_path_factory.mktemp("reference"))
    store.apply(update())
    yield store
    store.close()


def test_parity_covers_the_whole_catalogue() -> None:
    assert {name for name, _ in QUESTIONS} | {"evidence-of-claim"} == {question.id for question in load_questions()}


@pytest.mark.parametrize(
    ("question", "parameters"), QUESTIONS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_parity_of_every_question(
    store: GraphStore, reference: GraphStore, question: str, parameters: dict[str, Any]
) -> None:
    found = ask(store, question, parameters)
    assert found == ask(reference, question, parameters)
    assert found.rows, "a question without rows proves nothing"


def test_parity_of_evidence_for_all_kinds_of_claim(store: GraphStore, reference: GraphStore) -> None:
    assembly = update().assembly
    claims = [
        *(effect.iri for effect in assembly.effects),
        *(edge.iri for edge in assembly.double_edges),
        *(clash.iri for clash in assembly.contradictions),
        *(row[-1] for row in ask(reference, "strategies-that-help", {"target": "metric"}).rows),
        *(name for claims in WORKS for name, _ in (*claims.effects, *claims.measurements)),
    ]
    found = ask(store, "evidence-of-claim", {"claims": claims})
    assert found == ask(reference, "evidence-of-claim", {"claims": claims})
    assert {row[0] for row in found.rows} == set(claims)


def test_stores_give_the_expected_help_for_a_metric(store: GraphStore) -> None:
    found = ask(store, "strategies-that-help", {"target": iri("cycle-life")})
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["label"], row["verdict"], row["direct"]) for row in rows if row["label"] != HOSTILE] == [
        ("fec", "beneficial", True)
    ]
    found = ask(store, "strategies-that-help", {"target": iri("calendar-life")})
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["label"], row["direct"], row["via"]) for row in rows] == [("artificial sei", False, "sei dissolution")]


def test_stores_read_an_effect_for_what_its_quantity_stands_for(store: GraphStore) -> None:
    found = ask(store, "causes-and-suppressors", {"target": iri("capacity-fade")})
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["role"], row["label"], row["direction"], row["verdict"], row["target_label"]) for row in rows] == [
        ("causes", "prelithiation", "increases", "detrimental", "capacity fade"),
        ("suppresses", "coating", "decreases", "beneficial", "capacity fade"),
    ]


def test_stores_keep_a_hostile_name_as_it_is(store: GraphStore) -> None:
    found = ask(store, "measurements-of-metric", {"metric": "metric", "subject_name": HOSTILE})
    assert [row[found.columns.index("subject")] for row in found.rows] == [HOSTILE]


def test_stores_replace_and_withdraw_works(store: GraphStore, tmp_path: Path) -> None:
    changed = replace(
        work("10.1000/two", says("coating", "decreases", "cycle-life")), document="two", text_sha256="e" * 64
    )
    left = (WORKS[0], changed, WORKS[2], WORKS[4])
    gone = (work_iri("doi:10.1000/three"),)
    step = (
        update(left, generation=2, changed=(changed,), withdrawn=gone)
        if store.incremental
        else update(left, generation=2)
    )
    fresh: GraphStore = store_class("oxigraph")(tmp_path)
    try:
        fresh.apply(update(left, generation=2))
        store.apply(step)
        store.apply(step)  # idempotent
        assert store.watermark() == fresh.watermark()
        for question, parameters in QUESTIONS:
            assert ask(store, question, parameters) == ask(fresh, question, parameters)
    finally:
        fresh.close()
        store.apply(update())


def test_stores_stop_at_the_row_limit_and_say_so(store: GraphStore) -> None:
    text = {"sparql": "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }", "cypher": "MATCH (n) RETURN n.iri AS iri"}
    found = store.query(text[store.language], {}, max_rows=3, timeout=20.0)
    assert (len(found.rows), found.truncated) == (3, True)


def test_stores_table_names_modules_that_exist() -> None:
    assert all(store_class(name) for name in STORES)
