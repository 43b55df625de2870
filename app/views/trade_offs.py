"""Trade-offs: double edges by kind, two metrics against each other, partner pairs, opposed findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app import widgets
from app.plane import Place, places
from app.widgets import Shelf

_KINDS = {
    "trade_off": "trade-off: a gain and a cost on two targets",
    "regime_reversal": "regime reversal: one target, better under one condition and worse under another",
    "optimum": "optimum: one target, best inside a window",
}
_EDGES = {
    "label": "What is done",
    "edge_kind": "Trade-off (two targets), regime reversal (one target, two conditions) or optimum (a window)",
    "gain_label": "What becomes better",
    "gain_regime": "Where it becomes better",
    "gain_works": "Independent works that say so",
    "cost_label": "What becomes worse",
    "cost_regime": "Where it becomes worse",
    "cost_works": "Independent works that say so",
    "separated_by": "Conditions known on both sides that differ",
    "window": "Of an optimum: where along the lever it lies",
    "weaker belief": "The lower of the two beliefs, from 0 to 1",
}
_PARTNERS = {
    "label": "The lever whose cost is to be offset",
    "cost_label": "What it makes worse",
    "partner_label": "What makes it better again",
    "mutual": "Whether the first in turn offsets a cost of the second",
    "clashes": "Targets that one helps and the other harms: what speaks against the pair",
    "worked_on_both": "Works with own results on both; empty where nobody tried them together",
    "cost_sentence": "A sentence for the cost",
    "gain_sentence": "A sentence for the gain",
    "belief": "The lower of the two beliefs, from 0 to 1",
}
_OPPOSED = {
    "label": "What is done",
    "target_label": "What changes",
    "status": "Contradiction (same known conditions), explained (a condition differs), or too little stated to compare",
    "first_direction": "What one side reports",
    "first_conditions": "Under which conditions",
    "second_direction": "What the other side reports",
    "second_conditions": "Under which conditions",
    "differing": "Conditions stated by both that differ",
    "shared": "Conditions stated by both that are the same",
}
_STATUS = {
    "contradiction": "contradiction",
    "explained": "explained by what differs",
    "unknown": "too little stated to compare",
}
_PLANE = {
    "strategy": "What is done",
    "score": "Weighted sum of the two; what was never reported counts nothing",
    "reported for": "Which of the two metrics works report on",
}
_SIDE = "Belief that it helps {} less belief that it harms it, from −1 to 1; empty: never reported"
_UNSAID = {"unspecified": ""}
_MOST = 1000  # rows shown at once
_FEW = 1000  # costs whose partners can all be asked for at once
_PARTS = ("Double edges", "Two metrics", "Partner pairs", "Opposed findings")


def page(here: Shelf) -> None:
    """Show the chosen part of what gains cost."""
    widgets.heading("Trade-offs", "What every gain costs, where the price turns, and what might offset it.")
    shown = (_double_edges, _two_metrics, _partners, _opposed)
    for tab, part in zip(widgets.parts(_PARTS), shown, strict=True):
        if tab.open:
            with tab:
                part(here)


def _double_edges(here: Shelf) -> None:
    found = _ranked(*here.key, here)
    if found.empty:
        widgets.nothing(
            "No double-edged effect in this library", "It takes a gain and a cost of one lever; read more papers in."
        )
        return
    counts = Counter(found["edge_kind"])
    kinds = st.pills(
        "Kind",
        list(_KINDS),
        selection_mode="multi",
        format_func=lambda kind: f"{_KINDS[kind]} ({counts.get(kind, 0)})",
        key="kind",
        bind="query-params",
    )
    words = st.text_input("Contains", key="find", bind="query-params", placeholder="FEC calendar life").lower().split()
    if kinds:
        found = found[found["edge_kind"].isin(kinds)]
    found = _holding(found, words, ("label", "gain_label", "cost_label", "separated_by"))
    if found.empty:
        widgets.nothing("No double-edged effect fits", "Choose another kind or other words.")
        return
    count, found = len(found), found.head(_MOST)
    frame = found[list(_EDGES)].replace({"edge_kind": {"trade_off": "trade-off", "regime_reversal": "regime reversal"}})
    frame = frame.replace({"gain_regime": _UNSAID, "cost_regime": _UNSAID})
    st.caption(f"{count} of {len(here.double_edges)} double-edged effects{_cut(count)}; choose one to read both sides")
    row = found.iloc[widgets.table(frame, help=_EDGES, key="edges", height=300)]
    widgets.evidence_of([row["gain"], row["cost"]], here)
    widgets.link("strategy", f"Profile of {row['label']}", {"cause": row["label"]})
    widgets.export(frame, name="double-edges", generation=here.generation,
                   filters={"kind": ", ".join(kinds), "contains": " ".join(words)})  # fmt: skip


@st.cache_resource(max_entries=4, show_spinner=False)
def _ranked(folder: str, generation: int, _here: Shelf) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    """Return the double edges, the best believed first."""
    found = _here.double_edges
    found = found.assign(**{"weaker belief": found[["gain_belief", "cost_belief"]].min(axis=1).round(3)})
    return found.sort_values(["weaker belief", "label"], ascending=[False, True])


def _holding(found: pd.DataFrame, words: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Keep the rows in whose columns every word stands."""
    if not words:
        return found
    text = found[columns[0]].fillna("")
    for column in columns[1:]:
        text = text + " " + found[column].fillna("")
    text = text.str.lower()
    for word in words:
        text = text[text.str.contains(word, regex=False)]
    return found.loc[text.index]


