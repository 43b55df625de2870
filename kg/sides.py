"""Say what each effect weighs when levers are combined: a gain, a cost, a cost to be offset, or what it offsets. Pure.

What an effect weighs depends on the effects of its own cause alone, so it is written beside the effect, and no question
has to look for it among all pairs of levers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from kg.support import ACTIVE
from ontology import Ontology
from ontology.model import Effect, Regime

__all__ = ["Side", "fits", "side_of", "sides_of"]

_REGIMES: tuple[Regime, ...] = get_args(Regime)
_SIDES = {"beneficial": "gain", "detrimental": "cost"}


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what an effect weighs; empty for what is neither gain nor cost of a strategy that is applied.

    A gain offsets other levers' costs on its target, in these regimes.
    """

    side: str = ""  # "gain", "cost" or ""
    to_offset: bool = False  # a cost of a lever that has a gain
    offsets: tuple[Regime, ...] = ()


def sides_of(effects: Iterable[Effect], ontology: Ontology) -> Mapping[str, Side]:
    """Return what each effect weighs, by IRI; all effects of a cause must be among them.

    A lever offsets a cost in the same regime or where one is not stated, and only where it does not itself do harm. What
    stands for all metrics together ("overall performance") is neither a price nor made up for.
    """
    effects = tuple(effects)
    sides = {effect.iri: side_of(effect, ontology) for effect in effects}
    with_gain = {effect.key.cause for effect in effects if sides[effect.iri] == "gain"}
    harms: defaultdict[tuple[str, str], set[Regime]] = defaultdict(set)
    for effect in effects:
        if sides[effect.iri] == "cost":
            harms[effect.key.cause, effect.key.target].add(effect.key.regime)

    def weighed(effect: Effect) -> Side:
        key, side = effect.key, sides[effect.iri]
        if side == "cost":
            return Side(side, to_offset=key.cause in with_gain)
        done = harms.get((key.cause, key.target), set[Regime]())
        offset = (regime for regime in _REGIMES if fits(regime, key.regime) and not any(fits(regime, h) for h in done))
        return Side(side, offsets=tuple(offset) if side else ())

    return {effect.iri: weighed(effect) for effect in effects}


def fits(one: Regime, other: Regime) -> bool:
    """Say whether findings in two regimes bear on one another: in the same one, or where one is not stated."""
    return one == other or "unspecified" in (one, other)


def side_of(effect: Effect, ontology: Ontology) -> str:
    """Return whether an effect is a gain or a cost of a strategy that is applied; "" where it is neither.

    What was found on graphite or red phosphorus alone weighs nothing here: no row would say so.
    """
    target = ontology.concepts.get(effect.key.target)
    if effect.elsewhere or (target is not None and target.umbrella):
        return ""
    is_lever = effect.cause_kind == "strategy" and effect.key.change in ACTIVE
    return _SIDES.get(effect.verdict, "") if is_lever and effect.key.direction != "optimum" else ""
