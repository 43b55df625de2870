"""Commands that ask the catalogue: ask, questions, query."""

from __future__ import annotations

from typing import Annotated

import typer

from app.ask import ask as ask_graph
from app.ask import to_json
from app.commands.options import AsOf, Library, Limit, Output
from app.plain import complain
from app.render import Format, print_json, print_rows
from app.render_answer import ROW_COLUMNS, answer_rows, print_answer
from app.settings import library_folder
from kg import load_questions, open_library
from ontology.errors import QuestionError


def ask(
    question: Annotated[str, typer.Argument(help="A question in plain English, in quotes.")],
    library: Library = None,
    form: Output = Format.table,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Answers printed as text; JSON and CSV hold all.")] = 10,
    queries: Annotated[bool, typer.Option("--queries/--no-queries", help="Print the SPARQL and Cypher.")] = True,
    as_of: AsOf = None,
) -> None:
    """Answer a question with ranked answers, the other edge of each, and the sentences behind them."""
    with open_library(library_folder(library), as_of=as_of) as graph:
        answer = ask_graph(question, graph)
    if form is Format.json:
        print_json(to_json(answer))
    elif form is Format.csv:
        print_rows(answer_rows(answer), ROW_COLUMNS, form=form)
    else:
        print_answer(answer, most=limit, queries=queries)
    if answer.understood is None:
        raise typer.Exit(1)


def questions(form: Output = Format.table, library: Library = None) -> None:  # noqa: ARG001 - the same for every library
    """List the questions of the catalogue with their parameters and example phrasings."""
    rows = [
        {
            "id": question.id,
            "title": question.title,
            "parameters": [p.name if p.required else f"[{p.name}]" for p in question.parameters],
            "phrasings": list(question.phrasings),
        }
        for question in load_questions()
    ]
    print_rows(rows, ("id", "title", "parameters", "phrasings"), form=form)


def query(
    question: Annotated[str, typer.Argument(metavar="ID", help="An id that `anodekg questions` lists.")],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="Concepts by name or IRI.")
    ] = None,
    library: Library = None,
    form: Output = Format.table,
    limit: Limit = None,
    as_of: AsOf = None,
) -> None:
    """Ask one catalogue question and print its rows."""
    given = dict(_pair(text) for text in parameters or ())
    with open_library(library_folder(library), as_of=as_of) as graph:
        found = graph.rows(question, given)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    shown = rows[:limit]
    print_rows(shown, found.columns, form=form)
    if found.truncated or len(shown) < len(rows):
        complain(f"only the first {len(shown)} rows are shown; raise --limit")


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise QuestionError(f"{text!r} is no parameter; write key=value, for example target='calendar life'")
    return key, value
