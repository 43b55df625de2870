"""Read papers into the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from app.commands.options import Library, Output, Paths
from app.ingest import Report
from app.ingest import ingest as ingest_papers
from app.plain import complain, plain
from app.progress import shown
from app.render import Format, print_json, print_rows
from app.settings import library_folder


def ingest(paths: Paths, library: Library = None, form: Output = Format.table) -> None:
    """Read papers into the library and its graphs; what is unchanged is skipped."""
    folder = library_folder(library)
    with shown("ingest") as progress:
        report = ingest_papers(paths, folder, progress=progress)
    for failure in report.failed:
        complain(failure.reason)
    _show(report, folder, form)
    if report.interrupted:
        raise typer.Exit(130)
    if report.failed:
        raise typer.Exit(1)


def _show(report: Report, folder: Path, form: Format) -> None:
    if form is Format.json:
        print_json({"library": str(folder), **report.to_json()})
    elif form is Format.csv:
        print_rows(_lines(report), ("path", "state", "reason"), form=form)
    else:
        counts = ", ".join(
            f"{len(paths)} {state}"
            for state, paths in (
                ("added", report.added),
                ("changed", report.changed),
                ("unchanged", report.unchanged),
                ("failed", report.failed),
            )
        )
        typer.echo(f"{counts}: {report.effects} effects and {report.measurements} measurements read")
        typer.echo(plain(f"library {folder}, generation {report.generation}"))
        if report.interrupted:
            typer.echo("interrupted; the same command goes on where it stopped")


def _lines(report: Report) -> list[dict[str, Any]]:
    done = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    lines = [{"path": path, "state": state, "reason": ""} for state, paths in done.items() for path in paths]
    return lines + [{"path": failure.path, "state": "failed", "reason": failure.reason} for failure in report.failed]
