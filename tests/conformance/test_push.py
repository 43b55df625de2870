"""Pushing to a real server: killed anywhere it is taken up again, and a person finds the way from edge to sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kg.stores.neo4j as neo4j_store
from app.cli import app
from kg.pushing import push
from kg.stores.neo4j import Neo4jStore
from ontology.errors import StoreError
from tests.benchmarks.pushing import push_ratio
from tests.conformance.world import HOSTILE, WORKS
from tests.kg.builders import iri, ontology, says, work

ROOT = Path(__file__).parents[2]
MORE = tuple(work(f"10.1000/more-{number}", says("coating", "increases", "ice")) for number in range(6))
EVERYTHING = (*WORKS, *MORE)


@pytest.fixture
def store(neo4j_uri: str) -> Iterator[Neo4jStore]:
    store = Neo4jStore(neo4j_uri)
    yield store
    store.close()


def pushed(store: Neo4jStore, *works: Any, generation: int = 1) -> dict[str, int]:
    return push(works, store, ontology(), generation=generation, progress=lambda *_: None)


def rows(store: Neo4jStore, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return list(store.query(text, parameters, max_rows=100_000, timeout=None).rows)


def content(store: Neo4jStore) -> list[list[tuple[Any, ...]]]:
    nodes = "MATCH (n) RETURN labels(n)[0] AS l, n.iri AS x, n.digest AS d, n.belief AS b ORDER BY l, x"
    edges = "MATCH (a)-[r]->(b) RETURN a.iri AS x, type(r) AS t, b.iri AS y, r.effect AS e ORDER BY x, t, y, e"
    return [rows(store, nodes), rows(store, edges)]


@pytest.mark.neo4j
@pytest.mark.parametrize("point", ["_write_in_pieces", "_run", "work_rows", "_statements"])
def test_push_killed_anywhere_is_taken_up_again(store: Neo4jStore, neo4j_uri: str, point: str) -> None:
    pushed(store, *EVERYTHING)
    whole = content(store)
    pushed(store, *WORKS[:1], generation=2)
    code = f"from {__name__} import die_at; die_at({neo4j_uri!r}, {point!r})"
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120, check=False)
    assert killed.returncode == 9
    assert store.watermark() is None
    report = pushed(store, *EVERYTHING, generation=3)
    assert report["unchanged"] >= 1, "what was written before is not written again"
    assert content(store) == whole
    assert pushed(store, *EVERYTHING, generation=3)["written"] == 0


def die_at(uri: str, point: str) -> None:
    """Push, and be gone in the middle: after the second batch, transaction, work, or between nodes and edges of one."""
    neo4j_store._ROWS_HELD = 1
    real, calls = getattr(neo4j_store, point), iter(range(1000))
    last = {"_write_in_pieces": 2, "_run": 12, "work_rows": 2, "_statements": 3}[point]

    def dying(*arguments: Any, **options: Any) -> Any:
        number = next(calls)
        if point == "_statements" and number == last:
            return dying_between(real(*arguments, **options))
        found = real(*arguments, **options)
        if number == last:
            os._exit(9)
        return found

    setattr(neo4j_store, point, dying)
    pushed(Neo4jStore(uri), *EVERYTHING, generation=3)


def dying_between(statements: Iterator[tuple[Any, list[Any]]]) -> Iterator[tuple[Any, list[Any]]]:
    for statement, batch in statements:
        if "MATCH (a:" in statement:
            os._exit(9)
        yield statement, batch


@pytest.mark.neo4j
def test_push_shows_edges_a_person_reads_and_the_effects_behind_them(store: Neo4jStore) -> None:
    pushed(store, *EVERYTHING)
    read = {
        tuple(row)
        for row in rows(
            store, "MATCH (a)-[r]->(b) WHERE r.effect IS NOT NULL RETURN a.iri AS a, type(r) AS t, b.iri AS b"
        )
    }
    assert {
        (iri("coating"), "IMPROVES", iri("ice")),
        (iri("prelithiation"), "WORSENS", iri("cycle-life")),
        (iri("artificial-sei"), "MITIGATES", iri("sei-dissolution")),
        (iri("fec"), "AGGRAVATES", iri("hf-corrosion")),
        (iri("hf-corrosion"), "CAUSES", iri("sei-dissolution")),
    } <= read
    behind = rows(
        store,
        """MATCH (a:Strategy {label: $lever})-[r:IMPROVES]->(m:Metric {label: $metric})
           MATCH (e:Effect {iri: r.effect})-[:POOLS]->(s:Assertion)-[:QUOTES]->(q:Evidence {role: 'sentence'})
           MATCH (w:Work)-[:STATES]->(s) RETURN DISTINCT e.verdict AS verdict, q.text AS text, w.doi AS doi ORDER BY doi""",
        lever="coating",
        metric="ice",
    )
    assert len(behind) == 1 + len(MORE)
    assert {(verdict, text) for verdict, text, _ in behind} == {("beneficial", "coating applied increases ice.")}
    assert rows(store, "MATCH (n) WHERE n.label = $name RETURN n.label AS name", name=HOSTILE) == [(HOSTILE,)]
    assert not rows(
        store,
        "MATCH ()-[r]->() WHERE r.effect IS NOT NULL AND NOT EXISTS { MATCH (:Effect {iri: r.effect}) } RETURN r.effect AS e",
    )


@pytest.mark.neo4j
def test_push_deletes_what_was_withdrawn_to_the_last_node(store: Neo4jStore) -> None:
    pushed(store, *EVERYTHING)
    pushed(store, generation=2)
    left = {label for (label,) in rows(store, "MATCH (n) RETURN DISTINCT labels(n)[0] AS l")}
    assert left <= {"Strategy", "Material", "Metric", "FailureMode", "Condition", "Kind", "Watermark"}
    assert not rows(store, "MATCH (n) WHERE n.local RETURN n.iri AS x")


@pytest.mark.neo4j
def test_push_command_twice_changes_nothing(
    neo4j_uri: str, sample_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "")
    arguments = ["push", neo4j_uri, "--user", "", "-l", str(sample_library), "-f", "csv"]
    first, second = (CliRunner().invoke(app, arguments) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert second.stdout.splitlines()[1].startswith("0,0,")


@pytest.mark.neo4j
def test_push_is_measured_against_bare_unwinding(neo4j_uri: str) -> None:
    """The bound (0.7 of its rate) is for a quiet machine and real sizes: `python -m tests.benchmarks` judges it."""
    ratio = push_ratio(EVERYTHING, neo4j_uri, ontology(), rounds=1)
    assert ratio.ours > 0
    assert ratio.theirs > 0


def test_push_takes_no_password_from_the_arguments(sample_library: Path) -> None:
    found = CliRunner().invoke(app, ["push", "bolt://neo4j:secret@127.0.0.1:1", "-l", str(sample_library)])
    assert isinstance(found.exception, StoreError)
    assert "secret" not in str(found.exception)
    assert CliRunner().invoke(app, ["push", "bolt://127.0.0.1:1", "--password", "x"]).exit_code == 2
