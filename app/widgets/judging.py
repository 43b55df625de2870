"""Judge one claim in place: accept, reject, correct, merge; only where the settings name a curator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

import pandas as pd
import streamlit as st

from app.cards import DIRECTIONS
from app.curating import corrections
from app.rows import Claim
from app.settings import curator
from app.widgets.shelf import Shelf, shelf
from app.widgets.states import failure, literal, note, section
from app.widgets.tables import export, plain_table
from kg import Curation, Iri, WorkClaims, open_library
from ontology.errors import AnodeError
from ontology.identity import local_iri
from ontology.model import ChangeKind, Direction, Regime

_ACTIONS = {
    "accept": "Accept: the sentence says so",
    "reject": "Reject: the sentence does not say so",
    "correct": "Correct: it says something else",
    "merge": "Merge: it is another claim, or its name is a known concept",
}
_DONE = "curated"  # session key: what the last judgement did
_HISTORY = {
    "when": "When it was recorded (UTC)",
    "until": "When it was taken back or replaced (UTC); empty while it holds",
    "who": "In whose name",
    "action": "Accept, reject, correct or merge",
    "quote": "The sentence it is anchored on; empty for a word on a thing",
    "about": "Cause, change, target and direction that the word is on",
    "replacement": "What was put in its place",
    "note": "Why",
}
_ABOUT_THING = "the name as a thing, wherever it stands"


class Standing(NamedTuple):
    """Hold the effect that a claim is pooled into, and how far it is believed."""

    effect: str
    belief: float


def judge(claim: Claim, word: Curation | None, stood: Standing, here: Shelf) -> None:
    """Offer to judge a claim, and say who judged it before."""
    if word is not None:
        note(f"Judged: {word.action} by {word.curator} on {word.at[:16].replace('T', ' ')} UTC. {word.note}")
    name = curator()
    if not name:
        st.caption("To judge claims here, start the page with `anodekg serve --curator NAME`.")
        return
    with st.expander(f"Judge this claim as {literal(name)}", icon=":material/gavel:", key=f"judge-{claim.iri}"):
        action = st.radio("Judgement", list(_ACTIONS), format_func=_ACTIONS.__getitem__, key=f"action-{claim.iri}")
        iri = claim.iri
        replacement: str | dict[str, Any] | None = None
        if action == "correct":
            replacement = _corrections(claim, here)
        elif action == "merge":
            iri, replacement = _merge(claim, here)
        why = st.text_input("Why", key=f"why-{claim.iri}", max_chars=500)
        if st.button("Record", type="primary", key=f"record-{claim.iri}", disabled=_incomplete(action, replacement)):
            _record(claim, iri, str(action), replacement, why, name, stood, here)


def _incomplete(action: str | None, replacement: object) -> bool:
    return action in ("correct", "merge") and not replacement


def _record(
    claim: Claim, iri: str, action: str, replacement: str | Mapping[str, Any] | None, why: str, name: str,
    stood: Standing, here: Shelf,
) -> None:  # fmt: skip
    try:
        with st.spinner("Recording, and working out what follows …"), open_library(here.folder) as graph:
            graph.curate(claim.work.work, iri, action, curator=name, note=why, replacement=replacement)
    except AnodeError as error:
        failure(error)
        return
    told = f"Recorded: {action} “{claim.said.cause}” on “{claim.said.target}”."
    told += f" Belief of the pooled effect: {stood.belief:.2f} before, {_belief(stood.effect, claim):.2f} now."
    st.session_state[_DONE] = told
    st.rerun()


def _belief(effect: str, claim: Claim) -> float:
    """Return how far an effect is believed by now; 0 where no statement stands behind it any more."""
    cause = claim.said.cause_concept or local_iri(claim.work.work, claim.said.cause)
    found = shelf().graph.query("edges-of-strategy", {"cause": Iri(cause)}, engine="cypher")
    return max(found["belief"][found["effect"] == effect], default=0.0)


def last_judgement() -> None:
    """Say once what the last judgement did."""
    told = st.session_state.pop(_DONE, None)
    if told:
        st.success(literal(told), icon=":material/done:")


def _corrections(claim: Claim, here: Shelf) -> dict[str, Any]:
    """Ask for what the sentence really says; only what differs is recorded."""
    said, ontology = claim.said, here.graph.ontology
    labels = sorted((concept.label for concept in ontology.concepts.values()), key=str.lower)
    left, middle, right = st.columns(3)
    chosen = {
        "cause": left.selectbox("Cause", _with(said.cause, labels), key=f"cause-{claim.iri}", accept_new_options=True),
        "direction": middle.selectbox(
            "Effect", _with(said.direction, get_args(Direction)), format_func=lambda name: DIRECTIONS.get(name, name),
            key=f"direction-{claim.iri}",
        ),
        "target": right.selectbox("Target", _with(said.target, labels), key=f"target-{claim.iri}"),
        "change": left.selectbox(
            "Cause is", _with(said.cause_change.kind, get_args(ChangeKind)), key=f"change-{claim.iri}"
        ),
        "conditions.regime": right.selectbox(
            "Regime", _with(said.conditions.regime or "unspecified", get_args(Regime)), key=f"regime-{claim.iri}"
        ),
    }  # fmt: skip
    known = {
        "cause": said.cause,
        "direction": said.direction,
        "target": said.target,
        "change": said.cause_change.kind,
        "conditions.regime": said.conditions.regime or "unspecified",
    }
    return corrections([f"{name}={value}" for name, value in chosen.items() if value != known[name]], ontology)


def _with(own: str, others: Sequence[str]) -> list[str]:
    return [own, *(other for other in others if other != own)]


def _merge(claim: Claim, here: Shelf) -> tuple[str, str | None]:
    """Ask which claim of the same work it is, or which concept its cause's name stands for."""
    said = claim.said
    effects = claim.work.effects if isinstance(claim.work, WorkClaims) else ()
    others = {
        iri: f"{other.cause} · {DIRECTIONS[other.direction]} · {other.target}: {other.evidence[0].text[:90]}"
        for iri, other in effects
        if iri != claim.iri
    }
    ways = ["another claim of this work", _ABOUT_THING]
    if st.radio("Merge", ways, key=f"way-{claim.iri}", horizontal=True) == ways[0]:
        into = st.selectbox("Into", list(others), index=None, format_func=lambda iri: others.get(iri, iri),
                            key=f"into-{claim.iri}")  # fmt: skip
        return claim.iri, into
    concepts = here.graph.ontology.concepts
    label = st.selectbox(
        f"“{said.cause}” is", sorted((concept.label for concept in concepts.values()), key=str.lower), index=None,
        key=f"concept-{claim.iri}",
    )  # fmt: skip
    return said.cause_concept or local_iri(claim.work.work, said.cause), label


