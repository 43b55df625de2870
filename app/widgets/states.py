"""What a page says when it is not showing rows: headings, notes, empty and broken states. The only caller of st.html."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from ontology.errors import AnodeError

PAGES = "pages"  # session key of the registered pages, by view name
_STYLE = Path(__file__).parent.with_name("style.css")
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


def heading(title: str, lead: str) -> None:
    """Show a page's title and the sentence that says what it is for (both ours, never a paper's)."""
    st.title(title, anchor=False)
    markup(f'<p class="ak-lead">{lead}</p>')


def section(title: str, lead: str = "") -> None:
    """Begin a part of a page (both texts ours, never a paper's)."""
    st.subheader(title, anchor=False)
    if lead:
        markup(f'<p class="ak-note">{escape(lead)}</p>')


def note(text: str) -> None:
    """Show a small line of plain text, which may hold a paper's words."""
    markup(f'<p class="ak-note">{escape(text)}</p>')


def parts(names: Sequence[str]) -> Sequence[Any]:
    """Part a page into tabs of which only the open one is worked out; the page's link says which."""
    tabs: Sequence[Any] = st.tabs(list(names), key="part", on_change="rerun", bind="query-params")
    return tabs


def nothing(title: str, remedy: str) -> None:
    """Say that nothing is here and what to do about it."""
    markup(f'<div class="ak-empty" role="status"><h3>{escape(title)}</h3><p>{escape(remedy)}</p></div>')


def literal(text: str) -> str:
    """Escape what a Markdown label (of a button, a link, a pill) would read as markup."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def empty_library(folder: Path) -> None:
    """Say that nothing has been read yet, and what to do."""
    markup(_EMPTY)
    link("library", "Add a paper on the Library page", {})
    place(folder)


def place(folder: Path, said: str = "Library folder") -> None:
    """Show a folder's path, to be copied."""
    markup(f'<p class="ak-note">{escape(said)} <code class="ak-path">{escape(str(folder))}</code></p>')


def failure(error: AnodeError) -> None:
    """Show an error with its remedy, as text."""
    st.error("This did not work. The line below says what was wrong and what to do.", icon=":material/error:")
    markup(f'<pre class="ak-words">{escape(str(error))}</pre>')  # a code block would fetch 1.5 MB of scripts


def link(view: str, label: str, parameters: Mapping[str, str]) -> None:
    """Link to another view with parameters; nothing is shown where the views are not registered."""
    page = st.session_state.get(PAGES, {}).get(view)
    if page is not None:
        st.page_link(page, label=literal(label), query_params=dict(parameters))
