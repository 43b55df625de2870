"""Tell of a run over literature sources: while it fetches, and what it brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from app.harvest import Outcome
from app.plain import complain, plain
from app.progress import Log, Notify, Step, event
from app.render import Format, print_json, print_rows
from app.render_runs import lines
from extractors import Moment
from kg import Library, RunReport, run_report

_COLUMNS = ("search", "source", "found", "full", "abstracts", "known", "textless", "retracted", "complete")


def told(log: Log, progress: Notify) -> Callable[[Moment], None]:
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
    with Library.open(folder, read_only=True) as opened:
        return run_report(opened, outcome.before, outcome.report.generation)


def show(outcome: Outcome, folder: Path, form: Format) -> None:
    """Print what a run of sources did, its failures on standard error."""
    for failure in outcome.failures:
        complain(failure)
    brought = _brought(outcome, folder)
    if form is Format.json:
        changes = brought.to_json() if brought else None
        print_json({"library": str(folder), **outcome.to_json(), "brought": changes})
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
