"""Look a read question up in the catalogue and turn its rows into ranked answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, cast

from app.answer import AnswerRow, Edge
from app.linking import Reading
from app.paths import paths_of
from app.quotes import quotes_of
from app.ranking import Found, Row, kind_of, merged, named, rank, ranked, rows_of, texts
from kg import Graph
from ontology.errors import QuestionError
from ontology.model import Direction, Verdict

# how two opposed findings stand to each other, as one of the conditions they are shown with
_OPPOSED = {
    "contradiction": "a contradiction: the conditions stated are the same",
    "explained": "explained by what differs",
    "unknown": "not comparable: too little is stated",
}

# --- one lookup a role --------------------------------------------------------------------------------------------


def helps(reading: Reading, graph: Graph) -> Found | None:
    """Find what changes a target for the better, or as the question's verb says."""
    target = _iri(reading, "target")
    direction = cast("Direction | None", {"raises": "increases", "lowers": "decreases"}.get(reading.phrasing.role))
    wanted: Verdict | Literal["any"] = "detrimental" if reading.phrasing.role == "harms" else "beneficial"
    if reading.verdict:
        wanted = reading.verdict
    elif direction is not None:
        wanted = graph.ontology.verdict(target, direction)
    if wanted == "beneficial":
        parameters = _given(
            target=target, within=_optional(reading, "class"), regime=reading.circumstances.get("regime")
        )
        rows = rows_of(graph, "strategies-that-help", parameters)
        return ranked(graph, "strategies-that-help", parameters, rows)
    parameters = _given(target=target, within=_optional(reading, "class"), regime=reading.circumstances.get("regime"))
    rows = rows_of(graph, "causes-and-suppressors", parameters)
    if wanted == "undetermined" and direction:  # a context metric: the direction alone is asked for
        rows = [row for row in rows if row["direction"] == direction]
    elif wanted != "any":
        rows = [row for row in rows if row["verdict"] == wanted]
    return ranked(graph, "causes-and-suppressors", parameters, rows)


def causes(reading: Reading, graph: Graph) -> Found | None:
    """Find what causes, or what suppresses, a failure mode."""
    parameters = _given(
        target=_iri(reading, "failure"), within=_optional(reading, "class"), regime=reading.circumstances.get("regime")
    )
    rows = rows_of(graph, "causes-and-suppressors", parameters)
    rows = [
        row
        for row in rows
        if reading.verdict in ("any", row["verdict"]) or (not reading.verdict and row["role"] == reading.phrasing.role)
    ]
    return ranked(graph, "causes-and-suppressors", parameters, rows)


def edges(reading: Reading, graph: Graph) -> Found | None:
    """Find what a cause does: all of it, its gains, its costs, or what it does to one target."""
    cause = _cause(reading, graph)
    if not cause:
        return None
    parameters = _given(cause=cause, target=_optional(reading, "target"), regime=reading.circumstances.get("regime"))
    rows = rows_of(graph, "edges-of-strategy", parameters)
    wanted = reading.verdict or {"gains": "beneficial", "costs": "detrimental"}.get(reading.phrasing.role)
    if wanted and wanted != "any":
        rows = [row for row in rows if row["verdict"] == wanted]
    if reading.phrasing.role != "effects":
        return ranked(graph, "edges-of-strategy", parameters, rows)
    both = ranked(graph, "edges-of-strategy", parameters, rows, other_edges=False)  # each row is the other's other edge
    return replace(both, rows=tuple(replace(row, role="effects") for row in both.rows))


def effects_of(cause: str, graph: Graph) -> tuple[AnswerRow, ...]:
    """Return all that a cause does, both edges alike, ranked by support."""
    return ranked(graph, "edges-of-strategy", {}, rows_of(graph, "edges-of-strategy", {"cause": cause})).rows


def mechanism(reading: Reading, graph: Graph) -> Found | None:
    """Find the paths from a cause to a target that act as the question's verb says."""
    cause, target = _cause(reading, graph), _iri(reading, "target")
    if not cause:
        return None
    parameters = {"cause": cause, "target": target}
    wanted = reading.verdict or {"mechanism": "beneficial", "mechanism_harms": "detrimental"}.get(reading.phrasing.role)
    rows = rows_of(graph, "mechanism-path", parameters)
    paths = paths_of(graph, rows, asked=target)
    return Found("mechanism-path", parameters, tuple(path for path in paths if wanted in (None, "any", path.verdict)))


