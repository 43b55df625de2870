"""Answer questions about what stands behind findings: comparators, process, cells, witnesses, gaps, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.answer import AnswerRow
from app.linking import Reading
from app.quotes import quotes_of
from app.ranking import Found, Row, rows_of, texts
from app.slots import cause_of, circumstances_of, concept_of, given, kind_in, value_of
from kg import Graph
from ontology.errors import StoreError

_EMPTY: Sequence[str] = ()


def one_sided(reading: Reading, graph: Graph) -> Found | None:
    """Find levers with evidence on one metric and none on another."""
    parameters = given(
        here=concept_of(reading, "here"), there=concept_of(reading, "there"), within=concept_of(reading, "class")
    )
    return _effects(graph, "known-here-not-there", parameters, role="untested")


def failures(reading: Reading, graph: Graph) -> Found | None:
    """Find the failure modes that a lever suppresses and starts."""
    cause = cause_of(reading, graph)
    if not cause:
        return None
    return _effects(graph, "failure-modes-of-strategy", given(cause=cause, regime=reading.circumstances.get("regime")))


def compared(reading: Reading, graph: Graph) -> Found | None:
    """Find what a lever does to a target, by what it was compared with."""
    cause = cause_of(reading, graph)
    if not cause:
        return None
    parameters = given(cause=cause, target=concept_of(reading, "target"), regime=reading.circumstances.get("regime"))
    return _effects(
        graph, "does-it-help", parameters, claim="assertion", notes=lambda row: (f"compared with: {row['comparator']}",)
    )


def processed(reading: Reading, graph: Graph) -> Found | None:
    """Find what a lever gains and loses, sentence by sentence, with how it was made and dosed."""
    cause = cause_of(reading, graph)
    if not cause:
        return None
    parameters = given(cause=cause, regime=reading.circumstances.get("regime"))
    return _effects(graph, "gains-and-costs", parameters, claim="assertion", notes=lambda row: texts(row["process"]))


def half_cells(reading: Reading, graph: Graph) -> Found | None:
    """Find levers tested in half cells alone."""
    parameters = given(within=concept_of(reading, "class"))
    return _claims(
        graph, "half-cells-only", parameters, claim="claim", target=lambda row: f"{row['what']} in half cells"
    )


def confounded(reading: Reading, graph: Graph) -> Found | None:
    """Find changes credited to two levers at once."""
    cause = cause_of(reading, graph)
    if "cause" in reading.slots and not cause:
        return None
    return _claims(
        graph,
        "confounded-findings",
        given(within=cause),
        claim="assertion",
        target=lambda row: row["target_label"],
        notes=lambda row: (f"credited to {row['other_label']} too, in one {row['level']}",),
    )


def witnesses(reading: Reading, graph: Graph) -> Found | None:
    """Find who measured a phenomenon and who only cites, reviews or supposes it."""
    return _claims(
        graph,
        "who-measured",
        given(target=concept_of(reading, "phenomenon")),
        claim="assertion",
        target=lambda row: row["target_label"],
        notes=lambda row: (row["standing"], row["source"], *((f"cites {row['cited']}",) if row["cited"] else ())),
    )


def best(reading: Reading, graph: Graph) -> Found | None:
    """Find the best values of a metric, each among those it compares with; what differs or is missing is named."""
    parameters: dict[str, Any] = {
        **given(metric=concept_of(reading, "metric")),
        **circumstances_of(reading, "best-comparable"),
    }
    frames = Counter(row["frame"] for row in rows_of(graph, "best-comparable", parameters) if not row["missing"])
    first = min(frames, key=lambda frame: (-frames[frame], frame), default="")

    def notes(row: Row) -> Iterable[str]:
        if row["missing"]:
            return (f"not ranked: {row['missing']} not stated", *texts(row["conditions"]))
        own, most = set(row["frame"].split("; ")), set(first.split("; "))
        apart = sorted(own - most) + [f"others: {text}" for text in sorted(most - own)] if own != most else []
        standing = f"ranked apart: {', '.join(apart)}" if apart else f"ranked among: {row['frame']}"
        return (standing, *texts(row["conditions"]))

    return _claims(
        graph,
        "best-comparable",
        parameters,
        claim="measurement",
        target=lambda row: row["metric_label"],
        notes=notes,
    )


def news(reading: Reading, graph: Graph) -> Found | None:
    """Find what is new since a date or run."""
    try:
        parameters = graph.bind("new-since", {"since": reading.slots["since"].text})
    except StoreError:  # neither a date nor a run
        return None
    return _effects(
        graph,
        "new-since",
        parameters,
        notes=lambda row: (row["news"], *((f"{row['opposed_source']} says the opposite",) if row["opposed"] else ())),
    )


def _effects(
    graph: Graph,
    question: str,
    parameters: Mapping[str, Any],
    *,
    claim: str = "effect",
    role: str = "",
    notes: Callable[[Row], Iterable[str]] = lambda _: _EMPTY,
) -> Found:
    """Turn rows of effects, or of the sentences behind them, into answers, in the order of the catalogue."""
    rows = rows_of(graph, question, parameters)
    quotes = quotes_of(graph, [row[claim] for row in rows])
    return Found(
        question,
        parameters,
        tuple(
            AnswerRow(
                concept=row["concept"],
                label=row["label"],
                kind=kind_in(graph, row["concept"]),
                verdict=row["verdict"],
                target=row["target_label"],
                papers=row.get("works", 1),
                belief=row["belief"],
                conditions=(*notes(row), *texts(row["conditions"], regime=row["regime"])),
                evidence=quotes.get(row[claim], ()),
                target_concept=row["target"],
                direction=row["direction"],
                regime=row["regime"],
                change=row.get("change", "applied"),
                role=role or row.get("news") or row.get("role", ""),
            )
            for row in rows
        ),
    )


def _claims(
    graph: Graph,
    question: str,
    parameters: Mapping[str, Any],
    *,
    claim: str,
    target: Callable[[Row], str],
    notes: Callable[[Row], Iterable[str]] = lambda _: _EMPTY,
) -> Found:
    """Turn rows of single sentences into answers, in the order of the catalogue."""
    rows = rows_of(graph, question, parameters)
    quotes = quotes_of(graph, [row[claim] for row in rows])
    return Found(
        question,
        parameters,
        tuple(
            AnswerRow(
                concept=row.get("concept") or row.get("subject_concept") or "",
                label=row.get("label") or row.get("subject") or "the cell as such",
                kind=kind_in(graph, row.get("concept") or row.get("subject_concept") or ""),
                verdict="undetermined",
                target=target(row),
                papers=1,
                conditions=tuple(notes(row)),
                value=value_of(row) if "canonical_value" in row else "",
                evidence=quotes.get(row[claim], ()),
                target_concept=row.get("target") or row.get("metric") or "",
                direction=row.get("direction", ""),
                role=row.get("standing") or row.get("level") or row.get("mode") or "",
            )
            for row in rows
        ),
    )


LOOKUPS: dict[str, Callable[[Reading, Graph], Found | None]] = {
    "one_sided": one_sided,
    "failures": failures,
    "compared": compared,
    "processed": processed,
    "half_cells": half_cells,
    "confounded": confounded,
    "witnesses": witnesses,
    "best": best,
    "news": news,
}
