"""Find levers that cut both ways, and what separates the two edges.

* **trade-off**: one lever, a gain and a cost on different targets;
* **regime reversal**: one target, gain under one known condition and cost under another;
* **optimum**: one target, opposite slopes along the lever: the window, both flanks, their unit.

The edges need not share scope; every condition known on both sides that differs is part of the object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from kg.pooling import Pool
from kg.reasoning.differences import family, separating
from kg.reasoning.flanks import Side, beside
from kg.reasoning.optimum import OPTIMUM_AXES, find_optimum
from kg.support import ACTIVE
from ontology import Ontology
from ontology.identity import double_edge_iri
from ontology.model import DoubleEdge, DoubleEdgeKind

__all__ = ["find_double_edges"]

# Conditions that say how a finding was made, or on what, but not when the lever turns.
_NO_REVERSAL = frozenset({"change", "comparator", "host", "mode", "statistic", "basis"}) | {
    "cycles",
    "reference_cycle",
    "end_of_life",
}
_MORE = ACTIVE | {"excess"}


def find_double_edges(
    pools: Sequence[Pool], ontology: Ontology, *, flanks: Iterable[Pool] = ()
) -> tuple[DoubleEdge, ...]:
    """Return the double edges of all levers, sorted by IRI; a failure mode is no lever.

    ``flanks`` are the effects among which too much and too little of a lever are told under other names.
    """
    levers: defaultdict[str, list[Pool]] = defaultdict(list)
    for pool in pools:
        if pool.effect.cause_kind != "failure_mode":
            levers[pool.effect.key.cause].append(pool)
    sides = beside(flanks, ontology)
    found = {
        edge.iri: edge for cause, lever in levers.items() for edge in _of_lever(lever, sides.get(cause, ()), ontology)
    }
    return tuple(found[iri] for iri in sorted(found))


def _of_lever(pools: Sequence[Pool], sides: Sequence[tuple[Side, Pool]], ontology: Ontology) -> Iterator[DoubleEdge]:
    by_target: defaultdict[str, list[Pool]] = defaultdict(list)
    for pool in pools:
        by_target[pool.effect.key.target].append(pool)
    for target in sorted(by_target):
        if optimum := find_optimum(by_target[target], sides):
            yield optimum
        else:
            yield from _best(_reversals(by_target[target]))
    yield from _best(_trade_offs(pools, ontology))


def _trade_offs(pools: Sequence[Pool], ontology: Ontology) -> Iterator[tuple[Pool, Pool, DoubleEdge]]:
    """Yield the pairs one work reports on both sides of, and for every other edge its most believed counterpart.

    Setting each gain against each cost would say nothing more: a lever with forty of each has 80 edges, not 1600.
    """
    gains, costs = (_ranked(side) for side in _sides(pools))
    families: dict[str, frozenset[str]] = {}
    paired: set[Pool] = set()

    def priced(pairs: Iterable[tuple[Pool, Pool]]) -> Iterator[tuple[Pool, Pool, DoubleEdge]]:
        for gain, cost in pairs:
            rows = _price(gain, cost, ontology, families)
            if rows is not None:
                paired.update((gain, cost))
                yield gain, cost, _edge("trade_off", gain, cost, rows)

    yield from priced(_reported_together(gains, costs))
    for cost in [cost for cost in costs if cost not in paired]:
        yield from islice(priced((gain, cost) for gain in gains), 1)
    for gain in [gain for gain in gains if gain not in paired]:
        yield from islice(priced((gain, cost) for cost in costs), 1)


def _reported_together(gains: Sequence[Pool], costs: Sequence[Pool]) -> Iterator[tuple[Pool, Pool]]:
    by_work: defaultdict[str, list[Pool]] = defaultdict(list)
    for cost in costs:
        for work in {item.work for item in cost.stated}:
            by_work[work].append(cost)
    for gain in gains:
        together = {cost for work in {item.work for item in gain.stated} for cost in by_work.get(work, ())}
        yield from ((gain, cost) for cost in _ranked(together))


def _price(
    gain: Pool, cost: Pool, ontology: Ontology, families: dict[str, frozenset[str]]
) -> tuple[tuple[str, str, str], ...] | None:
    """Return what separates a gain from a cost that is its price, or None where it is not."""
    target, other = gain.effect.key.target, cost.effect.key.target
    if target == other or not _one_lever(gain, cost):
        return None
    if target not in families:
        families[target] = family(target, ontology)
    rows = separating(gain, cost)
    # A metric and its narrower kind with nothing to tell them apart: a clash, not a price.
    return None if other in families[target] and not rows else rows


def _reversals(pools: Sequence[Pool]) -> Iterator[tuple[Pool, Pool, DoubleEdge]]:
    for gain, cost in product(*_sides(pools)):
        rows = separating(gain, cost)
        fields = {field for field, _, _ in rows}
        if _one_lever(gain, cost) and "comparator" not in fields and fields - _NO_REVERSAL - OPTIMUM_AXES:
            yield gain, cost, _edge("regime_reversal", gain, cost, rows)


def _best(found: Iterable[tuple[Pool, Pool, DoubleEdge]]) -> Iterator[DoubleEdge]:
    """Keep one edge for each pair of targets: the one whose weaker side is believed most."""
    best: dict[tuple[str, str], tuple[tuple[float, float, str], DoubleEdge]] = {}
    for gain, cost, edge in found:
        beliefs = sorted((gain.effect.belief, cost.effect.belief))
        rank = (-beliefs[0], -beliefs[1], edge.iri)
        pair = gain.effect.key.target, cost.effect.key.target
        if pair not in best or rank < best[pair][0]:
            best[pair] = rank, edge
    return iter([best[pair][1] for pair in sorted(best)])


def _sides(pools: Sequence[Pool]) -> tuple[list[Pool], list[Pool]]:
    gains = [pool for pool in pools if pool.effect.verdict == "beneficial" and pool.effect.key.direction != "optimum"]
    return gains, [pool for pool in pools if pool.effect.verdict == "detrimental"]


def _ranked(pools: Iterable[Pool]) -> list[Pool]:
    return sorted(pools, key=lambda pool: (-pool.effect.belief, pool.effect.iri))


def _one_lever(gain: Pool, cost: Pool) -> bool:
    """Say whether both edges belong to pulling the lever one way; removing it is another lever."""
    one, other = gain.effect.key.change, cost.effect.key.change
    return one == other or {one, other} <= _MORE


def _edge(kind: DoubleEdgeKind, gain: Pool, cost: Pool, rows: tuple[tuple[str, str, str], ...]) -> DoubleEdge:
    return DoubleEdge(
        iri=double_edge_iri(kind, gain.effect.iri, cost.effect.iri),
        kind=kind,
        cause=gain.effect.key.cause,
        cause_label=gain.effect.cause_label,
        gain=gain.effect.iri,
        cost=cost.effect.iri,
        separated_by=rows,
    )
