"""Say which of a sentence's circumstances hold for one of its claims.

How a cell is built holds for the whole sentence; how it is run holds for its own clause. "FEC prolongs cycling but
hurts storage at 60 °C" says nothing of cycling at 60 °C. What opens the sentence ("At 45 °C, …") holds until a clause
says otherwise, and of two rival circumstances in one clause the nearer one counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.conditions import FoundCondition

__all__ = ["holding"]

# What a test does to a cell; the other fields say what the cell is.
_RUN = frozenset({
    "regime", "temperature", "charge_rate", "discharge_rate", "rate", "current_density", "voltage_window", "cycles",
    "storage_time", "state_of_charge", "rest",
})  # fmt: skip
_ONE_AT_A_TIME = frozenset({"regime", "temperature"})
_LONGEST_OPENING = 60  # characters before its comma
_CLAUSE = re.compile(r";|\b(?:but|whereas|while|although|though|yet|however|even though)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:at|under|in|during|after|on|with|for|upon|within|over|even|only)\b)", re.IGNORECASE)


def holding(found: Sequence[FoundCondition], text: str, at: int) -> tuple[FoundCondition, ...]:
    """Return the circumstances that hold for a claim whose target starts at a character of the sentence's text."""
    starts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text) + 1]
    clause = next((a, b) for a, b in pairwise(starts) if a <= at < b)
    front = text.find(",", 0, _LONGEST_OPENING) if _OPENING.match(text) else -1
    kept: list[FoundCondition] = []
    for name in dict.fromkeys(c.field for c in found):
        rivals = [c for c in found if c.field == name]
        if name in _RUN:
            own = [c for c in rivals if clause[0] <= c.span.start < clause[1]]
            rivals = (_nearest(own, text, at) if name in _ONE_AT_A_TIME else own) or [
                c for c in rivals if c.span.end <= front
            ]
        kept += rivals
    return tuple(sorted(kept, key=lambda c: (c.span, c.field)))


def _nearest(rivals: Sequence[FoundCondition], text: str, at: int) -> list[FoundCondition]:
    """Choose the nearest of rival circumstances; one that follows its target is nearer than one that precedes it."""
    if len(rivals) < 2:
        return list(rivals)

    def distance(c: FoundCondition) -> tuple[int, int]:
        between = text[min(at, c.span.start) : max(at, c.span.start)]
        return len(re.findall(r",|\band\b", between)) + (c.span.start < at), abs(c.span.start - at)

    return [min(rivals, key=distance)]
