"""Answer questions that weigh one finding against another: prices, partners, opposed findings, windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.answer import AnswerRow, Edge
from app.extent import some_quotes
from app.linking import Reading
from app.ranking import Found, Row, rows_of, texts
from app.slots import cause_of, concept_of, given, kind_in
from kg import Graph


def priced(reading: Reading, graph: Graph) -> Found | None:
    """Find what betters a target, each with what it worsens."""
    parameters = given(
        target=concept_of(reading, "target"),
        within=concept_of(reading, "class"),
        regime=reading.circumstances.get("regime"),
    )
    rows = rows_of(graph, "raises-and-costs", parameters)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["gain"], []).append(row)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("gain", "cost") if row[side]], reading.extent)
    answers = [
        AnswerRow(
            **_side(graph, group[0], "gain", quotes),
            other_edge=tuple(_edge(row, "cost", "detrimental", quotes) for row in group if row["cost"]),
            role="priced",
        )
        for group in groups.values()
    ]
    return Found("raises-and-costs", parameters, tuple(answers))


def partners(reading: Reading, graph: Graph) -> Found | None:
    """Find levers whose gain is another's cost, with clashes and the works that tried both."""
    cause = cause_of(reading, graph)
    if "cause" in reading.slots and not cause:
        return None
    parameters = given(cause=cause)
    rows = rows_of(graph, "partners", parameters)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("gain", "cost")], reading.extent)
    answers = [
        AnswerRow(
            concept=row["partner"],
            label=row["partner_label"],
            kind=kind_in(graph, row["partner"]),
            verdict="beneficial",
            target=row["cost_label"],
            papers=len({quote.work for quote in quotes.get(row["gain"], ())}),
            belief=row["belief"],
            conditions=(
                f"offsets a cost of {row['label']}",
                *(("and its own cost is offset in turn",) if row["mutual"] else ()),
                f"clashes: {row['clashes'] or 'none known'}",
                f"worked on both: {row['worked_on_both'] or 'nobody'}",
            ),
            other_edge=(
                Edge(
                    target=f"{row['cost_label']}, by {row['label']}",
                    verdict="detrimental",
                    conditions=texts(regime=row["cost_regime"]),
                    evidence=quotes.get(row["cost"], ()),
                    target_concept=row["cost_target"],
                    direction=row["cost_direction"],
                    regime=row["cost_regime"],
                ),
            ),
            evidence=quotes.get(row["gain"], ()),
            target_concept=row["cost_target"],
            direction=row["gain_direction"],
            regime=row["gain_regime"],
            role="partner",
        )
        for row in rows
    ]
    return Found("partners", parameters, tuple(answers))


def unexplained(reading: Reading, graph: Graph) -> Found | None:
    """Find opposed findings that no recorded condition explains."""
    cause = cause_of(reading, graph)
    if "cause" in reading.slots and not cause:
        return None
    parameters = given(within=cause)
    rows = rows_of(graph, "unexplained-oppositions", parameters)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("first", "second")], reading.extent)
    answers = [
        AnswerRow(
            concept=row["cause"],
            label=row["label"],
            kind=kind_in(graph, row["cause"]),
            verdict=row["first_verdict"],
            target=row["target_label"],
            papers=row["first_works"],
            conditions=(
                *texts(row["first_conditions"], regime=row["first_regime"]),
                *(f"both: {text}" for text in texts(row["shared"])),
                *(f"stated on one side only: {text.replace('_', ' ')}" for text in texts(row["unknown"])),
            ),
            other_edge=(
                Edge(
                    target=row["target_label"],
                    verdict=row["second_verdict"],
                    conditions=texts(row["second_conditions"], regime=row["second_regime"]),
                    evidence=quotes.get(row["second"], ()),
                    target_concept=row["target"],
                    direction=row["second_direction"],
                    regime=row["second_regime"],
                    change=row["change"],
                ),
            ),
            evidence=quotes.get(row["first"], ()),
            target_concept=row["target"],
            direction=row["first_direction"],
            regime=row["first_regime"],
            change=row["change"],
            role=row["status"],
        )
        for row in rows
    ]
    notice = "" if answers else "no opposed findings that conditions leave open"
    return Found("unexplained-oppositions", parameters, tuple(answers), notice=notice)


def windows(reading: Reading, graph: Graph) -> Found | None:
    """Find where a lever works best."""
    cause = cause_of(reading, graph)
    if "cause" in reading.slots and not cause:
        return None
    parameters = given(within=cause, target=concept_of(reading, "target"))
    rows = rows_of(graph, "optimum-windows", parameters)
    quotes = some_quotes(graph, [row[side] for row in rows for side in ("gain", "cost")], reading.extent)
    answers = [
        AnswerRow(
            concept=row["concept"],
            label=row["label"],
            kind=kind_in(graph, row["concept"]),
            verdict="beneficial",
            target=row["target_label"],
            papers=row["gain_works"],
            belief=row["gain_belief"],
            conditions=tuple(
                f"{side}: {row[side]}" for side in ("below", "above") if row[side]
            ) + ((f"{row['cost_change']} harms {row['cost_label']}",) if row["basis"] != "optimum" else ()),
            value=row["window"],
            evidence=quotes.get(row["gain"], ()),
            other_edge=(_edge(row, "cost", "detrimental", quotes),) if row["cost"] != row["gain"] else (),
            target_concept=row["target"],
            direction="optimum",
            role=row["basis"],
        )
        for row in rows
    ]  # fmt: skip
    return Found("optimum-windows", parameters, tuple(answers))


def _side(graph: Graph, row: Row, side: str, quotes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "concept": row["concept"],
        "label": row["label"],
        "kind": kind_in(graph, row["concept"]),
        "verdict": "beneficial",
        "target": row[f"{side}_label"],
        "papers": row[f"{side}_works"],
        "belief": row[f"{side}_belief"],
        "conditions": texts(row[f"{side}_conditions"], regime=row[f"{side}_regime"]),
        "evidence": quotes.get(row[side], ()),
        "target_concept": row[f"{side}_target"],
        "direction": row[f"{side}_direction"],
        "regime": row[f"{side}_regime"],
        "change": row[f"{side}_change"],
    }


def _edge(row: Row, side: str, verdict: Any, quotes: Mapping[str, Any]) -> Edge:
    return Edge(
        target=row[f"{side}_label"],
        verdict=verdict,
        conditions=texts(row.get(f"{side}_conditions"), regime=row.get(f"{side}_regime", "")),
        evidence=quotes.get(row[side], ()),
        target_concept=row[f"{side}_target"],
        direction=row.get(f"{side}_direction", ""),
        regime=row.get(f"{side}_regime", ""),
        change=row[f"{side}_change"],
    )


LOOKUPS: dict[str, Callable[[Reading, Graph], Found | None]] = {
    "priced": priced,
    "partners": partners,
    "unexplained": unexplained,
    "windows": windows,
}
