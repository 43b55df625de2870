"""The plane of two metrics, drawn."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from app.plane import Place, captions
from app.widgets.charts import MARK


def plane(both: list[Place], weight_x: float, weight_y: float, names: tuple[str, str]) -> None:
    """Draw levers by what they do to two metrics; the size tells the weighted sum, no two names overlap."""
    rows = [
        {"strategy": place.label, "x": place.x, "y": place.y, "score": round(place.score(weight_x, weight_y), 3)}
        for place in both
    ]
    farthest = max(abs(value) for row in rows for value in (row["x"], row["y"]) if isinstance(value, float))
    reach = min(1.0, farthest + 0.15)
    scale = alt.Scale(domain=[-reach, reach])
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("x", type="quantitative", title=f"worsens ← {names[0]} → improves", scale=scale),
        y=alt.Y("y", type="quantitative", title=f"worsens ← {names[1]} → improves", scale=scale),
        tooltip=["strategy", "x", "y", "score"],
    )
    points = base.mark_point(filled=True, opacity=0.8).encode(
        size=alt.Size("score", type="quantitative", scale=alt.Scale(range=[30, 260]), legend=None),
        color=alt.value(MARK),
    )
    shifts = captions(both, reach=reach)
    labels = [
        alt.Chart(pd.DataFrame([row for row, at in zip(rows, shifts, strict=True) if at == shift]))
        .mark_text(align="left", dx=10, dy=shift, fontSize=11, limit=170)
        .encode(x=alt.X("x", type="quantitative", scale=scale), y=alt.Y("y", type="quantitative", scale=scale),
                text=alt.Text("strategy", type="nominal"), color=alt.value("gray"))
        for shift in dict.fromkeys(shifts) if shift is not None
    ]  # fmt: skip
    zero = pd.DataFrame([{"zero": 0.0}])
    axes = [
        alt.Chart(zero).mark_rule(strokeDash=[4, 4], opacity=0.7, color="gray").encode(**{side: alt.datum(0)})
        for side in ("x", "y")
    ]
    chart = alt.layer(*axes, points, *labels)
    st.altair_chart(chart, height=380, alt=f"{len(both)} strategies by what they do to {names[0]} and {names[1]}")
