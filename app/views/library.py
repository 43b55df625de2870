"""Library: the works that were read and their state, a place to add and withdraw, what runs did, what is new."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from app import widgets
from app.cards import DIRECTIONS, VERDICTS
from app.files import PAPER_SUFFIXES
from app.ingest import Report, ingest
from app.progress import Step
from app.rows import claims
from app.run_settings import RunSettings
from app.visits import NEVER, Visit, last_visit, remember, visits_file
from app.widgets import Shelf
from kg import Library, WorkSummary, recorded_runs
from ontology.errors import AnodeError
from ontology.identity import work_iri

_TYPES = ["txt", "md", "html", "htm", "xml", "nxml", "pdf"]
_MEGABYTES = 50
_WAIT = 30.0  # seconds for another writer to finish
_UPLOAD = RunSettings(wait=_WAIT, command="upload")
_LAST_RUNS = 200
_PARTS = ("Works", "Add a paper", "New since my last visit", "Runs")
_HELP = {
    "title": "Title as the file gives it",
    "state": "Read; nothing found (no statement or number in it); retracted (the notice) — its statements are left out",
    "read from": "The work itself, or a digest: a summary of it that is never quoted as the paper",
    "doi": "Digital object identifier of the work",
    "year": "Year of publication, where the file says so",
    "format": "Format of the file that was read",
    "statements": "Signed effects read from the work",
    "numbers": "Measurements read from the work",
    "read on": "When this reading was published (UTC)",
    "version": "Library version (generation) in which it was published",
}
_FOUND = {
    "work": "Where it is said",
    "verdict": "Good or bad for the target",
    "cause": "What is done or present",
    "effect": "What the work says happens",
    "target": "What changes",
    "sentence": "The sentence that says so",
}
_RUNS = {
    "run": "Number of the run",
    "command": "What was asked for",
    "started": "When it began (UTC)",
    "finished": "When it ended; empty while it runs, or where it was killed",
    "versions": "Library versions before and after it",
    "what it did": "Documents added, changed, unchanged and failed, in short",
}


def page(here: Shelf) -> None:
    """Show the chosen part of the library."""
    widgets.heading("Library", "The works this graph rests on, each with what was read from it.")
    visit = _visit(here)
    if not here.generation:
        widgets.empty_library(here.folder)
        _upload(here)
        return
    widgets.place(here.folder, f"Version (generation) {here.generation} of the library in")
    shown: tuple[Callable[[Shelf], None], ...] = (_works, _upload, partial(_new, visit=visit), _runs)
    for tab, part in zip(widgets.parts(_PARTS), shown, strict=True):
        if tab.open:
            with tab:
                part(here)


def _visit(here: Shelf) -> Visit:
    """Return the visit before this one; this one is remembered once a session."""
    key = f"visit-{here.folder}"
    if key not in st.session_state:
        st.session_state[key] = last_visit(here.folder, file=visits_file())
        if here.generation:
            remember(here.folder, here.generation, file=visits_file())
    visit: Visit = st.session_state[key]
    return visit


# --- works --------------------------------------------------------------------------------------------------------


def _works(here: Shelf) -> None:
    works = here.works
    frame = _frame(works, here)
    st.caption(widgets.counted(len(works), "work"))
    widgets.plain_table(frame, help=_HELP, key="works", alt="works of this library")
    widgets.export(frame, name="works", generation=here.generation)
    _withdraw(works, here)


def _frame(works: tuple[WorkSummary, ...], here: Shelf) -> pd.DataFrame:
    moments = here.graph.moments()
    return pd.DataFrame(
        [
            {
                "title": work.title or work.document,
                "state": _state(work),
                "read from": "summary" if work.summary_of else "the work",
                "doi": work.doi,
                "year": work.year,
                "format": work.format,
                "statements": work.effects,
                "numbers": work.measurements,
                "read on": moments.get(work_iri(work.work), "")[:16].replace("T", " "),
                "version": work.since,
            }
            for work in works
        ],
        columns=list(_HELP),
    )


def _state(work: WorkSummary) -> str:
    if work.retracted:
        return f"retracted ({work.retracted})"
    return "read" if work.effects or work.measurements else "nothing found"


def _withdraw(works: tuple[WorkSummary, ...], here: Shelf) -> None:
    with st.expander("Withdraw a work", icon=":material/delete:"):
        st.caption("Its statements leave every answer; its past stays, and reading it again brings it back.")
        names = {work.work: f"{work.title or work.document} · {work.doi or work.format}" for work in works}
        chosen = st.selectbox(
            "Work", list(names), index=None, format_func=lambda key: names.get(key, key), key="withdraw"
        )
        sure = st.checkbox("Yes, withdraw it", key="withdraw-sure", disabled=chosen is None)
        if st.button("Withdraw", disabled=not (chosen and sure), key="withdraw-now"):
            try:
                with st.spinner("Withdrawing …"), Library.open(here.folder, wait=_WAIT) as library:
                    run = library.start_run("withdraw")
                    change = library.withdraw(str(chosen), run=run)
                    library.finish_run(run, report={"withdrawn": [chosen], "generation": change.generation})
            except AnodeError as error:
                widgets.failure(error)
                return
            st.session_state["told"] = f"Withdrawn: {names.get(str(chosen), '')}"
            st.rerun()
    told = st.session_state.pop("told", "")
    if told:
        widgets.note(told)


# --- adding -------------------------------------------------------------------------------------------------------


def _upload(here: Shelf) -> None:
    widgets.section("Add a paper")
    files = st.file_uploader(
        f"Text, Markdown, HTML, JATS XML, or PDF with a text layer; up to {_MEGABYTES} MB each",
        type=_TYPES,
        accept_multiple_files=True,
        max_upload_size=_MEGABYTES,
    )
    if files and st.button("Read into the library", type="primary", icon=":material/upload:"):
        with tempfile.TemporaryDirectory() as folder:
            paths = [_kept(Path(folder), number, file) for number, file in enumerate(files)]
            bar = st.progress(0.0, "Reading …")

            def show(step: Step) -> None:
                name = widgets.literal(step.name)
                bar.progress(step.done / max(step.total, 1), f"{step.done} of {step.total}: {step.stage} {name}")

            try:
                st.session_state["report"] = ingest(paths, here.folder, _UPLOAD, progress=show)
            except AnodeError as error:
                widgets.failure(error)
                return
        if not here.generation:
            st.session_state["part"] = _PARTS[1]  # the first paper was read: stay where its results are shown
        st.rerun()
    _report(here)


def _kept(folder: Path, number: int, file: Any) -> Path:
    """Put an uploaded file where it can be read, under its own name without any folder in it."""
    place = folder / str(number)
    place.mkdir()
    name = Path(str(file.name).replace("\\", "/")).name.lstrip(".") or "paper"
    path = place / (name if Path(name).suffix.lower() in PAPER_SUFFIXES else f"{name}.txt")
    path.write_bytes(file.getbuffer())
    return path


def _report(here: Shelf) -> None:
    report: Report | None = st.session_state.get("report")
    if report is None:
        return
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} known already"
    widgets.note(f"{counts}: {report.effects} statements and {report.measurements} numbers read.")
    for failed in (*report.failed, *report.quarantined):
        widgets.note(failed.reason)
    if here.generation and (report.added or report.changed):
        new = {work.work for work in here.works if work.since > report.before}
        _statements(new, "found", here)


def _statements(works: set[str], name: str, here: Shelf) -> None:
    """List what some works say, and where to go on from there."""
    rows = [
        {
            "work": claim.work.title or claim.work.document,
            "verdict": " ".join(VERDICTS[claim.said.verdict]),
            "cause": claim.said.cause,
            "effect": DIRECTIONS[claim.said.direction],
            "target": claim.said.target,
            "sentence": claim.said.evidence[0].text,
        }
        for claim in claims(here.claims_of(*works))
    ]
    if not rows:
        widgets.note("No signed effect was found in it; its numbers, if any, stand on the Measurements page.")
        return
    frame = pd.DataFrame(rows[:500], columns=list(_FOUND))
    widgets.plain_table(frame, help=_FOUND, key=f"{name}-rows", alt="statements found")
    for cause in list(dict.fromkeys(row["cause"] for row in rows))[:5]:
        widgets.link("evidence", f"All statements on {cause}", {"cause": cause})
    widgets.export(frame, name=name, generation=here.generation)


# --- what happened ------------------------------------------------------------------------------------------------


def _new(here: Shelf, visit: Visit) -> None:
    if visit == NEVER:
        widgets.nothing("This is your first visit", "From the next visit on, what came since the last one stands here.")
        return
    since = st.number_input(
        "New since version", 0, here.generation, min(visit.generation, here.generation), key="since", bind="query-params",
        help=f"Your last visit was at version {visit.generation}, on {visit.at[:16].replace('T', ' ')} UTC",
    )  # fmt: skip
    widgets.changes(int(since), here.generation, here)


def _runs(here: Shelf) -> None:
    with Library.open(here.folder, read_only=True) as library:
        runs = recorded_runs(library, last=_LAST_RUNS)
    if not runs:
        widgets.nothing("No run is recorded", "Each ingest, upload and withdrawal from now on stands here.")
        return
    runs = tuple(reversed(runs))
    frame = pd.DataFrame(
        [
            {
                "run": run.run,
                "command": run.command,
                "started": run.started_at[:16].replace("T", " "),
                "finished": run.finished_at[:16].replace("T", " "),
                "versions": f"{run.before} → {run.after}",
                "what it did": _done(run.record),
            }
            for run in runs
        ],
        columns=list(_RUNS),
    )
    named = st.query_params.get("run", "")
    first = next((place for place, run in enumerate(runs) if str(run.run) == named), 0)
    run = runs[widgets.table(frame, help=_RUNS, key="runs", height=260, first=first)]
    st.query_params["run"] = str(run.run)
    widgets.export(frame, name="runs", generation=here.generation)
    widgets.section(f"Report of run {run.run}", "What it changed in the library, and what follows from that.")
    for failed in run.record.get("failed", []):
        widgets.note(f"Failed: {failed.get('reason', failed)}" if isinstance(failed, dict) else str(failed))
    widgets.changes(run.before, run.after, here)


def _done(record: Mapping[str, Any]) -> str:
    """Say in a line what a run did, by its own record."""
    told = []
    for name in ("added", "changed", "unchanged", "failed", "withdrawn"):
        value = record.get(name)
        count = len(value) if isinstance(value, list) else value
        if isinstance(count, int) and count:
            told.append(f"{count} {name}")
    if record.get("interrupted"):
        told.append("interrupted")
    return ", ".join(told) or "nothing"
