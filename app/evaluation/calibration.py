"""Ask whether a confidence of .8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold the claims of one tenth of the scale: how many, how sure on average, and what share is true."""

    low: float
    high: float
    count: int
    confidence: float
    true: float


def reliability(claims: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return ten bins of (confidence, truth); an empty one has no share."""
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, is_true in claims:
        rows[min(int(confidence * _BINS), _BINS - 1)].append((confidence, is_true))
    return tuple(
        Bin(
            low=at / _BINS,
            high=(at + 1) / _BINS,
            count=len(row),
            confidence=sum(c for c, _ in row) / len(row) if row else 0.0,
            true=sum(t for _, t in row) / len(row) if row else 0.0,
        )
        for at, row in enumerate(rows)
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between confidence and truth, bins weighed by count."""
    total = sum(row.count for row in bins)
    return sum(row.count * abs(row.confidence - row.true) for row in bins) / total if total else 0.0
