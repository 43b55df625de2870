"""Keep the RDF projection in an embedded Oxigraph store.

A new version is written beside the published one (:mod:`kg.stores.oxigraph_writing`) and never touched again, so any
number of readers open it read-only. The engine follows ``SERVICE`` and has no timeout: the first is refused, the second
is a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.reading_only import bind_sparql, check_sparql, names_dataset
from kg.serialise import Quad, Value, typed
from kg.store import Language, Result, Update, Watermark
from kg.stores import oxigraph_worker
from kg.stores.asking import EngineError, asked, collected
from kg.stores.oxigraph_writing import clone, write_all, write_part
from kg.stores.published import current, free_name, publish
from ontology.errors import QuestionError, StoreError

__all__ = ["OxigraphStore"]

_MEMORY = 2 << 30  # bytes that a query people write may take


class OxigraphStore:
    """Hold the RDF projection of a library below ``folder``."""

    language: Language = "sparql"
    incremental = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader: pyoxigraph.Store | None = None

    def watermark(self) -> Watermark | None:
        """Return the published state; None where nothing is published."""
        published = current(self._folder)
        return published[1] if published else None

    def apply(self, update: Update) -> None:
        """Write a new version beside the published one, and publish it."""
        place, published = free_name(self._folder, update.watermark), current(self._folder)
        if update.full or published is None:
            write_all(place, update)
        else:
            clone(published[0], place)
            write_part(place, update)
        publish(self._folder, place, update.watermark)
        self._reader = None

    def query(self, text: str, parameters: Mapping[str, Value], *, max_rows: int, timeout: float | None) -> Result:
        """Answer a SPARQL query; without timeout (our own catalogue) in this process."""
        check_sparql(text)
        request = {"query": bind_sparql(text, parameters), "union": not names_dataset(text)}
        if timeout is None:
            store = self._open()
            try:
                columns, cells, more = collected(oxigraph_worker.answer(store, request), max_rows)
            except SyntaxError as error:
                raise QuestionError(f"SPARQL syntax: {error}") from error
        else:
            columns, *cells, more = self._asked(request, max_rows, timeout)
        return Result(tuple(columns), tuple(tuple(_value(cell) for cell in row) for row in cells), truncated=more)

    def stream(
        self,
        text: str,
        *,
        max_rows: int,
        timeout: float,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        gone: Callable[[], bool] = lambda: False,
    ) -> Iterator[Any]:
        """Yield the columns of a query people wrote, then rows of cells, then whether more rows were there.

        Cells are those of :func:`kg.stores.oxigraph_worker.answer`; the graphs stand in for those the text names;
        ``gone`` tells whether nobody waits any more. What is published now answers, in a process of its own.
        """
        check_sparql(text)
        request = {
            "query": text,
            "union": not (default_graphs or named_graphs or names_dataset(text)),
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        return self._asked(request, max_rows, timeout, gone)

    def graphs(self) -> list[str]:
        """Return the IRIs of all named graphs, sorted."""
        return sorted(graph.value for graph in self._open().named_graphs() if isinstance(graph, pyoxigraph.NamedNode))

    def quads(self, graph: str) -> Iterator[Quad]:
        """Yield the quads of a named graph, those of a subject together, in an order that its content alone decides."""
        for quad in self._open().quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)):
            subject: Any = quad.subject
            yield subject.value, quad.predicate.value, str(quad.object), graph

    def close(self) -> None:
        """Let go of the store's files."""
        self._reader = None

    def _asked(
        self, request: dict[str, Any], max_rows: int, timeout: float, gone: Callable[[], bool] = lambda: False
    ) -> Iterator[Any]:
        request |= {"place": str(self._published()), "max_rows": max_rows, "memory": _MEMORY}
        try:
            yield from asked(oxigraph_worker, request, timeout=timeout, gone=gone)
        except EngineError as error:
            kind, _, reason = str(error).partition(": ")
            raise (QuestionError if kind == "SyntaxError" else StoreError)(f"SPARQL: {reason}") from None

    def _published(self) -> Path:
        published = current(self._folder)
        if published is None:
            raise StoreError(f"nothing is published in {self._folder}; open the library once with writing allowed")
        return published[0]

    def _open(self) -> pyoxigraph.Store:
        if self._reader is None:
            place = self._published()
            try:
                self._reader = pyoxigraph.Store.read_only(str(place))
            except OSError as error:
                raise StoreError(f"{place} cannot be read ({error}); delete {self._folder}") from error
        return self._reader


def _value(cell: list[str] | None) -> str | int | float | bool | None:
    if cell is None:
        return None
    return typed(cell[0], cell[1]) if cell[1] else cell[0]
