"""Answer one SPARQL query over a published Oxigraph folder, alone in a process that can be killed.

Started as a script by :mod:`kg.stores.oxigraph` for queries that people write: the engine has no timeout of its own.
Reads one JSON request from standard input, writes one JSON answer. Imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyoxigraph

__all__ = ["answer"]


def answer(store: pyoxigraph.Store, text: str, max_rows: int) -> dict[str, Any]:
    """Return columns and rows of cells ``[text, datatype]`` (datatype "" for an IRI, None for a missing value)."""
    # Free queries see all graphs as one; ours name theirs.
    results = store.query(text, use_default_graph_as_union=True)
    if isinstance(results, pyoxigraph.QueryBoolean):
        boolean = "http://www.w3.org/2001/XMLSchema#boolean"
        return {"columns": ["answer"], "rows": [[[str(bool(results)).lower(), boolean]]], "truncated": False}
    if isinstance(results, pyoxigraph.QueryTriples):
        columns = ["subject", "predicate", "object"]
        source: Any = ((triple.subject, triple.predicate, triple.object) for triple in results)
    else:
        columns = [variable.value for variable in results.variables]
        source = results
    rows: list[list[list[str] | None]] = []
    for row in source:
        if len(rows) == max_rows:
            return {"columns": columns, "rows": rows, "truncated": True}
        rows.append([_cell(term) for term in row])
    return {"columns": columns, "rows": rows, "truncated": False}


def _cell(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return [term.value, ""]
    if isinstance(term, pyoxigraph.Literal):
        return [term.value, term.datatype.value]
    return [str(term), ""]


def _limit_memory(limit: int) -> None:
    try:
        import resource  # POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    request = json.load(sys.stdin)
    _limit_memory(request["memory"])
    try:
        reply = answer(pyoxigraph.Store.read_only(request["folder"]), request["query"], request["max_rows"])
    except (SyntaxError, ValueError, RuntimeError, OSError, MemoryError) as error:
        reply = {"error": f"{type(error).__name__}: {error}", "syntax": isinstance(error, SyntaxError)}
    json.dump(reply, sys.stdout)
