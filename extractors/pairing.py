"""Pair coordinated values with coordinated things, in order: "80% and 65% at 25 °C and 45 °C, respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Ordinal", "Place", "ordinal_of", "partner_of", "runs"]

Place = tuple[int, int]  # half-open, in the sentence's own text
_JOINT = re.compile(
    r"\s*(?:\([^()]{0,20}\)\s*)?(?:,\s*(?:and|or)?|and|or|&|versus|vs\.?)\s*(?:(?:the|an?|for|with|at|in"
    r"|of|by|~|about)\s+)*",
    re.I,
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Say which of how many coordinated values one is; ``index`` is 0-based."""

    index: int
    count: int


def runs(text: str, places: Sequence[Place]) -> list[list[int]]:
    """Group neighbouring places that only commas and conjunctions part; give their indices."""
    found: list[list[int]] = []
    for index, place in enumerate(places):
        if found and _JOINT.fullmatch(text[places[found[-1][-1]][1] : place[0]]):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def ordinal_of(text: str, value: Place, values: Sequence[Place]) -> Ordinal | None:
    """Say which of the values that "respectively" speaks of one is; None where the word is missing."""
    said = _RESPECTIVELY.search(text, value[1])
    if said is None:
        return None
    for run in runs(text, values):
        members = [values[i] for i in run]
        if value in members and len(members) > 1:
            return Ordinal(members.index(value), len(members))
    return None


def partner_of(text: str, ordinal: Ordinal, places: Sequence[Place]) -> int | None:
    """Return the index of the place that goes with a value: the same position in a run just as long."""
    fitting = [run for run in runs(text, places) if len(run) == ordinal.count]
    return fitting[-1][ordinal.index] if len(fitting) == 1 else None
