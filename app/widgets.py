"""What every view shares: the opened library, its texts, evidence, states and exports. The only caller of st.html."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from app.answer import Quote
from app.cards import LEGEND, evidence, marks_of
from app.highlight import highlight, paragraph
from app.rows import Place, marks, place
from app.settings import library_folder
from kg import Graph, WorkClaims, library_generation, open_library
from ontology.errors import AnodeError
from ontology.model import Document, Evidence, Span

PAGES = "pages"  # session key of the registered pages, by view name
_STYLE = Path(__file__).with_name("style.css")
_MARKDOWN = re.compile(r"[\\\\`*_{}\[\]()<>#+\-.!|~$:^=]")
_EMPTY = """<div class="ak-empty"><h3>This library is empty</h3>
<p>Nothing has been read yet, so there is nothing to answer from. In a terminal:</p>
<p><code>anodekg ingest PATH…</code> reads papers (text, Markdown, HTML, JATS XML, PDF with a text layer)</p>
<p><code>anodekg demo</code> reads the bundled samples and shows what an answer looks like</p>
<p>or add a file on the Library page.</p></div>"""


def style() -> None:
    """Bring in the style sheet."""
    st.html(_STYLE)


def markup(safe: str) -> None:
    """Show HTML whose every value was escaped by app.cards or app.highlight."""
    st.html(safe)


# --- the library --------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=4, show_spinner="Opening the library …", on_release=lambda graph: graph.close())
def _opened(folder: str, generation: int) -> Graph:  # noqa: ARG001 - a new generation is a new graph
    return open_library(Path(folder))  # not read-only: a projection that lags behind is brought up to this generation


@st.cache_resource(max_entries=64, show_spinner=False)
def _document(folder: str, generation: int, text_sha256: str) -> Document:
    return _opened(folder, generation).document(text_sha256)


@st.cache_resource(max_entries=4, show_spinner="Reading the claims …")
def _claims(folder: str, generation: int) -> tuple[WorkClaims, ...]:
    return tuple(_opened(folder, generation).claims())


@st.cache_resource(max_entries=4, show_spinner="Gathering the effects …")
def _effects(folder: str, generation: int) -> pd.DataFrame:
    return _opened(folder, generation).effects()


@st.cache_resource(max_entries=4, show_spinner=False)
def _marks(folder: str, generation: int) -> dict[Place, tuple[Evidence, ...]]:
    return marks(_claims(folder, generation))


class Shelf:
    """Hold the folder and the published generation that this run of the page answers from."""

    def __init__(self, folder: Path, generation: int) -> None:
        self.folder = folder
        self.generation = generation

    @property
    def graph(self) -> Graph:
        """Return the graph, opened once for each generation and shared by all sessions."""
        return _opened(str(self.folder), self.generation)

    @property
    def works(self) -> tuple[WorkClaims, ...]:
        """Return what each work says."""
        return _claims(str(self.folder), self.generation)

    @property
    def effects(self) -> pd.DataFrame:
        """Return all pooled effects, in the columns of edges-of-strategy; not to be changed."""
        return _effects(str(self.folder), self.generation)

    def paragraph(self, quote: Quote) -> str:
        """Return the paragraph around a quote with its marks, as safe HTML."""
        document = _document(str(self.folder), self.generation, quote.text_sha256)
        known = _marks(str(self.folder), self.generation)
        found = marks_of(replace(quote, marks=known.get(place(quote), quote.marks)))
        pieces = {piece for mark in found for piece in paragraph(document, Span(mark.start, mark.end))}
        return highlight(document.text, sorted(pieces), found)


def shelf() -> Shelf:
    """Return the library of this server at its last published generation; generation 0 where there is none yet."""
    folder = library_folder()
    if not (folder / "library.sqlite").is_file():
        return Shelf(folder, 0)
    return Shelf(folder, library_generation(folder))


# --- states -------------------------------------------------------------------------------------------------------


def empty_library(here: Shelf) -> None:
    """Say that nothing has been read yet, and what to do."""
    markup(_EMPTY)
    st.caption("Library folder")
    st.code(str(here.folder), language=None)


def failure(error: AnodeError) -> None:
    """Show an error with its remedy, as text."""
    st.error("This did not work.", icon=":material/error:")
    st.code(str(error), language=None, wrap_lines=True)


# --- pieces -------------------------------------------------------------------------------------------------------


def heading(title: str, lead: str) -> None:
    """Show a page's title and the sentence that says what it is for (both ours, never a paper's)."""
    st.title(title, anchor=False)
    markup(f'<p class="ak-lead">{lead}</p>')


def note(text: str) -> None:
    """Show a small line of plain text, which may hold a paper's words."""
    markup(f'<p class="ak-note">{escape(text)}</p>')


def literal(text: str) -> str:
    """Escape what a Markdown label (of a button, a link, a pill) would read as markup."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def table(frame: pd.DataFrame, *, help: Mapping[str, str], key: str, height: int | Literal["auto"] = "auto") -> int:
    """Show rows with a definition on every column and return the position of the chosen row, at first 0."""
    state = st.dataframe(
        frame,
        key=key,
        height=height,
        hide_index=True,
        column_config=_columns(help),
        on_select="rerun",
        selection_mode="single-row-required",
    )
    chosen = state["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(frame) else 0


def plain_table(frame: pd.DataFrame, *, help: Mapping[str, str], key: str) -> None:
    """Show rows with a definition on every column that has one."""
    st.dataframe(frame, key=key, hide_index=True, column_config=_columns(help))


def _columns(help: Mapping[str, str]) -> dict[str, Any]:
    return {name: st.column_config.Column(name.replace("_", " "), help=text) for name, text in help.items()}


def show_evidence(quotes: Sequence[Quote], here: Shelf) -> None:
    """Show quotes in their paragraphs under a legend of the marks."""
    cards = "".join(evidence(quote, here.paragraph) for quote in quotes)
    markup(f'<div class="ak-quotes">{LEGEND}{cards}</div>')


def queries(sparql: str, cypher: str) -> None:
    """Show the two queries an answer stands for, to copy."""
    for name, text in (("SPARQL", sparql), ("Cypher", cypher)):
        if text:
            st.caption(name)
            st.code(text, language="sparql" if name == "SPARQL" else "cypher", wrap_lines=True)


def export(frame: pd.DataFrame, *, name: str, here: Shelf) -> None:
    """Offer exactly the rows on screen as CSV; the name carries the library's generation."""
    st.download_button(
        f"CSV ({len(frame)} rows)",
        frame.to_csv(index=False).encode("utf-8"),
        file_name=f"anodekg-{name}-generation-{here.generation}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=f"export-{name}",
    )


def link(view: str, label: str, parameters: Mapping[str, str]) -> None:
    """Link to another view with parameters; nothing is shown where the views are not registered."""
    page = st.session_state.get(PAGES, {}).get(view)
    if page is not None:
        st.page_link(page, label=literal(label), query_params=dict(parameters))
