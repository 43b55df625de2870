"""Commands for analysts: sparql and cypher, read-only."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, TextIO

import typer

from app.commands.options import AsOf, Library, Timeout
from app.parameters import parameters
from app.plain import complain
from app.render import Format, print_rows
from app.settings import library_folder
from kg import Language, Result, kinds_of, open_library, replaced_file, rows_to_file
from ontology.errors import QuestionError

_ROWS = 10_000
_SECONDS = 30.0


class Shape(StrEnum):
    """How the rows of a query are written."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


QueryText = Annotated[str, typer.Argument(metavar="QUERY", help="The query, @FILE, or - for standard input.")]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        metavar="NAME=VALUE",
        help="A value for $NAME: number, true, <IRI>, text, or a JSON list of texts; quotes make anything text.",
    ),
]
As = Annotated[Shape, typer.Option("--format", "-f", help="How rows are written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write [default: standard output].")]
Rows = Annotated[int, typer.Option("--limit", min=1, help="Give at most this many rows, and say so.")]


def sparql(
    query: QueryText = "-",
    values: Values = None,
    library: Library = None,
    form: As = Shape.table,
    output: Output = None,
    limit: Rows = _ROWS,
    timeout: Timeout = _SECONDS,
    as_of: AsOf = None,
) -> None:
    """Run a SPARQL query on the library's RDF graph; nothing can be written."""
    _write(_found("sparql", query, values, library, limit, timeout, as_of), form, output)


def cypher(
    query: QueryText = "-",
    values: Values = None,
    library: Library = None,
    form: As = Shape.table,
    output: Output = None,
    limit: Rows = _ROWS,
    timeout: Timeout = _SECONDS,
    as_of: AsOf = None,
) -> None:
    """Run a Cypher query on the library's property graph; nothing can be written."""
    _write(_found("cypher", query, values, library, limit, timeout, as_of), form, output)


def _found(
    language: Language,
    query: str,
    values: list[str] | None,
    library: Path | None,
    limit: int,
    timeout: float,
    as_of: str | None,
) -> Result:
    text, given = _query_text(query), parameters(values or ())
    with open_library(library_folder(library), as_of=as_of) as graph:
        return graph.store(language).query(text, given, max_rows=limit, timeout=timeout)


def _write(found: Result, form: Shape, output: Path | None) -> None:
    if form is not Shape.parquet and output is None:
        _print(found, form, sys.stdout)
    elif output is not None:
        with replaced_file(output) as stream:
            _write_bytes(found, form, stream)
    elif sys.stdout.isatty():
        raise QuestionError("Parquet is nothing to read on a terminal; give --output FILE")
    else:
        _write_bytes(found, form, sys.stdout.buffer)
    if found.truncated:
        complain(f"only the first {len(found.rows)} rows are shown; raise --limit")


def _write_bytes(found: Result, form: Shape, stream: IO[bytes]) -> None:
    if form is Shape.parquet:
        rows_to_file(kinds_of(found.columns, found.rows), found.rows, stream, "parquet")
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    _print(found, form, text)
    text.flush()
    text.detach()


def _print(found: Result, form: Shape, stream: TextIO) -> None:
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    print_rows(rows, found.columns, form=Format(form), stream=stream)


def _query_text(argument: str) -> str:
    """Return the text of a query given as itself, as @FILE or as - for standard input."""
    if argument == "-":
        text = sys.stdin.read()
    elif argument.startswith("@"):
        try:
            text = Path(argument[1:]).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise QuestionError(f"{argument[1:]}: the query cannot be read ({error}); check the path") from None
    else:
        text = argument
    if not text.strip():
        raise QuestionError("the query is empty; give it as an argument, as @FILE or on standard input")
    return text
