"""Matrix: strategies against metrics and failure modes, signed; a cell opens its evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from app import widgets
from app.matrix import NOTHING, UNPLACED, Cells, branch, branch_iri, cells, score
from app.widgets import Shelf

_TARGETS = {"metrics": ("metric",), "failure modes": ("failure_mode",), "both": ("metric", "failure_mode")}
_ROWS = ("strategies", "classes")
_REGIMES = {"any regime": "", "cycling": "cycling", "storage": "storage"}
_CELLS = {
    "any cell": "",
    "full": "full",
    "half": "half",
    "symmetric": "symmetric",
    "three-electrode": "three_electrode",
}
_SORTS = ("tree", "weights")
# Behind the signs, readable on light and dark; the signs alone carry the meaning.
_TONES = {"good": "31, 140, 120", "bad": "200, 90, 40", "both": "130, 90, 190"}
_SHADES = (0.0, 0.14, 0.24, 0.34, 0.44)  # by independent works; four and more look alike
_MOST_ROWS = 400
_LEGEND = (
    "+ improves · − worsens · ± both · ○ no effect · ? changed, not evaluated · “·” never reported here. "
    "Numbers count independent works; the more works, the stronger the shade."
)
_SCORE = "Sum over the columns of weight × (works that say better − works that say worse)"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Hold the table as shown and the cells behind it."""

    frame: pd.DataFrame
    causes: tuple[str, ...]
    targets: tuple[str, ...]
    found: Cells
    left_out: int


def page(here: Shelf) -> None:
    """Show the signed table and the evidence of the chosen cell."""
    widgets.heading("Matrix", "What each strategy does to each target, as far as the works of this library say.")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        kind = _one("Targets", _TARGETS, "targets")
        rows = _one("Rows", _ROWS, "rows")
        regime = _one("Regime", _REGIMES, "when")
        sort = _one("Sorted by", _SORTS, "sort")
        cell_type = st.selectbox("Cell type", list(_CELLS), key="cell-type", bind="query-params", width=170)
        width = st.number_input("Columns", 3, 60, 12, key="columns", bind="query-params", width=130,
                                help="The targets that most strategies are reported for come first")  # fmt: skip
    found = _cells(*here.key, _REGIMES[regime], _CELLS[cell_type], rows == "classes", here)
    targets = _columns(found, _TARGETS[kind], int(width), here)
    weights = _weights(targets, here) if sort == "weights" else {}
    grid = _grid(found, targets, weights, here)
    if grid.frame.empty:
        widgets.nothing(
            "No strategy is said to change such a target", "Choose any regime and any cell, or other targets."
        )
        return
    widgets.note(_LEGEND)
    chosen = _show(grid, here)
    if grid.left_out:
        widgets.note(f"{grid.left_out} more rows are not shown; narrow the filters or show classes.")
    filters = {
        "targets": kind, "rows": rows, "regime": regime, "cell type": cell_type, "sorted by": sort,
        "columns": str(int(width)), "weights": ", ".join(f"{here.name(target)} {weight:g}" for target, weight in weights.items()),
        "signs": _LEGEND,
    }  # fmt: skip
    widgets.export(grid.frame, name="matrix", generation=here.generation, filters=filters)
    _opened(chosen, grid, here)


def _one(label: str, options: Any, key: str) -> str:
    listed = list(options)
    chosen = st.segmented_control(label, listed, default=listed[0], required=True, key=key, bind="query-params")
    return str(chosen or listed[0])


@st.cache_resource(max_entries=32, show_spinner="Filling the cells …")
def _cells(
    folder: str,  # noqa: ARG001 - folder and generation are the cache's key
    generation: int,  # noqa: ARG001
    regime: str,
    cell_type: str,
    classes: bool,
    _here: Shelf,
) -> Cells:
    ontology = _here.graph.ontology
    effects = _here.effects
    rows = effects[effects["kind"] == "strategy"].to_dict("records")
    rolled = None
    if classes:
        rolled = {iri: branch_iri(iri, ontology) or UNPLACED for iri in {str(row["concept"]) for row in rows}}
    return cells(rows, regime=regime, cell_type=cell_type, rolled=rolled)  # type: ignore[arg-type]


def _columns(found: Cells, kinds: tuple[str, ...], most: int, here: Shelf) -> tuple[str, ...]:
    concepts = here.graph.ontology.concepts
    reported = Counter(target for _, target in found if target in concepts and concepts[target].kind in kinds)
    return tuple(sorted(reported, key=lambda iri: (-reported[iri], concepts[iri].label))[:most])


