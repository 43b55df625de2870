"""Commands on a whole library: push, validate, stats."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import AsOf, Library, Output
from app.credentials import password_for
from app.plain import complain
from app.progress import Step, shown
from app.render import Format, print_rows
from app.settings import library_folder
from kg import open_library


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="The server, such as bolt://localhost:7687.")],
    library: Library = None,
    user: Annotated[str, typer.Option("--user", envvar="NEO4J_USER", help="User name.")] = "neo4j",
    database: Annotated[
        str | None, typer.Option("--database", help="Name of the database [default: the server's].")
    ] = None,
    form: Output = Format.table,
) -> None:
    """Write the property graph to a Neo4j server; the same again changes nothing, and one cut off is taken up again.

    The password comes from $NEO4J_PASSWORD, or is asked for.
    """
    password = password_for(url, user)
    with open_library(library_folder(library)) as graph, shown("push") as progress:
        report = graph.push(
            url,
            user=user,
            password=password,
            database=database,
            progress=lambda done, total: progress(Step(done, total, "writing")),
        )
    print_rows([report], tuple(report), form=form)


def validate(library: Library = None, form: Output = Format.table) -> None:
    """Check every work's graph against the SHACL shapes; exit status 1 where a claim is refused."""
    with open_library(library_folder(library)) as graph:
        report = graph.validate()
    print_rows(
        [{"claim": claim, "reason": why} for claim, why in report.refused.items()], ("claim", "reason"), form=form
    )
    complain(f"{report.works} works with {report.claims} claims checked, {len(report.refused)} refused")
    if report.refused:
        raise typer.Exit(1)


def stats(library: Library = None, form: Output = Format.table, as_of: AsOf = None) -> None:
    """Count works, claims, effects and concepts."""
    with open_library(library_folder(library), as_of=as_of) as graph:
        rows = [{"what": what, "count": count} for what, count in graph.stats().items()]
    print_rows(rows, ("what", "count"), form=form)
