"""Console: read-only SPARQL and Cypher, with the catalogue's questions as starting points."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import widgets
from app.widgets import Shelf
from ontology.errors import AnodeError

_LANGUAGES = ("SPARQL", "Cypher")
_FREE = "an empty page"
_MOST_ROWS = 1000
_SECONDS = 20.0


def page(here: Shelf) -> None:
    """Take a query, run it within limits, show its rows."""
    widgets.heading(
        "Console",
        f"Query the graph yourself. Queries read and never write; at most {_MOST_ROWS} rows and {_SECONDS:.0f} seconds each.",
    )
    language = st.segmented_control("Language", _LANGUAGES, default="SPARQL", required=True, key="language")
    questions = {question.id: question for question in here.graph.questions()}
    start = st.selectbox(
        "Start from",
        [_FREE, *questions],
        format_func=lambda name: name if name == _FREE else f"{questions[name].title} ({name})",
        key="start",
    )
    text = _parameters(questions[start], language) if start != _FREE else ""
    query = st.text_area("Query", value=text, height=300, key=f"query-{language}-{start}")
    if st.button("Run", type="primary", icon=":material/play_arrow:") and query.strip():
        _run(query, language, here)


def _run(query: str, language: str, here: Shelf) -> None:
    try:
        with st.spinner("Running …"):
            run = here.graph.sparql if language == "SPARQL" else here.graph.cypher
            frame: pd.DataFrame = run(query, max_rows=_MOST_ROWS, timeout=_SECONDS)
    except AnodeError as error:
        widgets.failure(error)
        return
    st.caption(f"{len(frame)} rows" + (" (cut at the limit)" if len(frame) == _MOST_ROWS else ""))
    widgets.plain_table(frame, help={}, key="rows")
    widgets.export(frame, name="query", here=here)
