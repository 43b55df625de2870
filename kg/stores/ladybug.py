"""Keep the property graph in an embedded ladybug file, so that Cypher works without a server.

A new version is written beside the published one (:mod:`kg.stores.ladybug_writing`) and never touched again, so any
number of readers open it read-only. Read-only does not cover ``COPY … TO`` and ``LOAD FROM``: those are refused by token.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import ladybug

from kg.reading_only import check_cypher
from kg.serialise import Value
from kg.store import Language, Result, Update, Watermark
from kg.stores import ladybug_worker
from kg.stores.asking import EngineError, asked, collected
from kg.stores.ladybug_writing import write_all, write_part
from kg.stores.published import current, free_name, publish
from ontology.errors import QuestionError, StoreError

__all__ = ["LadybugStore"]

_BUFFER = 1 << 30  # bytes
_MEMORY = 1 << 30  # bytes a query people write may take beside the buffer
_GROWN = 3.0  # times the size it was written at: so large a file is written anew, for changes leave pages behind
_FRESH = "FRESH"
_GRACE = 1.0  # seconds the engine has to stop by itself


class LadybugStore:
    """Hold the property graph of a library below ``folder``."""

    language: Language = "cypher"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open_file: tuple[Any, Any] | None = None
        self._lock = threading.Lock()  # a connection answers one query at a time

    @property
    def incremental(self) -> bool:
        """Say whether the next change may be written into a copy; False where the file has grown far beyond its content."""
        published = current(self._folder)
        try:
            return published is None or published[0].stat().st_size <= _GROWN * int((self._folder / _FRESH).read_text())
        except (OSError, ValueError):  # written before sizes were kept
            return True

    def watermark(self) -> Watermark | None:
        """Return the published state; None where nothing is published."""
        published = current(self._folder)
        return published[1] if published else None

    def apply(self, update: Update) -> None:
        """Write a new version beside the published one, and publish it."""
        place, published = free_name(self._folder, update.watermark), current(self._folder)
        if update.full or published is None:
            write_all(place, update)
            (self._folder / _FRESH).write_text(str(place.stat().st_size))
        else:
            shutil.copyfile(published[0], place)
            write_part(place, update)
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
