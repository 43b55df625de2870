"""How a question was understood, as chips that can be changed; each change stands in the page's link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import streamlit as st

from app.answer import Understood
from app.cards import VERDICTS
from app.phrasing import load_phrasings
from app.widgets.shelf import Shelf
from app.wishes import EXTRA_SLOTS, NO_WISHES, Source, Way, Wishes
from ontology.model import Regime, Verdict

_OF = "chips-of"  # session key: the question that the chips belong to
_NAMES = {
    "class": "strategy class",
    "failure": "failure mode",
    "regime": "regime",
    "verdict": "verdict",
    "source": "own or cited",
    "way": "direct or inferred",
}
_HELP = {
    "class": "Only levers of this class and all below it",
    "target": "What is asked about",
    "failure": "What is asked about",
    "metric": "What was measured",
    "cause": "The lever asked about",
    "subject": "What it was measured on",
    "regime": "Only what holds in cycling, or in storage",
    "verdict": "Good or bad for the target, by its declared desirability",
    "source": "The work's own results, or what it repeats from others",
    "way": "Stated by a work, or inferred through a failure mode",
}
_ANY = "any"
_FIXED: dict[str, tuple[str, ...]] = {
    "regime": (_ANY, *(regime for regime in get_args(Regime) if regime != "unspecified")),
    "verdict": (_ANY, *get_args(Verdict)),
    "source": (_ANY, *get_args(Source)),
    "way": (_ANY, *get_args(Way)),
}
_SHOWN: dict[str, str] = {
    **{verdict: f"{sign} {word}" for verdict, (sign, word) in VERDICTS.items()},
    "own": "own results",
    "direct": "stated",
}
_WIDTHS = {"class": 230, "target": 230, "failure": 230, "metric": 230, "cause": 230, "subject": 230, "regime": 130}
_NO_VERDICT = frozenset({"measurements-of-metric", "no-evidence", "contradictions", "double-edged-strategies"})
_NO_WAY = frozenset({"measurements-of-metric", "no-evidence", "contradictions", "double-edged-strategies"})


def chips(question: str, understood: Understood, here: Shelf) -> Wishes:
    """Show how a question was understood and return what the reader wants otherwise."""
    defaults = _defaults(understood, here)
    _begin(question, defaults, here)
    with st.container(horizontal=True, gap="small", key="chips"):
        chosen = {name: _chip(name, defaults[name], here) for name in defaults}
    changed = {name: value for name, value in chosen.items() if value != defaults[name]}
    for name in _HELP:
        if name in changed:
            st.query_params[name] = _word(changed[name], here) or _ANY
        elif name in st.query_params:
            del st.query_params[name]
    return _wishes(changed)


def _defaults(understood: Understood, here: Shelf) -> dict[str, str]:
    """Return the chips of a question with what its words say, concepts first."""
    question = here.graph.question(understood.question_id)
    extra = () if "cause" in understood.slots else EXTRA_SLOTS.get(question.id, ())
    slots = dict.fromkeys(extra, "") | dict(understood.slots)
    fixed = {"source": _ANY}
    if any(parameter.name == "regime" for parameter in question.parameters):
        fixed["regime"] = understood.regime or _ANY
    if question.id not in _NO_VERDICT:
        fixed["verdict"] = understood.verdict or _ANY
    if question.id not in _NO_WAY:
        fixed["way"] = _ANY
    if question.id == "no-evidence":
        del fixed["source"]
    return {**slots, **fixed}


def _begin(question: str, defaults: dict[str, str], here: Shelf) -> None:
    """Set the chips anew for a new question; a page opened by its link takes them from the link."""
    known = st.session_state.get(_OF)
    if known == question:
        return
    st.session_state[_OF] = question
    linked = st.query_params.to_dict() if known is None else {}
    for name, default in defaults.items():
        st.session_state[f"chip-{name}"] = _read(name, linked[name], here) if name in linked else default


def _read(name: str, word: str, here: Shelf) -> str:
    if name in _FIXED:
        return next((value for value in _FIXED[name] if word in (value, _SHOWN.get(value))), _ANY)
    concept = here.graph.ontology.find(word)
    return concept.iri if concept else ""


def _word(value: str, here: Shelf) -> str:
    return here.name(value)


def _chip(name: str, default: str, here: Shelf) -> str:
    def shown(value: Any) -> str:
        return _SHOWN.get(value, here.name(value)) or _ANY

    options: Sequence[str] = _FIXED.get(name) or _concepts(name, default, here)
    state = f"chip-{name}"
    if st.session_state.get(state) not in options:
        st.session_state[state] = default
    chosen = st.selectbox(
        _NAMES.get(name, name), options, format_func=shown, key=state, help=_HELP[name], width=_WIDTHS.get(name, 190)
    )
    return str(chosen)


def _concepts(name: str, default: str, here: Shelf) -> tuple[str, ...]:
    concepts = here.graph.ontology.concepts
    kinds = load_phrasings().slots[name]
    fitting = sorted(
        (iri for iri, concept in concepts.items() if concept.kind in kinds), key=lambda iri: concepts[iri].label.lower()
    )
    open_slot = ("",) if name in ("class", "subject") else ()
    return (*open_slot, *(() if default in fitting or not default else (default,)), *fitting)


def _wishes(changed: dict[str, Any]) -> Wishes:
    if not changed:
        return NO_WISHES
    wanted = dict(changed)
    fixed = {name: wanted.pop(name, None) for name in _FIXED}
    for name in ("source", "way"):
        if fixed[name] == _ANY:
            fixed[name] = None
    return Wishes(concepts=wanted, **fixed)
