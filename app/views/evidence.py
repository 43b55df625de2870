"""Evidence: every statement of every work, filtered, each opening its paragraph with the words marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import rows, widgets
from app.cards import CHANGES, DIRECTIONS, REGIMES, SOURCES, VERDICTS
from app.rows import Claim
from app.widgets import Shelf
from kg import condition_text

_HELP = {
    "verdict": "Whether the change is good or bad for the target, by the target's declared desirability",
    "cause": "What is done or present: strategy, material, failure mode or condition",
    "effect": "What the work says happens to the target",
    "target": "The metric or failure mode that changes",
    "regime": "Whether the statement holds for cycling or for storage; empty where the work does not say",
    "source": "Whether the work reports its own result or repeats another's",
    "hedged": "The work says may, could, might …",
    "confidence": "How sure the reading is, from 0 to 1",
    "work": "Where it is said; a digest is named as the summary it is",
    "sentence": "The sentence that says so",
}


def page(here: Shelf) -> None:
    """Show the table of statements and the paragraph of the chosen one."""
    widgets.heading(
        "Evidence", "Every statement read from the works of this library. Choose a row to open its paragraph."
    )
    claims, frame = _table(str(here.folder), here.generation, here)
    chosen = frame[_wanted(frame)]
    st.caption(f"{len(chosen)} of {len(frame)} statements")
    if chosen.empty:
        st.info("No statement fits these filters. Widen them.", icon=":material/filter_alt_off:")
        return
    selected = widgets.table(chosen, help=_HELP, key="claims", height=320)
    claim = claims[chosen.index[selected]]
    if claim.said.negated:
        st.caption("The sentence denies this effect.")
    stated = condition_text(claim.said.conditions)
    if stated:
        widgets.note(f"Conditions stated: {stated}")
    widgets.show_evidence([rows.quote(claim)], here)
    widgets.export(chosen, name="evidence", generation=here.generation)


@st.cache_resource(max_entries=4, show_spinner="Listing the statements …")
def _table(folder: str, generation: int, _here: Shelf) -> tuple[tuple[Claim, ...], pd.DataFrame]:  # noqa: ARG001
    claims = tuple(rows.claims(_here.works))
    return claims, pd.DataFrame([_row(claim) for claim in claims], columns=list(_HELP))


def _row(claim: Claim) -> dict[str, object]:
    said = claim.said
    change = CHANGES.get(said.cause_change.kind, "")
    return {
        "verdict": _named(*VERDICTS[said.verdict]),
        "cause": f"{said.cause} ({change})" if change else said.cause,
        "effect": DIRECTIONS[said.direction],
        "target": said.target,
        "regime": REGIMES.get(said.conditions.regime or "", "").removeprefix("in "),
        "source": SOURCES[said.source_kind],
        "hedged": said.hedged,
        "confidence": said.confidence,
        "work": rows.work_label(claim.work),
        "sentence": said.evidence[0].text,
    }


def _named(sign: str, word: str) -> str:
    return f"{sign} {word}"


def _wanted(frame: pd.DataFrame) -> pd.Series:
    find, source, hedged = st.columns([4, 3, 2], vertical_alignment="bottom")
    words = find.text_input("Contains", key="find", bind="query-params", placeholder="FEC storage").lower().split()
    sources = source.multiselect("Source", list(SOURCES.values()), key="sources", placeholder="any")
    plain = hedged.toggle("Leave out hedged", key="plain")
    verdicts = st.pills(
        "Verdict", [_named(*named) for named in VERDICTS.values()], selection_mode="multi", key="verdicts"
    )
    text = frame[["cause", "effect", "target", "regime", "work", "sentence"]].agg(" ".join, axis=1).str.lower()
    wanted = pd.Series(True, index=frame.index)
    for word in words:
        wanted &= text.str.contains(word, regex=False)
    if verdicts:
        wanted &= frame["verdict"].isin(verdicts)
    if sources:
        wanted &= frame["source"].isin(sources)
    return wanted & ~frame["hedged"] if plain else wanted
