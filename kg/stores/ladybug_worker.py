"""Answer one Cypher query over a published ladybug file, alone in a process that can crash or be killed.

Started as a script by :mod:`kg.stores.ladybug` for queries that people write: some make the engine (0.22) crash.
Reads one JSON request from standard input, writes one JSON answer. Imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import ladybug

__all__ = ["answer"]


def answer(connection: Any, text: str, parameters: dict[str, Any], max_rows: int) -> dict[str, Any]:
    """Return columns and rows of plain values; what is neither text nor number comes as text."""
    found = connection.execute(text, parameters=parameters)
    rows: list[list[Any]] = []
    while found.has_next() and len(rows) < max_rows:
        rows.append([_item(value) for value in found.get_next()])
    reply = {"columns": found.get_column_names(), "rows": rows, "truncated": bool(found.has_next())}
    found.close()
    return reply


def _item(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


if __name__ == "__main__":
    request = json.load(sys.stdin)
    database = ladybug.Database(request["file"], read_only=True, buffer_pool_size=request["buffer"])
    connection = ladybug.Connection(database)
    connection.set_query_timeout(request["timeout"])
    try:
        reply = answer(connection, request["query"], request["parameters"], request["max_rows"])
    except RuntimeError as error:
        reply = {"error": str(error)}
    json.dump(reply, sys.stdout)
