"""Look a read question up in the catalogue and turn its rows into ranked answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, cast

from app.answer import AnswerRow, Edge
from app.extent import WHOLE, Extent, some_quotes
from app.linking import Reading
from app.paths import paths_of
from app.ranking import Found, kind_of, merged, named, rank, ranked, rows_of, texts
from app.slots import cause_of, circumstances_of, concept_of, given, value_of
from kg import Graph
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
    target = concept_of(reading, "target") or ""
    direction = cast("Direction | None", {"raises": "increases", "lowers": "decreases"}.get(reading.phrasing.role))
    wanted: Verdict | Literal["any"] = "detrimental" if reading.phrasing.role == "harms" else "beneficial"
    if reading.verdict:
        wanted = reading.verdict
    elif direction is not None:
        wanted = graph.ontology.verdict(target, direction)
    if wanted == "beneficial":
        parameters = given(
            target=target, within=concept_of(reading, "class"), regime=reading.circumstances.get("regime")
        )
        rows = rows_of(graph, "strategies-that-help", parameters)
        return ranked(graph, "strategies-that-help", parameters, rows, extent=reading.extent)
    parameters = given(target=target, within=concept_of(reading, "class"), regime=reading.circumstances.get("regime"))
    rows = rows_of(graph, "causes-and-suppressors", parameters)
    if wanted == "undetermined" and direction:  # a context metric: the direction alone is asked for
        rows = [row for row in rows if row["direction"] == direction]
    elif wanted != "any":
        rows = [row for row in rows if row["verdict"] == wanted]
    return ranked(graph, "causes-and-suppressors", parameters, rows, extent=reading.extent)


def causes(reading: Reading, graph: Graph) -> Found | None:
    """Find what causes, or what suppresses, a failure mode."""
    parameters = given(
        target=(concept_of(reading, "failure") or ""),
        within=concept_of(reading, "class"),
        regime=reading.circumstances.get("regime"),
    )
    rows = rows_of(graph, "causes-and-suppressors", parameters)
    rows = [
        row
        for row in rows
        if reading.verdict in ("any", row["verdict"]) or (not reading.verdict and row["role"] == reading.phrasing.role)
    ]
    return ranked(graph, "causes-and-suppressors", parameters, rows, extent=reading.extent)


def edges(reading: Reading, graph: Graph) -> Found | None:
    """Find what a cause does: all of it, its gains, its costs, or what it does to one target."""
    cause = cause_of(reading, graph)
    if not cause:
        return None
    parameters = given(cause=cause, target=concept_of(reading, "target"), regime=reading.circumstances.get("regime"))
    rows = rows_of(graph, "edges-of-strategy", parameters)
    wanted = reading.verdict or {"gains": "beneficial", "costs": "detrimental"}.get(reading.phrasing.role)
    if wanted and wanted != "any":
        rows = [row for row in rows if row["verdict"] == wanted]
    if reading.phrasing.role != "effects":
        return ranked(graph, "edges-of-strategy", parameters, rows, extent=reading.extent)
    # each row is the other's other edge
    both = ranked(graph, "edges-of-strategy", parameters, rows, other_edges=False, extent=reading.extent)
    return replace(both, rows=tuple(replace(row, role="effects") for row in both.rows))


def effects_of(cause: str, graph: Graph, *, extent: Extent = WHOLE) -> tuple[AnswerRow, ...]:
    """Return all that a cause does, both edges alike, ranked by support."""
    rows = rows_of(graph, "edges-of-strategy", {"cause": cause})
    return ranked(graph, "edges-of-strategy", {}, rows, other_edges=False, extent=extent).rows


def mechanism(reading: Reading, graph: Graph) -> Found | None:
    """Find the paths from a cause to a target that act as the question's verb says."""
    cause, target = cause_of(reading, graph), (concept_of(reading, "target") or "")
    if not cause:
        return None
    parameters = {"cause": cause, "target": target}
    wanted = reading.verdict or {"mechanism": "beneficial", "mechanism_harms": "detrimental"}.get(reading.phrasing.role)
    rows = rows_of(graph, "mechanism-path", parameters)
    paths = paths_of(graph, rows, asked=target)
    return Found("mechanism-path", parameters, tuple(path for path in paths if wanted in (None, "any", path.verdict)))


def double_edged(reading: Reading, graph: Graph) -> Found | None:
    """Find double-edged effects: each gain with the costs that stand against it and what separates them."""
    within = cause_of(reading, graph) or concept_of(reading, "class")
    if "cause" in reading.slots and not within:
        return None
    parameters = given(within=within)
    rows = rows_of(graph, "double-edged-strategies", parameters)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("gain", "cost")], reading.extent)
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
    within = cause_of(reading, graph)
    if "cause" in reading.slots and not within:
        return None
    parameters = given(within=within)
    rows = rows_of(graph, "contradictions", parameters)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("first", "second")], reading.extent)
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
    metric, subject = (concept_of(reading, "metric") or ""), reading.slots.get("subject")
    parameters = given(
        metric=metric,
        subject=concept_of(reading, "subject"),
        subject_name=subject.text if subject is not None and subject.concept is None else None,
        **circumstances_of(reading, "measurements-of-metric"),
    )
    rows = rows_of(graph, "measurements-of-metric", parameters)
    quotes = some_quotes(graph, [row["measurement"] for row in rows], reading.extent)
    answers = [
        AnswerRow(
            concept=row["subject_concept"] or "",
            label=row["subject"] or "the cell as such",
            kind=graph.ontology.get(row["subject_concept"]).kind if row["subject_concept"] else "material",
            verdict="undetermined",
            target=row["metric_label"],
            papers=1,
            conditions=texts(row["conditions"]),
            value=value_of(row),
            evidence=quotes.get(row["measurement"], ()),
            target_concept=row["metric"],
            role=row["mode"] or "measured",
        )
        for row in rows
    ]
    return Found("measurements-of-metric", parameters, tuple(answers))


def untested(reading: Reading, graph: Graph) -> Found | None:
    """Find strategies of which the library says nothing for a target."""
    target = concept_of(reading, "target") or ""
    parameters = given(target=target, within=concept_of(reading, "class"))
    label = graph.ontology.get(target).label
    answers = tuple(
        AnswerRow(
            concept=row["concept"], label=row["label"], kind=kind_of(row["kind"]), verdict="undetermined", target=label,
            target_concept=target, role="untested",
        )
        for row in rows_of(graph, "no-evidence", parameters)
    )  # fmt: skip
    return Found("no-evidence", parameters, answers, notice="" if answers else "every such strategy has evidence here")


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
