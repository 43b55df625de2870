"""Write a ladybug file that nobody reads yet: all of a library, or what a change of some works bears on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ladybug
import pyarrow as pa

from kg.property_assembled import assembled_rows, concept_rows
from kg.property_graph import Node, Rows, work_rows
from kg.property_schema import CONCEPT_LABELS, EDGES, NODES, Columns, ColumnType
from kg.store import Update
from ontology.identity import work_iri

__all__ = ["write_all", "write_part"]

_SQL_TYPES: Mapping[ColumnType, str] = {
    "text": "STRING",
    "integer": "INT64",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "texts": "STRING[]",
}
_ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
}
_WORKS_AT_ONCE = 500
_LEAST_BUFFER = 1 << 30  # bytes
# What goes with a work, its details first.
_BELOW_WORK = (
    "(w:Work)-[:STATES]->(:Assertion)-[:UNDER]->(n:Value)",
    "(w:Work)-[:REPORTS]->(:Measurement)-[:UNDER]->(n:Value)",
    "(w:Work)-[:STATES]->(:Assertion)-[:THROUGH]->(n:MechanismLink)",
    "(w:Work)-[:STATES]->(:Assertion)-[:QUOTES]->(n:Evidence)",
    "(w:Work)-[:REPORTS]->(:Measurement)-[:QUOTES]->(n:Evidence)",
    "(w:Work)-[:STATES]->(n:Assertion)",
    "(w:Work)-[:REPORTS]->(n:Measurement)",
    "(w:Work)-[:LISTS]->(n:Reference)",
)
_OF_WORKS = (
    *(f"UNWIND $iris AS iri MATCH {path} WHERE w.iri = iri DETACH DELETE n" for path in _BELOW_WORK),
    "MATCH (n:Work) WHERE n.iri IN $iris DETACH DELETE n",
)
# What is concluded on causes: those given, or all.
_READABLE = ["IMPROVES", "WORSENS", "LEAVES", "MITIGATES", "AGGRAVATES", "CAUSES", "CHANGES", "HELPS_INDIRECTLY"]
_OF_LEVERS = (
    *(
        f"MATCH (c:{label})-[r:{kind}]->() WHERE $every OR c.iri IN $iris DELETE r"
        for kind, label in dict.fromkeys((kind, label) for kind, label, _ in EDGES if kind in _READABLE)
    ),
    "MATCH (n:Contradiction)-[:FIRST]->(e:Effect) WHERE $every OR e.cause IN $iris DETACH DELETE n",
    *(
        f"MATCH (n:{label}) WHERE $every OR n.cause IN $iris DETACH DELETE n"
        for label in ("DoubleEdge", "IndirectHelp", "Effect")
    ),
)
_OF_THINGS = tuple(
    f"MATCH (n:{label}) WHERE n.local AND ($every OR n.iri IN $iris) DETACH DELETE n" for label in CONCEPT_LABELS
)


def write_all(place: Path, update: Update) -> None:
    """Make a new file hold all of an update."""
    with _opened(place) as connection:
        for statement in _declarations():
            connection.execute(statement)
        _copy(connection, [concept_rows(update.ontology)])
        batch: list[Rows] = []
        for claims in update.changed:
            batch.append(work_rows(claims, update.ontology))
            if len(batch) == _WORKS_AT_ONCE:
                _copy(connection, batch)
                batch = []
        _copy(connection, batch)
        _copy(connection, [assembled_rows(update.assembly, update.ontology, update.works)])


def write_part(place: Path, update: Update) -> None:
    """Make a file that shows an earlier state show this one: the changed works and the causes they bear on."""
    changed = list(update.changed)
    works = [*update.withdrawn, *(work_iri(claims.work) for claims in changed)]
    every = update.levers is None
    with _opened(place) as connection:
        connection.execute("BEGIN TRANSACTION")
        for statements, iris in ((_OF_LEVERS, sorted(update.levers or ())), (_OF_THINGS, sorted(update.things))):
            for statement in statements if every or iris else ():
                connection.execute(statement, parameters={"iris": iris, "every": every})
        for statement in _OF_WORKS if works else ():
            connection.execute(statement, parameters={"iris": works})
        rows = [work_rows(claims, update.ontology) for claims in changed]
        things = None if every else update.things
        rows.append(assembled_rows(update.assembly, update.ontology, update.works, things=things))
        _copy(connection, rows)
        connection.execute("COMMIT")


def _buffer() -> int:
    """Return how many bytes the engine may hold while it writes: half of the machine's memory, which it rarely needs.

    With 1 GiB a copy of 10⁵ claims' conclusions ends in "the buffer pool is full".
    """
    try:
        return max(_LEAST_BUFFER, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)
    except (AttributeError, ValueError, OSError):  # not POSIX
        return 4 * _LEAST_BUFFER


@contextmanager
def _opened(place: Path) -> Iterator[Any]:
    with (
        ladybug.Database(str(place), buffer_pool_size=_buffer()) as database,
        ladybug.Connection(database) as connection,
    ):
        yield connection
        connection.execute("CHECKPOINT")


def _declarations() -> Iterable[str]:
    """Yield the statements that create all tables; names come from the schema alone."""
    for label, columns in NODES.items():
        yield f"CREATE NODE TABLE `{label}` ({_column_list(columns)}, PRIMARY KEY (iri))"
    kinds: dict[str, tuple[list[str], Columns]] = {}
    for (kind, source, goal), columns in EDGES.items():
        kinds.setdefault(kind, ([], columns))[0].append(f"FROM `{source}` TO `{goal}`")
    for kind, (pairs, columns) in kinds.items():
        extra = f", {_column_list(columns)}" if columns else ""
        yield f"CREATE REL TABLE `{kind}` ({', '.join(pairs)}{extra})"


def _column_list(columns: Columns) -> str:
    return ", ".join(f"`{name}` {_SQL_TYPES[kind]}" for name, kind in columns.items())


def _copy(connection: Any, batch: list[Rows]) -> None:
    for label, columns in NODES.items():
        rows = [row for part in batch for row in part.nodes.get(label, ())]
        if rows:
            connection.execute(f"COPY `{label}` FROM $rows", parameters={"rows": _table(rows, columns)})
    ends: Columns = {"from": "text", "to": "text"}
    for key, columns in EDGES.items():
        rows = [row for part in batch for row in part.edges.get(key, ())]
        if rows:
            kind, source, goal = key
            statement = f"COPY `{kind}` FROM $rows (from='{source}', to='{goal}')"
            connection.execute(statement, parameters={"rows": _table(rows, {**ends, **columns})})


def _table(rows: list[Node], columns: Columns) -> pa.Table:
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], _ARROW_TYPES[kind]) for name, kind in columns.items()}
    )
