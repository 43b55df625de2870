"""Read mechanism paths as answers: what a cause does to a target in the end, link by link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.answer import AnswerRow
from app.quotes import distinct, quotes_of
from app.ranking import direction_of
from kg import Graph
from ontology.model import Verdict

_SIGNS = {"increases": 1, "decreases": -1}
_DEGRADES = "degrades"  # a last link that the ontology states


def paths_of(graph: Graph, rows: Iterable[dict[str, Any]], *, asked: str = "") -> tuple[AnswerRow, ...]:
    """Return one answer a path, shortest first, then by belief; paths whose links have no sign are left out.

    A quantity has several names: a path ends at it once, under the name that was asked for where that is one of them.
    """
    pooled: dict[tuple[str, str, str, str, Verdict], list[dict[str, Any]]] = {}
    for row in rows:
        verdict = _verdict(graph, row)
        if verdict is not None:
            key = (row["concept"], row["via_1_label"], row["via_2_label"], _quantity(graph, row["target"]), verdict)
            pooled.setdefault(key, []).append(row)
    effects = {
        key: list(dict.fromkeys(effect for row in group for effect in _effects(row))) for key, group in pooled.items()
    }
    quotes = quotes_of(graph, [effect for found in effects.values() for effect in found])
    answers = []
    for key, group in pooled.items():
        concept, via_1, via_2, quantity, verdict = key
        last = min(group, key=lambda row: (row["target"] != asked, row["target"] != quantity))
        known = graph.ontology.concepts.get(concept)
        evidence = distinct(quote for effect in effects[key] for quote in quotes.get(effect, ()))
        answers.append(
            AnswerRow(
                concept=concept,
                label=group[0]["label"],
                kind=known.kind if known else "strategy",
                verdict=verdict,
                target=last["target_label"],
                direct=group[0]["links"] == 1,
                via=tuple(label for label in (via_1, via_2) if label),
                papers=len({quote.work for quote in evidence}),
                belief=max(row["belief"] for row in group),
                evidence=evidence,
                target_concept=last["target"],
                direction=direction_of(graph, last["target"], verdict),
                role="mechanism",
            )
        )
    return tuple(sorted(answers, key=lambda row: (len(row.via), -(row.belief or 0.0), row.label, row.via)))


def _quantity(graph: Graph, target: str) -> str:
    known = graph.ontology.concepts.get(target)
    return known.quantity or known.iri if known else target


def _effects(row: dict[str, Any]) -> list[str]:
    return [row[f"effect_{link}"] for link in (1, 2, 3) if row[f"effect_{link}"]]


def _verdict(graph: Graph, row: dict[str, Any]) -> Verdict | None:
    """Multiply the signs along a path and judge what happens to its target."""
    sign = 1
    for direction in (row[f"direction_{link}"] for link in (1, 2, 3)):
        if direction == _DEGRADES:
            return "detrimental" if sign > 0 else "beneficial"
        if direction:
            sign *= _SIGNS.get(direction, 0)
    if not sign:
        return None
    return graph.ontology.verdict(row["target"], "increases" if sign > 0 else "decreases")