def _cut(count: int) -> str:
    return f", of which the first {_MOST} are shown" if count > _MOST else ""


def _two_metrics(here: Shelf) -> None:
    metrics = _metrics(*here.key, here)
    if len(metrics) < 2:
        widgets.nothing("Fewer than two metrics are reported here", "Read more papers in on the Library page.")
        return
    left, right = st.columns(2)
    with left:
        x = _metric("First metric", metrics, 0, "x", here)
        weight_x = st.slider("Weight of the first", -2.0, 2.0, 1.0, 0.1, key="wx", bind="query-params")
    with right:
        y = _metric("Second metric", metrics, 1, "y", here)
        weight_y = st.slider("Weight of the second", -2.0, 2.0, 1.0, 0.1, key="wy", bind="query-params")
    found = [*_places(*here.key, x, y, here)]
    found.sort(key=lambda place: (-place.score(weight_x, weight_y), place.told != "both", place.label.lower()))
    both = [place for place in found if place.told == "both"]
    if not found:
        widgets.nothing("No strategy is reported for either", "Choose other metrics.")
        return
    if both:
        widgets.plane(both, weight_x, weight_y, (here.name(x), here.name(y)))
    one = len(found) - len(both)
    widgets.note(f"Reported for both, and drawn: {len(both)}. For one only, and listed: {one}.")
    first, second = _sides(here.name(x), here.name(y))
    frame = pd.DataFrame(
        [
            {
                "strategy": place.label,
                "score": round(place.score(weight_x, weight_y), 3),
                first: place.x,
                second: place.y,
                "reported for": place.told,
            }
            for place in found
        ]
    )
    frame = frame.astype({first: float, second: float})
    help = {**_PLANE, first: _SIDE.format(first), second: _SIDE.format(second)}
    chosen = found[widgets.table(frame, help=help, key="plane", height=300)]
    widgets.evidence_of(chosen.effects, here)
    widgets.export(frame, name="plane", generation=here.generation,
                   filters={"first": f"{here.name(x)} × {weight_x:g}", "second": f"{here.name(y)} × {weight_y:g}"})  # fmt: skip


@st.cache_resource(max_entries=50, show_spinner=False)
def _places(folder: str, generation: int, x: str, y: str, _here: Shelf) -> list[Place]:  # noqa: ARG001 - the key
    return places(_here.effect_rows, _here.graph.ontology, x, y)


def _sides(first: str, second: str) -> tuple[str, str]:
    """Name the columns of two metrics; the same one twice stays two columns."""
    return first, second if second != first else f"{second} (again)"


