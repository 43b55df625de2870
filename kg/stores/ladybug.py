"""Keep the property graph in an embedded ladybug file, so that Cypher works without a server.

The file is built anew from the schema at each update (bulk copies are quick, deletions are not) and then published;
readers open it read-only. Read-only does not cover ``COPY … TO`` and ``LOAD FROM``: those are refused by token.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import ladybug
import pyarrow as pa

from kg.property_assembled import assembled_rows, concept_rows
from kg.property_graph import Node, Rows, work_rows
from kg.property_schema import EDGES, NODES, Columns, ColumnType
from kg.reading_only import check_cypher
from kg.serialise import Value
from kg.store import Language, Result, Update, Watermark
from kg.stores import ladybug_worker
from kg.stores.asking import EngineError, asked, collected
from kg.stores.published import current, free_name, publish
from ontology.errors import QuestionError, StoreError

__all__ = ["LadybugStore"]

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
_BUFFER = 1 << 30  # bytes
_MEMORY = 1 << 30  # bytes a query people write may take beside the buffer
_GRACE = 1.0  # seconds the engine has to stop by itself


class LadybugStore:
    """Hold the property graph of a library below ``folder``."""

    language: Language = "cypher"
    incremental = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open_file: tuple[Any, Any] | None = None
        self._lock = threading.Lock()  # a connection answers one query at a time

    def watermark(self) -> Watermark | None:
        """Return the published state; None where nothing is published."""
        published = current(self._folder)
        return published[1] if published else None

    def apply(self, update: Update) -> None:
        """Build the whole graph in a new file and publish it."""
        place = free_name(self._folder, update.watermark)
        with (
            ladybug.Database(str(place), buffer_pool_size=_BUFFER) as database,
            ladybug.Connection(database) as connection,
        ):
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
            connection.execute("CHECKPOINT")
        publish(self._folder, place, update.watermark)
        self.close()

    def query(self, text: str, parameters: Mapping[str, Value], *, max_rows: int, timeout: float | None) -> Result:
        """Answer a Cypher query; without timeout (our own catalogue) in this process."""
        check_cypher(text)
        plain = _plain(parameters)
        try:
            if timeout is None:
                request = {"query": text, "parameters": plain}
                with self._lock:
                    columns, rows, more = collected(ladybug_worker.answer(self._connection(), request), max_rows)
            else:
                columns, *rows, more = _asked(self._published(), text, plain, max_rows, timeout)
        except RuntimeError as error:
            raise _explained(error, timeout) from error
        return Result(tuple(columns), tuple(map(tuple, rows)), truncated=more)

    def close(self) -> None:
        """Let go of the file."""
        if self._open_file is not None:
            database, connection = self._open_file
            connection.close()
            database.close()
            self._open_file = None

    def _published(self) -> Path:
        published = current(self._folder)
        if published is None:
            raise StoreError(f"nothing is published in {self._folder}; open the library once with writing allowed")
        return published[0]

    def _connection(self) -> Any:
        if self._open_file is None:
            place = self._published()
            try:
                database = ladybug.Database(str(place), read_only=True, buffer_pool_size=_BUFFER)
            except RuntimeError as error:
                raise StoreError(f"{place} cannot be read ({error}); delete {self._folder}") from error
            self._open_file = database, ladybug.Connection(database)
        return self._open_file[1]


def _asked(place: Path, query: str, parameters: dict[str, Any], max_rows: int, timeout: float) -> Iterator[Any]:
    """Ask in a process of its own; the engine stops at the timeout, and is killed if it does not."""
    limits = {"max_rows": max_rows, "timeout": int(timeout * 1000), "buffer": _BUFFER, "memory": _BUFFER + _MEMORY}
    request = {"place": str(place), "query": query, "parameters": parameters, **limits}
    try:
        yield from asked(ladybug_worker, request, timeout=timeout, grace=_GRACE)
    except EngineError as error:
        raise RuntimeError(str(error).partition(": ")[2]) from None


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


def _plain(parameters: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: str(value)
        if isinstance(value, str)
        else value
        if isinstance(value, int | float)
        else [str(v) for v in value]
        for name, value in parameters.items()
    }


def _explained(error: RuntimeError, timeout: float | None) -> QuestionError | StoreError:
    text = str(error).splitlines()[0]
    if text.startswith("Interrupted"):
        return StoreError(f"the query took longer than {timeout:g} s; narrow it or raise the limit")
    if text.startswith(("Parser exception", "Binder exception", "Catalog exception", "Parameter")):
        return QuestionError(f"Cypher: {text}")
    return StoreError(f"Cypher: {text}")
