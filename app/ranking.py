"""Pool the catalogue's rows into answers, with the other edge of each, and rank them by support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from app.answer import AnswerRow, Edge, Quote
from app.extent import WHOLE, Extent, some_quotes
from app.quotes import distinct
from kg import Graph
from ontology.model import Direction, Kind, Verdict
from ontology.terms import Ontology

Row = Mapping[str, Any]
Quotes = Mapping[str, tuple[Quote, ...]]  # by claim
_NOTE = "note "  # begins a condition that is known in words alone
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
    graph: Graph,
    question: str,
    parameters: Mapping[str, Any],
    rows: Iterable[Row],
    *,
    other_edges: bool = True,
    extent: Extent = WHOLE,
) -> Found:
    """Pool rows of effects by what they say of one concept and target, and rank them by support.

    Sentences and other edges come with the first answers, as far as the extent goes.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        known = graph.ontology.concepts.get(row["target"])
        pooled = known.quantity or known.iri if known else row["target"]  # one finding, whatever names its quantity has
        groups.setdefault((row["concept"], row["change"], pooled, row["verdict"]), []).append(row)
    asked = parameters.get("target")
    for group in groups.values():  # what is stated comes first, then the name that was asked for
        group.sort(key=lambda row: (not row.get("direct", True), row["target"] != asked))
    best = sorted(groups.values(), key=_support)
    first = best[: extent.answers]
    others = _other_edges(graph, {group[0]["concept"] for group in first}, extent) if other_edges else {}
    quotes = some_quotes(graph, (claim for row in _in_turn(first, others) for claim in _claims(row)), extent)
    answers = [_answer(graph, group, others.get(group[0]["concept"], ()), quotes) for group in best]
    return Found(question, parameters, tuple(sorted(answers, key=rank)))


def _support(group: Sequence[Row]) -> tuple[bool, int, float, str, str]:
    """Order groups as their answers will be ordered."""
    direct = bool(group[0].get("direct", True))
    beliefs = [row["belief"] or 0.0 for row in group if bool(row.get("direct", True)) == direct]
    return (
        not direct,
        -max(row["works"] or 0 for row in group),
        -max(beliefs),
        _label(group[0]),
        group[0]["target_label"],
    )


def _in_turn(groups: Iterable[Sequence[Row]], others: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Yield the rows of each answer, then those of its other edges."""
    for group in groups:
        yield from group
        yield from others.get(group[0]["concept"], ())


def _answer(
    graph: Graph, group: list[Row], others: Iterable[Row], quotes: Mapping[str, tuple[Quote, ...]]
) -> AnswerRow:
    """Pool what is said of one concept and target; what lies between is named wherever a way was inferred."""
    first = group[0]
    direct = bool(first.get("direct", True))
    evidence = distinct(quote for row in group for quote in _quotes(row, quotes))
    return AnswerRow(
        concept=first["concept"],
        label=_label(first),
        kind=kind_of(first["kind"]),
        verdict=first["verdict"],
        target=first["target_label"],
        direct=direct,
        via=tuple(dict.fromkeys(row["via"].replace(" > ", " → ") for row in group if row.get("via"))),
        papers=max(row["works"] for row in group) or len({quote.work for quote in evidence}),
        belief=max(
            row["belief"] or 0.0 for row in group if bool(row.get("direct", True)) == bool(first.get("direct", True))
        ),
        conditions=tuple(
            dict.fromkeys(text for row in group for text in texts(row["conditions"], regime=row["regime"]))
        ),
        other_edge=merged(
            Edge(
                target=named(row["target_label"], row["target"], _quotes(row, quotes), graph.ontology),
                verdict=row["verdict"],
                conditions=texts(row["conditions"], regime=row["regime"]),
                evidence=_quotes(row, quotes),
                target_concept=row["target"],
                direction=row["direction"],
                regime=row["regime"],
                change=row["change"],
            )
            for row in others
            if row["verdict"] in _OPPOSITE.get(first["verdict"], ())
        ),
        evidence=evidence,
        target_concept=first["target"],
        direction=first["direction"] or direction_of(graph, first["target"], first["verdict"]),
        regime=" / ".join(dict.fromkeys(row["regime"] for row in group if row["regime"] != "unspecified")),
        change=first["change"],
        role=first.get("role", ""),
    )


def named(label: str, iri: str, quotes: Iterable[Quote], ontology: Ontology) -> str:
    """Name a target, and beside it the narrower or contrary names that its sentences use."""
    words = (quote.marked("target") for quote in quotes)
    found = (ontology.find(text) for text in words if text)
    others = dict.fromkeys(concept.label for concept in found if concept is not None and concept.iri != iri)
    return f"{label} ({', '.join(others)})" if others else label


def _quotes(row: Row, quotes: Quotes) -> tuple[Quote, ...]:
    return distinct(quote for claim in _claims(row) for quote in quotes.get(claim, ()))


def direction_of(graph: Graph, target: str, verdict: Verdict) -> Direction:
    """Return the direction in which a target changes when an inferred effect is good or bad for it."""
    return "increases" if graph.ontology.verdict(target, "increases") == verdict else "decreases"


def _other_edges(graph: Graph, concepts: Iterable[str], extent: Extent) -> dict[str, list[dict[str, Any]]]:
    """Return what else each lever does, the best supported of each verdict as far as wanted."""
    found: dict[str, list[dict[str, Any]]] = {}
    for concept in sorted(concepts):
        own = [row for row in rows_of(graph, "edges-of-strategy", {"cause": concept}) if row["concept"] == concept]
        kept: list[dict[str, Any]] = []
        for verdict in ("beneficial", "detrimental", "mixed"):
            side = [row for row in own if row["verdict"] == verdict]
            if len(side) > extent.edges:
                side = sorted(side, key=lambda row: (-(row["works"] or 0), -(row["belief"] or 0.0)))[: extent.edges]
            kept += side
        found[concept] = kept
    return found


def merged(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Pool edges on one target with one verdict: their conditions and their evidence."""
    pooled: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        key = (edge.target, edge.verdict)
        known = pooled.get(key)
        pooled[key] = edge if known is None else replace(
            known,
            conditions=tuple(dict.fromkeys((*known.conditions, *edge.conditions))),
            evidence=distinct((*known.evidence, *edge.evidence)),
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


def texts(*cells: str | None, regime: str = "") -> tuple[str, ...]:
    """Split cells of readable conditions into single ones, each once; the effect's own regime replaces theirs."""
    parts = [part.strip() for cell in cells for part in (cell or "").split(";")]
    if regime and regime != "unspecified":
        parts = [f"regime {regime}", *(part for part in parts if not part.startswith("regime "))]
    stated = " ".join(part for part in parts if not part.startswith(_NOTE))
    return tuple(dict.fromkeys(_plainly(part) for part in parts if part and not _repeats(part, stated)))


def _repeats(part: str, stated: str) -> bool:
    """Tell a note that only says again what another condition holds, in its words or as its numbers."""
    if not part.startswith(_NOTE):
        return False
    words = part.removeprefix(_NOTE)
    numbers = re.findall(r"\d+", words)
    return words in stated or (bool(numbers) and all(re.search(rf"\b{number}\b", stated) for number in numbers))


def _plainly(part: str) -> str:
    """Name the field of a condition only where its words do not.

    >>> _plainly("note high temperatures"), _plainly("cycles 1050 cycles"), _plainly("cell full")
    ('high temperatures', '1050 cycles', 'cell full')
    """
    field, _, words = part.partition(" ")
    return words if part.startswith(_NOTE) or words.endswith(f" {field}") else part
