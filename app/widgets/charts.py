"""Numbers drawn: one frame at a time, so that nothing is set beside what it cannot be compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from app.cards import SOURCES
from app.comparing import Apart, Axis, Point, frames, placed
from app.rows import MEASUREMENT_COLUMNS, measurement_row, quote, work_label
from app.widgets.evidence import show_evidence
from app.widgets.shelf import Shelf
from app.widgets.states import note, section
from app.widgets.tables import export, table

MARK = "#3a9ca0"  # stands out on light and dark
_APART = {"missing": "What the work does not say and a comparison needs"} | MEASUREMENT_COLUMNS
_MODES = ["measured", "simulated", "extrapolated", "projected"]
_AXIS = alt.Axis(labelAngle=0, labelLimit=150, labelOverlap=True)
_SHAPES = ["circle", "square", "diamond", "triangle-up"]


def choose_frame(points: Sequence[Point], *, key: str) -> list[Point]:
    """Let the reader choose one frame, and return the points that stand in it."""
    found = frames(points)
    if not found:
        return []
    counts = dict(found)
    frame = st.selectbox(
        "Comparable under",
        [name for name, _ in found],
        format_func=lambda name: f"{name} ({counts.get(name, 0)} numbers)",
        key=key,
        bind="query-params",
        help="Numbers compare only where the cell, the basis, the mode and the unit are the same",
    )
    return [point for point in points if point.frame == frame]


def scatter(points: Sequence[Point], axis: Axis, *, unit: str, metric: str) -> None:
    """Draw comparable numbers along an axis; the shape tells how each was obtained, a hollow one is cited."""
    rows = [
        {
            "along": point.along,
            "value": point.number.said.canonical_value,
            "mode": point.number.said.mode,
            "source": SOURCES[point.number.said.source_kind],
            "own": point.number.said.source_kind == "own_result",
            "subject": point.number.said.subject or "the cell as such",
            "work": work_label(point.number.work),
        }
        for point in points
    ]
    numeric = all(isinstance(point.along, float | int) for point in points)
    along = f"{axis.label} ({points[0].unit})" if points[0].unit else axis.label
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_point(size=80, strokeWidth=2)
        .encode(
            x=alt.X(
                "along", type="quantitative" if numeric else "nominal", title=along, scale=_scale(numeric), axis=_AXIS
            ),
            y=alt.Y("value", type="quantitative", title=f"{metric} ({unit})", scale=alt.Scale(zero=False)),
            shape=alt.Shape("mode", type="nominal", scale=alt.Scale(domain=_MODES, range=_SHAPES)),
            fillOpacity=alt.condition(alt.datum.own, alt.value(0.75), alt.value(0.0)),
            fill=alt.value(MARK),
            stroke=alt.value(MARK),
            tooltip=["subject", "value", "along", "mode", "source", "work"],
        )
    )
    st.altair_chart(chart, height=300, alt=f"{len(points)} numbers of {metric} along {axis.label}")
    note(
        "Shape: measured, simulated, extrapolated or projected. Filled: the work's own result; hollow: cited or reviewed."
    )


def _scale(numeric: bool) -> alt.Scale:
    return alt.Scale(zero=False) if numeric else alt.Scale()


def listed(points: Sequence[Point], axis: Axis | None, *, name: str, here: Shelf, filters: dict[str, str]) -> None:
    """List comparable numbers; the chosen one opens its sentence."""
    rows = [{**measurement_row(point.number), **({axis.label: point.along} if axis else {})} for point in points]
    frame = pd.DataFrame(rows)
    help = MEASUREMENT_COLUMNS | ({axis.label: "What the numbers are set against"} if axis else {})
    chosen = table(frame, help=help, key=f"{name}-rows", height=280)
    show_evidence([quote(points[chosen].number)], here)
    filters = {**filters, "comparable under": points[0].frame}
    export(frame, name=name, generation=here.generation, filters=filters)


def apart(found: Sequence[Apart], *, name: str, here: Shelf, filters: dict[str, str]) -> None:
    """List the numbers that cannot be compared, each with what is missing."""
    if not found:
        return
    section(f"Apart: {len(found)} numbers that cannot be compared here", "Each with what its work does not say.")
    frame = pd.DataFrame([{"missing": one.missing, **measurement_row(one.number)} for one in found])
    chosen = table(frame, help=_APART, key=f"{name}-apart", height=280)
    show_evidence([quote(found[chosen].number)], here)
    export(frame, name=f"{name}-apart", generation=here.generation, filters=filters)


def numbers_of(cause: str, here: Shelf) -> None:
    """Show the numbers of a lever beside those that compare with them."""
    family = {cause, *here.graph.ontology.descendants(cause)}
    counts: Counter[str] = Counter()
    for told in here.reports:
        if told.subject in family:
            counts[told.metric] += told.numbers
    if not counts:
        return
    section(
        "Numbers", "Its own numbers beside comparable ones of other subjects; what cannot be compared stands apart."
    )
    metrics = sorted(counts, key=lambda name: (-counts[name], name))
    metric = st.selectbox(
        "Metric", metrics, format_func=lambda name: f"{name} ({counts.get(name, 0)})", key="metric", bind="query-params"
    )
    numbers = here.numbers(metric)
    points, lacking = placed(numbers, metric, None)
    ours = {number.iri for number in numbers if number.said.subject_concept in family}
    shared = {point.frame for point in points if point.number.iri in ours}
    points = choose_frame([point for point in points if point.frame in shared], key="frame")
    filters = {"strategy": here.name(cause), "metric": metric}
    if points:
        points = [*sorted(points, key=lambda point: point.number.iri not in ours)]
        drawn = [point._replace(along=point.number.said.subject or "the cell as such") for point in points]
        scatter(drawn, Axis("subject", condition="subject"), unit=points[0].number.said.canonical_unit, metric=metric)
        listed(points, None, name="strategy-measurements", here=here, filters=filters)
    apart([one for one in lacking if one.number.iri in ours], name="strategy-measurements", here=here, filters=filters)
