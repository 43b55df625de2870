"""Measurements: any metric against any condition or other metric; what cannot be compared stands apart."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app import widgets
from app.comparing import Axis, axes, placed
from app.widgets import Shelf

_NO_AXIS = Axis("nothing: list them")


def page(here: Shelf) -> None:
    """Show the numbers of the chosen metric along the chosen axis."""
    widgets.heading("Measurements", "Reported numbers, never pooled: measured, simulated and projected are told apart.")
    metrics: Counter[str] = Counter()
    for told in here.reports:
        metrics[told.metric] += told.numbers
    if not metrics:
        widgets.nothing("No number has been read yet", "Read papers in on the Library page.")
        return
    left, right = st.columns(2)
    metric = left.selectbox(
        "Metric",
        [name for name, _ in metrics.most_common()],
        format_func=lambda name: f"{name} ({metrics[name]})",
        key="metric",
        bind="query-params",
    )
    numbers = here.numbers(metric)
    found = {axis.label: axis for axis in axes(numbers, metric)}
    against = right.selectbox(
        "Against a condition or another metric", [*found, _NO_AXIS.label], key="against", bind="query-params"
    )
    axis = found.get(against)
    points, lacking = placed(numbers, metric, axis)
    filters = {"metric": metric, "against": against}
    widgets.note(f"{len(points)} of {len(points) + len(lacking)} numbers can be compared.")
    if points:
        shown = widgets.choose_frame(points, key="frame")
        unit = shown[0].number.said.canonical_unit if shown else ""
        if axis is not None and shown:
            widgets.scatter(shown, axis, unit=unit, metric=metric)
        widgets.listed(shown, axis, name="measurements", here=here, filters=filters)
    else:
        widgets.nothing(
            "No number can be compared along this axis", "Choose another axis, or read below what is missing."
        )
    widgets.apart(lacking, name="measurements", here=here, filters=filters)
