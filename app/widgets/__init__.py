"""What every view shares: the opened library, its evidence, states, tables and exports."""

from app.widgets.chips import chips
from app.widgets.evidence import evidence_of, queries, show_evidence
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
    section,
    style,
)
from app.widgets.tables import columns_of, export, plain_table, reopening, table

__all__ = [
    "PAGES",
    "Shelf",
    "chips",
    "columns_of",
    "empty_library",
    "evidence_of",
    "export",
    "failure",
    "heading",
    "link",
    "literal",
    "markup",
    "note",
    "nothing",
    "plain_table",
    "queries",
    "reopening",
    "section",
    "shelf",
    "show_evidence",
    "style",
    "table",
]
