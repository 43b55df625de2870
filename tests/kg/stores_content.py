"""Read everything an embedded store holds, in one order, so that two stores can be held against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ladybug
import pyoxigraph

from kg.property_schema import EDGES, NODES
from kg.stores.published import current


def triples(folder: Path) -> list[str]:
    """Return the published N-Quads, sorted."""
    found = current(folder)
    assert found is not None
    return sorted(str(quad) for quad in pyoxigraph.Store.read_only(str(found[0])))


def rows(folder: Path) -> list[str]:
    """Return the published nodes and edges with all their columns, sorted."""
    found = current(folder)
    assert found is not None
    lines: list[str] = []
    with ladybug.Database(str(found[0]), read_only=True) as database, ladybug.Connection(database) as connection:
        for label, columns in NODES.items():
            wanted = ", ".join(f"n.`{name}`" for name in columns)
            lines += [f"{label} {row}" for row in _all(connection, f"MATCH (n:`{label}`) RETURN {wanted}")]
        for (kind, source, goal), columns in EDGES.items():
            wanted = ", ".join(["a.iri", "b.iri", *(f"r.`{name}`" for name in columns)])
            match = f"MATCH (a:`{source}`)-[r:`{kind}`]->(b:`{goal}`) RETURN {wanted}"
            lines += [f"{kind} {row}" for row in _all(connection, match)]
    return sorted(lines)


def _all(connection: Any, text: str) -> list[Any]:
    answer = connection.execute(text)
    found = list(answer.get_all())
    answer.close()
    return found
