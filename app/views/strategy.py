"""Strategy: one profile, both edges side by side, what separates them, mechanism, numbers, evidence."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from app import cards, rows, widgets
from app.answer import AnswerRow
from app.answering import effects_of
from app.widgets import Shelf

_SIDES = (
    ("Gains", ("beneficial",)),
    ("Costs", ("detrimental",)),
    ("Neither, both, or not evaluated", ("mixed", "neutral", "undetermined")),
)
_PAIRS = {
    "edge_kind": "Trade-off (two targets), regime reversal (one target, two regimes) or optimum (one target, a window)",
    "gain_label": "What becomes better",
    "gain_conditions": "Conditions stated where it becomes better",
    "cost_label": "What becomes worse",
    "cost_conditions": "Conditions stated where it becomes worse",
    "separated_by": "Conditions that differ between the two",
    "window": "Of an optimum: where along the lever it lies",
}


def page(here: Shelf) -> None:
    """Show the profile of the chosen strategy."""
    widgets.heading("Strategy", "What one lever gives and what it costs, with the sentence behind each.")
    labels = _labels(here)
    if not labels:
        st.info("No work in this library says what a strategy does.", icon=":material/info:")
        return
    cause = st.selectbox(
        "Strategy",
        list(labels),
        format_func=lambda iri: labels.get(iri, iri),
        key="cause",
        bind="query-params",
        label_visibility="collapsed",
    )
    _definition(cause, here)
    _edges(cause, here)
    _separated(cause, here)
    _mechanism(cause, here)
    _numbers(cause, here)


def _labels(here: Shelf) -> dict[str, str]:
    """Return the strategies that the library says something about, by IRI, most said first."""
    said = Counter(
        claim.said.cause_concept
        for claim in rows.claims(here.works)
        if claim.said.cause_kind == "strategy" and claim.said.cause_concept
    )
    concepts = here.graph.ontology.concepts
    ranked = sorted((-count, concepts[iri].label, iri) for iri, count in said.items() if iri in concepts)
    return {iri: label for _, label, iri in ranked}


def _definition(cause: str, here: Shelf) -> None:
    concept = here.graph.ontology.concepts[cause]
    names = ", ".join(concept.alt[:8])
    also = f'<p class="ak-note">Also called {escape(names)}</p>' if names else ""
    widgets.markup(f'<p class="ak-definition">{escape(concept.definition)}</p>{also}')


@st.cache_data(max_entries=200, show_spinner="Gathering both edges …")
def _effects(folder: str, generation: int, cause: str, _here: Shelf) -> tuple[AnswerRow, ...]:  # noqa: ARG001
    return effects_of(cause, _here.graph)


def _edges(cause: str, here: Shelf) -> None:
    found = _effects(str(here.folder), here.generation, cause, here)
    sides = [(title, [row for row in found if row.verdict in verdicts]) for title, verdicts in _SIDES]
    widgets.markup(cards.LEGEND)
    both = "".join(cards.side(title, edge, here.paragraph) for title, edge in sides[:2])
    widgets.markup(f'<div class="ak-sides">{both}</div>')
    title, rest = sides[2]
    if rest:
        widgets.markup(cards.side(title, rest, here.paragraph))


def _separated(cause: str, here: Shelf) -> None:
    pairs = here.graph.query("double-edged-strategies", {"within": cause})
    pairs = pairs[pairs["concept"] == cause]
    if not pairs.empty:
        st.subheader("What separates the edges", anchor=False)
        widgets.plain_table(pairs[list(_PAIRS)], help=_PAIRS, key="pairs")


def _mechanism(cause: str, here: Shelf) -> None:
    claims = [claim for claim in rows.claims(here.works) if claim.said.cause_concept == cause and claim.said.mechanism]
    if not claims:
        return
    st.subheader("Mechanism, as the works give it", anchor=False)
    paths = Counter(
        (claim.said.cause, *(link.name for link in claim.said.mechanism), claim.said.target) for claim in claims
    )
    lines = "".join(f"<li>{' → '.join(escape(step) for step in path)}</li>" for path, _ in paths.most_common(12))
    widgets.markup(f'<ul class="ak-paths">{lines}</ul>')


def _numbers(cause: str, here: Shelf) -> None:
    reported = [number for number in rows.measurements(here.works) if number.said.subject_concept == cause]
    if not reported:
        return
    st.subheader("Numbers reported for it", anchor=False)
    frame = pd.DataFrame([rows.measurement_row(number) for number in reported], columns=list(rows.MEASUREMENT_COLUMNS))
    widgets.plain_table(frame, help=rows.MEASUREMENT_COLUMNS, key="numbers")
    widgets.export(frame, name="strategy-measurements", generation=here.generation)
