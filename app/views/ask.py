"""Ask: one box, how the question was understood, ranked answers with both edges, the evidence and the queries."""

from __future__ import annotations

from html import escape

import streamlit as st

from app import cards, widgets
from app.ask import Answer, ask, examples
from app.widgets import Shelf

_SHOWN = 10  # answers before "show all"


def page(here: Shelf) -> None:
    """Show the landing page."""
    widgets.heading(
        "What helps, and what does it cost?",
        "Strategies for silicon–carbon anodes: every answer shows its other edge and the sentence it rests on.",
    )
    question = _question()
    if not question:
        _welcome(here)
        return
    with st.spinner("Reading the graph …"):
        answer = _asked(str(here.folder), here.generation, question, here)
    _understood(answer, here)
    _answers(answer, here)
    with st.expander("The queries behind this answer", icon=":material/code:"):
        widgets.queries(answer.sparql, answer.cypher)


def _question() -> str:
    with st.form("ask", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "Question",
            key="q",
            bind="query-params",
            placeholder="Which SEI strategies help calendar life?",
            max_chars=400,
            label_visibility="collapsed",
        )
        button.form_submit_button("Ask", type="primary", icon=":material/search:", width="stretch")
    return (typed or "").strip()


@st.cache_data(max_entries=200, show_spinner=False)
def _asked(folder: str, generation: int, question: str, _here: Shelf) -> Answer:  # noqa: ARG001 - the cache's key
    return ask(question, _here.graph)


def _choose(question: str) -> None:
    st.session_state["q"] = question


def _suggest(title: str, questions: tuple[str, ...]) -> None:
    st.caption(title)
    with st.container(horizontal=True, gap="small"):
        for number, question in enumerate(questions):
            st.button(widgets.literal(question), key=f"suggest-{number}", on_click=_choose, args=(question,))


def _welcome(here: Shelf) -> None:
    _suggest("For example", examples())
    works = here.works
    statements = sum(len(work.effects) for work in works)
    numbers = sum(len(work.measurements) for work in works)
    st.caption(f"In this library: {len(works)} works, {statements} statements, {numbers} reported numbers.")


def _understood(answer: Answer, here: Shelf) -> None:
    if answer.understood is None:
        widgets.markup(
            f'<div class="ak-empty"><h3>This question was not understood</h3><p>{escape(answer.notice)}</p></div>'
        )
    else:
        understood = answer.understood
        chips = "".join(
            f'<span class="ak-chip"><span class="ak-label">{escape(name.replace("_", " "))}</span> '
            f"{escape(_named(value, here))}</span>"
            for name, value in understood.parameters.items()
        )
        widgets.markup(
            f'<p class="ak-understood" data-question="{escape(understood.question_id)}">'
            f'<span class="ak-label">Understood as</span> '
            f"<strong>{escape(understood.paraphrase)}</strong> {chips}</p>"
        )
        if answer.notice:
            widgets.markup(f'<div class="ak-empty"><p>{escape(answer.notice)}</p></div>')
    if answer.suggestions:
        _suggest("Did you mean" if answer.understood is None else "Ask also", answer.suggestions)


def _named(value: str, here: Shelf) -> str:
    """Name a concept by its label instead of its IRI."""
    concepts = here.graph.ontology.concepts
    return concepts[value].label if value in concepts else value


def _answers(answer: Answer, here: Shelf) -> None:
    if not answer.answers:
        return
    shown = answer.answers
    if len(shown) > _SHOWN and not st.session_state.get("all-answers"):
        shown = shown[:_SHOWN]
    widgets.markup(cards.LEGEND)
    for rank, row in enumerate(shown, start=1):
        with st.container(border=True, gap="small"):
            widgets.markup(cards.answer(row, rank=rank, opened=rank == 1, paragraph=here.paragraph))
            concept = here.graph.ontology.concepts.get(row.concept)
            if concept is not None and concept.kind == "strategy":
                widgets.link("strategy", f"Profile of {concept.label}", {"cause": concept.label})
    if len(answer.answers) > _SHOWN:
        st.toggle(f"Show all {len(answer.answers)} answers", key="all-answers")
