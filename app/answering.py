"""Look a read question up in the catalogue and turn its rows into ranked answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from app.answer import AnswerRow, Edge
from app.linking import Reading
from app.quotes import quotes_of
from kg import Graph
from ontology.model import Direction, Kind, Verdict

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


def _rows(graph: Graph, question: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = graph.rows(question, parameters)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


# --- one lookup a role --------------------------------------------------------------------------------------------


def helps(reading: Reading, graph: Graph) -> Found | None:
    """Find what changes a target for the better, or as the question's verb says."""
    target = _iri(reading, "target")
    direction = cast("Direction | None", {"raises": "increases", "lowers": "decreases"}.get(reading.phrasing.role))
    wanted: Verdict = "detrimental" if reading.phrasing.role == "harms" else "beneficial"
    if direction is not None:
        wanted = graph.ontology.verdict(target, direction)
    if wanted == "beneficial":
        parameters = _given(target=target, within=_optional(reading, "class"), regime=reading.regime)
        rows = _rows(graph, "strategies-that-help", parameters)
        return _ranked(graph, "strategies-that-help", parameters, rows)
    parameters = _given(target=target, regime=reading.regime)
    rows = _within(graph, _rows(graph, "causes-and-suppressors", parameters), _optional(reading, "class"))
    if wanted == "undetermined":  # a context metric: the direction alone is asked for
        rows = [row for row in rows if row["direction"] == direction]
    else:
        rows = [row for row in rows if row["verdict"] == wanted]
    return _ranked(graph, "causes-and-suppressors", parameters, rows)


def causes(reading: Reading, graph: Graph) -> Found | None:
    """Find what causes, or what suppresses, a failure mode."""
    parameters = _given(target=_iri(reading, "failure"), regime=reading.regime)
    rows = _within(graph, _rows(graph, "causes-and-suppressors", parameters), _optional(reading, "class"))
    rows = [row for row in rows if row["role"] == reading.phrasing.role]
    return _ranked(graph, "causes-and-suppressors", parameters, rows)


def edges(reading: Reading, graph: Graph) -> Found | None:
    """Find what a cause does: all of it, its gains, its costs, or what it does to one target."""
    cause = _iri(reading, "cause")
    if not cause:
        return None
    parameters = _given(cause=cause, target=_optional(reading, "target"), regime=reading.regime)
    rows = _rows(graph, "edges-of-strategy", parameters)
    wanted = {"gains": "beneficial", "costs": "detrimental"}.get(reading.phrasing.role)
    if wanted:
        rows = [row for row in rows if row["verdict"] == wanted]
    both_sides_asked = reading.phrasing.role == "effects"
    return _ranked(graph, "edges-of-strategy", parameters, rows, other_edges=not both_sides_asked)


def double_edged(reading: Reading, graph: Graph) -> Found | None:
    """Find double-edged effects: each gain with the costs that stand against it and what separates them."""
    within = _optional(reading, "cause") or _optional(reading, "class")
    if "cause" in reading.slots and not within:
        return None
    parameters = _given(within=within)
    rows = _rows(graph, "double-edged-strategies", parameters)
    quotes = quotes_of(graph, [row[side] for row in rows for side in ("gain", "cost")])
    answers: dict[tuple[str, str, str], AnswerRow] = {}
    for row in rows:
        key = (row["concept"], row["gain_target"], row["gain_regime"])
        edge = Edge(
            target=row["cost_label"],
            verdict="detrimental",
            conditions=_texts(row["cost_conditions"], row["separated_by"]),
            evidence=quotes.get(row["cost"], ()),
            target_concept=row["cost_target"],
            direction=row["cost_direction"],
            regime=row["cost_regime"],
        )
        known = answers.get(key)
        if known is not None:
            answers[key] = replace(known, other_edge=_merged([*known.other_edge, edge]))
            continue
        evidence = quotes.get(row["gain"], ())
        answers[key] = AnswerRow(
            concept=row["concept"],
            label=row["label"],
            kind=_kind(row["kind"]),
            verdict="beneficial",
            target=row["gain_label"],
            papers=len({quote.work for quote in evidence}),
            belief=row["gain_belief"],
            conditions=_texts(row["gain_conditions"]),
            other_edge=(edge,),
            evidence=evidence,
            target_concept=row["gain_target"],
            direction=row["gain_direction"],
            regime=row["gain_regime"],
            role=row["edge_kind"],
        )
    ranked = tuple(sorted(answers.values(), key=_rank))
    return Found("double-edged-strategies", parameters, ranked)


