"""Commands for analysts: sparql and cypher, read-only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import Library, Limit, Output, Timeout
from app.plain import complain
from app.render import Format, print_rows
from app.settings import library_folder
from kg import open_library
from ontology.errors import QuestionError

_ROWS = 10_000
_SECONDS = 30.0

QueryText = Annotated[str, typer.Argument(metavar="QUERY", help="The query, @FILE, or - for standard input.")]


def sparql(
    query: QueryText = "-",
    library: Library = None,
    form: Output = Format.table,
    limit: Limit = _ROWS,
    timeout: Timeout = _SECONDS,
) -> None:
    """Run a SPARQL query on the library's RDF graph; nothing can be written."""
    _run("sparql", query, library, form, limit or _ROWS, timeout)


def cypher(
    query: QueryText = "-",
    library: Library = None,
    form: Output = Format.table,
    limit: Limit = _ROWS,
    timeout: Timeout = _SECONDS,
) -> None:
    """Run a Cypher query on the library's property graph; nothing can be written."""
    _run("cypher", query, library, form, limit or _ROWS, timeout)


def _run(language: str, query: str, library: Path | None, form: Format, limit: int, timeout: float) -> None:
    text = _query_text(query)
    with open_library(library_folder(library)) as graph:
        frame = (graph.sparql if language == "sparql" else graph.cypher)(text, max_rows=limit, timeout=timeout)
    columns = [str(column) for column in frame.columns]
    rows = [dict(zip(columns, values, strict=True)) for values in frame.itertuples(index=False, name=None)]
    print_rows(rows, columns, form=form)
    if frame.attrs.get("truncated"):
        complain(f"only the first {len(rows)} rows are shown; raise --limit")


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
