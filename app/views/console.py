"""Console: read-only SPARQL and Cypher, with the catalogue's questions as starting points and the schema beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from app import widgets
from app.schema import PREFIXES, SCHEMA_COLUMNS, cypher_schema, sparql_schema
from app.widgets import Shelf
from kg import Parameter, Question
from ontology.errors import AnodeError

_LANGUAGES = ("SPARQL", "Cypher")
_FREE = "an empty page"
_FIRST = "double-edged-strategies"  # runs as it stands
_MOST_ROWS = 1000
_SECONDS = 20.0
_LONGEST_LINK = 3000  # characters of a query that stand in the page's link
# The names every query can count on.
_HELP = {
    "SPARQL": "What works say stands in one named graph a work, what follows from it in graph `id:assembled`.",
    "Cypher": "`(:Strategy)-[:IMPROVES|WORSENS|LEAVES]->(:Metric)`, `-[:MITIGATES|AGGRAVATES|CAUSES]->(:FailureMode)`.",
}
_EMPTY = {"SPARQL": f"{PREFIXES}\n\nSELECT * WHERE {{ GRAPH id:assembled {{ ?s ?p ?o }} }} LIMIT 20", "Cypher": ""}


def page(here: Shelf) -> None:
    """Take a query, run it within limits, show its rows."""
    widgets.heading(
        "Console",
        f"Query the graph yourself: read-only, at most {_MOST_ROWS} rows and {_SECONDS:.0f} seconds a query.",
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        language = st.segmented_control(
            "Language", _LANGUAGES, default="SPARQL", required=True, key="language", bind="query-params"
        )
        query, parameters = _query(language or "SPARQL", here)
    with right:
        _schema(language or "SPARQL")
    if query is not None:
        _run(query, parameters, language or "SPARQL", here)


def _query(language: str, here: Shelf) -> tuple[str | None, dict[str, Any]]:
    """Return the query to run, once it is asked for, and its parameters."""
    questions = {question.id: question for question in here.graph.questions()}
    start = st.selectbox(
        "Start from",
        [*questions, _FREE],
        index=list(questions).index(_FIRST),
        format_func=lambda name: f"{questions[name].title} ({name})" if name in questions else name,
        key="start",
        bind="query-params",
    )
    text = _EMPTY[language]
    parameters: dict[str, Any] = {}
    if start in questions:
        text, parameters = _catalogue(questions[start], language, here)
    state = f"query-{language}-{start}-{parameters}"
    linked = st.query_params.get("query", "")
    if linked and "console-opened" not in st.session_state:
        text = linked
    st.session_state["console-opened"] = True
    query = st.text_area("Query", value=text, height=320, key=state, help=_HELP[language])
    if query != text and len(query) <= _LONGEST_LINK:
        st.query_params["query"] = query
    if st.button("Run", type="primary", icon=":material/play_arrow:", shortcut="Ctrl+Enter") and query.strip():
        st.session_state["console-asked"] = (language, query)
    asked = st.session_state.get("console-asked") == (language, query)
    return (query if asked else None), parameters


def _catalogue(question: Question, language: str, here: Shelf) -> tuple[str, dict[str, Any]]:
    """Return a catalogue question's text with the parameters asked for on the page."""
    places = st.columns(min(max(len(question.parameters), 1), 3))
    given = {
        parameter.name: value
        for number, parameter in enumerate(question.parameters)
        if (value := _value(parameter, places[number % len(places)], here))
    }
    if any(parameter.required and parameter.name not in given for parameter in question.parameters):
        st.caption("Fill in the required parameters to see the query with its terms.")
        text = question.sparql if language == "SPARQL" else question.cypher
        return "\n".join(line for line in text.splitlines() if not line.startswith(("# ", "// "))), {}
    if language == "SPARQL":
        return question.bound_sparql(given), {}
    return question.cypher, dict(question.cypher_parameters(given))


def _value(parameter: Parameter, place: Any, here: Shelf) -> str | None:
    label = parameter.name.replace("_", " ") + (" (required)" if parameter.required else "")
    if parameter.kind == "concept":
        concepts = here.graph.ontology.concepts
        chosen: str | None = place.selectbox(
            label,
            sorted(concepts, key=lambda iri: concepts[iri].label.lower()),
            index=None,
            format_func=lambda iri: concepts[iri].label if iri in concepts else iri,
            help=parameter.description,
            placeholder="any",
            key=f"p-{parameter.name}",
            bind="query-params",
        )
        return chosen
    typed: str = place.text_input(label, help=parameter.description, key=f"p-{parameter.name}", bind="query-params")
    return typed.strip() or None


def _schema(language: str) -> None:
    """Show what a query can name, beside the editor."""
    st.caption(f"Schema. {_HELP[language]}")
    rows = sparql_schema() if language == "SPARQL" else cypher_schema()
    words = st.text_input("Find in the schema", key="schema-find", placeholder="belief").lower().split()
    rows = [row for row in rows if all(word in " ".join(row.values()).lower() for word in words)]
    if rows:
        alt = f"what a {language} query can name"
        widgets.plain_table(pd.DataFrame(rows), help=SCHEMA_COLUMNS, key=f"schema-{language}", alt=alt)
    else:
        widgets.note("Nothing in the schema is called so.")


def _run(query: str, parameters: dict[str, Any], language: str, here: Shelf) -> None:
    run = here.graph.sparql if language == "SPARQL" else here.graph.cypher
    try:
        with st.spinner("Running …"):
            frame = run(query, parameters, max_rows=_MOST_ROWS, timeout=_SECONDS)
    except AnodeError as error:
        widgets.failure(error)
        return
    st.caption(f"{len(frame)} rows" + (", cut at the limit" if frame.attrs.get("truncated") else ""))
    if frame.empty:
        widgets.nothing("The query has no rows", "It ran, and nothing in this library fits it.")
        return
    widgets.plain_table(frame, help={}, key="rows", alt="rows of the query")
    widgets.export(frame, name="query", generation=here.generation, filters={language: query})
