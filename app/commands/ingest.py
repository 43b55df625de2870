"""Read papers into the library."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.options import Library, MinConfidence, Output, Paths
from app.ingest import ingest as ingest_papers
from app.interrupts import interruptible
from app.plain import complain, plain
from app.progress import Log, event, shown
from app.render import Format, print_json, print_rows
from app.reports import Report
from app.settings import library_folder

Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read and extract.")]
DaskAddress = Annotated[
    str, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers read and extract instead.")
]
MostPapers = Annotated[int | None, typer.Option("--limit", min=1, help="Read at most this many documents, and stop.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Try documents in quarantine again.")]
Wait = Annotated[float, typer.Option("--wait", min=0, metavar="SECONDS", help="Wait for another run to end.")]
LogForm = Annotated[Log, typer.Option("--log", help="Progress on standard error, for people or for machines.")]


def ingest(
    paths: Paths,
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
    folder = library_folder(library)
    with interruptible(), shown("ingest", log=log) as progress:
        report = ingest_papers(
            paths,
            folder,
            workers=workers,
            dask=dask,
            limit=limit,
            dry_run=dry_run,
            retry_failed=retry_failed,
            min_confidence=min_confidence,
            wait=wait,
            progress=progress,
        )
    if log is Log.json:
        event("report", report.to_record())
    show(report, folder, form)
    if report.interrupted:
        raise typer.Exit(128 + (report.signal or signal.SIGINT))
    if report.failed:
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
