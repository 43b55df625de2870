"""Take a work out of the library, and put it back."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.ingest import Wait
from app.commands.options import Library, Output
from app.plain import plain
from app.render import Format, print_json
from app.settings import library_folder
from app.withdrawing import reinstate
from app.withdrawing import withdraw as withdraw_work


def withdraw(
    work: Annotated[str, typer.Argument(metavar="WORK", help="Its DOI, its key, or the name of its file.")],
    note: Annotated[str, typer.Option("--note", help="Why, in a few words; kept with the work.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Let a withdrawn work in again at the next ingest.")] = False,
    library: Library = None,
    wait: Wait = 0.0,
    form: Output = Format.table,
) -> None:
    """Withdraw a work: nothing rests on it any more, no run brings it back, and its past stays."""
    folder = library_folder(library)
    done = reinstate(work, folder, wait=wait) if undo else withdraw_work(work, folder, note=note, wait=wait)
    if form is Format.json:
        print_json({"work": done.work, "state": done.state, "generation": done.generation})
    else:
        typer.echo(plain(f"{done.work} {done.state}, generation {done.generation}"))
