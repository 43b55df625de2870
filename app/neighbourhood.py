"""What stands around a lever: its targets, what else acts on them, and how; and how it works: pure, from effect rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.diagram import Edge, Node
from ontology.model import Verdict
from ontology.terms import Ontology

Row = Mapping[str, Any]  # a row of edges-of-strategy
_SIGNS = {"increases": "+", "decreases": "−", "no_change": "○", "mixed": "±", "optimum": "∩"}
_TONES: Mapping[Verdict, str] = {"beneficial": "good", "detrimental": "bad", "mixed": "both"}
MOST = 200  # nodes


def neighbourhood(
    cause: str, rows: Sequence[Row], ontology: Ontology, *, most: int = MOST
) -> tuple[list[Node], list[Edge]]:
    """Return the targets of a lever and the levers that act on the same targets, best supported first.

    At most ``most`` nodes; every edge is one lever, target and verdict, with the works behind its best effect.
    """
    own = _best(row for row in rows if row["concept"] == cause)
    targets = {row["target"] for row in own}
    others = _best(row for row in rows if row["target"] in targets and row["concept"] != cause)
    others.sort(key=lambda row: (-_works(row), -(row["belief"] or 0.0), str(row["label"])))
    nodes: dict[str, Node] = {}
    edges = []
    for row in (*own, *others):
        ends = [(row["concept"], row["label"], row["kind"]), (row["target"], row["target_label"], row["target_kind"])]
        new = [end for end in ends if end[0] not in nodes]
        if len(nodes) + len(new) > most:
            continue
        for iri, label, kind in new:
            nodes[iri] = Node(iri, _label(iri, label, ontology), kind, central=iri == cause)
        edges.append(_edge(row))
    return list(nodes.values()), edges


def mechanism(cause: str, rows: Sequence[Row], ontology: Ontology, *, most: int = 40) -> tuple[list[Node], list[Edge]]:
    """Return how a lever reaches metrics: over the failure modes it acts on, to the metrics these degrade.

    First links are stated by works; a link from a failure mode to a metric is stated by works or, where they are
    silent, by the ontology, and then marked as not stated. Only metrics that works relate to the lever are drawn.
    """
    own = _best(row for row in rows if row["concept"] == cause)
    failures = {row["target"] for row in own if row["target_kind"] == "failure_mode"}
    reached = {row["target"] for row in own if row["target_kind"] == "metric"}
    onward = [
        row
        for row in _best(row for row in rows if row["concept"] in failures)
        if row["target"] in reached or row["target"] in failures
    ]
    told = {(row["concept"], row["target"]) for row in onward}
    nodes: dict[str, Node] = {}
    edges = []
    for row in (*own, *onward):
        pairs = [(row["concept"], row["label"], row["kind"]), (row["target"], row["target_label"], row["target_kind"])]
        new = [pair for pair in pairs if pair[0] not in nodes]
        if len(nodes) + len(new) > most:
            continue
        for iri, label, kind in new:
            nodes[iri] = Node(iri, _label(iri, label, ontology), kind, central=iri == cause)
        edges.append(_edge(row))
    for failure in sorted(failures & nodes.keys() & ontology.concepts.keys()):
        for link in ontology.get(failure).degrades:
            if link.metric in nodes and (failure, link.metric) not in told and failure != link.metric:
                edges.append(Edge(failure, link.metric, "worsens", "bad", stated=False))
    return list(nodes.values()), edges


def silent_on(cause: str, rows: Iterable[Row], ontology: Ontology) -> list[tuple[str, int]]:
    """Return the metrics never reported for a lever that most other levers of its class are reported for.

    Each comes with the number of these levers; a metric counts as reported where a kind of it is.
    """
    if cause not in ontology.concepts:
        return []
    parents = set(ontology.get(cause).broader)
    kin = {iri for parent in parents for iri in ontology.descendants(parent)} - {cause}
    reported, levers = set(), defaultdict(set)
    for row in rows:
        if row["target_kind"] != "metric" or row["target"] not in ontology.concepts:
            continue
        if row["concept"] == cause:
            reported |= {row["target"], *ontology.ancestors(row["target"]), *ontology.descendants(row["target"])}
        elif row["concept"] in kin:
            levers[row["target"]].add(row["concept"])
    open_ones = [(metric, len(found)) for metric, found in levers.items() if metric not in reported]
    return sorted(open_ones, key=lambda pair: (-pair[1], ontology.get(pair[0]).label))


def _best(rows: Iterable[Row]) -> list[Row]:
    """Return the best supported row of each lever, target, direction and verdict, most works first."""
    best: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (row["concept"], row["target"], row["direction"], row["verdict"])
        known = best.get(key)
        if known is None or (_works(row), row["belief"] or 0.0) > (_works(known), known["belief"] or 0.0):
            best[key] = row
    return sorted(best.values(), key=lambda row: (-_works(row), -(row["belief"] or 0.0), str(row["target_label"])))


def _works(row: Row) -> int:
    return int(row["works"] or 0)


def _edge(row: Row) -> Edge:
    sign = _SIGNS.get(row["direction"], "?")
    return Edge(row["concept"], row["target"], sign, _TONES.get(row["verdict"], "none"), _works(row))


def _label(iri: str, label: str, ontology: Ontology) -> str:
    known = ontology.concepts.get(iri)
    return known.label if known else label
