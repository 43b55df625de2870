"""Fetch papers from literature sources and read them, once or again and again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.commands.harvested import show, told
from app.commands.options import DaskAddress, DryRun, Library, LogForm, Output, Workers
from app.harvest import Outcome, run_sources, sources_folder
from app.interrupts import Interrupted, interruptible
from app.plain import complain, plain
from app.progress import Log, event, shown
from app.render import Format
from app.run_settings import RunSettings
from app.schedule import Schedule, interval
from app.settings import library_folder
from extractors import read_plan
from ontology.errors import AnodeError

Query = Annotated[Path, typer.Argument(metavar="SOURCES", help="The query file, e.g. sources.toml.")]
Every = Annotated[
    str, typer.Option("--every", metavar="SPAN", help="Run again after each such span of time: 24h, 90m, 7d.")
]
MostNew = Annotated[int | None, typer.Option("--limit", min=1, help="Fetch at most this many new documents, and stop.")]


def run(
    sources: Query,
    library: Library = None,
    every: Every = "",
    limit: MostNew = None,
    dry_run: DryRun = False,
    workers: Workers = 1,
    dask: DaskAddress = "",
    log: LogForm = Log.text,
    form: Output = Format.table,
) -> None:
    """Fetch what a query file asks for, withdraw what was retracted, and read what is new; killed, it goes on."""
    folder = library_folder(library)
    settings = RunSettings(workers=workers, dask=dask, limit=limit, dry_run=dry_run)
    read_plan(sources)  # a mistake in it is told now, not in the first night

    def once() -> Outcome:
        plan = read_plan(sources)
        with shown("run", log=log) as progress:
            return run_sources(plan, folder, settings, notify=told(log, progress), progress=progress)

    try:
        with interruptible():
            if every:
                _repeat(once, Schedule(sources_folder(folder) / "schedule.json", interval(every)), log)
            outcome = once()
    except Interrupted as stop:
        complain("interrupted; the same command goes on where it stopped")
        raise typer.Exit(128 + stop.number) from None
    if log is Log.json:
        event("report", outcome.to_json())
    show(outcome, folder, form)
    if outcome.report and outcome.report.interrupted:
        raise typer.Exit(128 + (outcome.report.signal or signal.SIGINT))
    if outcome.failures:
        raise typer.Exit(1)


def _repeat(once: Callable[[], Outcome], schedule: Schedule, log: Log) -> NoReturn:
    """Run cycle after cycle until a signal ends it; one line a cycle, on standard output."""

    def cycle() -> None:
        try:
            outcome = once()
        except AnodeError as error:
            complain(str(error))
            line = "failed"
        else:
            for failure in outcome.failures:
                complain(failure)
            line = outcome.summary
            if outcome.report and outcome.report.interrupted:
                raise Interrupted(outcome.report.signal or signal.SIGINT)
        if log is Log.json:
            event("cycle", {"summary": line})
        typer.echo(plain(f"{schedule.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {line}"))

    while True:
        schedule.wait()
        schedule.cycle(cycle)
