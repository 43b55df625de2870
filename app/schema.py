"""What a query can name, in both languages: read from the claim model and the property graph's own declaration."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from kg import EDGES, NODES
from ontology import ONTOLOGY_NS, VOCABULARY, model

SCHEMA_COLUMNS = {
    "name": "How a query writes it",
    "kind": "Class, property, node label or edge type",
    "on": "Which class or label it belongs to; for an edge, what it joins",
    "holds": "What stands in it",
}
Row = dict[str, str]


def sparql_schema() -> list[Row]:
    """Return classes and properties of the RDF graphs, prefix ``a:``; camelCase of the claim model's fields."""
    rows: list[Row] = []
    for name in sorted(VOCABULARY):
        cls = getattr(model, name, None)
        if name[0].isupper():
            rows.append({"name": f"a:{name}", "kind": "class", "on": "", "holds": _first_line(cls)})
    for name in sorted(vars(model)):
        cls = getattr(model, name)
        if dataclasses.is_dataclass(cls) and isinstance(cls, type) and name in VOCABULARY:
            for field in dataclasses.fields(cls):
                term = _camel(field.name)
                if term in VOCABULARY:
                    rows.append({"name": f"a:{term}", "kind": "property", "on": name, "holds": str(field.type)})
    told = {row["name"] for row in rows}
    rest = sorted(f"a:{name}" for name in VOCABULARY if f"a:{name}" not in told)
    return [*rows, *({"name": name, "kind": "property", "on": "", "holds": ""} for name in rest)]


def cypher_schema() -> list[Row]:
    """Return node labels, their properties, and edge types with what they join."""
    rows = [
        {"name": f"(:{label})", "kind": "node", "on": label, "holds": ", ".join(columns)}
        for label, columns in NODES.items()
    ]
    joined: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    holds: dict[str, str] = {}
    for (kind, start, end), columns in EDGES.items():
        joined[kind][0].add(start)
        joined[kind][1].add(end)
        holds[kind] = ", ".join(columns)
    for kind, (starts, ends) in sorted(joined.items()):
        joins = f"{'|'.join(sorted(starts))} → {'|'.join(sorted(ends))}"
        rows.append({"name": f"-[:{kind}]->", "kind": "edge", "on": joins, "holds": holds[kind]})
    return rows


PREFIXES = f"""PREFIX a: <{ONTOLOGY_NS}>
PREFIX id: <https://w3id.org/anodekg/id/graph/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _first_line(cls: object) -> str:
    return (getattr(cls, "__doc__", "") or "").strip().partition("\n")[0]
