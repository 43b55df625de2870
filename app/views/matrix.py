"""Matrix: strategies against metrics and failure modes, signed; a cell opens its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app import widgets
from app.matrix import NOTHING, Cell, Row, branch, cells
from app.quotes import quotes_of
from app.widgets import Shelf

_TARGETS = {"metrics": "metric", "failure modes": "failure_mode"}
_REGIMES = {"any regime": "", "cycling": "cycling", "storage": "storage"}
# Behind the signs, readable on light and dark; the signs alone carry the meaning.
_TONES = {"good": "rgba(31, 140, 120, .20)", "bad": "rgba(200, 90, 40, .20)", "both": "rgba(130, 90, 190, .20)"}
_LEGEND = (
    "+ beneficial · − detrimental · ± both ways · ○ no effect · ? changed, not evaluated · empty: never reported here. "
    "Numbers count independent works."
)


def page(here: Shelf) -> None:
    """Show the signed table and the evidence of the chosen cell."""
    widgets.heading("Matrix", "What each strategy does to each target, as far as the works of this library say.")
    kind, regime, most = st.columns([2, 3, 2], vertical_alignment="bottom")
    targets = kind.segmented_control("Targets", list(_TARGETS), default="metrics", required=True, key="targets")
    when = regime.segmented_control("Regime", list(_REGIMES), default="any regime", required=True, key="when")
    width = most.number_input("Columns, most reported first", 3, 60, 12, key="columns")
    table, found = _table(here, _TARGETS[targets or "metrics"], _REGIMES[when or "any regime"], int(width))
    if table.empty:
        st.info("No strategy in this library is said to change such a target.", icon=":material/info:")
        return
    widgets.note(_LEGEND)
    chosen = _grid(table, found, here)
    widgets.export(table, name="matrix", generation=here.generation)
    if chosen is None:
        st.caption("Choose a cell to read what it rests on.")
        return
    quotes = quotes_of(here.graph, chosen.effects)
    widgets.show_evidence(list(dict.fromkeys(quote for found in quotes.values() for quote in found)), here)


def _table(here: Shelf, kind: str, regime: str, width: int) -> tuple[pd.DataFrame, Mapping[tuple[str, str], Cell]]:
    """Return the table of signs and its cells by (strategy label, target label)."""
    ontology = here.graph.ontology
    concepts = ontology.concepts
    effects = here.effects
    rows: list[Row] = [dict(row) for _, row in effects[effects["kind"] == "strategy"].iterrows()]
    labels = {row["concept"]: row["label"] for row in rows} | {row["target"]: row["target_label"] for row in rows}
    found = {
        key: cell
        for key, cell in cells(rows, regime=regime).items()
        if key[1] in concepts and concepts[key[1]].kind == kind
    }
    reported = Counter(target for _, target in found)
    columns = sorted(reported, key=lambda iri: (-reported[iri], labels[iri]))[:width]
    shown = {cause for cause, target in found if target in columns}
    strategies = sorted(
        shown, key=lambda iri: (iri not in concepts, branch(iri, ontology).lower(), labels[iri].lower())
    )
    table = pd.DataFrame(
        [
            {
                "branch": branch(cause, ontology),
                "strategy": labels[cause],
                **{labels[target]: found.get((cause, target), NOTHING).text() for target in columns},
            }
            for cause in strategies
        ]
    )
    by_label = {(labels[cause], labels[target]): cell for (cause, target), cell in found.items()}
    return table, by_label


def _grid(table: pd.DataFrame, found: Mapping[tuple[str, str], Cell], here: Shelf) -> Cell | None:
    def tones(row: pd.Series[Any]) -> list[str]:
        cells_of_row = (found.get((row["strategy"], column)) for column in row.index)
        return [f"background-color: {_TONES.get(cell.tone(), 'transparent')}" if cell else "" for cell in cells_of_row]

    state = st.dataframe(
        table.style.apply(tones, axis=1),
        key=f"matrix-{here.generation}-{len(table)}-{len(table.columns)}",
        hide_index=True,
        height=min(36 * (len(table) + 1) + 3, 620),
        column_config={
            "branch": st.column_config.TextColumn(width="medium"),
            "strategy": st.column_config.TextColumn(width="medium", pinned=True),
        },
        on_select="rerun",
        selection_mode="single-cell",
        alt="Strategies against targets; signs and numbers of works",
    )
    chosen = state["selection"]["cells"]
    if not chosen:
        return None
    row, column = chosen[0]
    return found.get((table.iloc[row]["strategy"], column))
