"""Graphs drawn on the page, each with its rows beside it for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from app.diagram import SHAPES, Edge, Node, dot
from app.widgets.states import note
from app.widgets.tables import export, plain_table

_HELP = {
    "from": "What acts",
    "sign": "+ raises, − lowers, ○ leaves, ± both ways, ∩ has an optimum",
    "to": "What changes",
    "verdict": "Good or bad for what changes; none where that is not judged",
    "works": "Independent works behind the best supported effect",
    "known": "Stated by a work, or known from the ontology alone",
}


def graph(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    name: str,
    alt: str,
    generation: int,
    filters: Mapping[str, str],
    layout: str = "dot",
) -> None:
    """Draw nodes and edges, and list the edges below."""
    st.graphviz_chart(dot(nodes, edges, layout=layout, alt=alt), width="stretch", height="content", alt=alt)
    note(f"{SHAPES}. {_HELP['sign']}; a dashed link is known from the ontology and stated by no work here.")
    labels = {node.iri: node.label for node in nodes}
    rows = [
        {
            "from": labels[edge.start],
            "sign": edge.sign,
            "to": labels[edge.end],
            "verdict": edge.tone,
            "works": edge.works,
            "known": "stated" if edge.stated else "ontology",
        }
        for edge in edges
    ]
    with st.expander(f"The same as a table ({len(rows)} links)"):
        frame = pd.DataFrame(rows, columns=list(_HELP))
        plain_table(frame, help=_HELP, key=f"{name}-links", alt=alt)
        export(frame, name=name, generation=generation, filters=filters)
