"""Commands that read papers and keep nothing: extract, text."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import MinConfidence, Paths
from app.dial import dialled
from app.files import find_files
from app.plain import complain
from app.progress import Step, shown
from extractors import read, to_contract
from ontology.errors import AnodeError


class Lines(StrEnum):
    """The one form of `extract`: a JSON object a line."""

    jsonl = "jsonl"


def extract(
    paths: Paths,
    form: Annotated[Lines, typer.Option("--format", "-f", help="One JSON object a document and line.")] = Lines.jsonl,  # noqa: ARG001
    min_confidence: MinConfidence = None,
) -> None:
    """Print what papers say: mentions, measurements and signed effects, one JSON object a document."""
    files = list(find_files(paths))
    failed = 0
    with shown("extract") as progress:
        for done, path in enumerate(files):
            progress(Step(done, len(files), "reading", path.name))
            try:
                line = json.dumps(to_contract(dialled(read(path), min_confidence)), ensure_ascii=False)
            except AnodeError as error:
                failed += 1
                complain(str(error))
            else:
                _write(line + "\n")
        progress(Step(len(files), len(files), "done"))
    if failed:
        raise typer.Exit(1)


def text(path: Annotated[Path, typer.Argument(metavar="PATH", help="One document.")]) -> None:
    """Print the text of a document, to the character, in UTF-8: what all its offsets count in."""
    _write(read(path).text)


def _write(words: str) -> None:
    """Write UTF-8 whatever the terminal's encoding, newlines as they stand."""
    sys.stdout.flush()
    sys.stdout.buffer.write(words.encode("utf-8"))
    sys.stdout.buffer.flush()
