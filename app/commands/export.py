"""Export the library's graph as RDF, nanopublications, CSV or Parquet."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.options import AsOf, Library
from app.plain import complain
from app.settings import library_folder
from kg import (
    FORMATS,
    LICENCE,
    PARTS,
    Publication,
    export_file,
    export_tables,
    open_library,
    replaced_file,
    replaced_folder,
    table_names,
)
from ontology.errors import QuestionError

ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]
Part = StrEnum("Part", {name: name for name in PARTS})  # type: ignore[misc]
_ALL = Part("all")


def export(
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What is written.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="File or folder [default: standard output].")
    ] = None,
    part: Annotated[
        Part, typer.Option("--what", help="What is exported; CSV and Parquet: one table, or a folder.")
    ] = _ALL,
    work: Annotated[str, typer.Option("--work", help="Only this work: its DOI, key or IRI.")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="IRI", help="Of nanopublications.")] = LICENCE,
    creator: Annotated[
        str, typer.Option("--creator", metavar="IRI", help="Of nanopublications, such as an ORCID.")
    ] = "",
    library: Library = None,
    as_of: AsOf = None,
) -> None:
    """Export the graph; the same library always gives the same bytes, and a file is whole or not there."""
    options: dict[str, Any] = {"form": form.value, "part": part.value, "work": work}
    with open_library(library_folder(library), as_of=as_of) as graph:
        store: Any = graph.store("sparql")
        if form in ("csv", "parquet") and part in ("all", "claims", "conclusions"):
            if output is None:
                raise QuestionError("several tables need a folder; give --output FOLDER, or one table by --what")
            ours = frozenset(f"{name}.{form}" for name in table_names("all", ""))
            with replaced_folder(output, ours=ours) as folder:
                count = export_tables(store, folder, **options)
        else:
            options["publication"] = Publication(licence, creator)
            options["moments"] = graph.moments() if form == "nanopubs" else {}
            if output is None:
                export_file(store, sys.stdout.buffer, **options)
                return
            with replaced_file(output) as stream:
                count = export_file(store, stream, **options)
    complain(f"{count} {'rows' if form in ('csv', 'parquet') else 'statements'} in {output}")
