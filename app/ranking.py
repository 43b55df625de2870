"""Pool the catalogue's rows into answers, with the other edge of each, and rank them by support."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from app.answer import AnswerRow, Edge
from app.quotes import quotes_of
from kg import Graph
from ontology.model import Kind, Verdict

Row = Mapping[str, Any]
_OPPOSITE: dict[Verdict, tuple[Verdict, ...]] = {
    "beneficial": ("detrimental", "mixed"),
    "detrimental": ("beneficial", "mixed"),
    "mixed": ("beneficial", "detrimental"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the ranked answers of one catalogue question, and how it was put."""

    question_id: str
    parameters: Mapping[str, Any]
    rows: tuple[AnswerRow, ...]
    notice: str = ""


def rows_of(graph: Graph, question: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask a catalogue question and return its rows by column."""
    found = graph.rows(question, parameters)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def ranked(
    graph: Graph, question: str, parameters: Mapping[str, Any], rows: Iterable[Row], *, other_edges: bool = True
) -> Found:
    """Pool rows of effects by what they say of one concept and target, and rank them by support."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = (
            row["concept"],
            row["change"],
            row["target"],
            row["verdict"],
            row.get("direct", True),
            row.get("via", ""),
        )
        groups.setdefault(key, []).append(row)
    others = _other_edges(graph, {group[0]["concept"] for group in groups.values()}) if other_edges else {}
    claims = [claim for group in groups.values() for row in group for claim in _claims(row)]
    quotes = quotes_of(
        graph, [*claims, *(claim for found in others.values() for row in found for claim in _claims(row))]
    )
    answers = [
        AnswerRow(
            concept=group[0]["concept"],
            label=_label(group[0]),
            kind=kind_of(group[0]["kind"]),
            verdict=group[0]["verdict"],
            target=group[0]["target_label"],
            direct=bool(group[0].get("direct", True)),
            via=_via(group[0].get("via")),
            papers=max(row["works"] or 0 for row in group),
            belief=max(row["belief"] or 0.0 for row in group),
            conditions=texts(*(row["conditions"] for row in group)),
            other_edge=merged(
                Edge(
                    target=row["target_label"],
                    verdict=row["verdict"],
                    conditions=texts(row["conditions"]),
                    evidence=tuple(quote for claim in _claims(row) for quote in quotes.get(claim, ())),
                    target_concept=row["target"],
                    direction=row["direction"],
                    regime=row["regime"],
                    change=row["change"],
                )
                for row in others.get(group[0]["concept"], ())
                if row["verdict"] in _OPPOSITE.get(group[0]["verdict"], ())
            ),
            evidence=tuple(
                dict.fromkeys(quote for row in group for claim in _claims(row) for quote in quotes.get(claim, ()))
            ),
            target_concept=group[0]["target"],
            direction=group[0]["direction"],
            regime=" / ".join(dict.fromkeys(row["regime"] for row in group)),
            change=group[0]["change"],
            role=group[0].get("role", ""),
        )
        for group in groups.values()
    ]
    return Found(question, parameters, tuple(sorted(answers, key=rank)))


def _other_edges(graph: Graph, concepts: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    return {
        concept: [row for row in rows_of(graph, "edges-of-strategy", {"cause": concept}) if row["concept"] == concept]
        for concept in sorted(concepts)
    }


def merged(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Pool edges on one target with one verdict: their conditions and their evidence."""
    pooled: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        key = (edge.target, edge.verdict)
        known = pooled.get(key)
        pooled[key] = edge if known is None else replace(
            known,
            conditions=tuple(dict.fromkeys((*known.conditions, *edge.conditions))),
            evidence=tuple(dict.fromkeys((*known.evidence, *edge.evidence))),
        )  # fmt: skip
    return tuple(pooled.values())


def rank(row: AnswerRow) -> tuple[bool, int, float, str, str]:
    """Order direct before inferred, then by independent works, then by belief."""
    return (not row.direct, -row.papers, -(row.belief or 0.0), row.label, row.target)


def _claims(row: Row) -> list[str]:
    return str(row["claims"] or "").split()


def _label(row: Row) -> str:
    return str(row["label"]) if row["change"] == "applied" else f"{row['label']} ({row['change']})"


def kind_of(text: str) -> Kind:
    """Take a cell for the kind it names."""
    return cast(Kind, text)


def _via(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(" > ") if part.strip())


def texts(*cells: str | None) -> tuple[str, ...]:
    """Split cells of readable conditions into single ones, each once."""
    parts = (part.strip() for cell in cells for part in (cell or "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
