"""Console: read-only SPARQL and Cypher, with the catalogue's questions as starting points."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import widgets
from app.widgets import Shelf
from kg import Parameter, Question
from ontology.errors import AnodeError

_LANGUAGES = ("SPARQL", "Cypher")
_FREE = "an empty page"
_MOST_ROWS = 1000
_SECONDS = 20.0
# The names every query can count on: what stands beside the editor.
_HELP = """SPARQL: `a:` https://w3id.org/anodekg/ontology#, the assembled effects in graph `id:assembled`.
Cypher: `(:Strategy)-[:IMPROVES|WORSENS|LEAVES]->(:Metric)`, `-[:MITIGATES|AGGRAVATES|CAUSES]->(:FailureMode)`.
The catalogue's questions show the rest: start from one and change it."""


def page(here: Shelf) -> None:
    """Take a query, run it within limits, show its rows."""
    widgets.heading(
        "Console",
        f"Query the graph yourself: read-only, at most {_MOST_ROWS} rows and {_SECONDS:.0f} seconds a query.",
    )
    language = st.segmented_control("Language", _LANGUAGES, default="SPARQL", required=True, key="language")
    questions = {question.id: question for question in here.graph.questions()}
    start = st.selectbox(
        "Start from",
        [*questions, _FREE],
        format_func=lambda name: name if name == _FREE else f"{questions[name].title} ({name})",
        key="start",
    )
    text, parameters = _catalogue(questions[start], language, here) if start != _FREE else ("", {})
    query = st.text_area("Query", value=text, height=300, key=f"query-{language}-{start}-{parameters}", help=_HELP)
    if st.button("Run", type="primary", icon=":material/play_arrow:") and query.strip():
        _run(query, parameters, language, here)


def _catalogue(question: Question, language: str | None, here: Shelf) -> tuple[str, dict[str, Any]]:
    """Return a catalogue question's text with the parameters asked for on the page."""
    places = st.columns(max(len(question.parameters), 1))
    given = {
        parameter.name: value
        for parameter, place in zip(question.parameters, places, strict=False)
        if (value := _value(parameter, place, here))
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
            key=f"parameter-{parameter.name}",
        )
        return chosen
    typed: str = place.text_input(label, help=parameter.description, key=f"parameter-{parameter.name}")
    return typed.strip() or None


def _run(query: str, parameters: dict[str, Any], language: str | None, here: Shelf) -> None:
    run = here.graph.sparql if language == "SPARQL" else here.graph.cypher
    try:
        with st.spinner("Running …"):
            frame = run(query, parameters, max_rows=_MOST_ROWS, timeout=_SECONDS)
    except AnodeError as error:
        widgets.failure(error)
        return
    st.caption(f"{len(frame)} rows" + (", cut at the limit" if frame.attrs.get("truncated") else ""))
    widgets.plain_table(frame, help={}, key="rows")
    widgets.export(frame, name="query", generation=here.generation)
