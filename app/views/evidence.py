"""Evidence: every statement of every work, filtered, each opening its paragraph, judged in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app import rows, widgets
from app.cards import CHANGES, DIRECTIONS, REGIMES, SOURCES, VERDICTS
from app.widgets import Shelf
from kg import Curation, Sought

Row = dict[str, Any]  # a statement as the store lists it
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
    "confounded with": "Levers changed together with the cause, to which the effect may be due as well",
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
    sought, filters = _sought(judged, here)
    found = here.statements(sought, most=_MOST)
    shown = [dict(zip(found.rows.columns, row, strict=True)) for row in found.rows.rows]
    st.caption(
        f"{found.statements} of {here.statements(Sought(), most=1).statements} statements, from {widgets.counted(found.works, 'work')}; "
        + (f"the {_MOST} best supported are shown, narrow the filters for the rest" if found.statements > _MOST
           else "the best supported first")
    )  # fmt: skip
    if shown:
        _table(shown, judged, filters, here)
    else:
        widgets.nothing("No statement fits these filters", "Take a filter away, or use fewer words.")
    widgets.history(here)


@st.cache_resource(max_entries=4, show_spinner=False)
def _judged(folder: str, generation: int, _here: Shelf) -> Mapping[str, Curation]:  # noqa: ARG001 - the cache's key
    return _here.graph.judged()


def _retracted(here: Shelf) -> None:
    """Name the works that were retracted: none of their statements stands below."""
    for work in (work for work in here.works if work.retracted):
        widgets.note(
            f"▲ Retracted ({work.retracted}): {work.title or work.document}; its {work.effects} statements are left out."
        )


def _table(shown: list[Row], judged: Mapping[str, Curation], filters: dict[str, str], here: Shelf) -> None:
    works = {work.work: rows.work_label(work) for work in here.works}
    frame = pd.DataFrame([_row(row, works, judged.get(row["iri"])) for row in shown], columns=list(_HELP))
    named = st.query_params.get("claim", "")
    first = next((place for place, row in enumerate(shown) if named and row["iri"].endswith(named)), 0)
    row = shown[widgets.table(frame, help=_HELP, key="claims", height=320, first=first)]
    st.query_params["claim"] = row["iri"].rpartition("/")[2][:16]
    if row["negated"]:
        st.caption("The sentence denies this effect.")
    if row["conditions"]:
        widgets.note(f"Conditions stated: {widgets.conditions(row['conditions'])}")
    claim = next(claim for claim in rows.claims(here.claims_of(row["work"])) if claim.iri == row["iri"])
    widgets.show_evidence([rows.quote(claim)], here)
    widgets.judge(claim, judged.get(claim.iri), widgets.Standing(row["effect"], row["belief"]), here)
    widgets.export(frame, name="evidence", generation=here.generation, filters=filters)


def _row(row: Row, works: Mapping[str, str], word: Curation | None) -> dict[str, object]:
    change = "" if row["change"] in row["cause"].lower() else CHANGES.get(row["change"], "")
    return {
        "verdict": " ".join(VERDICTS[row["verdict"]]),
        "cause": f"{row['cause']} ({change})" if change else row["cause"],
        "effect": DIRECTIONS[row["direction"]],
        "target": row["target"],
        "regime": REGIMES.get(row["regime"], "").removeprefix("in "),
        "belief": row["belief"],
        "works": row["works"],
        "source": SOURCES[row["source_kind"]],
        "hedged": row["hedged"],
        "confounded with": row["confounds"] or "",
        "judged": word.action if word else "",
        "confidence": row["confidence"],
        "work": works.get(row["work"], row["work"]),
        "sentence": row["sentence"],
    }


def _sought(judged: Mapping[str, Curation], here: Shelf) -> tuple[Sought, dict[str, str]]:
    """Ask for the filters, and return them with their words; each stands in the page's link."""
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    words = left.text_input("Contains", key="find", bind="query-params", placeholder="FEC storage").lower().split()
    names = _names(*here.key, here)
    cause = middle.selectbox("Cause", names["cause"], index=None, key="cause", bind="query-params", placeholder="any",
                             accept_new_options=True)  # fmt: skip
    target = right.selectbox("Target", names["target"], index=None, key="target", bind="query-params", placeholder="any",
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
    sought = Sought(
        words=tuple(words),
        causes=_both_names(cause, here),
        targets=_both_names(target, here),
        verdicts=frozenset(verdicts),
        sources=frozenset(sources),
        regimes=frozenset(regimes),
        hedged=_HEDGED[hedged],
        belief=belief,
        support=int(works) if works > 1 else 0,
        but=frozenset(judged) if unjudged else frozenset(),
    )
    told = {
        "contains": " ".join(words),
        "cause": cause or "",
        "target": target or "",
        "sign": ", ".join(" ".join(VERDICTS[verdict]) for verdict in verdicts),
        "regime": ", ".join(regimes),
        "source": ", ".join(SOURCES[source] for source in sources),
        "hedged": "" if hedged == "any" else hedged,
        "belief at least": f"{belief:g}" if belief else "",
        "works at least": str(int(works)) if works > 1 else "",
        "uncurated": "yes" if unjudged else "",
    }
    return sought, told


@st.cache_resource(max_entries=4, show_spinner=False)
def _names(folder: str, generation: int, _here: Shelf) -> Mapping[str, tuple[str, ...]]:  # noqa: ARG001 - the key
    return _here.graph.names()


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
