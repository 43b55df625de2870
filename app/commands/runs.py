"""Look back: the runs of a library, what one of them brought, and what changed between two moments."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.options import Library, Output
from app.plain import plain
from app.render import Format, print_json, print_rows
from app.render_runs import lines
from app.settings import library_folder
from kg import Intake, RecordedRun, RunReport, difference, recorded_run, recorded_runs, run_report
from kg import Library as OpenLibrary

Moment = Annotated[str, typer.Argument(help='A run ("run 3" or 3) or a date (2026-11-22).', show_default=False)]
_COLUMNS = ("run", "started", "command", "state", "added", "changed", "unchanged", "failed", "generation")
_CHANGES = ("change", "what", "work")


def runs(
    number: Annotated[
        int | None, typer.Argument(metavar="RUN", help="Show what this run brought [default: list the runs].")
    ] = None,
    last: Annotated[int, typer.Option("--last", min=1, help="List at most so many of the newest.")] = 20,
    failed: Annotated[bool, typer.Option("--failed", help="List the documents in quarantine instead.")] = False,
    library: Library = None,
    form: Output = Format.table,
) -> None:
    """List the runs, or show what one brought: works, claims, answers, flipped signs, contradictions."""
    with OpenLibrary.open(library_folder(library), read_only=True) as opened:
        if failed:
            _print_quarantine(opened, form)
        elif number is None:
            found = recorded_runs(opened, last=last)
            if form is Format.json:
                print_json([run.to_json() for run in found])
            else:
                print_rows([_row(run) for run in found], _COLUMNS, form=form)
        else:
            run = recorded_run(opened, number)
            _print_run(run, run_report(opened, run.before, run.after), form)


def diff(a: Moment, b: Moment, library: Library = None, form: Output = Format.table) -> None:
    """Say what changed between two runs or dates: works, claims, answers, flipped signs, contradictions."""
    with OpenLibrary.open(library_folder(library), read_only=True) as opened:
        report = difference(opened, opened.generation_at(a), opened.generation_at(b))
    _print_report(report, form)


def _print_run(run: RecordedRun, report: RunReport, form: Format) -> None:
    if form is Format.json:
        print_json({**run.to_json(), "brought": report.to_json()})
        return
    if form is Format.table:
        typer.echo(f"run {run.run}: {plain(run.command)}, {_state(run)}, begun {run.started_at}")
        for kind in ("failed", "quarantined"):
            for failure in run.record.get(kind, ()):
                typer.echo(plain(f"  {kind}: {failure['reason']}"))
        why = ", ".join(f"{count} {reason}" for reason, count in run.record.get("why", {}).items())
        if why:
            typer.echo(f"read because: {why}")
    _print_report(report, form)


def _print_report(report: RunReport, form: Format) -> None:
    if form is Format.json:
        print_json(report.to_json())
    elif form is Format.csv:
        print_rows(list(_changes(report)), _CHANGES, form=form)
    else:
        for line in lines(report):
            typer.echo(line)


def _changes(report: RunReport) -> list[dict[str, Any]]:
    works = {"added": report.works_added, "changed": report.works_changed, "withdrawn": report.works_withdrawn}
    claims = {"added": report.claims_added, "changed": report.claims_changed, "withdrawn": report.claims_withdrawn}
    rows = [
        {"change": f"work {change}", "what": work.title, "work": work.work}
        for change, found in works.items()
        for work in found
    ]
    return rows + [
        {"change": f"claim {change}", "what": claim.says, "work": claim.work}
        for change, found in claims.items()
        for claim in found
    ]


def _print_quarantine(library: OpenLibrary, form: Format) -> None:
    rows = [
        {"path": seen.path, "attempts": seen.attempts, "run": seen.run, "reason": seen.reason}
        for seen in Intake.of(library).failed()
    ]
    print_rows(rows, ("path", "attempts", "run", "reason"), form=form)


def _row(run: RecordedRun) -> dict[str, Any]:
    return {
        "run": run.run,
        "started": run.started_at[:19],
        "command": plain(run.command),
        "state": _state(run),
        "generation": run.after,
        **{kind: _count(run.record.get(kind, 0)) for kind in ("added", "changed", "unchanged", "failed")},
    }


def _count(value: Any) -> int:
    return value if isinstance(value, int) else len(value)


def _state(run: RecordedRun) -> str:
    if not run.finished_at:
        return "no record (killed, or still going on)"
    if run.record.get("error"):
        return "ended by an error"
    return "interrupted" if run.record.get("interrupted") else "finished"