def history(here: Shelf) -> None:
    """List every word that curators ever gave, and let a curator take back one that holds."""
    given = here.graph.judgements()
    if not given:
        return
    section("Judgements", "Everything curators have said; a newer word on the same claim takes the place of the older.")
    rows = [
        {
            "when": _minute(word.at),
            "until": _minute(until),
            "who": word.curator,
            "action": word.action,
            "quote": word.anchor.quote,
            "about": ", ".join(f"{role} {here.name(value)}" for role, value in word.anchor.roles),
            "replacement": word.replacement,
            "note": word.note,
        }
        for word, until in given
    ]
    frame = pd.DataFrame(rows, columns=list(_HISTORY))
    plain_table(frame, help=_HISTORY, key="judgements", alt="judgements of curators")
    export(frame, name="judgements", generation=here.generation)
    standing = [word for word, until in given if not until]
    if curator() and standing:
        _take_back(standing, here)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _take_back(words: Sequence[Curation], here: Shelf) -> None:
    named = {word.id: f"{word.action} · {word.anchor.quote[:80] or word.thing}" for word in words}
    chosen = st.selectbox("Take back", list(named), index=None, format_func=lambda number: named.get(number, ""),
                          key="take-back")  # fmt: skip
    if chosen is not None and st.button("Take this word back", key="retract"):
        try:
            with open_library(here.folder) as graph:
                graph.retract(int(chosen))
        except AnodeError as error:
            failure(error)
            return
        st.rerun()
