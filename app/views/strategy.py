"""Strategy: one profile, both edges side by side, what separates them, mechanism, numbers, partners, gaps."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from app import cards, widgets
from app.answer import AnswerRow
from app.answering import effects_of
from app.extent import Extent
from app.lever_profile import CHAIN_COLUMNS, COMPARATOR_COLUMNS, WINDOW_COLUMNS, chains, compared, windows
from app.neighbourhood import MOST, mechanism, neighbourhood, silent_on
from app.rows import Claim, quote
from app.widgets import Shelf
from kg import Sought

_SIDES = (
    ("Gains", ("beneficial",)),
    ("Costs", ("detrimental",)),
    ("Neither, both, or not evaluated", ("mixed", "neutral", "undetermined")),
)
_MOST = 1000  # rows shown at once
_EXTENT = Extent(answers=40, sentences=4)
_PARTS = ("Both edges", "Mechanism", "Numbers", "Partners and gaps", "Neighbourhood")
_PAIRS = {
    "edge_kind": "Trade-off (two targets), regime reversal (one target, two regimes) or optimum (one target, a window)",
    "gain_label": "What becomes better",
    "gain_conditions": "Conditions stated where it becomes better",
    "cost_label": "What becomes worse",
    "cost_conditions": "Conditions stated where it becomes worse",
    "separated_by": "Conditions that differ between the two",
    "window": "Of an optimum: where along the lever it lies",
}
_PARTNERS = {
    "cost_label": "What this strategy makes worse",
    "cost_sentence": "A sentence that says so",
    "partner_label": "What makes it better again",
    "gain_sentence": "A sentence that says so",
    "mutual": "Whether this strategy in turn offsets a cost of the partner",
    "clashes": "Targets that one helps and the other harms: what speaks against the pair",
    "worked_on_both": "Works with own results on both; empty where nobody tried them together",
    "belief": "The lower of the two beliefs, from 0 to 1",
}
_SILENT = {
    "metric": "Never reported for this strategy",
    "other strategies": "Strategies of its class that are reported for it",
}


def page(here: Shelf) -> None:
    """Show the profile of the chosen strategy."""
    widgets.heading("Strategy", "What one lever gives and what it costs, with the sentence behind each.")
    labels = _labels(*here.key, here)
    if not labels:
        widgets.nothing("No work here says what a strategy does", "Read more papers in on the Library page.")
        return
    cause = st.selectbox(
        "Strategy", list(labels), format_func=lambda iri: labels.get(iri, iri), key="cause", bind="query-params"
    )
    _definition(cause, here)
    for name, tab in zip(_PARTS, widgets.parts(_PARTS), strict=True):
        if tab.open:
            with tab:
                _show(name, cause, here)


def _show(part: str, cause: str, here: Shelf) -> None:
    match part:
        case "Both edges":
            _edges(cause, here)
            _separated(cause, here)
            _windows(_claims(cause, here), here)
        case "Mechanism":
            _mechanism(cause, _claims(cause, here), here)
        case "Numbers":
            widgets.numbers_of(cause, here)
            _comparators(cause, _claims(cause, here), here)
        case "Partners and gaps":
            _partners(cause, here)
            _gaps(cause, here)
        case _:
            _neighbours(cause, here.name(cause), here)


@st.cache_resource(max_entries=4, show_spinner=False)
def _labels(folder: str, generation: int, _here: Shelf) -> dict[str, str]:  # noqa: ARG001 - the cache's key
    """Return the strategies that the library says something about, by IRI, most said first."""
    concepts = _here.graph.ontology.concepts
    said = Counter(row["concept"] for row in _here.effect_rows if row["kind"] == "strategy")
    ranked = sorted((-count, concepts[iri].label, iri) for iri, count in said.items() if iri in concepts)
    return {iri: label for _, label, iri in ranked}


def _claims(cause: str, here: Shelf) -> tuple[Claim, ...]:
    """Return the statements on a lever, the best supported ones where there are very many."""
    return here.told(Sought(causes=frozenset({cause})))


def _definition(cause: str, here: Shelf) -> None:
    concept = here.graph.ontology.concepts[cause]
    names = ", ".join(concept.alt[:8])
    also = f"Also called {escape(names)}. " if names else ""
    found = here.statements(Sought(causes=frozenset({cause})))
    widgets.markup(
        f'<p class="ak-definition">{escape(concept.definition)}</p><p class="ak-note">{also}'
        f"{widgets.counted(found.statements, 'statement')} from {widgets.counted(found.works, 'work')}.</p>"
    )
    widgets.link("evidence", "All its statements", {"cause": concept.label})


@st.cache_resource(max_entries=200, show_spinner="Gathering both edges …")
def _effects(folder: str, generation: int, cause: str, _here: Shelf) -> tuple[AnswerRow, ...]:  # noqa: ARG001
    return effects_of(cause, _here.graph, extent=_EXTENT)


def _edges(cause: str, here: Shelf) -> None:
    found = _effects(*here.key, cause, here)
    shown = found[: _EXTENT.answers]
    if len(found) > len(shown):
        widgets.note(f"The {len(shown)} best supported of {len(found)} effects.")
    widgets.markup(_sides(*here.key, cause, here))
    frame = pd.DataFrame([cards.answer_cells(row, rank=rank) for rank, row in enumerate(shown, start=1)])
    widgets.export(frame, name="profile", generation=here.generation, filters={"strategy": here.name(cause)})


@st.cache_data(max_entries=100, show_spinner="Opening the sentences …")
def _sides(folder: str, generation: int, cause: str, _here: Shelf) -> str:
    """Render gains beside costs, and the rest below."""
    found = _effects(folder, generation, cause, _here)[: _EXTENT.answers]
    sides = [(title, [row for row in found if row.verdict in verdicts]) for title, verdicts in _SIDES]
    both = "".join(cards.side(title, edge, _here.paragraph) for title, edge in sides[:2])
    title, rest = sides[2]
    below = cards.side(title, rest, _here.paragraph) if rest else ""
    return f'{cards.LEGEND}<div class="ak-sides">{both}</div>{below}'


def _separated(cause: str, here: Shelf) -> None:
    pairs = here.double_edges[here.double_edges["concept"] == cause]
    if pairs.empty:
        return
    widgets.section("What separates the edges", "Choose a pair to read both its sentences.")
    pairs = pairs.head(_MOST)
    frame = pairs[list(_PAIRS)].map(lambda cell: cell.replace("_", " ") if isinstance(cell, str) else cell)
    chosen = widgets.table(frame, help=_PAIRS, key="pairs", height=240)
    widgets.evidence_of([pairs.iloc[chosen]["gain"], pairs.iloc[chosen]["cost"]], here)
    widgets.export(frame, name="double-edges", generation=here.generation, filters={"strategy": here.name(cause)})


def _windows(claims: tuple[Claim, ...], here: Shelf) -> None:
    rows, told = windows(claims)
    if rows:
        widgets.section("Optimum windows")
        chosen = widgets.table(pd.DataFrame(rows), help=WINDOW_COLUMNS, key="windows")
        widgets.show_evidence([quote(told[chosen])], here)


def _mechanism(cause: str, claims: tuple[Claim, ...], here: Shelf) -> None:
    nodes, edges = mechanism(cause, here.effect_rows, here.graph.ontology)
    rows, told = chains(claims)
    if not edges and not rows:
        return
    widgets.section("Mechanism", "Over which failure modes it reaches the metrics that works relate to it.")
    if edges:
        alt = f"How {here.name(cause)} reaches metrics: {len(nodes)} nodes, {len(edges)} links"
        widgets.graph(
            nodes, edges, name="mechanism", alt=alt, generation=here.generation, filters={"strategy": here.name(cause)}
        )
    if rows:
        st.caption("Chains as the works give them; choose one to read it")
        chosen = widgets.table(pd.DataFrame(rows), help=CHAIN_COLUMNS, key="chains")
        widgets.show_evidence([quote(claim) for claim in told[chosen]], here)


def _comparators(cause: str, claims: tuple[Claim, ...], here: Shelf) -> None:
    rows, told = compared(claims)
    if rows:
        widgets.section("Compared with")
        frame = pd.DataFrame(rows)
        chosen = widgets.table(frame, help=COMPARATOR_COLUMNS, key="comparators")
        widgets.show_evidence([quote(told[chosen])], here)
        widgets.export(frame, name="comparators", generation=here.generation, filters={"strategy": here.name(cause)})


def _partners(cause: str, here: Shelf) -> None:
    widgets.section("Partners that offset its costs", "Levers reported to improve what this one worsens.")
    found = here.partners(cause)
    if found.empty:
        widgets.note("No lever in this library is reported to improve what this one worsens in the same regime.")
        return
    found = found.head(_MOST)
    frame = found[list(_PARTNERS)]
    chosen = found.iloc[widgets.table(frame, help=_PARTNERS, key="partners", height=240)]
    widgets.evidence_of([chosen["cost"], chosen["gain"]], here)
    if chosen["partner"] in here.graph.ontology.concepts:
        widgets.link("strategy", f"Profile of {chosen['partner_label']}", {"cause": chosen["partner_label"]})
    widgets.export(frame, name="partners", generation=here.generation, filters={"strategy": here.name(cause)})


def _gaps(cause: str, here: Shelf) -> None:
    widgets.section("Gaps", "What the works of this library do not say about it.")
    for line in here.gaps(cause):
        widgets.note(line)
    silent = silent_on(cause, here.effect_rows, here.graph.ontology)
    if silent:
        frame = pd.DataFrame(
            [{"metric": here.name(metric), "other strategies": count} for metric, count in silent[:40]]
        )
        widgets.plain_table(frame, help=_SILENT, key="gaps")
        widgets.export(frame, name="gaps", generation=here.generation, filters={"strategy": here.name(cause)})


def _neighbours(cause: str, label: str, here: Shelf) -> None:
    widgets.section("Neighbourhood", "What it acts on, and what else acts there; the best supported links first.")
    most = st.slider("Nodes at most", 10, MOST, 20, 10, key="nodes", bind="query-params")
    nodes, edges = neighbourhood(cause, here.effect_rows, here.graph.ontology, most=most)
    alt = f"Neighbourhood of {label}: {len(nodes)} nodes, {len(edges)} links"
    filters = {"strategy": label, "nodes at most": str(most)}
    widgets.graph(
        nodes, edges, name="neighbourhood", alt=alt, generation=here.generation, filters=filters, layout="twopi"
    )
