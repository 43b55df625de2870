"""Measure a push to Neo4j beside a bare batched ``UNWIND`` of the same rows, on one real server within one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import neo4j

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.property_assembled import assembled_rows, concept_rows
from kg.property_graph import Rows, work_rows
from kg.property_schema import NODES
from kg.pushing import push
from kg.stores.neo4j import Neo4jStore
from ontology import Ontology
from tests.benchmarks.measure import Ratio, best

_ROWS_AT_ONCE = 10_000


def push_ratio(works: Sequence[WorkClaims], uri: str, ontology: Ontology, *, rounds: int) -> Ratio:
    """Push works to an emptied database (rows made, digests taken), against the finished rows unwound in large batches.

    Assembly is no part of either: both are given the same claims and conclusions.
    """
    assembly = assemble(works, ontology)
    rows = Rows()
    for part in (
        concept_rows(ontology),
        *(work_rows(claims, ontology) for claims in works),
        assembled_rows(assembly, ontology, {claims.iri for claims in works}),
    ):
        for label, nodes in part.nodes.items():
            rows.nodes[label] += nodes
        for key, edges in part.edges.items():
            rows.edges[key] += edges
    count = sum(map(len, rows.nodes.values())) + sum(map(len, rows.edges.values()))
    driver_of = neo4j.GraphDatabase.driver(uri, notifications_min_severity="OFF")
    with driver_of as driver, closing(Neo4jStore(uri)) as store:

        def pushed() -> None:
            push(works, store, ontology, generation=1, progress=lambda *_: None, assembled=lambda: assembly)

        ours, theirs = list[float](), list[float]()
        _empty(driver)
        _unwind(driver, rows)  # warms the server up
        for _ in range(rounds):
            for run, times in ((pushed, ours), (lambda: _unwind(driver, rows), theirs)):
                _empty(driver)
                times.append(best(run, rounds=1))
    return Ratio(f"push to Neo4j / bare UNWIND of {count} rows", min(ours), min(theirs), "≥", 0.7)


def _unwind(driver: neo4j.Driver, rows: Rows) -> None:
    with driver.session() as session:
        for label in NODES:
            session.run(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.iri IS UNIQUE").consume()
        for label, nodes in rows.nodes.items():
            for batch in _batches(nodes):
                session.run(f"UNWIND $rows AS row CREATE (n:`{label}`) SET n = row", rows=batch).consume()
        for (kind, source, goal), edges in rows.edges.items():
            statement = (
                f"UNWIND $rows AS row MATCH (a:`{source}` {{iri: row.from}}) MATCH (b:`{goal}` {{iri: row.to}}) "
                f"CREATE (a)-[r:`{kind}`]->(b) SET r = row.columns"
            )
            split = [
                {"from": e["from"], "to": e["to"], "columns": {k: v for k, v in e.items() if k not in ("from", "to")}}
                for e in edges
            ]
            for batch in _batches(split):
                session.run(statement, rows=batch).consume()


def _empty(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows), _ROWS_AT_ONCE))
