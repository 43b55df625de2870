"""Say where along its axis a lever stands in a finding: its level, dose, temperature of making, size or thickness."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kg.comparability import canonical_interval
from kg.pooling import Pool, Stated
from ontology.model import Quantity

__all__ = ["OPTIMUM_AXES", "Place", "ends_of", "place_of", "places_of"]

# Along these a lever is turned up and down; the first that is stated places an assertion.
_AXES = ("level", "dose", "process_temperature", "particle_size", "domain_size", "thickness")
OPTIMUM_AXES = frozenset(_AXES)
Place = tuple[str, Quantity]  # axis and where on it


def places_of(pool: Pool) -> list[Place]:
    """Return the places of all assertions of an effect that have one."""
    return [place for item in pool.stated if (place := place_of(item)) is not None]


def place_of(item: Stated) -> Place | None:
    """Return the axis and place of an assertion, None where it states none."""
    for axis in _AXES:
        fact = item.facts.get(axis)
        if isinstance(fact, Quantity):
            return axis, fact
    return None


def ends_of(places: Iterable[Place]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the lowest and highest place by axis and unit; a level and a dose are one axis."""
    ends: dict[tuple[str, str], tuple[float, float]] = {}
    for axis, place in places:
        interval = canonical_interval(place)
        if interval is not None:
            key = ("level" if axis == "dose" else axis, interval[2])
            low, high = ends.get(key, (math.inf, -math.inf))
            ends[key] = min(low, interval[0]), max(high, interval[1])
    return ends
