"""Ask: one box, how the question was understood, ranked answers with both edges, the evidence and the queries."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from app import cards, widgets
from app.answer import AnswerRow
from app.ask import Answer, ask, examples
from app.extent import WHOLE, Extent
from app.suggesting import suggestions
from app.widgets import Shelf, chips
from app.wishes import NO_WISHES, Wishes

_SHOWN = 10  # answers before "show all"
_FIRST = Extent(answers=_SHOWN, edges=8, sentences=5)
_ALL = Extent(edges=8, sentences=3)


def page(here: Shelf) -> None:
    """Show the landing page."""
    widgets.heading(
        "What helps, and what does it cost?",
        "Strategies for silicon–carbon anodes: every answer shows its other edge and the sentence it rests on.",
    )
    question = _question(here)
    if not question:
        _welcome(here)
        return
    with st.spinner("Reading the graph …"):
        answer = _asked(*here.key, question, "", here, NO_WISHES, _extent(NO_WISHES))
    if answer.understood is not None:
        wishes = chips(question, answer.understood, here)
        if wishes != NO_WISHES:
            with st.spinner("Reading the graph …"):
                answer = _asked(*here.key, question, repr(wishes), here, wishes, _extent(wishes))
    _understood(answer)
    _answers(answer, here)
    if answer.sparql:
        with st.expander("The queries behind this answer", icon=":material/code:"):
            widgets.queries(answer.sparql, answer.cypher)


def _question(here: Shelf) -> str:
    typed = st.selectbox(
        "Question",
        _offers(*here.key, here.warmed, here),
        index=None,
        key="q",
        bind="query-params",
        accept_new_options=True,
        filter_mode="contains",
        placeholder="Ask in plain English, for example: Which SEI strategies help calendar life?",
        help="Type a question and press Enter, or type a concept and choose one of the questions about it.",
    )
    return str(typed or "").strip()[:400]


@st.cache_resource(max_entries=4, show_spinner=False)
def _offers(folder: str, generation: int, warmed: bool, _here: Shelf) -> tuple[str, ...]:  # noqa: ARG001 - the key
    """Return what can be asked of this library; of every concept, as long as a large library is still being read."""
    concepts = _here.graph.ontology.concepts
    if not warmed:
        return suggestions(_here.graph.ontology, said=concepts)
    effects = _here.effects
    said = {*effects["concept"], *effects["target"]}
    coined = {label for iri, label in zip(effects["concept"], effects["label"], strict=True) if iri not in concepts}
    return suggestions(_here.graph.ontology, said=said, coined=coined)


@st.cache_resource(max_entries=200, show_spinner=False)
def _asked(
    folder: str,  # noqa: ARG001 - folder, generation and changes are the cache's key
    generation: int,  # noqa: ARG001
    question: str,
    changes: str,  # noqa: ARG001
    _here: Shelf,
    _wishes: Wishes,
    extent: Extent,
) -> Answer:
    return ask(question, _here.graph, wishes=_wishes, extent=extent)


def _extent(wishes: Wishes) -> Extent:
    """Return how much of an answer to fetch: sentences of what is shown, of all where a wish counts them."""
    if wishes.source:
        return WHOLE
    return _ALL if wishes != NO_WISHES or st.session_state.get("all-answers") else _FIRST


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
    statements = sum(work.effects for work in works)
    numbers = sum(work.measurements for work in works)
    st.caption(f"In this library: {len(works)} works, {statements} statements, {numbers} reported numbers.")


def _understood(answer: Answer) -> None:
    if answer.understood is None:
        widgets.nothing("This question was not understood", answer.notice)
    else:
        understood = answer.understood
        widgets.markup(
            f'<p class="ak-understood" data-question="{escape(understood.question_id)}">'
            f'<span class="ak-label">Understood as</span> <strong>{escape(understood.paraphrase)}?</strong></p>'
        )
        if not answer.answers:
            widgets.nothing(answer.notice or "Nothing fits", "Widen the chips above, or ask one of these.")
        elif answer.notice:
            widgets.note(answer.notice)
    if answer.suggestions:
        _suggest("Did you mean" if answer.understood is None else "Ask also", answer.suggestions)


def _answers(answer: Answer, here: Shelf) -> None:
    if not answer.answers or answer.understood is None:
        return
    shown = answer.answers
    if len(shown) > _SHOWN and not st.session_state.get("all-answers"):
        shown = shown[:_SHOWN]
    widgets.markup(cards.LEGEND)
    with st.spinner("Opening the sentences …"):
        for rank, row in enumerate(shown, start=1):
            with st.container(border=True, gap="small", key=f"answer-{rank}"):
                widgets.markup(_card(*here.key, repr(row), rank, here, row))
                _onward(row, here)
    if len(answer.answers) > _SHOWN:
        st.toggle(f"Show all {len(answer.answers)} answers", key="all-answers", bind="query-params")
    frame = pd.DataFrame([cards.answer_cells(row, rank=rank) for rank, row in enumerate(shown, start=1)])
    filters = {"question": answer.question, "understood as": answer.understood.paraphrase}
    widgets.export(frame, name="answers", generation=here.generation, filters=filters)


@st.cache_data(max_entries=1000, show_spinner=False)
def _card(folder: str, generation: int, told: str, rank: int, _here: Shelf, _row: AnswerRow) -> str:  # noqa: ARG001
    return cards.answer(_row, rank=rank, opened=rank == 1, paragraph=_here.paragraph)


def _onward(row: AnswerRow, here: Shelf) -> None:
    """Link an answer to the profile of its lever and to all statements behind it."""
    concept = here.graph.ontology.concepts.get(row.concept)
    with st.container(horizontal=True, gap="small"):
        if concept is not None and concept.kind == "strategy":
            widgets.link("strategy", f"Profile of {concept.label}", {"cause": concept.label})
        if row.evidence:
            lever = concept.label if concept else row.label
            target = here.name(row.target_concept) or row.target
            widgets.link("evidence", "All statements on this pair", {"cause": lever, "target": target})
