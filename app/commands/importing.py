"""Take what was exported into a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.ingest import Wait
from app.commands.options import Library, LogForm, Output
from app.importing import Imports, import_exports
from app.plain import complain, plain
from app.progress import Log, shown
from app.render import Format, print_json, print_rows
from app.settings import library_folder

Exports = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Turtle, TriG, JSON-LD, N-Quads or nanopublications of ours.")
]


def import_(
    exports: Exports, library: Library = None, wait: Wait = 0.0, log: LogForm = Log.text, form: Output = Format.table
) -> None:
    """Take exports into the library: exported again, they are the same. A paper that was read here itself is kept.

    An export holds sentences and where they stand, not whole texts: read the paper to see its paragraphs.
    """
    folder = library_folder(library)
    with shown("import", log=log) as progress:
        report = import_exports(exports, folder, wait=wait, progress=progress)
    for claim, reason in report.refused:
        complain(f"a claim is refused and left out of the graphs ({claim}: {reason})")
    if form is Format.json:
        print_json({"library": str(folder), **report.to_json()})
    elif form is Format.csv:
        print_rows(_lines(report), ("work", "state"), form=form)
    else:
        counts = ", ".join(
            f"{len(getattr(report, name))} {name}" for name in ("added", "changed", "unchanged", "kept", "refused")
        )
        typer.echo(f"{counts}; {report.words} curators' words")
        typer.echo(plain(f"library {folder}, generation {report.generation}"))


def _lines(report: Imports) -> list[dict[str, str]]:
    states = ("added", "changed", "unchanged", "kept")
    return [{"work": work, "state": state} for state in states for work in getattr(report, state)]
