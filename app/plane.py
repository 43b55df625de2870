"""Levers in the plane of two metrics, by what works say they do to each: pure, from effect rows to places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ontology.terms import Ontology

Row = Mapping[str, Any]  # a row of edges-of-strategy
_LETTER, _LINE = 6.5, 13  # pixels of a caption's letter and line
_SHIFTS = (0, -14, 14, -28, 28)
_ACTIVE = ("applied", "increased", "level")


class Place(NamedTuple):
    """Hold where a lever stands: belief that it helps less belief that it harms, from -1 to 1; None: never reported."""

    cause: str
    label: str
    x: float | None
    y: float | None
    effects: tuple[str, ...]

    @property
    def told(self) -> str:
        """Say which of the two metrics works report on."""
        if self.x is not None and self.y is not None:
            return "both"
        return "the first only" if self.x is not None else "the second only"

    def score(self, weight_x: float, weight_y: float) -> float:
        """Return the weighted sum; what was never reported counts nothing."""
        return weight_x * (self.x or 0.0) + weight_y * (self.y or 0.0)


def places(rows: Iterable[Row], ontology: Ontology, x: str, y: str) -> list[Place]:
    """Return every strategy that works report on one of two metrics, kinds of these included."""
    families = [frozenset({metric}) | ontology.descendants(metric) for metric in (x, y)]
    best: defaultdict[str, list[dict[str, float]]] = defaultdict(lambda: [{}, {}])
    effects: defaultdict[str, list[str]] = defaultdict(list)
    labels = {}
    for row in rows:
        if row["kind"] != "strategy" or row["change"] not in _ACTIVE:
            continue
        for place, family in enumerate(families):
            if row["target"] in family:
                known = best[row["concept"]][place]
                known[row["verdict"]] = max(known.get(row["verdict"], 0.0), float(row["belief"] or 0.0))
                effects[row["concept"]].append(row["effect"])
                labels[row["concept"]] = row["label"]
    found = [
        Place(cause, labels[cause], _side(of_x), _side(of_y), tuple(dict.fromkeys(effects[cause])))
        for cause, (of_x, of_y) in best.items()
    ]
    return sorted(found, key=lambda place: place.label.lower())


def captions(drawn: Sequence[Place], *, reach: float, width: int = 900, height: int = 330) -> list[int | None]:
    """Return for each place how many pixels its name is set lower, so that no two names overlap; None: no room.

    ``reach`` is where both axes end, ``width`` and ``height`` are the pixels between their ends.
    """
    kept: list[tuple[float, float, float]] = []
    found: list[int | None] = []
    for place in drawn:
        left = (place.x or 0.0) / reach * width / 2
        right = left + _LETTER * min(len(place.label), 26) + 8
        middle = -(place.y or 0.0) / reach * height / 2
        room = (shift for shift in _SHIFTS if all(_apart((left, right, middle + shift), other) for other in kept))
        shift = next(room, None)
        if shift is not None:
            kept.append((left, right, middle + shift))
        found.append(shift)
    return found


def _apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0] or abs(one[2] - other[2]) >= _LINE


def _side(verdicts: Mapping[str, float]) -> float | None:
    if not verdicts:
        return None
    return round(verdicts.get("beneficial", 0.0) - verdicts.get("detrimental", 0.0), 3)
