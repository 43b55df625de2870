"""Show the whole street: samples, graph, validation, an answer, the double-edged table."""

from __future__ import annotations

import shlex

import typer

from app.ask import ask
from app.commands.options import Library
from app.demo import FLAGSHIP, build_demo
from app.plain import plain
from app.progress import shown
from app.ranking import rows_of
from app.render import Format, print_rows
from app.render_answer import print_answer
from app.settings import demo_folder
from kg import open_library

_ANSWERS = 5
_COLUMNS = ("strategy", "gain", "cost", "separated by", "kind")


def demo(library: Library = None) -> None:
    """Build a graph from the bundled samples, validate it, and answer a question: no key, no server, no network."""
    folder = library or demo_folder()
    with shown("demo") as progress:
        report = build_demo(folder, progress=progress)
    read = len(report.added) + len(report.changed)
    typer.echo(
        f"1. {read} digests of published works read, {len(report.unchanged)} known already, {len(report.failed)} failed"
    )
    for failure in report.failed:
        typer.echo(plain(f"   {failure.reason}"), err=True)
    with open_library(folder) as graph:
        counts = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in graph.stats().items())
        typer.echo(f"2. embedded graph: {counts}")
        checked = graph.validate()
        typer.echo(
            f"3. SHACL: {checked.claims} claims of {checked.works} works checked, {len(checked.refused)} refused"
        )
        typer.echo(f"4. {FLAGSHIP}\n")
        print_answer(ask(FLAGSHIP, graph), most=_ANSWERS, queries=False)
        rows = rows_of(graph, "double-edged-strategies", {})
    typer.echo("\n5. Double-edged strategies")
    print_rows(
        [
            {
                "strategy": row["label"],
                "gain": row["gain_label"],
                "cost": row["cost_label"],
                "separated by": row["separated_by"],
                "kind": row["edge_kind"].replace("_", " "),
            }
            for row in rows
        ],
        _COLUMNS,
        form=Format.table,
    )
    typer.echo(f"\n6. Open the page:  anodekg serve --library {shlex.quote(plain(str(folder)))}")
    if report.failed:
        raise typer.Exit(1)
