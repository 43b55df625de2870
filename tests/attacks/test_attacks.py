"""Queries that want more than reading get nothing: by what they say, and below that by what an engine may do.

Each attack is put to every engine of its language twice: as a person would, and with the check of the text
switched off, so that what holds is the engine's access mode, its planner, or the kernel around its process.
"""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.reading_only import check_cypher, check_sparql
from kg.store import GraphStore
from kg.stores import store_class
from ontology.errors import QuestionError, StoreError
from tests.attacks.queries import (
    CYPHER_BOMBS,
    CYPHER_REFUSED,
    JAVA_REGEX,
    SPARQL_BOMBS,
    SPARQL_HARMLESS,
    SPARQL_REFUSED,
)
from tests.conformance.world import HOSTILE, update
from tests.kg.builders import iri

SECRET = "s3cret"
NEO4J = pytest.param("neo4j", marks=pytest.mark.neo4j)


class Bait:
    """Hold a file that must not be read, one that must not come to be, and a port that must stay silent."""

    def __init__(self, folder: Path, listener: socket.socket) -> None:
        self.file, self.out = folder / "secret.csv", folder / "stolen.csv"
        self.file.write_text(f"{SECRET},1\n", encoding="utf-8")
        self.callers: list[Any] = []
        self._listener = listener
        threading.Thread(target=self._listen, daemon=True).start()

    def laid(self, query: str) -> str:
        return query.format(file=self.file, out=self.out, port=self._listener.getsockname()[1])

    def untouched(self) -> bool:
        return not self.callers and not self.out.exists()

    def _listen(self) -> None:
        while True:
            try:
                self.callers.append(self._listener.accept()[1])
            except OSError:
                return


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[Bait]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Bait(tmp_path, listener)


