"""What every view shares: the opened library, its evidence, states, tables and exports."""

from app.widgets.changes import changes
from app.widgets.charts import apart, choose_frame, listed, numbers_of, scatter
from app.widgets.chips import chips
from app.widgets.drawings import graph
from app.widgets.evidence import evidence_of, queries, show_evidence
from app.widgets.judging import Standing, history, judge, last_judgement
from app.widgets.planes import plane
from app.widgets.shelf import Shelf, shelf
from app.widgets.states import (
    PAGES,
    empty_library,
    failure,
    heading,
    link,
    literal,
    markup,
    note,
    nothing,
    parts,
    place,
    section,
    style,
)
from app.widgets.tables import columns_of, conditions, counted, export, plain_table, reopening, shown, table

__all__ = [
    "PAGES",
    "Shelf",
    "Standing",
    "apart",
    "changes",
    "chips",
    "choose_frame",
    "columns_of",
    "conditions",
    "counted",
    "empty_library",
    "evidence_of",
    "export",
    "failure",
    "graph",
    "heading",
    "history",
    "judge",
    "last_judgement",
    "link",
    "listed",
    "literal",
    "markup",
    "note",
    "nothing",
    "numbers_of",
    "parts",
    "place",
    "plain_table",
    "plane",
    "queries",
    "reopening",
    "scatter",
    "section",
    "shelf",
    "show_evidence",
    "shown",
    "style",
    "table",
]
