"""Turn the features of a candidate pair into the probability that the paper claims it.

A logistic regression whose weights stand in ``lexicon/pair_weights.tsv``; ``tests/gold/train_ranker.py`` fits them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import exp

from ontology.errors import LexiconError

__all__ = ["probability", "weights"]


def probability(row: Mapping[str, float]) -> float:
    """Return the probability in (0, 1), rounded to four places; a feature without a weight counts nothing."""
    known = weights()
    score = sum(known.get(name, 0.0) * value for name, value in row.items())
    return round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, score)))), 4)


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Load the weights by feature; raise LexiconError when the table is malformed."""
    text = resources.files("extractors").joinpath("lexicon", "pair_weights.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    try:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines, delimiter="\t")}
    except (KeyError, TypeError, ValueError) as error:
        message = (
            "extractors/lexicon/pair_weights.tsv is no table of feature and weight; run tests/gold/train_ranker.py"
        )
        raise LexiconError(message) from error
