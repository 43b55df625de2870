"""Library: the works that were read, and a place to add one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from app import widgets
from app.ingest import Report, ingest
from app.widgets import Shelf

_TYPES = ["txt", "md", "html", "htm", "xml", "nxml", "pdf"]
_HELP = {
    "title": "Title as the file gives it",
    "read from": "The work itself, or a digest: a summary of it that is never quoted as the paper",
    "doi": "Digital object identifier of the work",
    "venue": "Journal or other place of publication, where the file says so",
    "format": "Format of the file that was read",
    "statements": "Signed effects read from the work",
    "numbers": "Measurements read from the work",
    "extractor": "Version of the extractor that read it",
}


def page(here: Shelf) -> None:
    """Show the works and take a new one."""
    widgets.heading("Library", "The works this graph rests on, each with what was read from it.")
    if here.generation:
        _works(here)
    else:
        widgets.empty_library(here.folder)
    st.subheader("Add a paper", anchor=False)
    _upload(here)
    st.caption("Library folder")
    st.code(str(here.folder), language=None)


def _works(here: Shelf) -> None:
    works = here.works
    frame = pd.DataFrame(
        [
            {
                "title": work.title or work.document,
                "read from": "summary" if work.summary_of else "the work",
                "doi": work.doi,
                "venue": work.venue,
                "format": work.format,
                "statements": len(work.effects),
                "numbers": len(work.measurements),
                "extractor": work.extractor,
            }
            for work in works
        ],
        columns=list(_HELP),
    )
    st.caption(f"{len(works)} works, generation {here.generation}")
    widgets.plain_table(frame, help=_HELP, key="works")
    widgets.export(frame, name="works", generation=here.generation)


def _upload(here: Shelf) -> None:
    files = st.file_uploader(
        "Text, Markdown, HTML, JATS XML, or PDF with a text layer; up to 50 MB each",
        type=_TYPES,
        accept_multiple_files=True,
        max_upload_size=50,
    )
    if files and st.button("Read into the library", type="primary", icon=":material/upload:"):
        with tempfile.TemporaryDirectory() as folder, st.spinner("Reading …"):
            paths = []
            for file in files:
                path = Path(folder) / Path(file.name).name
                path.write_bytes(file.getbuffer())
                paths.append(path)
            report = ingest(paths, here.folder)
        st.session_state["report"] = report
        st.rerun()
    _report()


def _report() -> None:
    report: Report | None = st.session_state.pop("report", None)
    if report is None:
        return
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} known already"
    widgets.note(f"{counts}: {report.effects} statements and {report.measurements} numbers read.")
    for failed in report.failed:
        widgets.note(failed.reason)
