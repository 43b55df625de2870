"""Levers in the plane of two metrics, by what works say they do to each: pure, from effect rows to places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ontology.terms import Ontology

Row = Mapping[str, Any]  # a row of edges-of-strategy
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


def _side(verdicts: Mapping[str, float]) -> float | None:
    if not verdicts:
        return None
    return round(verdicts.get("beneficial", 0.0) - verdicts.get("detrimental", 0.0), 3)