def double_edged(reading: Reading, graph: Graph) -> Found | None:
    """Find double-edged effects: each gain with the costs that stand against it and what separates them."""
    within = _cause(reading, graph) or _optional(reading, "class")
    if "cause" in reading.slots and not within:
        return None
    parameters = _given(within=within)
    rows = rows_of(graph, "double-edged-strategies", parameters)
    quotes = quotes_of(graph, [row[side] for row in rows for side in ("gain", "cost")])
    answers: dict[tuple[str, ...], AnswerRow] = {}
    for row in rows:
        key = (row["concept"], row["gain_target"], row["gain_regime"], row["gain_change"])
        cost = quotes.get(row["cost"], ())
        edge = Edge(
            target=named(row["cost_label"], row["cost_target"], cost, graph.ontology),
            verdict="detrimental",
            conditions=(
                *texts(row["cost_conditions"], regime=row["cost_regime"]),
                *(f"differs: {text}" for text in texts(row["separated_by"])),
            ),
            evidence=cost,
            target_concept=row["cost_target"],
            direction=row["cost_direction"],
            regime=row["cost_regime"],
            change=row["cost_change"],
        )
        known = answers.get(key)
        if known is not None:
            answers[key] = replace(known, other_edge=merged([*known.other_edge, edge]))
            continue
        evidence = quotes.get(row["gain"], ())
        answers[key] = AnswerRow(
            concept=row["concept"],
            label=row["label"],
            kind=kind_of(row["kind"]),
            verdict="beneficial",
            target=row["gain_label"],
            papers=row["gain_works"],
            belief=row["gain_belief"],
            conditions=texts(row["gain_conditions"], regime=row["gain_regime"]),
            other_edge=(edge,),
            evidence=evidence,
            target_concept=row["gain_target"],
            direction=row["gain_direction"],
            regime=row["gain_regime"],
            change=row["gain_change"],
            role=row["edge_kind"],
        )
    ranked = tuple(sorted(answers.values(), key=rank))
    return Found("double-edged-strategies", parameters, ranked)


def opposed(reading: Reading, graph: Graph) -> Found | None:
    """Find opposed findings: each pair with its status and the conditions that differ or are shared."""
    within = _cause(reading, graph)
    if "cause" in reading.slots and not within:
        return None
    parameters = _given(within=within)
    rows = rows_of(graph, "contradictions", parameters)
    quotes = quotes_of(graph, [row[side] for row in rows for side in ("first", "second")])
    answers = [
        AnswerRow(
            concept=row["cause"],
            label=row["label"],
            kind=graph.ontology.concepts[row["cause"]].kind if row["cause"] in graph.ontology.concepts else "strategy",
            verdict=graph.ontology.verdict(row["target"], row["first_direction"]),
            target=row["target_label"],
            papers=row["first_works"],
            conditions=texts(row["first_conditions"]),
            other_edge=(
                Edge(
                    target=row["target_label"],
                    verdict=graph.ontology.verdict(row["target"], row["second_direction"]),
                    conditions=texts(_OPPOSED[row["status"]], row["differing"], row["second_conditions"]),
                    evidence=quotes.get(row["second"], ()),
                    target_concept=row["target"],
                    direction=row["second_direction"],
                    change=row["change"],
                ),
            ),
            evidence=quotes.get(row["first"], ()),
            target_concept=row["target"],
            direction=row["first_direction"],
            change=row["change"],
            role=row["status"],
        )
        for row in rows
    ]
    return Found(
        "contradictions", parameters, tuple(answers), notice="" if answers else "no opposed findings in this library"
    )


def measured(reading: Reading, graph: Graph) -> Found | None:
    """Find the reported values of a metric, of one subject where one is named."""
    metric, subject = _iri(reading, "metric"), reading.slots.get("subject")
    parameters = _given(
        metric=metric,
        subject=_optional(reading, "subject"),
        subject_name=subject.text if subject is not None and subject.concept is None else None,
        **reading.circumstances,
    )
    rows = rows_of(graph, "measurements-of-metric", parameters)
    quotes = quotes_of(graph, [row["measurement"] for row in rows])
    answers = [
        AnswerRow(
            concept=row["subject_concept"] or "",
            label=row["subject"] or "the cell as such",
            kind=graph.ontology.get(row["subject_concept"]).kind if row["subject_concept"] else "material",
            verdict="undetermined",
            target=row["metric_label"],
            papers=1,
            conditions=texts(row["conditions"]),
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
            concept=row["concept"], label=row["label"], kind=kind_of(row["kind"]), verdict="undetermined", target=label,
            target_concept=target, role="untested",
        )
        for row in rows_of(graph, "no-evidence", parameters)
    )  # fmt: skip
    return Found("no-evidence", parameters, answers, notice="" if answers else "every such strategy has evidence here")


# --- small readings ------------------------------------------------------------------------------------------------


def _cause(reading: Reading, graph: Graph) -> str | None:
    """Return the cause's concept, else the cause that a paper of this library coined and no concept covers."""
    link = reading.slots.get("cause")
    if link is None or link.concept is not None:
        return _optional(reading, "cause")
    try:
        return str(graph.bind("edges-of-strategy", {"cause": link.text})["cause"])
    except QuestionError:
        return None


def _iri(reading: Reading, slot: str) -> str:
    return _optional(reading, slot) or ""


def _optional(reading: Reading, slot: str) -> str | None:
    link = reading.slots.get(slot)
    return link.concept.iri if link is not None and link.concept is not None else None


def _given(**parameters: str | None) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}


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
    "mechanism": mechanism,
    "mechanism_harms": mechanism,
    "mechanism_any": mechanism,
    "opposed": opposed,
    "measured": measured,
    "untested": untested,
}
