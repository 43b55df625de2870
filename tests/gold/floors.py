"""Print what the floors of ``floors.json`` would be by our own scorer: ``uv run python -m tests.gold.floors [--write]``.

A floor is the figure as measured less a margin: one standard error of that many rows, and .03 at least. ``--write`` adds
and raises floors; it never lowers one. To lower one, edit the file and give the reason in the commit.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from math import floor, sqrt
from pathlib import Path
from typing import Any

from app.evaluating import own_gold, read_samples
from app.evaluation import Evaluation, Naming, Split, Tally, evaluate, load_passages
from app.progress import shown
from extractors import MIN_CONFIDENCE
from ontology import load_ontology

FILE = Path(__file__).parent / "floors.json"
OWN = "own scorer"  # the key of the floors that need nothing from outside the project
_RECALL_ONLY = ("sign", "conditions", "mechanism link")
_FEWEST = 8  # rows below which a figure says nothing

Floors = dict[str, dict[str, dict[str, float]]]  # part -> row -> figure -> floor


def figures(evaluation: Evaluation) -> Iterator[tuple[str, str, str, float, int]]:
    """Yield part, row, figure, value and the number of rows it rests on."""
    for row, tally in evaluation.table.items():
        yield from (("table", row, *told) for told in _figures(row, tally))
    for phenomenon, rows in evaluation.phenomena.items():
        for row, tally in rows.items():
            yield from ((phenomenon, row, *told) for told in _figures(row, tally))


def _figures(row: str, tally: Tally) -> Iterator[tuple[str, float, int]]:
    if row not in _RECALL_ONLY:
        yield "precision", tally.precision, tally.right + tally.spurious
    yield "recall", tally.recall, tally.right + tally.missed


def proposed(evaluation: Evaluation) -> Floors:
    """Return the floors that figures as measured would give."""
    found: Floors = {}
    for part, row, figure, value, count in figures(evaluation):
        margin = max(0.03, sqrt(value * (1 - value) / count)) if count >= _FEWEST else 1.0
        lowest = floor(100 * (value - margin)) / 100
        rows = found.setdefault(part, {})
        if lowest > 0:
            rows.setdefault(row, {})[figure] = lowest
    return found


def below(evaluation: Evaluation, floors: Floors) -> list[str]:
    """List the figures that have sunk below their floor."""
    return [
        f"{part}, {row}: {figure} {value:.3f} < {lowest}"
        for part, row, figure, value, _ in figures(evaluation)
        if value < (lowest := floors.get(part, {}).get(row, {}).get(figure, 0.0))
    ]


def raised(old: Floors, new: Floors) -> Floors:
    """Return old floors with those of ``new`` that are higher or were missing."""
    merged: Floors = json.loads(json.dumps(old))
    for part, rows in new.items():
        held = merged.setdefault(part, {})
        for row, told in rows.items():
            kept = held.setdefault(row, {})
            kept.update({figure: max(value, kept.get(figure, 0.0)) for figure, value in told.items()})
    return merged


def spelled(floors: Mapping[str, Any]) -> str:
    """Spell the file: one line for a set of sources, and one for each part of a half."""
    lines = [f"  {json.dumps(name)}: {json.dumps(told)}" for name, told in floors.items() if name != OWN]
    halves = []
    for half, parts in floors.get(OWN, {}).items():
        rows = ",\n".join(
            f"      {json.dumps(part)}: {json.dumps(rows, ensure_ascii=False)}" for part, rows in parts.items()
        )
        halves.append(f"    {json.dumps(half)}: {{\n{rows}\n    }}")
    if halves:
        lines.append(f"  {json.dumps(OWN)}: {{\n" + ",\n".join(halves) + "\n  }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Measure both halves and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="add and raise floors; none is lowered")
    options = parser.parse_args()
    naming, all_floors = Naming(load_ontology()), json.loads(FILE.read_text(encoding="utf-8"))
    old = all_floors.setdefault(OWN, {})
    for half in ("train", "test"):
        passages = load_passages(own_gold(), naming, split=Split(half))
        with shown(half) as progress:
            samples = read_samples(passages, min_confidence=MIN_CONFIDENCE, progress=progress)
        evaluation = evaluate(samples, naming, min_confidence=MIN_CONFIDENCE)
        for line in below(evaluation, old.get(half, {})):
            print(f"{half}: below its floor: {line}")
        old[half] = raised(old.get(half, {}), proposed(evaluation))
    if options.write:
        FILE.write_text(spelled(all_floors), encoding="utf-8")
    else:
        print(spelled({OWN: old}), end="")


if __name__ == "__main__":
    main()
