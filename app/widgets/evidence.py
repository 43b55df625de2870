"""Sentences in their paragraphs, and the two queries behind an answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.answer import Quote
from app.cards import LEGEND, evidence
from app.extent import Extent, some_quotes
from app.widgets.shelf import Shelf
from app.widgets.states import markup, note

_SOME = Extent(sentences=6)
_MOST = 12  # sentences shown at once; more are counted


def show_evidence(quotes: Sequence[Quote], here: Shelf) -> None:
    """Show quotes in their paragraphs under a legend of the marks."""
    cards = "".join(evidence(quote, here.paragraph) for quote in quotes[:_MOST])
    markup(f'<div class="ak-quotes">{LEGEND}{cards}</div>')
    if len(quotes) > _MOST:
        note(f"The first {_MOST} of {len(quotes)} sentences; the Evidence page lists all.")


def evidence_of(claims: Sequence[str], here: Shelf) -> None:
    """Show sentences that effects, double edges or single claims rest on, each once, a few of each."""
    show_evidence(_sentences(*here.key, tuple(map(str, claims)), here), here)


@st.cache_resource(max_entries=200, show_spinner="Opening the sentences …")
def _sentences(folder: str, generation: int, claims: tuple[str, ...], _here: Shelf) -> list[Quote]:  # noqa: ARG001
    found = some_quotes(_here.graph, claims, _SOME)
    return list(dict.fromkeys(quote for told in found.values() for quote in told))


def queries(sparql: str, cypher: str) -> None:
    """Show the two queries an answer stands for, to copy."""
    for name, text in (("SPARQL", sparql), ("Cypher", cypher)):
        if text:
            st.caption(name)
            st.code(text, language="sparql" if name == "SPARQL" else "cypher", wrap_lines=True)
