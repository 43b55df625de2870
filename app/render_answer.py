"""Print an answer for a person at a terminal, and as flat rows for CSV."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from app.answer import Answer, AnswerRow, Edge, Quote
from app.cards import CHANGES, DIRECTIONS, REGIMES, SOURCES, VERDICTS
from app.plain import plain
from app.render import console
from ontology.model import Verdict

ROW_COLUMNS = (
    "rank", "concept", "label", "kind", "verdict", "target", "direct", "via", "papers", "belief", "value",
    "conditions", "other_edge", "quote", "source",
)  # fmt: skip
_ONE_SIDED = ("effects", "measured", "untested")  # roles of rows that have no other edge
_QUOTES = 2  # printed for an answer; JSON and CSV hold all
_EDGES = 4
_STYLES: Mapping[Verdict, str] = {"beneficial": "green", "detrimental": "red", "mixed": "yellow"}


def print_answer(answer: Answer, *, most: int, queries: bool, stream: TextIO | None = None) -> None:
    """Print how a question was understood, the ranked answers with both edges and evidence, and the queries."""
    out = console(stream or sys.stdout)
    if answer.understood is None:
        _line(out, f"{answer.question}: {answer.notice}")
    else:
        _line(out, f"Understood as: {answer.understood.paraphrase}", style="bold")
    if answer.understood is not None and answer.notice:
        _line(out, answer.notice)
    for rank, row in enumerate(answer.answers[:most], start=1):
        _row(out, rank, row)
    hidden = len(answer.answers) - most
    if hidden > 0:
        _line(out, f"\n{hidden} more; --limit {len(answer.answers)} shows all")
    if answer.suggestions:
        _line(out, "\nDid you mean" if answer.understood is None else "\nAsk also", style="bold")
        for suggestion in answer.suggestions:
            _line(out, suggestion, indent=2)
    if queries and answer.sparql:
        for language, text in (("SPARQL", answer.sparql), ("Cypher", answer.cypher)):
            _line(out, f"\n{language}", style="bold")
            out.print(Text(plain(text.strip()), style="dim"), soft_wrap=True)


def answer_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return one flat row an answer, for CSV."""
    return [
        {
            "rank": rank,
            "concept": row.concept,
            "label": row.label,
            "kind": row.kind,
            "verdict": row.verdict,
            "target": row.target,
            "direct": row.direct,
            "via": list(row.via),
            "papers": row.papers,
            "belief": row.belief,
            "value": row.value,
            "conditions": list(row.conditions),
            "confounds": list(row.confounds),
            "other_edge": [f"{edge.verdict}: {edge.target}" for edge in row.other_edge],
            "quote": row.evidence[0].quote if row.evidence else "",
            "source": row.evidence[0].origin if row.evidence else "",
        }
        for rank, row in enumerate(answer.answers, start=1)
    ]


def _row(out: Console, rank: int, row: AnswerRow) -> None:
    head = Text(f"\n{rank}. ", style="bold")
    head.append(plain(row.label), style="bold")
    if row.value:
        head.append(f": {plain(row.value)} ({plain(row.target)})")
    elif row.role == "untested":
        head.append(f": nothing reported for {plain(row.target)}")
    else:
        head.append(" ")
        head.append(
            _effect(row.verdict, row.direction, row.target, row.regime, row.change), _STYLES.get(row.verdict, "")
        )
    out.print(head, soft_wrap=True)
    if row.belief is not None:
        works = f"{row.papers} work{'' if row.papers == 1 else 's'}"
        through = f" through {', '.join(row.via)}" if row.via else ""
        how = f"stated{';' + through if through else ''}" if row.direct else f"inferred{through}"
        _line(out, f"{how} · {works} · belief {row.belief:.2f}", indent=3)
    _conditions(out, row.conditions, indent=3)
    _confounds(out, row.confounds, indent=3)
    _quotes(out, row.evidence, indent=3)
    if row.role not in _ONE_SIDED:
        known = "" if row.other_edge else ": none reported in this library"
        _line(out, f"the other edge{known}", indent=3, style="bold")
    for edge in row.other_edge[:_EDGES]:
        _edge(out, edge)
    if len(row.other_edge) > _EDGES:
        _line(out, f"… and {len(row.other_edge) - _EDGES} more", indent=5)


def _edge(out: Console, edge: Edge) -> None:
    words = _effect(edge.verdict, edge.direction, edge.target, edge.regime, edge.change)
    _line(out, words, indent=5, style=_STYLES.get(edge.verdict, ""))
    _conditions(out, edge.conditions, indent=7)
    _confounds(out, edge.confounds, indent=7)
    _quotes(out, edge.evidence[:1], indent=7)


def _effect(verdict: Verdict, direction: str, target: str, regime: str, change: str) -> str:
    sign, word = VERDICTS[verdict]
    did = f"{DIRECTIONS.get(direction, 'affects')} {target}"
    where = " ".join(part for part in (REGIMES.get(regime, ""), CHANGES.get(change, "")) if part)
    return f"[{sign}] {did}{' ' + where if where else ''} ({word})"


def _conditions(out: Console, conditions: Sequence[str], *, indent: int) -> None:
    told = [text for text in conditions if not text.startswith("regime ")]  # said with the effect already
    if told:
        _line(out, f"conditions: {'; '.join(told)}", indent=indent)


def _confounds(out: Console, confounds: Sequence[str], *, indent: int) -> None:
    if confounds:
        _line(out, f"confounded, changed together with: {'; '.join(confounds)}", indent=indent)


def _quotes(out: Console, quotes: Iterable[Quote], *, indent: int) -> None:
    all_quotes = list(quotes)
    for quote in all_quotes[:_QUOTES]:
        _line(out, f"“{' '.join(quote.quote.split())}”", indent=indent, style="italic")
        notes = [
            quote.origin,
            f"doi {quote.doi}" if quote.doi and not quote.summary_of else "",
            quote.section.rpartition(" > ")[2],
            SOURCES.get(quote.source_kind, quote.source_kind),
            "hedged" if quote.hedged else "",
            f"cites {', '.join(quote.citations)}" if quote.citations else "",
            "confounded" if quote.confounds else "",
        ]
        _line(out, f"— {' · '.join(note for note in notes if note)}", indent=indent, style="dim")
    if len(all_quotes) > _QUOTES:
        _line(out, f"… and {len(all_quotes) - _QUOTES} more sentences", indent=indent)


def _line(out: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    """Print text wrapped at the console's width, every line indented."""
    for paragraph in plain(text).split("\n"):
        for line in textwrap.wrap(paragraph, max(20, out.width - indent)) or [""]:
            out.print(Text(" " * indent + line, style=style), soft_wrap=True)
