"""Find the window in which a lever works best, and its flanks.

An optimum is stated ("10 wt% is best"), or follows from opposite slopes along one axis: 5 wt% helps, 25 wt% harms. Too
much and too little may have names of their own ("excess SiC"), see :mod:`kg.reasoning.flanks`; where the lever helps at
a stated place and harm is told of a side beside it, that place is the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.comparability import canonical_interval, show
from kg.pooling import Pool
from kg.reasoning.differences import separating
from kg.reasoning.flanks import Flank, Side, named_flanks, outside
from kg.reasoning.places import OPTIMUM_AXES, ends_of, places_of
from ontology.identity import double_edge_iri
from ontology.model import DoubleEdge, Quantity

__all__ = ["OPTIMUM_AXES", "find_optimum"]

_UP = frozenset({"applied", "increased", "level", "excess"})


def find_optimum(pools: Sequence[Pool], sides: Sequence[tuple[Side, Pool]] = ()) -> DoubleEdge | None:
    """Return the optimum of one lever on one target, or None where its effects do not turn along the lever.

    ``sides`` are the effects, on whatever target, of too much and too little of the lever under names of their own.
    """
    signed = [pool for pool in pools if pool.effect.key.direction in ("increases", "decreases")]
    best = max(
        (pool for pool in pools if pool.effect.key.direction == "optimum"),
        key=lambda pool: (pool.effect.belief, pool.effect.iri),
        default=None,
    )
    gains = [pool for pool in signed if pool.effect.verdict == "beneficial" and pool.effect.key.change in _UP]
    costs = [pool for pool in signed if pool.effect.verdict == "detrimental" and pool.effect.key.change in _UP]
    if best is not None:
        window = _hull([item.assertion.window for pool in pools for item in pool.stated if item.assertion.window])
        named = named_flanks([best], sides)
        flanks = [*outside(_ranked([*gains, *costs]), window), *outside(_insufficient(signed), window), *named]
        return _edge(
            best, _harms([*costs, *_insufficient(signed), *(pool for _, pool in sides)], flanks), window, flanks
        )
    turned = next(((gain, cost) for gain in _ranked(gains) for cost in _ranked(costs) if _turns(gain, cost)), None)
    if turned is not None:
        gain, cost = turned
        window = _hull([place for _, place in places_of(gain)])
        return _edge(gain, cost, window, [*outside([cost], window), *named_flanks([gain, cost], sides)])
    for gain in _ranked(gains):
        window = _hull([place for _, place in places_of(gain)])
        flanks = named_flanks([gain], sides) if window else []
        harm = _harms([pool for _, pool in sides], flanks)
        if harm is not None:
            return _edge(gain, harm, window, flanks)
    return None


def _edge(gain: Pool, cost: Pool | None, window: Quantity | None, flanks: Sequence[Flank]) -> DoubleEdge:
    cost = cost or gain  # a window of which no flank is told
    return DoubleEdge(
        iri=double_edge_iri("optimum", gain.effect.iri, cost.effect.iri),
        kind="optimum",
        cause=gain.effect.key.cause,
        cause_label=gain.effect.cause_label,
        gain=gain.effect.iri,
        cost=cost.effect.iri,
        separated_by=_rows(window, flanks),
        window=window,
        flanks=tuple(sorted({(flank.side, flank.effect) for flank in flanks})),
    )


def _harms(pools: Iterable[Pool], flanks: Iterable[Flank]) -> Pool | None:
    """Return the most believed effect that harms on a side of the window."""
    harming = {flank.effect for flank in flanks if not flank.helps}
    return next((pool for pool in _ranked(pools) if pool.effect.iri in harming), None)


def _rows(window: Quantity | None, flanks: Iterable[Flank]) -> tuple[tuple[str, str, str], ...]:
    """Return the window and both flanks as (side, where it helps, where it harms)."""
    rows = [("window", show(window), "")] if window else []
    found = sorted({(flank.side, flank.where, flank.helps) for flank in flanks})
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
    ours, theirs = ends_of(places_of(gain)), ends_of(places_of(cost))
    return any(
        ours[key][1] < theirs[key][0] or theirs[key][1] < ours[key][0] for key in sorted(ours.keys() & theirs.keys())
    )


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
