"""Answer SPARQL over a published Oxigraph folder: in this process for our own catalogue, else as a worker script.

Run by ``confined.py`` for queries that people write: the engine has no timeout of its own. Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph

__all__ = ["OPENS_FILES_LATE", "answer", "opened"]

OPENS_FILES_LATE = True  # a large store keeps some of its files closed until they are read
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def opened(request: dict[str, Any]) -> pyoxigraph.Store:
    """Open the folder a request names, read-only."""
    return pyoxigraph.Store.read_only(request["place"])


def answer(store: pyoxigraph.Store, request: dict[str, Any]) -> Iterator[Any]:
    """Yield the columns, then rows of cells ``[text, kind]``, None for a missing value.

    The kind is "" for an IRI, "_" for a blank node, ``@`` and a language, or a datatype IRI.
    """
    # Queries see all graphs as one unless they name theirs (ours all do).
    results = store.query(
        request["query"],
        use_default_graph_as_union=request["union"],
        default_graph=[pyoxigraph.NamedNode(name) for name in request.get("default_graphs", ())] or None,
        named_graphs=[pyoxigraph.NamedNode(name) for name in request.get("named_graphs", ())] or None,
    )
    if isinstance(results, pyoxigraph.QueryBoolean):
        yield ["answer"]
        yield [[str(bool(results)).lower(), _BOOLEAN]]
    elif isinstance(results, pyoxigraph.QueryTriples):
        yield ["subject", "predicate", "object"]
        for triple in results:
            yield [_cell(triple.subject), _cell(triple.predicate), _cell(triple.object)]
    else:
        yield [variable.value for variable in results.variables]
        for row in results:
            yield [_cell(term) for term in row]


def _cell(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return [term.value, ""]
    if isinstance(term, pyoxigraph.Literal):
        return [term.value, f"@{term.language}" if term.language else term.datatype.value]
    return [str(term), "_"]
