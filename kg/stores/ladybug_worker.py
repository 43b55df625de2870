"""Answer Cypher over a published ladybug file: in this process for our own catalogue, else as a worker script.

Run by ``confined.py`` for queries that people write: some make the engine (0.22) crash. Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ladybug

__all__ = ["OPENS_FILES_LATE", "answer", "opened"]

OPENS_FILES_LATE = False
_EVERY_TYPE = """
RETURN $text, $number, $float, $flag, $texts, date("2026-11-22"), timestamp("2026-11-22"), interval("1 day"),
       CAST("1.5" AS DECIMAL(4, 2)), gen_random_uuid(), {a: 1}, map([1], [2]), to_hours(1), CAST("1" AS INT128)
"""
_OF_EVERY_TYPE = {"text": "a", "number": 1, "float": 0.5, "flag": True, "texts": ["a"]}


def opened(request: dict[str, Any]) -> Any:
    """Open the file a request names, read-only."""
    database = ladybug.Database(request["place"], read_only=True, buffer_pool_size=request["buffer"])
    connection: Any = ladybug.Connection(database)
    if "timeout" in request:
        connection.set_query_timeout(request["timeout"])
        connection.execute(_EVERY_TYPE, parameters=_OF_EVERY_TYPE).get_all()  # what it imports late, it imports now
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
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
