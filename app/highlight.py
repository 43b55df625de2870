"""Paragraphs with the words that carry a claim marked at their exact characters, as safe HTML.

Text of papers is data: every character goes through ``html.escape`` and nothing in it can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from ontology.model import Document, Span

# Where roles overlap the later one wins: what is changed and by what says more than the words between.
ROLES = ("comparator", "mechanism", "condition", "antecedent", "cue", "value", "target", "cause")
SENTENCE = "sentence"
_BLANK_LINE = re.compile(r"(?:\r?\n[ \t]*){2,}")


class Mark(NamedTuple):
    """Give characters ``start`` to ``end`` (half-open, of the document's text) a role."""

    role: str
    start: int
    end: int


def paragraph(document: Document, span: Span) -> tuple[Span, ...]:
    """Return the pieces of every block that ``span`` touches, in reading order; outside any block, its own lines."""
    touched = [
        block
        for block in document.blocks
        if any(piece.start < span.end and span.start < piece.end for piece in block.pieces)
    ]
    if touched:
        return tuple(piece for block in touched for piece in block.pieces)
    return (between_blank_lines(document.text, span),)


def between_blank_lines(text: str, span: Span) -> Span:
    """Return the stretch of text around ``span`` up to the nearest blank lines."""
    start, end = 0, len(text)
    for blank in _BLANK_LINE.finditer(text):
        if blank.end() <= span.start:
            start = blank.end()
        elif blank.start() >= span.end:
            end = blank.start()
            break
    return Span(start, end)


def highlight(text: str, pieces: Sequence[Span], marks: Iterable[Mark]) -> str:
    """Render the pieces as HTML with the marks on their characters; the text content equals the source's.

    >>> highlight("FEC lowers gas.", [Span(0, 15)], [Mark("cause", 0, 3)])
    '<span class="ak-piece"><mark data-role="cause" title="cause">FEC</mark> lowers gas.</span>'
    """
    marks = [mark for mark in marks if mark.start < mark.end]
    sentences = [mark for mark in marks if mark.role == SENTENCE]
    roles = [mark for mark in marks if mark.role in ROLES]
    return '<span class="ak-gap" title="text cut by a page or a figure"> … </span>'.join(
        f'<span class="ak-piece">{_with_sentences(text, piece, sentences, roles)}</span>' for piece in pieces
    )


def _with_sentences(text: str, piece: Span, sentences: Sequence[Mark], roles: Sequence[Mark]) -> str:
    rendered = []
    for start, end in _segments(piece, sentences):
        inner = "".join(_marked(text, Span(*part), roles) for part in _segments(Span(start, end), roles))
        inside = any(mark.start <= start and end <= mark.end for mark in sentences)
        rendered.append(f'<span class="ak-sentence">{inner}</span>' if inside else inner)
    return "".join(rendered)


def _segments(piece: Span, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    cuts = {piece.start, piece.end}
    cuts.update(cut for mark in marks for cut in (mark.start, mark.end) if piece.start < cut < piece.end)
    return list(pairwise(sorted(cuts)))


def _marked(text: str, part: Span, roles: Sequence[Mark]) -> str:
    shown = escape(text[part.start : part.end])
    covering = [mark for mark in roles if mark.start <= part.start and part.end <= mark.end]
    if not covering:
        return shown
    role = max((mark.role for mark in covering), key=ROLES.index)
    return f'<mark data-role="{role}" title="{role}">{shown}</mark>'
