"""Judge claims and things: list, accept, reject, correct, merge."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.commands.options import Library, Limit, Output
from app.curating import corrections, find_claim, short, uncurated
from app.plain import complain
from app.render import Format, print_rows
from app.settings import library_folder
from kg import Curation, Graph, open_library
from ontology.errors import QuestionError


class Act(StrEnum):
    """What to do."""

    list = "list"
    words = "words"
    orphans = "orphans"
    accept = "accept"
    reject = "reject"
    correct = "correct"
    merge = "merge"
    retract = "retract"


class Order(StrEnum):
    """Which claims are listed first."""

    weakest = "weakest"
    strongest = "strongest"


_CLAIMS = ("claim", "belief", "cause", "change", "direction", "target", "quote", "work")
_WORDS = ("id", "action", "claim", "quote", "replacement", "curator", "note", "at", "work")


def curate(
    act: Annotated[
        Act, typer.Argument(metavar="ACTION", help="list, words, orphans, accept, reject, correct, merge or retract.")
    ] = Act.list,
    claim: Annotated[
        str, typer.Argument(metavar="[CLAIM]", help="A claim's IRI or the letters `list` prints; or a thing's name.")
    ] = "",
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="What to correct; may be repeated.")
    ] = None,
    into: Annotated[str, typer.Option("--into", help="The claim, or the concept, to merge into.")] = "",
    curator: Annotated[str, typer.Option("--by", help="Who says so [default: the login name].")] = "",
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    work: Annotated[str | None, typer.Option("--work", help="List only this work's, by key.")] = None,
    order: Annotated[Order, typer.Option("--order", help="Which claims are listed first.")] = Order.weakest,
    library: Library = None,
    form: Output = Format.table,
    limit: Limit = None,
) -> None:
    """Accept, reject, correct or merge a claim or a thing; list what nobody has judged.

    Belief follows at once, reading a paper anew keeps the curator's word, and `orphans` lists the words that no
    longer find their claim.
    """
    with open_library(library_folder(library)) as graph:
        if act is Act.list:
            _print(uncurated(graph, order=order.value, work=work), _CLAIMS, form, limit)
        elif act in (Act.words, Act.orphans):
            words = graph.curations(work) if act is Act.words else graph.orphans()
            _print([_row(word) for word in words], _WORDS, form, limit)
        elif act is Act.retract:
            graph.retract(_number(claim))
        else:
            key, iri = find_claim(graph, _given(claim, act))
            word = graph.curate(
                key,
                iri,
                act.value,
                curator=curator or _login(),
                note=note,
                replacement=_replacement(act, changes, into, graph),
            )
            _print([_row(word)], _WORDS, form, None)


def _replacement(act: Act, changes: list[str] | None, into: str, graph: Graph) -> str | dict[str, Any] | None:
    if act is Act.correct and changes:
        return corrections(changes, graph.ontology)
    if act is Act.merge and into:
        concept = graph.ontology.concepts.get(into) or graph.ontology.find(into)
        return concept.iri if concept else find_claim(graph, into)[1]
    if act in (Act.correct, Act.merge):
        raise QuestionError(f"{act} needs {'--set FIELD=VALUE' if act is Act.correct else '--into CLAIM or CONCEPT'}")
    return None


def _given(claim: str, act: Act) -> str:
    if not claim:
        raise QuestionError(f"{act} needs a claim; `anodekg curate list` prints them")
    return claim


def _number(text: str) -> int:
    if not text.isdigit():
        raise QuestionError("retract needs the number of a word; `anodekg curate words` prints them")
    return int(text)


def _row(word: Curation) -> dict[str, Any]:
    row = word.to_json()
    roles = row["roles"]
    return {
        **row,
        "claim": short(word.thing)
        if word.thing
        else " ".join(str(value).rsplit("/", 1)[-1] for value in roles.values()),
    }


def _print(rows: list[dict[str, Any]], columns: tuple[str, ...], form: Format, limit: int | None) -> None:
    if form is Format.json and rows:
        columns = tuple(rows[0])
    print_rows(rows[:limit], columns, form=form)
    if limit is not None and limit < len(rows):
        complain(f"only the first {limit} of {len(rows)} rows are shown; raise --limit")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise QuestionError("nobody is logged in; say who judges with --by NAME") from None