def measured(reading: Reading, graph: Graph) -> Found | None:
    """Find the reported values of a metric, of one subject where one is named."""
    metric, subject = _iri(reading, "metric"), reading.slots.get("subject")
    parameters = _given(
        metric=metric,
        subject=_optional(reading, "subject"),
        subject_name=subject.text if subject is not None and subject.concept is None else None,
        regime=reading.regime,
    )
    rows = _rows(graph, "measurements-of-metric", parameters)
    quotes = quotes_of(graph, [row["measurement"] for row in rows])
    answers = [
        AnswerRow(
            concept=row["subject_concept"] or "",
            label=row["subject"] or "the cell as such",
            kind=graph.ontology.get(row["subject_concept"]).kind if row["subject_concept"] else "material",
            verdict="undetermined",
            target=row["metric_label"],
            papers=1,
            conditions=_texts(row["conditions"]),
            value=_value(row),
            evidence=quotes.get(row["measurement"], ()),
            target_concept=row["metric"],
            role=row["mode"] or "measured",
        )
        for row in rows
    ]
    return Found("measurements-of-metric", parameters, tuple(answers))


def untested(reading: Reading, graph: Graph) -> Found | None:
    """Find strategies of which the library says nothing for a target."""
    target = _iri(reading, "target")
    parameters = _given(target=target, within=_optional(reading, "class"))
    label = graph.ontology.get(target).label
    answers = tuple(
        AnswerRow(
            concept=row["concept"], label=row["label"], kind=_kind(row["kind"]), verdict="undetermined", target=label,
            target_concept=target, role="untested",
        )
        for row in _rows(graph, "no-evidence", parameters)
    )  # fmt: skip
    return Found("no-evidence", parameters, answers, notice="" if answers else "every such strategy has evidence here")


# --- rows of effects ----------------------------------------------------------------------------------------------


def _ranked(
    graph: Graph, question: str, parameters: Mapping[str, Any], rows: Iterable[Row], *, other_edges: bool = True
) -> Found:
    """Pool rows of effects by what they say of one concept and target, and rank them by support."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = (row["concept"], row["change"], row["target"], row["verdict"], row["direct"], row["via"])
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
            kind=_kind(group[0]["kind"]),
            verdict=group[0]["verdict"],
            target=group[0]["target_label"],
            direct=bool(group[0]["direct"]),
            via=_via(group[0]["via"]),
            papers=max(row["works"] or 0 for row in group),
            belief=max(row["belief"] or 0.0 for row in group),
            conditions=_texts(*(row["conditions"] for row in group)),
            other_edge=_merged(
                Edge(
                    target=row["target_label"],
                    verdict=row["verdict"],
                    conditions=_texts(row["conditions"]),
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
    return Found(question, parameters, tuple(sorted(answers, key=_rank)))


def _other_edges(graph: Graph, concepts: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    return {
        concept: [row for row in _rows(graph, "edges-of-strategy", {"cause": concept}) if row["concept"] == concept]
        for concept in sorted(concepts)
    }


def _merged(edges: Iterable[Edge]) -> tuple[Edge, ...]:
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


def _rank(row: AnswerRow) -> tuple[bool, int, float, str, str]:
    """Order direct before inferred, then by independent works, then by belief."""
    return (not row.direct, -row.papers, -(row.belief or 0.0), row.label, row.target)


def _within(graph: Graph, rows: Sequence[dict[str, Any]], top: str | None) -> list[dict[str, Any]]:
    if top is None:
        return list(rows)
    inside = {top, *graph.ontology.descendants(top)}
    return [row for row in rows if row["concept"] in inside]


# --- small readings of cells --------------------------------------------------------------------------------------


def _iri(reading: Reading, slot: str) -> str:
    return _optional(reading, slot) or ""


def _optional(reading: Reading, slot: str) -> str | None:
    link = reading.slots.get(slot)
    return link.concept.iri if link is not None and link.concept is not None else None


def _given(**parameters: str | None) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}


def _claims(row: Row) -> list[str]:
    return str(row["claims"] or "").split()


def _label(row: Row) -> str:
    return str(row["label"]) if row["change"] == "applied" else f"{row['label']} ({row['change']})"


def _kind(text: str) -> Kind:
    return cast(Kind, text)


def _via(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(" > ") if part.strip())


def _texts(*cells: str | None) -> tuple[str, ...]:
    parts = (part.strip() for cell in cells for part in (cell or "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _value(row: Row) -> str:
    if row["text"]:
        return str(row["text"])
    number = row["value"] if row["value"] is not None else f"{row['low']}–{row['high']}"
    sign = "" if row["qualifier"] in (None, "=") else f"{row['qualifier']} "
    return f"{sign}{number} {row['unit'] or ''}".strip()


LOOKUPS: dict[str, Callable[[Reading, Graph], Found | None]] = {
    "helps": helps,
    "raises": helps,
    "lowers": helps,
    "harms": helps,
    "causes": causes,
    "suppresses": causes,
    "effects": edges,
    "effect_on": edges,
    "gains": edges,
    "costs": edges,
    "double_edged": double_edged,
    "measured": measured,
    "untested": untested,
}
