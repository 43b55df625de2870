"""Evidence: every statement of every work, filtered, each opening its paragraph, judged in place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app import rows, widgets
from app.cards import CHANGES, DIRECTIONS, REGIMES, SOURCES, VERDICTS
from app.narrowing import Wanted, fitting
from app.rows import Claim
from app.standing import NO_STANDING, Standing
from app.widgets import Shelf
from kg import Curation, condition_text

_MOST = 1000  # rows shown at once
_HELP = {
    "verdict": "Whether the change is good or bad for the target, by the target's declared desirability",
    "cause": "What is done or present: strategy, material, failure mode or condition",
    "effect": "What the work says happens to the target",
    "target": "The metric or failure mode that changes",
    "regime": "Whether the statement holds for cycling or for storage; empty where the work does not say",
    "belief": "How far the pooled effect behind the statement is believed, from 0 to 1",
    "works": "Independent works behind the pooled effect",
    "source": "Whether the work reports its own result or repeats another's",
    "hedged": "The work says may, could, might …",
    "judged": "What a curator said of it; empty where nobody has looked",
    "confidence": "How sure the reading is, from 0 to 1",
    "work": "Where it is said; a digest is named as the summary it is",
    "sentence": "The sentence that says so",
}
_HEDGED = {"any": None, "hedged only": True, "not hedged": False}
_REGIMES = ("cycling", "storage", "unspecified")


def page(here: Shelf) -> None:
    """Show the table of statements and the paragraph of the chosen one."""
    widgets.heading(
        "Evidence", "Every statement read from the works of this library. Choose a row to open its paragraph."
    )
    widgets.last_judgement()
    _retracted(here)
    judged = _judged(*here.key, here)
    wanted, unjudged = _wanted(here)
    places = fitting(here.claims, wanted, here.standings, but=judged.keys() if unjudged else ())
    shown = [here.claims[place] for place in places[:_MOST]]
    st.caption(
        f"{len(places)} of {len(here.claims)} statements"
        + (f"; the first {_MOST} are shown, narrow the filters for the rest" if len(places) > _MOST else "")
    )
    if shown:
        filters = wanted.told() | ({"uncurated": "yes"} if unjudged else {})
        _table(shown, judged, filters, here)
    else:
        widgets.nothing("No statement fits these filters", "Take a filter away, or use fewer words.")
    widgets.history(here)


@st.cache_resource(max_entries=4, show_spinner=False)
def _judged(folder: str, generation: int, _here: Shelf) -> Mapping[str, Curation]:  # noqa: ARG001 - the cache's key
    return _here.graph.judged()


def _retracted(here: Shelf) -> None:
    """Name the works that were retracted: none of their statements stands below."""
    for work in (work for work in here.graph.works() if work.retracted):
        widgets.note(
            f"▲ Retracted ({work.retracted}): {work.title or work.document}; its {work.effects} statements are left out."
        )


def _table(shown: list[Claim], judged: Mapping[str, Curation], filters: dict[str, str], here: Shelf) -> None:
    standings = here.standings
    frame = pd.DataFrame(
        [_row(claim, standings.get(claim.iri, NO_STANDING), judged.get(claim.iri)) for claim in shown],
        columns=list(_HELP),
    )
    named = st.query_params.get("claim", "")
    first = next((place for place, claim in enumerate(shown) if named and claim.iri.endswith(named)), 0)
    chosen = widgets.table(frame, help=_HELP, key="claims", height=320, first=first)
    claim = shown[chosen]
    st.query_params["claim"] = claim.iri.rpartition("/")[2][:16]
    if claim.said.negated:
        st.caption("The sentence denies this effect.")
    stated = condition_text(claim.said.conditions)
    if stated:
        widgets.note(f"Conditions stated: {stated}")
    widgets.show_evidence([rows.quote(claim)], here)
    widgets.judge(claim, judged.get(claim.iri), here)
    widgets.export(frame, name="evidence", generation=here.generation, filters=filters)


def _row(claim: Claim, standing: Standing, word: Curation | None) -> dict[str, object]:
    said = claim.said
    change = CHANGES.get(said.cause_change.kind, "")
    return {
        "verdict": " ".join(VERDICTS[said.verdict]),
        "cause": f"{said.cause} ({change})" if change else said.cause,
        "effect": DIRECTIONS[said.direction],
        "target": said.target,
        "regime": REGIMES.get(said.conditions.regime or "", "").removeprefix("in "),
        "belief": round(standing.belief, 3),
        "works": standing.works,
        "source": SOURCES[said.source_kind],
        "hedged": said.hedged,
        "judged": word.action if word else "",
        "confidence": said.confidence,
        "work": rows.work_label(claim.work),
        "sentence": said.evidence[0].text,
    }


def _wanted(here: Shelf) -> tuple[Wanted, bool]:
    """Ask for the filters; each stands in the page's link."""
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    words = left.text_input("Contains", key="find", bind="query-params", placeholder="FEC storage").lower().split()
    causes, targets = _names(*here.key, here)
    cause = middle.selectbox("Cause", causes, index=None, key="cause", bind="query-params", placeholder="any",
                             accept_new_options=True)  # fmt: skip
    target = right.selectbox("Target", targets, index=None, key="target", bind="query-params", placeholder="any",
                             accept_new_options=True)  # fmt: skip
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        verdicts = st.pills("Sign", list(VERDICTS), selection_mode="multi", key="sign", bind="query-params",
                            format_func=lambda name: " ".join(VERDICTS[name]))  # fmt: skip
        regimes = st.pills("Regime", _REGIMES, selection_mode="multi", key="regime", bind="query-params")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        sources = st.multiselect("Source", list(SOURCES), key="sources", bind="query-params", placeholder="any",
                                 format_func=lambda name: SOURCES[name], width=330)  # fmt: skip
        hedged = st.selectbox("Hedged", list(_HEDGED), key="hedged", bind="query-params", width=150)
        belief = st.slider("Belief at least", 0.0, 1.0, 0.0, 0.05, key="belief", bind="query-params", width=200)
        works = st.number_input("Works at least", 1, 99, 1, key="works", bind="query-params", width=140)
        unjudged = st.toggle("Only what nobody has judged", key="uncurated", bind="query-params")
    wanted = Wanted(
        words=tuple(words),
        causes=_both_names(cause, here),
        targets=_both_names(target, here),
        verdicts=frozenset(verdicts),
        sources=frozenset(sources),
        regimes=frozenset(regimes),
        hedged=_HEDGED[hedged],
        belief=belief,
        works=int(works),
    )
    return wanted, unjudged


@st.cache_resource(max_entries=4, show_spinner=False)
def _names(folder: str, generation: int, _here: Shelf) -> tuple[list[str], list[str]]:  # noqa: ARG001 - the key
    causes = {claim.said.cause for claim in _here.claims}
    targets = {claim.said.target for claim in _here.claims}
    return sorted(causes, key=str.lower), sorted(targets, key=str.lower)


def _both_names(name: str | None, here: Shelf) -> frozenset[str]:
    """Return what a claim may carry for a name: itself, its concept and all kinds of it; effects of one quantity too."""
    if not name:
        return frozenset()
    ontology = here.graph.ontology
    concept = ontology.find(name)
    if concept is None:
        return frozenset({name})
    family = {concept.iri, *ontology.descendants(concept.iri)}
    quantities = {ontology.get(iri).quantity or iri for iri in family}
    same = {iri for iri, known in ontology.concepts.items() if (known.quantity or iri) in quantities}
    return frozenset({name, *family, *same})