def opened(name: str, request: pytest.FixtureRequest, factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    place: Any = request.getfixturevalue("neo4j_uri") if name == "neo4j" else factory.mktemp(name)
    store: GraphStore = store_class(name)(place)
    store.apply(update())
    yield store
    store.close()


@pytest.fixture(scope="module")
def rdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    yield from opened("oxigraph", request, tmp_path_factory)


@pytest.fixture(scope="module", params=["ladybug", NEO4J])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    yield from opened(request.param, request, tmp_path_factory)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the checks of the text off."""
    for place in ("ladybug.check_cypher", "neo4j.check_cypher", "oxigraph.check_sparql"):
        monkeypatch.setattr(f"kg.stores.{place}", lambda text: None)


def content(store: GraphStore) -> Any:
    text = {
        "sparql": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "cypher": "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r, sum(n.belief) AS b",
    }
    return store.query(text[store.language], {}, max_rows=10, timeout=None).rows


def outcome(store: GraphStore, text: str, *, timeout: float = 20.0, rows: int = 100) -> str:
    """Return what the query gave, or what it was told."""
    try:
        return str(store.query(text, {}, max_rows=rows, timeout=timeout).rows)
    except (QuestionError, StoreError) as error:
        return str(error)


@pytest.mark.parametrize("name", SPARQL_REFUSED)
def test_attacks_in_sparql_are_refused_by_their_text(name: str, bait: Bait) -> None:
    with pytest.raises(QuestionError):
        check_sparql(bait.laid(SPARQL_REFUSED[name]))


@pytest.mark.parametrize("name", CYPHER_REFUSED)
def test_attacks_in_cypher_are_refused_by_their_text(name: str, bait: Bait) -> None:
    with pytest.raises(QuestionError):
        check_cypher(bait.laid(CYPHER_REFUSED[name]))


def test_attacks_in_sparql_fail_below_the_text(rdf: GraphStore, bait: Bait, unchecked: None) -> None:
    before = content(rdf)
    for name, query in {**SPARQL_REFUSED, **SPARQL_HARMLESS}.items():
        found = outcome(rdf, bait.laid(query))
        assert SECRET not in found, name
        assert bait.untouched(), name
    assert content(rdf) == before


def test_attacks_in_cypher_fail_below_the_text(graph: GraphStore, bait: Bait, unchecked: None) -> None:
    before = content(graph)
    for name, query in CYPHER_REFUSED.items():
        found = outcome(graph, bait.laid(query))
        assert SECRET not in found, name
        assert bait.untouched(), name
    assert content(graph) == before


@pytest.mark.parametrize("name", SPARQL_BOMBS)
def test_attacks_that_never_end_in_sparql_are_ended(rdf: GraphStore, name: str) -> None:
    start = time.monotonic()
    outcome(rdf, SPARQL_BOMBS[name].format(), timeout=1.0)
    assert time.monotonic() - start < 8.0


@pytest.mark.parametrize("name", CYPHER_BOMBS)
def test_attacks_that_never_end_in_cypher_are_ended(graph: GraphStore, name: str) -> None:
    start = time.monotonic()
    outcome(graph, CYPHER_BOMBS[name].format(), timeout=1.0)
    assert time.monotonic() - start < 8.0
    assert content(graph)


def test_attacks_by_a_pattern_end(graph: GraphStore) -> None:
    start = time.monotonic()
    outcome(graph, JAVA_REGEX, timeout=1.0)
    assert time.monotonic() - start < 8.0
    assert content(graph), "the store answers on"


def test_attacks_by_a_huge_answer_are_cut_and_say_so(rdf: GraphStore, graph: GraphStore) -> None:
    found = rdf.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", {}, max_rows=500, timeout=20.0)
    assert (len(found.rows), found.truncated) == (500, True)
    found = graph.query("MATCH (a), (b) RETURN a.iri AS a, b.iri AS b", {}, max_rows=500, timeout=20.0)
    assert (len(found.rows), found.truncated) == (500, True)


def test_attacks_by_growth_stop_at_the_memory_limit(
    rdf: GraphStore, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    """The workers may take 2 and 2 GB beside what they hold; together they leave a machine of 8 GB alive."""
    embedded = next(opened("ladybug", request, tmp_path_factory))
    bombs = (
        (rdf, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a"),
        (embedded, "RETURN repeat('x', 2000000000) AS x"),
        (embedded, "UNWIND range(1, 1000000000) AS x RETURN collect(toString(x)) AS l"),
    )
    for store, text in bombs:
        outcome(store, text, timeout=5.0)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 5 << 20  # KiB
    embedded.close()


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "' OR 1=1 //",
        '" } ; DROP ALL ; #',
        "`) DETACH DELETE n //",
        "$cause {cause} %s \\u0027",
        "\u202eevil\u2066",
        "\U0001f600",
        "x" * 10_000,
        "\x00\x01\x7f",
        "a\nRETURN 1\r\n",
    ],
)
def test_attacks_by_a_value_are_only_a_value(rdf: GraphStore, graph: GraphStore, name: str) -> None:
    before = content(rdf), content(graph)
    echo = rdf.query("SELECT ($name AS ?x) {}", {"name": name}, max_rows=5, timeout=None)
    assert echo.rows == ((name,),)
    if "\x00" not in name:  # ladybug ends text there
        echo = graph.query(
            "MATCH (n:Work) WITH count(n) AS n RETURN $name AS x", {"name": name}, max_rows=5, timeout=None
        )
        assert echo.rows == ((name,),)
    assert (content(rdf), content(graph)) == before


def test_attacks_are_many_and_of_all_kinds() -> None:
    assert len(SPARQL_REFUSED) + len(SPARQL_HARMLESS) + len(SPARQL_BOMBS) >= 30
    assert len(CYPHER_REFUSED) + len(CYPHER_BOMBS) >= 30


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Effect) WHERE n.cause_label = 'CALL apoc.load(1); DELETE' RETURN n.iri AS x",
        "MATCH (n:Effect) // DELETE\nRETURN n.set AS x, n.`delete` AS y",
        "RETURN date('2026-11-22') AS d, duration.between(date('2026-01-01'), date()) AS e, point.distance($a, $b) AS f",
    ],
)
def test_reading_that_only_looks_like_an_attack_is_let_through(text: str) -> None:
    check_cypher(text)


def test_reading_sparql_that_only_looks_like_an_attack_is_let_through() -> None:
    check_sparql(f'SELECT ?delete {{ ?delete <x:insert> "DROP ALL ; SERVICE" . <{iri("load")}> ?service ?x }} # CLEAR')
