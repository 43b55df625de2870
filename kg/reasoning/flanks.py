"""Find what happens outside a lever's window: too much and too little of it, also under names of their own.

"Higher temperatures promote crystallisation" is a flank of the deposition temperature's window where both stand in one
passage of a work: the ontology says of which levers a condition is too much (``over``) or too little (``under``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.comparability import canonical_interval, show
from kg.pooling import Pool, Stated
from kg.reasoning.places import places_of
from ontology import Ontology
from ontology.model import Quantity

__all__ = ["Flank", "Side", "beside", "flanking", "named_flanks", "outside"]

Side = Literal["below", "above"]
_PASSAGE = 1000  # characters between a window and what is said of its sides: some six sentences
_DID: Mapping[str, str] = {"increases": "increases", "decreases": "decreases", "no_change": "does not change"}


@dataclass(frozen=True, slots=True)
class Flank:
    """Hold what one effect says of one side of a window: where, and whether the lever helps there."""

    side: Side
    where: str
    helps: bool
    effect: str  # IRI


def flanking(levers: Collection[str], ontology: Ontology) -> frozenset[str]:
    """Return the concepts that are too much or too little of some levers."""
    return frozenset(
        concept.iri for concept in ontology.concepts.values() if not {*concept.over, *concept.under}.isdisjoint(levers)
    )


def beside(pools: Iterable[Pool], ontology: Ontology) -> dict[str, list[tuple[Side, Pool]]]:
    """Return the effects of too much and too little of each lever, by lever."""
    found: defaultdict[str, list[tuple[Side, Pool]]] = defaultdict(list)
    for pool in pools:
        concept = ontology.concepts.get(pool.effect.key.cause)
        if concept is not None and pool.effect.verdict in ("beneficial", "detrimental"):
            for lever in concept.over:
                found[lever].append(("above", pool))
            for lever in concept.under:
                found[lever].append(("below", pool))
    return found


def named_flanks(about: Sequence[Pool], sides: Iterable[tuple[Side, Pool]]) -> list[Flank]:
    """Return what is said, in the passages where some effects are stated, of a lever's sides under other names."""
    here = [item for pool in about for item in pool.stated]
    return [
        Flank(side, _told(pool), pool.effect.verdict == "beneficial", pool.effect.iri)
        for side, pool in sides
        if any(_in_one_passage(one, other) for one in here for other in pool.stated)
    ]


def outside(pools: Iterable[Pool], window: Quantity | None) -> list[Flank]:
    """Return what effects of the lever itself say of places outside its window."""
    middle = canonical_interval(window) if window else None
    rows: list[Flank] = []
    for pool in pools:
        change, helps = pool.effect.key.change, pool.effect.verdict == "beneficial"
        if change in ("excess", "insufficient"):
            rows.append(Flank("above" if change == "excess" else "below", change, helps, pool.effect.iri))
        for _, place in places_of(pool):
            ends = canonical_interval(place)
            if ends is None or middle is None or ends[2] != middle[2]:
                continue
            if ends[0] > middle[1]:
                rows.append(Flank("above", show(place), helps, pool.effect.iri))
            elif ends[1] < middle[0]:
                rows.append(Flank("below", show(place), helps, pool.effect.iri))
    return rows


def _told(pool: Pool) -> str:
    """Return what a side does in words: "high temperature (Si crystallization increases)"."""
    effect = pool.effect
    return f"{effect.cause_label} ({effect.target_label} {_DID.get(effect.key.direction, 'changes')})"


def _in_one_passage(one: Stated, other: Stated) -> bool:
    if one.work != other.work or not one.assertion.evidence or not other.assertion.evidence:
        return False
    first, second = sorted((one.assertion.evidence[0], other.assertion.evidence[0]), key=lambda said: said.start)
    return second.start - first.end <= _PASSAGE
