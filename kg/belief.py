"""Say how far a statement is believed, by one formula without hidden knobs.

A work's weight for a statement is that of its best sentence::

    weight = base(source kind) · confidence · hedge · secondhand · host · unconfirmed

and independent works add up as independent chances to be right::

    belief = 1 - Π (1 - weight)

So belief never falls when a work, a firmer source or a higher confidence is added, never reaches 1, and one sentence
repeated twenty times in one work counts once. A paper's own clear result alone gives 0.6, two independent ones 0.84.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ontology.model import Assertion, SourceKind

__all__ = ["BASE", "HEDGED", "OTHER_HOST", "SECONDHAND", "UNCONFIRMED", "pooled_belief", "weight"]

BASE: Mapping[SourceKind, float] = MappingProxyType(
    {"own_result": 0.6, "cited": 0.45, "review_synthesis": 0.4, "background": 0.25, "hypothesis": 0.1}
)
HEDGED = 0.6  # may, might, suggests: the authors themselves are not sure
SECONDHAND = 0.8  # read in a digest of the work, not in the work
OTHER_HOST = 0.3  # found on graphite, red phosphorus …: bears on silicon-carbon anodes only by analogy
UNCONFIRMED = 0.5  # cited from a work that is in the library and does not say so
_DIGITS = 6  # beliefs are rounded so that the order of factors cannot show


def weight(assertion: Assertion, *, secondhand: float = 1.0, unconfirmed: float = 1.0) -> float:
    """Return how much one sentence supports its statement, in [0, 1]."""
    factors = (
        BASE[assertion.source_kind],
        min(max(assertion.confidence, 0.0), 1.0),
        HEDGED if assertion.hedged else 1.0,
        OTHER_HOST if assertion.conditions.host else 1.0,
        secondhand,
        unconfirmed,
    )
    return math.prod(factors)


def pooled_belief(weights: Iterable[float]) -> float:
    """Return the belief that independent weights give together, in [0, 1)."""
    return round(1.0 - math.prod(1.0 - each for each in sorted(weights)), _DIGITS)
