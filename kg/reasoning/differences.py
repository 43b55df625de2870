"""Say what sets two effects apart, and which targets are kinds of one another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from kg.comparability import OWN_HOST, Fact, compare_fact, show
from kg.pooling import Pool
from ontology import Ontology

__all__ = ["family", "separating"]


def separating(gain: Pool, cost: Pool) -> tuple[tuple[str, str, str], ...]:
    """Return what is known on both sides and differs throughout, as (field, on the gain, on the cost)."""
    rows: list[tuple[str, str, str]] = []
    regimes = gain.effect.key.regime, cost.effect.key.regime
    if "unspecified" not in regimes and regimes[0] != regimes[1]:
        rows.append(("regime", *regimes))
    if gain.effect.key.change != cost.effect.key.change:
        rows.append(("change", gain.effect.key.change, cost.effect.key.change))
    hosts = _hosts(gain), _hosts(cost)
    if "" in hosts and hosts[0] != hosts[1]:
        rows.append(("host", hosts[0] or OWN_HOST, hosts[1] or OWN_HOST))
    ours, theirs = gain.facts, cost.facts
    for name in sorted(ours.keys() & theirs.keys() - {"regime"}):
        if all(compare_fact(one, other) == "different" for one, other in product(ours[name], theirs[name])):
            rows.append((name, _shown(ours[name]), _shown(theirs[name])))
    return tuple(sorted(rows))


def _hosts(pool: Pool) -> str:
    """Return the other hosts an effect was found on, "" where any of its sentences speaks of a silicon-carbon anode."""
    found = [item.facts.get("host") for item in pool.stated]
    return _shown(host for host in found if host is not None) if all(found) else ""


def family(metric: str, ontology: Ontology) -> frozenset[str]:
    """Return a target with all that is broader or narrower."""
    if metric not in ontology.concepts:
        return frozenset({metric})
    return frozenset({metric}) | ontology.ancestors(metric) | ontology.descendants(metric)


def _shown(facts: Iterable[Fact]) -> str:
    return "; ".join(sorted({show(fact) for fact in facts}))
