"""Read papers into the library."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.harvested import show as show_outcome
from app.commands.harvested import told
from app.commands.options import DaskAddress, DryRun, Library, LogForm, MinConfidence, Output, Workers
from app.harvest import Outcome, run_sources
from app.ingest import ingest as ingest_papers
from app.inputs import asked_plan
from app.interrupts import Interrupted, interruptible
from app.plain import complain, plain
from app.progress import Log, event, shown
from app.render import Format, print_json, print_rows
from app.reports import Report
from app.run_settings import RunSettings
from app.settings import library_folder

Offered = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|SOURCE...",
        help="Files, folders to walk in sorted order, a query file (sources.toml), or a source and a phrase to ask it "
        'for: europepmc:"silicon-carbon anode" (arxiv, crossref, europepmc, openalex).',
    ),
]
MostPapers = Annotated[int | None, typer.Option("--limit", min=1, help="Read at most this many documents, and stop.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Try documents in quarantine again.")]
Wait = Annotated[float, typer.Option("--wait", min=0, metavar="SECONDS", help="Wait for another run to end.")]

_LONGEST = 80  # characters of the command that a run is listed under


def ingest(
    offered: Offered,
    library: Library = None,
    workers: Workers = 1,
    dask: DaskAddress = "",
    limit: MostPapers = None,
    dry_run: DryRun = False,
    retry_failed: RetryFailed = False,
    min_confidence: MinConfidence = None,
    wait: Wait = 0.0,
    log: LogForm = Log.text,
    form: Output = Format.table,
) -> None:
    """Read papers into the library and its graphs; what is unchanged is skipped, what fails is listed and waits."""
    folder, plan = library_folder(library), asked_plan(offered)
    command = f"ingest {' '.join(offered)}"[:_LONGEST] if plan else ""
    settings = RunSettings(workers, dask, limit, dry_run, retry_failed, min_confidence, wait, command)
    outcome: Outcome | None = None
    try:
        with interruptible(), shown("ingest", log=log) as progress:
            if plan is None:
                report: Report | None = ingest_papers(list(map(Path, offered)), folder, settings, progress=progress)
            else:
                outcome = run_sources(plan, folder, settings, notify=told(log, progress), progress=progress)
                report = outcome.report
    except Interrupted as stop:
        complain("interrupted; the same command goes on where it stopped")
        raise typer.Exit(128 + stop.number) from None
    if outcome is not None:
        if log is Log.json:
            event("report", outcome.to_json())
        show_outcome(outcome, folder, form)
    elif report is not None:
        if log is Log.json:
            event("report", report.to_record())
        show(report, folder, form)
    if report and report.interrupted:
        raise typer.Exit(128 + (report.signal or signal.SIGINT))
    if outcome.failures if outcome else report and report.failed:
        raise typer.Exit(1)


def show(report: Report, folder: Path, form: Format) -> None:
    """Print a report, its failures on standard error."""
    for failure in report.failed:
        complain(failure.reason)
    for failure in report.quarantined:
        complain(f"in quarantine, tried {failure.attempts} times: {failure.reason}")
    for failure in report.refused:
        complain(f"{failure.path}: a claim is refused and left out of the graphs ({failure.reason})")
    if form is Format.json:
        print_json({"library": str(folder), **report.to_json()})
    elif form is Format.csv:
        print_rows(_lines(report), ("path", "state", "reason"), form=form)
    else:
        _tell(report, folder)


def _tell(report: Report, folder: Path) -> None:
    if report.dry_run:
        typer.echo(f"would be read: {len(report.added)} new, {len(report.changed)} again; {report.counts}")
    else:
        typer.echo(f"{report.counts}: {report.effects} effects and {report.measurements} measurements read")
    reasons = ", ".join(f"{count} {why}" for why, count in sorted(report.why.items()))
    if reasons and set(report.why) != {"new"}:
        typer.echo(f"read because: {reasons}")
    typer.echo(plain(f"library {folder}, generation {report.generation}"))
    if report.generation != report.before and not report.dry_run:
        typer.echo(f"`anodekg runs {report.run}` says what this run brought")
    if report.interrupted:
        typer.echo("interrupted; the same command goes on where it stopped")
    if report.quarantined:
        typer.echo("--retry-failed tries again what is in quarantine")


def _lines(report: Report) -> list[dict[str, Any]]:
    done = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    lines = [{"path": path, "state": state, "reason": ""} for state, paths in done.items() for path in paths]
    bad = {"failed": report.failed, "quarantined": report.quarantined}
    return lines + [
        {"path": failure.path, "state": state, "reason": failure.reason}
        for state, failures in bad.items()
        for failure in failures
    ]
