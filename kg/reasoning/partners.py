"""Match a lever's cost with a lever that offsets it: candidates for combination, with what speaks against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.reasoning.differences import family
from kg.sides import side_of
from kg.support import ACTIVE
from ontology import Ontology
from ontology.model import Assembly, Effect

__all__ = ["Partner", "find_partners"]


@dataclass(frozen=True, slots=True)
class Partner:
    """Hold a pair: A harms a target that B helps; ``clashes`` are targets A helps and B harms."""

    cause: str  # A, whose cost is offset
    cause_label: str
    partner: str  # B, who offsets it
    partner_label: str
    target: str
    cost: str  # effect IRI of A
    gain: str  # effect IRI of B
    clashes: tuple[tuple[str, str, str], ...]  # (target, effect IRI by which A helps, effect IRI by which B harms)
    reported_together: tuple[str, ...]  # works that report on both
    belief: float  # the lower of cost and gain


def find_partners(assembly: Assembly, ontology: Ontology, *, cause: str | None = None) -> tuple[Partner, ...]:
    """Return partners whose costs cancel: without clash first, then known concepts, then by belief.

    Both are strategies, things one does; a mere material is none, and "overall performance" is no price.

    A needs a gain of its own to be worth rescuing; a cost in one regime is offset only by a gain in the same one or
    where the regime is not stated. A lever and its own kinds are no partners.
    """
    gains, costs, works = _sides(assembly.effects, ontology)
    helpers: defaultdict[str, list[Effect]] = defaultdict(list)
    for best in gains.values():
        for effect in best.values():
            helpers[effect.key.target].append(effect)
    found = [
        _pair(cost, gain, gains, costs, works)
        for lever in sorted(costs if cause is None else costs.keys() & {cause})
        if lever in gains
        for cost in costs[lever].values()
        for gain in helpers[cost.key.target]
        if gain.key.cause not in family(lever, ontology) and _fits(cost, gain) and not _harms(gain, cost, costs)
    ]

    def rank(pair: Partner) -> tuple[int, int, float, str, str]:
        unknown = sum(iri not in ontology.concepts for iri in (pair.cause, pair.partner, pair.target))
        return len(pair.clashes), unknown, -pair.belief, pair.cost, pair.gain

    return tuple(sorted(found, key=rank))


_Best = dict[str, dict[tuple[str, str], Effect]]  # lever -> (target, regime) -> most believed effect


def _sides(effects: Sequence[Effect], ontology: Ontology) -> tuple[_Best, _Best, dict[str, frozenset[str]]]:
    gains: defaultdict[str, dict[tuple[str, str], Effect]] = defaultdict(dict)
    costs: defaultdict[str, dict[tuple[str, str], Effect]] = defaultdict(dict)
    works: defaultdict[str, set[str]] = defaultdict(set)
    for effect in sorted(effects, key=lambda effect: (effect.belief, effect.iri)):
        key = effect.key
        if key.change not in ACTIVE or effect.cause_kind != "strategy":
            continue
        works[key.cause] |= set(effect.works)
        side = {"gain": gains, "cost": costs}.get(side_of(effect, ontology))
        if side is not None:
            side[key.cause][key.target, key.regime] = effect
    return gains, costs, {lever: frozenset(found) for lever, found in works.items()}


def _pair(cost: Effect, gain: Effect, gains: _Best, costs: _Best, works: dict[str, frozenset[str]]) -> Partner:
    lever, partner = cost.key.cause, gain.key.cause
    clashes = {
        (helped.key.target, helped.iri, harmed.iri)
        for helped in gains[lever].values()
        for harmed in costs.get(partner, {}).values()
        if helped.key.target == harmed.key.target and _fits(helped, harmed)
    }
    return Partner(
        cause=lever,
        cause_label=cost.cause_label,
        partner=partner,
        partner_label=gain.cause_label,
        target=cost.key.target,
        cost=cost.iri,
        gain=gain.iri,
        clashes=tuple(sorted(clashes)),
        reported_together=tuple(sorted(works[lever] & works[partner])),
        belief=min(cost.belief, gain.belief),
    )


def _harms(gain: Effect, cost: Effect, costs: _Best) -> bool:
    """Say whether the would-be helper is itself reported to harm the target in that regime."""
    harms = costs.get(gain.key.cause, {}).values()
    return any(harm.key.target == cost.key.target and _fits(harm, cost) for harm in harms)


def _fits(one: Effect, other: Effect) -> bool:
    return one.key.regime == other.key.regime or "unspecified" in (one.key.regime, other.key.regime)
