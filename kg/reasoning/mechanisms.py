"""Find how a lever reaches a metric: paths of extracted effects, each link with its evidence, the weakest one named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

import networkx as nx

from kg.support import ACTIVE
from ontology import Ontology
from ontology.model import Assembly, Effect

__all__ = ["MechanismPath", "mechanism_paths"]

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class MechanismPath:
    """Hold one way from a lever to a target: concepts passed, the effect behind each link, and what it comes to."""

    concepts: tuple[str, ...]
    effects: tuple[str, ...]  # effect IRIs, one fewer than concepts
    direction: Literal["increases", "decreases"]  # of the target, all signs taken together
    weakest: str  # IRI of the effect believed least
    belief: float  # of the weakest link: a chain holds as much


def mechanism_paths(
    assembly: Assembly, ontology: Ontology, cause: str, target: str, *, longest: int = 4
) -> tuple[MechanismPath, ...]:
    """Return the simple paths of at most ``longest`` links, most believed first; signs may differ between paths.

    Links do not mix regimes: a path is one of cycling or one of storage. A failure met as a target under its quantity
    (SEI growth as SEI thickness) goes on as a cause under the same one.
    """
    target = quantity(target, ontology)[0]
    links = _links(assembly.effects, cause, ontology)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(links)
    if cause not in graph or target not in graph or cause == target:
        return ()
    found = {
        path
        for nodes in nx.all_simple_paths(graph, cause, target, cutoff=longest)
        for path in _signed(tuple(nodes), links, ontology)
    }
    return tuple(sorted(found, key=lambda path: (-path.belief, len(path.effects), path.effects)))


def quantity(iri: str, ontology: Ontology) -> tuple[str, int]:
    """Return the quantity a concept is counted under and its sign towards it."""
    concept = ontology.concepts.get(iri)
    return (concept.quantity or iri, concept.polarity) if concept else (iri, 1)


def _links(effects: Sequence[Effect], lever: str, ontology: Ontology) -> dict[tuple[str, str], list[Effect]]:
    """Return the signed effects of a lever, and of failures and properties on one another, by (cause, target)."""
    found: defaultdict[tuple[str, str], list[Effect]] = defaultdict(list)
    for effect in effects:
        key = effect.key
        start = key.cause if key.cause == lever else quantity(key.cause, ontology)[0]
        passes_on = key.cause == lever or effect.cause_kind in ("failure_mode", "metric")
        signed = key.change in ACTIVE and key.direction in ("increases", "decreases")
        if passes_on and signed and start != key.target:
            found[start, key.target].append(effect)
    return found


def _signed(
    nodes: tuple[str, ...], links: dict[tuple[str, str], list[Effect]], ontology: Ontology
) -> Iterator[MechanismPath]:
    """Yield the best path of each sign and regime along given concepts."""
    steps = [_best_of_each_kind(links[step]) for step in pairwise(nodes)]
    best: dict[tuple[str, bool], MechanismPath] = {}
    for chain in product(*steps):
        regimes = {effect.key.regime for effect in chain} - {"unspecified"}
        if len(regimes) > 1:
            continue
        falls = sum(effect.key.direction == "decreases" for effect in chain)
        falls += sum(quantity(effect.key.cause, ontology)[1] < 0 for effect in chain[1:])
        rises = falls % 2 == 0
        weakest = min(chain, key=lambda effect: (effect.belief, effect.iri))
        path = MechanismPath(
            concepts=nodes,
            effects=tuple(effect.iri for effect in chain),
            direction="increases" if rises else "decreases",
            weakest=weakest.iri,
            belief=round(weakest.belief, _DIGITS),
        )
        kind = (min(regimes, default=""), rises)
        if kind not in best or (-path.belief, path.effects) < (-best[kind].belief, best[kind].effects):
            best[kind] = path
    yield from best.values()


def _best_of_each_kind(effects: Sequence[Effect]) -> list[Effect]:
    best: dict[tuple[str, str, str], Effect] = {}
    for effect in sorted(effects, key=lambda effect: (effect.belief, effect.iri)):
        best[effect.key.cause, effect.key.direction, effect.key.regime] = effect
    return list(best.values())
