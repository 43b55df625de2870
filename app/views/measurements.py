"""Measurements: the numbers of one metric, comparable ones plotted, the rest listed with what is missing."""

from __future__ import annotations

from collections import Counter

import altair as alt
import pandas as pd
import streamlit as st

from app import rows, widgets
from app.rows import Reported
from app.widgets import Shelf
from ontology.model import Quantity

# label -> the condition it reads
_AXES = {
    "cycles": "cycles",
    "temperature": "temperature",
    "current density": "current_density",
    "charge rate": "charge_rate",
    "Si of composite": "silicon_of_composite",
    "areal capacity": "areal_capacity",
    "additive dose": "dose",
}


def page(here: Shelf) -> None:
    """Show the numbers of the chosen metric."""
    widgets.heading("Measurements", "Reported numbers, never pooled: measured, simulated and projected are told apart.")
    reported = tuple(rows.measurements(here.works))
    metrics = Counter(number.said.metric for number in reported)
    if not metrics:
        st.info("No number has been read from the works of this library.", icon=":material/info:")
        return
    left, right = st.columns([3, 2])
    metric = left.selectbox(
        "Metric",
        [name for name, _ in metrics.most_common()],
        format_func=lambda name: f"{name} ({metrics[name]})",
        key="metric",
    )
    axis = right.selectbox("Against", list(_AXES), key="against")
    chosen = [number for number in reported if number.said.metric == metric]
    _plot(chosen, axis)
    frame = pd.DataFrame([rows.measurement_row(number) for number in chosen], columns=list(rows.MEASUREMENT_COLUMNS))
    selected = widgets.table(frame, help=rows.MEASUREMENT_COLUMNS, key=f"numbers-{metric}", height=260)
    widgets.show_evidence([rows.quote(chosen[selected])], here)
    widgets.export(frame, name="measurements", generation=here.generation)


def _plot(chosen: list[Reported], axis: str) -> None:
    unit = Counter(number.said.canonical_unit for number in chosen if number.said.canonical_value is not None)
    wanted = unit.most_common(1)[0][0] if unit else ""
    points, missing = [], Counter[str]()
    for number in chosen:
        along = _number(getattr(number.said.conditions, _AXES[axis]))
        if number.said.canonical_value is None or number.said.canonical_unit != wanted:
            missing["no value in the common unit"] += 1
        elif along is None:
            missing[f"{axis} not stated"] += 1
        else:
            points.append(
                {
                    axis: along,
                    "value": number.said.canonical_value,
                    "basis": number.said.basis or "not stated",
                    "mode": number.said.mode,
                    "subject": number.said.subject or "",
                    "work": rows.work_label(number.work),
                }
            )
    if len(points) > 1:
        chart = (
            alt.Chart(pd.DataFrame(points))
            .mark_point(size=70, filled=True, opacity=0.8)
            .encode(
                x=alt.X(axis, type="quantitative", scale=alt.Scale(zero=False)),
                y=alt.Y("value", type="quantitative", title=wanted, scale=alt.Scale(zero=False)),
                color=alt.Color("basis", type="nominal"),
                shape=alt.Shape("mode", type="nominal", legend=alt.Legend(symbolFillColor="gray")),
                tooltip=["subject", "value", axis, "basis", "mode", "work"],
            )
        )
        st.altair_chart(chart, height=280, alt=f"{len(points)} numbers against {axis}")
    if missing:
        counted = ", ".join(f"{count} {reason}" for reason, count in missing.most_common())
        st.caption(f"Plotted: {len(points) if len(points) > 1 else 0} of {len(chosen)}. Not plotted: {counted}.")


def _number(condition: Quantity | None) -> float | None:
    if condition is None:
        return None
    if condition.value is not None:
        return condition.value
    if condition.low is not None and condition.high is not None:
        return (condition.low + condition.high) / 2
    return None
