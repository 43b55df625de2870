"""Fit the pair ranker on the train half of the passages: ``uv run python -m tests.gold.train_ranker [--check]``.

Writes ``extractors/lexicon/pair_weights.tsv`` and prints what cross-validation says of it; ``--check`` only compares.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.evaluating import read_samples
from app.evaluation import Naming, Split, Tally, calibration_error, load_passages, reliability
from app.evaluation.tables import bar
from app.progress import shown
from extractors import MIN_CONFIDENCE
from ontology import load_ontology
from tests.gold.logistic import Vector, fit, matrix, straighten, sure
from tests.gold.pairs import Pair, Weighed, score, weigh

PASSAGES = Path(__file__).parent / "passages"
TABLE = Path(__file__).parents[2] / "extractors" / "lexicon" / "pair_weights.tsv"
PENALTY = 3.0  # L2, a feature; the bias is almost free
SEEN = 3  # a feature that fewer candidates show has no weight
FOLDS = 10  # groups of whole passages
DIALS = tuple(round(0.05 * step, 2) for step in range(2, 19))
WANTED = 0.70  # precision that comes first when the dial is chosen
TOLERANCE = 0.05  # between machines: the parser's arithmetic may flip a close decision


@dataclass(frozen=True, slots=True)
class Fitted:
    """Hold the weights, and the probability that cross-validation gives each pair, by its identity."""

    weights: dict[str, float]
    unseen: dict[int, float]
    slope: float


def train(rows: Sequence[Weighed], *, penalty: float = PENALTY) -> Fitted:
    """Fit on all pairs that the annotation judges, and straighten by pairs of passages left out."""
    folds = {row.passage.id: at % FOLDS for at, row in enumerate(rows)}
    pairs = [pair for row in rows for pair in row.pairs]
    judged = [pair for pair in pairs if pair.true is not None]
    unseen = np.zeros(len(pairs))
    for fold in range(FOLDS):
        names, weights = _fit([p for p in judged if folds[p.passage] != fold], penalty)
        left_out = [at for at, pair in enumerate(pairs) if folds[pair.passage] == fold]
        unseen[left_out] = matrix([pairs[at].features for at in left_out], names) @ weights
    known = [at for at, pair in enumerate(pairs) if pair.true is not None]
    slope, offset = straighten(unseen[known], np.array([float(bool(pairs[at].true)) for at in known]))
    names, weights = _fit(judged, penalty)
    straight = {name: slope * float(weight) for name, weight in zip(names, weights, strict=True)}
    straight["bias"] += offset
    likely = sure(slope * unseen + offset)
    return Fitted(
        {name: round(weight, 3) for name, weight in straight.items()},
        {id(pair): float(p) for pair, p in zip(pairs, likely, strict=True)},
        slope,
    )


def _fit(pairs: Sequence[Pair], penalty: float) -> tuple[list[str], Vector]:
    counts = Counter(name for pair in pairs for name in pair.features)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    factors = np.array([1e-3 if name == "bias" else penalty for name in names])
    return names, fit(
        matrix([p.features for p in pairs], names), np.array([float(bool(p.true)) for p in pairs]), factors
    )


def chosen(by_dial: dict[float, Tally]) -> float:
    """Choose the dial: precision WANTED first, then the best F1; without any such dial the best F1."""
    precise = [dial for dial, tally in by_dial.items() if tally.precision >= WANTED and tally.right]
    return max(precise or by_dial, key=lambda dial: (by_dial[dial].f1, dial))


def table(fitted: Fitted, rows: Sequence[Weighed]) -> str:
    """Return the text of the table, the heaviest weight first."""
    pairs = sum(pair.true is not None for row in rows for pair in row.pairs)
    lines = [
        f"# Weights of the pair ranker (extractors/ranker.py): logistic regression over {pairs} candidate pairs of the train half "
        f"of tests/gold, L2 = {PENALTY:g}, straightened by {FOLDS}-fold cross-validation; written by tests/gold/train_ranker.py.",
        "feature\tweight",
    ]  # fmt: skip
    heaviest = sorted(fitted.weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return "\n".join([*lines, *(f"{name}\t{weight:.3f}" for name, weight in heaviest)]) + "\n"


def shipped() -> dict[str, float]:
    """Return the weights as shipped."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines, delimiter="\t")}


def differences(fitted: Fitted) -> list[str]:
    """List the features whose shipped weight is not what a fit gives."""
    old, new = shipped(), fitted.weights
    return [
        f"{name}: shipped {old.get(name, 0.0):.3f}, fitted {new.get(name, 0.0):.3f}"
        for name in sorted(old.keys() | new.keys())
        if abs(old.get(name, 0.0) - new.get(name, 0.0)) > TOLERANCE
    ]


def report(fitted: Fitted, rows: Sequence[Weighed], naming: Naming) -> None:
    """Print what cross-validation says: the dial, and how far a probability can be taken at its word."""
    by_dial = score(rows, lambda pair: fitted.unseen[id(pair)], naming, DIALS)
    best = chosen(by_dial)
    print(f"{FOLDS}-fold cross-validation over {len(rows)} passages of the train half, signed effects:")
    for dial, tally in by_dial.items():
        mark = "  <- recommended MIN_CONFIDENCE" if dial == best else ""
        print(f"  {dial:.2f}  P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}{mark}")
    if by_dial[best].precision < WANTED:
        print(f"no dial reaches a precision of {WANTED:g}; the recommended one is that of the best F1")
    unseen = [(fitted.unseen[id(p)], p.true) for row in rows for p in row.pairs if p.true is not None]
    bins = reliability(unseen)
    print(f"reliability of the pairs left out, straightened by a slope of {fitted.slope:.2f}:")
    print("\n".join(bar(row) for row in bins))
    print(f"expected calibration error {calibration_error(bins):.3f}")


def main() -> None:
    """Fit, print, and write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the shipped table instead of writing it")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="try another L2; nothing is written")
    options = parser.parse_args()
    naming = Naming(load_ontology())
    passages = load_passages(PASSAGES, naming, split=Split.train)
    with shown("read") as progress:
        rows = weigh(read_samples(passages, min_confidence=MIN_CONFIDENCE, progress=progress), naming)
    fitted = train(rows, penalty=options.penalty)
    report(fitted, rows, naming)
    if options.check:
        found = differences(fitted)
        print("\n".join(found) or "the shipped weights are what this gives")
        sys.exit(bool(found))
    if options.penalty == PENALTY:
        TABLE.write_text(table(fitted, rows), encoding="utf-8")
        print(f"written: {TABLE.relative_to(Path.cwd()) if TABLE.is_relative_to(Path.cwd()) else TABLE}")


if __name__ == "__main__":
    main()