def _weights(targets: tuple[str, ...], here: Shelf) -> dict[str, float]:
    with st.expander("Weights: how much each target counts in the order of the rows", expanded=True):
        places = st.columns(4)
        return {
            target: places[number % 4].number_input(
                here.name(target), -5.0, 5.0, 1.0, 0.5, key=f"w-{target.rpartition('/')[2]}", bind="query-params",
                help="0 leaves the target out; below 0 counts against the strategy",
            )
            for number, target in enumerate(targets)
        }  # fmt: skip


def _grid(found: Cells, targets: tuple[str, ...], weights: dict[str, float], here: Shelf) -> _Grid:
    ontology, labels = here.graph.ontology, _labels(*here.key, here)
    shown = {cause for cause, target in found if target in targets}
    scores = {cause: score(cause, targets, found, weights) for cause in shown} if weights else {}

    def tree(cause: str) -> tuple[float, bool, str, str]:
        known = cause in ontology.concepts
        return -scores.get(cause, 0.0), not known, branch(cause, ontology).lower(), labels.get(cause, cause).lower()

    causes = tuple(sorted(shown, key=tree))
    kept = causes[:_MOST_ROWS]
    frame = pd.DataFrame(
        [
            {
                "branch": branch(cause, ontology),
                "strategy": labels.get(cause, cause),
                **({"score": round(scores[cause], 1)} if weights else {}),
                **{here.name(target): found.get((cause, target), NOTHING).text() for target in targets},
            }
            for cause in kept
        ]
    )
    return _Grid(frame, kept, targets, found, len(causes) - len(kept))


@st.cache_resource(max_entries=4, show_spinner=False)
def _labels(folder: str, generation: int, _here: Shelf) -> dict[str, str]:  # noqa: ARG001 - the cache's key
    concepts = _here.graph.ontology.concepts
    named = dict(zip(_here.effects["concept"], _here.effects["label"], strict=True))
    return named | {iri: concept.label for iri, concept in concepts.items()}


def _show(grid: _Grid, here: Shelf) -> tuple[int, int] | None:
    """Show the table and return the place of the chosen cell: its row and its target."""
    ahead = len(grid.frame.columns) - len(grid.targets)

    def tones(row: pd.Series[Any]) -> list[str]:
        cause = grid.causes[int(str(row.name))]
        styles = [_tone(cause, target, grid.found) for target in grid.targets]
        return [""] * ahead + styles

    concepts = here.graph.ontology.concepts
    help = {here.name(target): concepts[target].definition or here.name(target) for target in grid.targets}
    state = st.dataframe(
        grid.frame.style.apply(tones, axis=1),
        key="grid",
        hide_index=True,
        height=min(36 * (len(grid.frame) + 1) + 3, 620),
        column_config={
            "branch": st.column_config.TextColumn(width=190, help="Class of the strategy in the ontology's tree"),
            "strategy": st.column_config.TextColumn(width="medium", pinned=True, help="What is done"),
            "score": st.column_config.NumberColumn(width="small", help=_SCORE, format="%.1f"),
            **{name: st.column_config.TextColumn(name, help=text) for name, text in help.items()},
        },
        on_select="rerun",
        selection_mode="single-cell",
        alt="Strategies against targets; signs and numbers of works",
    )
    chosen = state["selection"]["cells"]
    if not chosen:
        return None
    row, column = chosen[0]
    names = list(grid.frame.columns)[ahead:]
    return (row, names.index(column)) if column in names and row < len(grid.causes) else None


def _tone(cause: str, target: str, found: Cells) -> str:
    cell = found.get((cause, target))
    if cell is None or cell.tone() not in _TONES:
        return ""
    return f"background-color: rgba({_TONES[cell.tone()]}, {_SHADES[min(cell.strength(), len(_SHADES) - 1)]})"


def _opened(chosen: tuple[int, int] | None, grid: _Grid, here: Shelf) -> None:
    """Show the sentences behind the chosen cell, or behind the one that the page's link names."""
    labels = _labels(*here.key, here)
    if chosen is not None:
        pair = grid.causes[chosen[0]], grid.targets[chosen[1]]
        st.query_params["open"] = f"{labels.get(pair[0], pair[0])} | {here.name(pair[1])}"
    named = st.query_params.get("open", "")
    for cause in grid.causes:
        for target in grid.targets:
            if named == f"{labels.get(cause, cause)} | {here.name(target)}":
                cell = grid.found.get((cause, target), NOTHING)
                widgets.section("Behind the cell")
                widgets.note(f"{labels.get(cause, cause)} on {here.name(target)}: {cell.words()}")
                if cell.effects:
                    widgets.evidence_of(cell.effects, here)
                    there = {"cause": labels.get(cause, cause), "target": here.name(target)}
                    widgets.link("evidence", "All statements on this pair", there)
                return
    st.caption("Choose a cell to read what it rests on.")
