"""What changed between two versions of the library, part by part; the pages that look back share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from app.widgets.evidence import evidence_of
from app.widgets.shelf import Shelf
from app.widgets.states import note, nothing
from app.widgets.tables import export, plain_table, table
from kg import Library, RunReport, difference

_MOST = 500  # rows of a part shown at once
_WORK = {"title": "Title as the file gives it", "work": "Key of the work", "claims": "Statements and numbers in it"}
_CLAIM = {
    "says": "What is stated, as read",
    "kind": "An effect or a measurement",
    "quote": "The sentence",
    "work": "Key of the work",
    "fields": "What was read differently: field, before, after",
}
_EFFECT = {
    "cause": "What is done or present",
    "target": "What changes",
    "regime": "Cycling, storage or unspecified",
    "before": "As it stood before",
    "after": "As it stands now",
    "works": "Works behind it now",
}
# part of the report -> title, definitions of its columns
_PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "flipped": ("Findings whose prevailing direction turned round", _EFFECT),
    "supported": ("Findings with a second independent work", _EFFECT),
    "contradictions": (
        "New contradictions under known and shared conditions",
        {"cause": "What is done", "target": "What changes", "first": "One side", "second": "The other side"},
    ),
    "answerable": (
        "Questions that can be answered now",
        {"question": "Question of the catalogue", "label": "About which concept"},
    ),
    "works_added": ("Works added", _WORK),
    "works_changed": ("Works read anew with another result", _WORK),
    "works_withdrawn": ("Works withdrawn", _WORK),
    "claims_added": ("Claims added", _CLAIM),
    "claims_changed": ("Claims read differently", _CLAIM),
    "claims_withdrawn": ("Claims gone", _CLAIM),
    "unknown": (
        "Names that no concept covers",
        {"name": "As the works write it", "kind": "What it is", "works": "Where", "quote": "A sentence"},
    ),
}


@st.cache_resource(max_entries=32, show_spinner="Comparing the two versions …")
def _report(folder: str, generation: int, before: int, after: int, _here: Shelf) -> RunReport:  # noqa: ARG001 - the key
    with Library.open(_here.folder, read_only=True) as library:
        return difference(library, before, after)


def changes(before: int, after: int, here: Shelf) -> None:
    """Show what differs between two versions of the library; findings open their sentences."""
    report = asdict(_report(*here.key, before, after, here))
    shown = {name: report[name] for name in _PARTS if report[name]}
    if not shown:
        nothing("Nothing differs between these versions", "Choose versions further apart.")
        return
    for name, rows in shown.items():
        title, help = _PARTS[name]
        with st.expander(f"{title}: {len(rows)}", expanded=name in ("flipped", "supported", "works_added")):
            _part(name, rows, help, f"{before} to {after}", here)


def _part(name: str, rows: Sequence[dict[str, Any]], help: Mapping[str, str], versions: str, here: Shelf) -> None:
    cells = [{column: _text(row[column]) for column in help} for row in rows[:_MOST]]
    frame = pd.DataFrame(cells, columns=list(help))
    if len(rows) > _MOST:
        note(f"The first {_MOST} of {len(rows)} are shown.")
    claims = [str(row.get("effect") or row.get("iri") or "") for row in rows]
    if name in ("flipped", "supported", "contradictions", "claims_added", "claims_changed"):
        chosen = table(frame, help=help, key=f"changes-{name}", height=240)
        evidence_of([claims[chosen]], here)
    else:
        plain_table(frame, help=help, key=f"changes-{name}")
    export(frame, name=name.replace("_", "-"), generation=here.generation, filters={"versions": versions})


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(" ".join(map(str, item)) if isinstance(item, list | tuple) else str(item) for item in value)
    return value