@st.cache_resource(max_entries=4, show_spinner=False)
def _metrics(folder: str, generation: int, _here: Shelf) -> tuple[str, ...]:  # noqa: ARG001 - the cache's key
    """Return the metrics that strategies are reported for, each opening a regime of its own first."""
    ontology = _here.graph.ontology
    counted: Counter[str] = Counter()
    for row in _here.effect_rows:
        if row["kind"] == "strategy" and row["target_kind"] == "metric" and row["target"] in ontology.concepts:
            counted[row["target"]] += 1
            counted.update(ontology.ancestors(row["target"]))
    ranked = sorted(counted, key=lambda iri: (-counted[iri], ontology.get(iri).label))
    first = [
        next((iri for iri in ranked if ontology.get(iri).regime == regime), "") for regime in ("cycling", "storage")
    ]
    return tuple(dict.fromkeys(iri for iri in (*first, *ranked) if iri))


def _metric(label: str, metrics: tuple[str, ...], index: int, key: str, here: Shelf) -> str:
    return str(st.selectbox(label, metrics, index=index, format_func=here.name, key=key, bind="query-params"))


def _partners(here: Shelf) -> None:
    left, middle = st.columns([3, 2], vertical_alignment="bottom")
    words = left.text_input("Contains", key="find", bind="query-params", placeholder="FEC").lower().split()
    target = middle.selectbox(
        "Cost to offset", _costs(*here.key, here), format_func=lambda iri: here.name(iri) or "any", key="cost",
        bind="query-params",
    )  # fmt: skip
    clean = st.toggle("Only pairs that nothing speaks against", key="no-clash", bind="query-params")
    found = here.partners("", str(target or ""))
    if clean:
        found = found[found["clashes"].fillna("") == ""]
    found = _holding(found, words, ("label", "cost_label", "partner_label"))
    if found.empty:
        widgets.nothing(
            "No pair fits", "It takes a cost of one lever and a gain of another on one target: choose another cost."
        )
        return
    count, found = len(found), found.head(_MOST)
    frame = found[list(_PARTNERS)]
    st.caption(f"{count} pairs{_cut(count)}; choose one to read both sides")
    row = found.iloc[widgets.table(frame, help=_PARTNERS, key="partners", height=300)]
    widgets.evidence_of([row["cost"], row["gain"]], here)
    for label in (row["label"], row["partner_label"]):
        widgets.link("strategy", f"Profile of {label}", {"cause": label})
    filters = {"contains": " ".join(words), "cost": here.name(str(target or "")), "without clashes": "yes" * clean}
    widgets.export(frame, name="partners", generation=here.generation, filters=filters)


@st.cache_resource(max_entries=4, show_spinner=False)
def _costs(folder: str, generation: int, _here: Shelf) -> tuple[str, ...]:  # noqa: ARG001 - the cache's key
    """Return what levers make worse, most often first; any of it can be asked for at once where there is not much."""
    worse = Counter(row["target"] for row in _here.effect_rows if row["verdict"] == "detrimental")
    ranked = tuple(target for target, _ in worse.most_common())
    return ("", *ranked) if worse.total() <= _FEW else ranked


def _opposed(here: Shelf) -> None:
    found = here.opposed
    if found.empty:
        widgets.nothing(
            "No opposed findings in this library",
            "Two works have to report opposite effects of one lever on one target.",
        )
        return
    counts = Counter(found["status"])
    status = st.pills("Standing", sorted(counts), selection_mode="multi", key="status", bind="query-params",
                      format_func=lambda name: f"{_STATUS[name]} ({counts.get(name, 0)})")  # fmt: skip
    if status:
        found = found[found["status"].isin(status)]
    count, found = len(found), found.head(_MOST)
    frame = found[list(_OPPOSED)].replace({"status": _STATUS})
    for side in ("first_conditions", "second_conditions"):
        frame[side] = [widgets.conditions(text) for text in frame[side]]
    st.caption(f"{count} of {len(here.opposed)} opposed findings{_cut(count)}; choose one to read both sides")
    row = found.iloc[widgets.table(frame, help=_OPPOSED, key="opposed", height=260)]
    differs = row["differing"] or "no condition that both state differs"
    widgets.note(f"What differs: {differs}. Shared: {row['shared'] or 'nothing that both state'}.")
    widgets.evidence_of([row["first"], row["second"]], here)
    widgets.export(frame, name="opposed", generation=here.generation, filters={"standing": ", ".join(status)})
