"""Find the window in which a lever works best, and its flanks.

An optimum is stated ("10 wt% is best") or follows from opposite slopes along one axis: 5 wt% helps, 25 wt% harms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kg.comparability import canonical_interval, show
from kg.pooling import Pool, Stated
from kg.reasoning.differences import separating
from ontology.identity import double_edge_iri
from ontology.model import DoubleEdge, Quantity

__all__ = ["OPTIMUM_AXES", "find_optimum"]

# Along these a lever is turned up and down; the first that is stated places an assertion.
_AXES = ("level", "dose", "process_temperature", "particle_size", "domain_size", "thickness")
OPTIMUM_AXES = frozenset(_AXES)
_UP = frozenset({"applied", "increased", "level", "excess"})
_Place = tuple[str, Quantity]  # axis and where on it


def find_optimum(pools: Sequence[Pool]) -> DoubleEdge | None:
    """Return the optimum of one lever on one target, or None where its effects do not turn along the lever."""
    signed = [pool for pool in pools if pool.effect.key.direction in ("increases", "decreases")]
    best = max(
        (pool for pool in pools if pool.effect.key.direction == "optimum"),
        key=lambda pool: (pool.effect.belief, pool.effect.iri),
        default=None,
    )
    window = _hull([item.assertion.window for pool in pools for item in pool.stated if item.assertion.window])
    gains = [pool for pool in signed if pool.effect.verdict == "beneficial" and pool.effect.key.change in _UP]
    costs = [pool for pool in signed if pool.effect.verdict == "detrimental" and pool.effect.key.change in _UP]
    if best is None:
        turned = next(((gain, cost) for gain in _ranked(gains) for cost in _ranked(costs) if _turns(gain, cost)), None)
        if turned is None:
            return None
        gain, cost = turned
        window = _hull([place for _, place in _places(gain)])
        flanks = _flanks([cost], window)
    else:
        gain = best
        flanks = [*_flanks(_ranked([*gains, *costs]), window), *_flanks(_insufficient(signed), window)]
        outside = [pool for pool in _ranked(costs) if _flanks([pool], window)]
        cost = (outside or _insufficient(signed) or [best])[0]
    return DoubleEdge(
        iri=double_edge_iri("optimum", gain.effect.iri, cost.effect.iri),
        kind="optimum",
        cause=gain.effect.key.cause,
        cause_label=gain.effect.cause_label,
        gain=gain.effect.iri,
        cost=cost.effect.iri,
        separated_by=_rows(window, flanks),
        window=window,
    )


def _rows(window: Quantity | None, flanks: Iterable[tuple[str, str, bool]]) -> tuple[tuple[str, str, str], ...]:
    """Return the window and both flanks as (side, where it helps, where it harms)."""
    rows = [("window", show(window), "")] if window else []
    found = sorted(set(flanks))
    for side in ("above", "below"):
        helps = "; ".join(where for which, where, good in found if which == side and good)
        harms = "; ".join(where for which, where, good in found if which == side and not good)
        if helps or harms:
            rows.append((side, helps, harms))
    return tuple(sorted(rows))


def _turns(gain: Pool, cost: Pool) -> bool:
    """Say whether a lever helps at one end and harms at the other: by words ("excess") or by numbers on one axis."""
    if any(field == "comparator" for field, _, _ in separating(gain, cost)):
        return False  # better than one thing and worse than another is no turn
    if gain.effect.key.change != "excess" and cost.effect.key.change == "excess":
        return True
    ours, theirs = _ends(_places(gain)), _ends(_places(cost))
    return any(
        ours[key][1] < theirs[key][0] or theirs[key][1] < ours[key][0] for key in sorted(ours.keys() & theirs.keys())
    )


def _flanks(pools: Sequence[Pool], window: Quantity | None) -> list[tuple[str, str, bool]]:
    """Return where outside the window something is reported, as (side, where, whether it helps there)."""
    middle = canonical_interval(window) if window else None
    rows: list[tuple[str, str, bool]] = []
    for pool in pools:
        change, helps = pool.effect.key.change, pool.effect.verdict == "beneficial"
        if change in ("excess", "insufficient"):
            rows.append(("above" if change == "excess" else "below", change, helps))
        for _, place in _places(pool):
            ends = canonical_interval(place)
            if ends is None or middle is None or ends[2] != middle[2]:
                continue
            if ends[0] > middle[1]:
                rows.append(("above", show(place), helps))
            elif ends[1] < middle[0]:
                rows.append(("below", show(place), helps))
    return rows


def _places(pool: Pool) -> list[_Place]:
    return [place for item in pool.stated if (place := _place(item)) is not None]


def _place(item: Stated) -> _Place | None:
    for axis in _AXES:
        fact = item.facts.get(axis)
        if isinstance(fact, Quantity):
            return axis, fact
    return None


def _ends(places: Iterable[_Place]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the lowest and highest place by axis and unit; a level and a dose are one axis."""
    ends: dict[tuple[str, str], tuple[float, float]] = {}
    for axis, place in places:
        interval = canonical_interval(place)
        if interval is not None:
            key = ("level" if axis == "dose" else axis, interval[2])
            low, high = ends.get(key, (math.inf, -math.inf))
            ends[key] = min(low, interval[0]), max(high, interval[1])
    return ends


def _hull(windows: Sequence[Quantity]) -> Quantity | None:
    """Return the one window that holds all that are counted in one unit; else the first by its text."""
    if not windows:
        return None
    distinct = sorted(set(windows), key=lambda window: (show(window), repr(window)))
    intervals = [canonical_interval(window) for window in distinct]
    units = {interval and interval[2] for interval in intervals}
    written = {window.unit for window in distinct}
    if len(distinct) == 1 or len(units) > 1 or None in units or len(written) > 1:
        return distinct[0]
    numbers = [end for window in distinct for end in (window.value, window.low, window.high) if end is not None]
    low, high = min(numbers), max(numbers)
    unit = distinct[0].unit
    return Quantity(low=low, high=high, unit=unit, text=f"{low:g}–{high:g} {unit}".strip())


def _insufficient(pools: Iterable[Pool]) -> list[Pool]:
    """Return the pools in which too little of the lever harms."""
    return _ranked(
        pool for pool in pools if pool.effect.key.change == "insufficient" and pool.effect.verdict == "detrimental"
    )


def _ranked(pools: Iterable[Pool]) -> list[Pool]:
    return sorted(pools, key=lambda pool: (-pool.effect.belief, pool.effect.iri))
