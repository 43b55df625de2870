"""Measure the extractor on annotated passages."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import MinConfidence
from app.evaluating import own_gold, read_samples
from app.evaluation import Naming, Split, load_passages, render
from app.evaluation import evaluate as measure
from app.plain import plain
from app.progress import shown
from app.render import print_json
from extractors import MIN_CONFIDENCE
from ontology import load_ontology

Gold = Annotated[
    Path | None,
    typer.Option("--gold", metavar="DIR", help="Annotated passages [default: tests/gold/passages of the checkout]."),
]
Half = Annotated[Split, typer.Option("--split", help="Passages that were tuned on, that were not, or all.")]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]
Errors = Annotated[bool, typer.Option("--errors", help="List every error too: category, passage, what, beside what.")]


def evaluate(
    gold: Gold = None,
    split: Half = Split.all,
    min_confidence: MinConfidence = None,
    as_json: Json = False,
    errors: Errors = False,
) -> None:
    """Measure what is read against annotated passages: figures, ceiling, errors, reliability, and the dial."""
    naming = Naming(load_ontology())
    dial = MIN_CONFIDENCE if min_confidence is None else min_confidence
    passages = load_passages(gold or own_gold(), naming, split=split)
    with shown("evaluate") as progress:
        samples = read_samples(passages, min_confidence=dial, progress=progress)
    found = measure(samples, naming, min_confidence=dial)
    if as_json:
        listed = [asdict(finding) for finding in found.findings] if errors else None
        print_json(found.to_json() | ({"findings": listed} if listed is not None else {}))
        return
    for line in render(found, findings=found.findings if errors else ()):
        typer.echo(plain(line))
