"""Fetch papers from literature sources and read them, once or again and again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.commands.ingest import DaskAddress, DryRun, LogForm, Workers
from app.commands.options import Library, Output
from app.harvest import Outcome, run_sources, sources_folder
from app.interrupts import Interrupted, interruptible
from app.plain import complain, plain
from app.progress import Log, Notify, Step, event, shown
from app.render import Format, print_json, print_rows
from app.render_runs import lines
from app.schedule import Schedule, interval
from app.settings import library_folder
from extractors import Moment, read_plan
from kg import Library as OpenLibrary
from kg import RunReport, run_report
from ontology.errors import AnodeError

Query = Annotated[Path, typer.Argument(metavar="SOURCES", help="The query file, e.g. sources.toml.")]
Every = Annotated[
    str, typer.Option("--every", metavar="SPAN", help="Run again after each such span of time: 24h, 90m, 7d.")
]
MostNew = Annotated[int | None, typer.Option("--limit", min=1, help="Fetch at most this many new documents, and stop.")]
_COLUMNS = ("search", "source", "found", "full", "abstracts", "known", "textless", "retracted", "complete")


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
    read_plan(sources)  # a mistake in it is told now, not in the first night

    def once() -> Outcome:
        plan = read_plan(sources)
        with shown("run", log=log) as progress:
            return run_sources(
                plan,
                folder,
                workers=workers,
                dask=dask,
                limit=limit,
                dry_run=dry_run,
                notify=_told(log, progress),
                progress=progress,
            )

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
    _show(outcome, folder, form)
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


def _told(log: Log, progress: Notify) -> Callable[[Moment], None]:
    """Return what is told of a harvest: steps of the progress for people, events for machines."""

    def step(moment: Moment) -> None:
        where = f"{moment.search} {moment.name}".strip()
        progress(Step(moment.done, moment.total or 0, f"{moment.source} {moment.what}", where))

    def line(moment: Moment) -> None:
        fields = {name: getattr(moment, name) for name in ("source", "search", "done", "total", "what", "name")}
        event("fetch", {name: value for name, value in fields.items() if value not in ("", None)})

    return line if log is Log.json else step


def _brought(outcome: Outcome, folder: Path) -> RunReport | None:
    """Return what a run changed in the library; None where it changed nothing."""
    if outcome.report is None or outcome.report.generation == outcome.before:
        return None
    with OpenLibrary.open(folder, read_only=True) as opened:
        return run_report(opened, outcome.before, outcome.report.generation)


def _show(outcome: Outcome, folder: Path, form: Format) -> None:
    for failure in outcome.failures:
        complain(failure)
    brought = _brought(outcome, folder)
    if form is Format.json:
        told = brought.to_json() if brought else None
        print_json({"library": str(folder), **outcome.to_json(), "brought": told})
        return
    rows = [{**search.to_json(), "search": search.name} for search in outcome.harvest.searches]
    print_rows(rows, _COLUMNS, form=form)
    if form is Format.table:
        missed = sum(len(search.missed) for search in outcome.harvest.searches)
        if missed:
            typer.echo(f"{missed} full texts could not be had; their abstracts stand in (--format json says why)")
        typer.echo(("would be fetched: " if outcome.report is None else "") + outcome.summary)
        typer.echo(plain(f"library {folder}"))
        for line in lines(brought) if brought else ():
            typer.echo(line)
