"""Fit a logistic regression by Newton's steps: a few lines, the same weights on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Vector:
    """Lay features out: one line a row, one column a name; what a row lacks is 0."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float64).reshape(-1, len(names))


def fit(x: Vector, y: Vector, penalty: Vector) -> Vector:
    """Return the weights of the least penalised log loss; ``penalty`` holds an L2 factor a column."""
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = sure(x @ weights)
        curvature = (x * (p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curvature, x.T @ (p - y) + penalty * weights)
        weights -= step
        if abs(step).max() < 1e-9:
            break
    return weights


def straighten(scores: Vector, y: Vector) -> tuple[float, float]:
    """Return slope and offset that turn scores of unseen rows into log odds (Platt's scaling)."""
    slope, offset = fit(np.column_stack([scores, np.ones_like(scores)]), y, np.array([1e-3, 1e-3]))
    return float(slope), float(offset)


def sure(scores: Vector) -> Vector:
    """Turn log odds into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float64)
