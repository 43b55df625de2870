"""Answers and evidence as safe HTML: one card an answer, both edges side by side, the paragraph behind each.

Verdicts are told by a sign and a word, never by colour alone. Every value passes ``html.escape``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from urllib.parse import quote as percent

from app.answer import AnswerRow, Edge, Quote
from app.highlight import ROLES, SENTENCE, Mark
from ontology.model import Verdict

# verdict -> (sign, word)
VERDICTS: dict[Verdict, tuple[str, str]] = {
    "beneficial": ("+", "beneficial"),
    "detrimental": ("−", "detrimental"),
    "neutral": ("○", "no effect"),
    "mixed": ("±", "both ways"),
    "undetermined": ("?", "not evaluated"),
}
DIRECTIONS = {
    "increases": "increases",
    "decreases": "decreases",
    "no_change": "does not change",
    "mixed": "changes both ways",
    "optimum": "has an optimum in",
}
REGIMES = {"cycling": "in cycling", "storage": "in storage"}
CHANGES = {
    "removed": "when removed",
    "increased": "when increased",
    "decreased": "when decreased",
    "excess": "in excess",
    "insufficient": "when insufficient",
    "level": "at a given level",
}
SOURCES = {
    "own_result": "own result",
    "cited": "cited from other work",
    "review_synthesis": "review synthesis",
    "background": "background",
    "hypothesis": "hypothesis",
}
LEGEND = (
    '<p class="ak-legend">' + " ".join(f'<mark data-role="{role}">{role}</mark>' for role in reversed(ROLES)) + "</p>"
)

Paragraph = Callable[[Quote], str]  # the highlighted paragraph of a quote, as HTML


def verdict_badge(verdict: Verdict) -> str:
    """Render a verdict as sign and word."""
    sign, word = VERDICTS[verdict]
    return (
        f'<span class="ak-verdict" data-verdict="{verdict}">'
        f'<span class="ak-sign" aria-hidden="true">{sign}</span>{word}</span>'
    )


def marks_of(quote: Quote) -> list[Mark]:
    """Return the marks of a quote: its sentence, then the roles within."""
    roles = [Mark(mark.role, mark.start, mark.end) for mark in quote.marks if mark.role != SENTENCE]
    return [Mark(SENTENCE, quote.start, quote.end), *roles]


def evidence(quote: Quote, paragraph: Paragraph) -> str:
    """Render one quote inside its paragraph, with where it comes from."""
    notes = [
        f'<span class="ak-origin">{_origin(quote)}</span>',
        "not the paper's own words" if quote.summary_of else "",
        escape(quote.section),
        SOURCES.get(quote.source_kind, escape(quote.source_kind)),
        "hedged" if quote.hedged else "",
        f"cites {escape(', '.join(quote.citations))}" if quote.citations else "",
        f"confounded with {escape('; '.join(quote.confounds))}" if quote.confounds else "",
    ]
    return (
        f'<figure class="ak-evidence" data-start="{quote.start}" data-end="{quote.end}">'
        f"<blockquote>{paragraph(quote)}</blockquote>"
        f"<figcaption>{' · '.join(note for note in notes if note)}</figcaption></figure>"
    )


def _origin(quote: Quote) -> str:
    if quote.summary_of:
        return f"summary of DOI {doi_link(quote.summary_of)}"
    return f"{escape(quote.origin)} · {doi_link(quote.doi)}" if quote.doi else escape(quote.origin)


def doi_link(doi: str) -> str:
    """Render a DOI as a link that opens beside the page."""
    return f'<a href="https://doi.org/{percent(doi, safe="/()")}" target="_blank" rel="noopener">{escape(doi)}</a>'


def statement(verdict: Verdict, *, target: str, direction: str, regime: str, change: str) -> str:
    """Render one signed effect in a line: sign, word, and what happens to which target, where."""
    words = [
        escape(DIRECTIONS.get(direction, "affects")),
        f"<strong>{escape(target)}</strong>",
        REGIMES.get(regime, ""),
        CHANGES.get(change, ""),
    ]
    return f'{verdict_badge(verdict)} <span class="ak-effect">{" ".join(word for word in words if word)}</span>'


def conditions(texts: Iterable[str]) -> str:
    """Render conditions as small chips."""
    # the regime stands in the statement already
    chips = "".join(f"<li>{escape(text)}</li>" for text in texts if not text.startswith("regime "))
    return f'<ul class="ak-conditions" aria-label="conditions">{chips}</ul>' if chips else ""


def confounded(texts: Iterable[str]) -> str:
    """Render the levers that were changed together with a cause, so that it may not be the one."""
    told = escape("; ".join(texts))
    return f'<p class="ak-confounds" data-confounded><strong>confounded</strong> with {told}</p>' if told else ""


def support(row: AnswerRow) -> str:
    """Render how many independent works support a row, and how far it is believed."""
    told = [f"{row.papers} work{'' if row.papers == 1 else 's'}"] if row.papers else []
    if row.belief is None:
        return f'<span class="ak-support">{"".join(told)}</span>'
    told.append(f"belief {row.belief:.2f}")
    return (
        f'<span class="ak-support" title="independent works; belief in [0, 1]">{" · ".join(told)}'
        f'<span class="ak-bar" aria-hidden="true"><span style="width:{round(100 * row.belief)}%"></span></span></span>'
    )


def answer(row: AnswerRow, *, rank: int, opened: bool, paragraph: Paragraph) -> str:
    """Render one ranked answer: what it says, the other edge beside it, and the evidence under it."""
    quotes = "".join(evidence(quote, paragraph) for quote in row.evidence)
    own = f"{_said(row)}{conditions(row.conditions)}{confounded(row.confounds)}"
    edges = f'<section class="ak-edge" aria-label="this edge">{own}</section>'
    if not row.value and row.role != "untested":
        edges += (
            '<section class="ak-edge ak-other" aria-label="the other edge"><h4>The other edge</h4>'
            f"{other_edges(row.other_edge, paragraph)}</section>"
        )
    return (
        f'<article class="ak-answer" aria-label="answer {rank}">'
        f'<header><span class="ak-rank">{rank}</span><h3>{escape(row.label)}</h3>'
        f'<span class="ak-kind">{escape(row.kind.replace("_", " "))}</span>{support(row)}</header>'
        f'<div class="ak-edges">{edges}</div>{_details(len(row.evidence), quotes, opened=opened, works=row.papers)}</article>'
    )


def answer_cells(row: AnswerRow, *, rank: int) -> dict[str, object]:
    """Return what the card of an answer shows as one row of plain cells."""
    first = row.evidence[0] if row.evidence else None
    others = (f"{VERDICTS[edge.verdict][1]}: {edge.target} ({edge.regime or 'any regime'})" for edge in row.other_edge)
    return {
        "rank": rank,
        "lever": row.label,
        "kind": row.kind,
        "verdict": VERDICTS[row.verdict][1],
        "direction": row.direction,
        "target": row.target,
        "regime": row.regime,
        "known": "stated" if row.direct else "inferred",
        "via": " > ".join(row.via),
        "value": row.value,
        "works": row.papers,
        "belief": row.belief,
        "conditions": "; ".join(row.conditions),
        "confounded with": "; ".join(row.confounds),
        "other edge": "; ".join(others),
        "sentences": len(row.evidence),
        "first sentence": first.quote if first else "",
        "source": first.origin if first else "",
    }


def _said(row: AnswerRow) -> str:
    """Render what a row says: a number, a gap, or a signed effect with how it is known."""
    target = f"<strong>{escape(row.target)}</strong>"
    if row.value:
        return f'<p class="ak-value">{escape(row.value)}</p><p class="ak-how">{target}, {escape(row.role)}</p>'
    if row.role == "untested":
        return f'<p class="ak-how">no work in this library says what it does to {target}</p>'
    via = f" through {escape(' → '.join(row.via))}" if row.via else ""
    how, told = ("stated", "stated by the works") if row.direct else ("inferred", "inferred, not stated,")
    line = statement(row.verdict, target=row.target, direction=row.direction, regime=row.regime, change=row.change)
    return f'<p>{line}</p><p class="ak-how" data-how="{how}">{told}{via}</p>'


def side(title: str, rows: Sequence[AnswerRow], paragraph: Paragraph) -> str:
    """Render one side of a profile: every effect with its support, conditions and evidence."""
    items = "".join(_effect(row, paragraph) for row in rows)
    body = f"<ul>{items}</ul>" if items else '<p class="ak-none">none reported in this library</p>'
    return f'<section class="ak-side" aria-label="{escape(title)}"><h3>{escape(title)}</h3>{body}</section>'


def _effect(row: AnswerRow, paragraph: Paragraph) -> str:
    quotes = "".join(evidence(quote, paragraph) for quote in row.evidence)
    line = statement(row.verdict, target=row.target, direction=row.direction, regime=row.regime, change=row.change)
    return (
        f"<li><p>{line}</p><p>{support(row)}</p>{conditions(row.conditions)}{confounded(row.confounds)}"
        f"{_details(len(row.evidence), quotes, opened=False, works=row.papers)}</li>"
    )


def other_edges(edges: Iterable[Edge], paragraph: Paragraph) -> str:
    """Render the other edges of a lever, each with its conditions and evidence."""
    items = "".join(_edge(edge, paragraph) for edge in edges)
    return f"<ul>{items}</ul>" if items else '<p class="ak-none">none reported in this library</p>'


def _edge(edge: Edge, paragraph: Paragraph) -> str:
    quotes = "".join(evidence(quote, paragraph) for quote in edge.evidence)
    line = statement(edge.verdict, target=edge.target, direction=edge.direction, regime=edge.regime, change=edge.change)
    marks = f"{conditions(edge.conditions)}{confounded(edge.confounds)}"
    return f"<li>{line}{marks}{_details(len(edge.evidence), quotes, opened=False)}</li>"


def _details(count: int, body: str, *, opened: bool, works: int = 0) -> str:
    """Fold sentences away; where more works say so than are quoted, say how many."""
    if not body:
        return ""
    state = " open" if opened else ""
    unit = "sentence" if count == 1 else "sentences"
    if works > count:
        unit += f" of {works} works"
    return f"<details{state}><summary>Evidence ({count} {unit})</summary>{body}</details>"
