"""Commands that read papers: extract, text, ingest."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.options import Library, Output, Paths
from app.ingest import Report, find_files
from app.ingest import ingest as ingest_papers
from app.progress import Step, shown
from app.render import Format, plain, print_json, print_rows
from app.settings import library_folder
from extractors import extract as extract_claims
from extractors import read, to_contract
from ontology.errors import AnodeError


class Lines(StrEnum):
    """The one form of `extract`: a JSON object a line."""

    jsonl = "jsonl"


def extract(
    paths: Paths,
    form: Annotated[Lines, typer.Option("--format", "-f", help="One JSON object a document and line.")] = Lines.jsonl,  # noqa: ARG001
) -> None:
    """Print what papers say: mentions, measurements and signed effects, one JSON object a document."""
    files = list(find_files(paths))
    failed = 0
    with shown("extract") as progress:
        for done, path in enumerate(files):
            progress(Step(done, len(files), "reading", path.name))
            try:
                line = json.dumps(to_contract(extract_claims(read(path))), ensure_ascii=False)
            except AnodeError as error:
                failed += 1
                _complain(str(error))
            else:
                _write(line + "\n")
        progress(Step(len(files), len(files), "done"))
    if failed:
        raise typer.Exit(1)


def text(path: Annotated[Path, typer.Argument(metavar="PATH", help="One document.")]) -> None:
    """Print the text of a document, to the character, in UTF-8: what all its offsets count in."""
    _write(read(path).text)


def ingest(paths: Paths, library: Library = None, form: Output = Format.table) -> None:
    """Read papers into the library and its graphs; what is unchanged is skipped."""
    folder = library_folder(library)
    with shown("ingest") as progress:
        report = ingest_papers(paths, folder, progress=progress)
    for failure in report.failed:
        _complain(failure.reason)
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


def _complain(message: str) -> None:
    print(f"anodekg: {plain(' '.join(message.split()))}", file=sys.stderr, flush=True)


def _write(words: str) -> None:
    """Write UTF-8 whatever the terminal's encoding, newlines as they stand."""
    sys.stdout.flush()
    sys.stdout.buffer.write(words.encode("utf-8"))
    sys.stdout.buffer.flush()
