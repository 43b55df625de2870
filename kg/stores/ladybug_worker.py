"""Answer Cypher over a published ladybug file: in this process for our own catalogue, else as a worker script.

Run by ``confined.py`` for queries that people write: some make the engine (0.22) crash. Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ladybug

__all__ = ["OPENS_FILES_LATE", "answer", "opened"]

OPENS_FILES_LATE = False


def opened(request: dict[str, Any]) -> Any:
    """Open the file a request names, read-only."""
    database = ladybug.Database(request["place"], read_only=True, buffer_pool_size=request["buffer"])
    connection = ladybug.Connection(database)
    if "timeout" in request:
        connection.set_query_timeout(request["timeout"])
    return connection


def answer(connection: Any, request: dict[str, Any]) -> Iterator[Any]:
    """Yield the columns, then rows of plain values; what is neither text nor number comes as text."""
    found = connection.execute(request["query"], parameters=request["parameters"])
    try:
        yield found.get_column_names()
        while found.has_next():
            yield [_item(value) for value in found.get_next()]
    finally:
        found.close()


def _item(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
