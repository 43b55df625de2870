"""Draw together what all works say: claims in, effects and what follows from them out. Pure, and order-free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.claims import WorkClaims
from kg.pooling import Pool, pool_claims
from kg.reasoning.contradictions import find_contradictions
from kg.reasoning.double_edges import find_double_edges
from kg.reasoning.indirect import find_indirect
from ontology import Ontology
from ontology.model import Assembly

__all__ = ["assemble", "conclude"]


def assemble(claims: Iterable[WorkClaims], ontology: Ontology) -> Assembly:
    """Return the effects, double edges, contradictions and indirect help in a set of works, each sorted by IRI."""
    return conclude(pool_claims(claims, ontology), ontology)


def conclude(pools: Sequence[Pool], ontology: Ontology, *, causes: Collection[str] | None = None) -> Assembly:
    """Return what follows from pooled effects, each sorted by IRI; with ``causes`` only what belongs to these.

    A conclusion belongs to one cause. It rests on all effects of that cause, where help is inferred on how one failure
    mode brings about another, and where a window is sought on too much and too little of the cause under other names:
    those pools must be given too.
    """
    given, every = pools, tuple(pool.effect for pool in pools)
    indirect = find_indirect(every, ontology)
    if causes is not None:
        pools = [pool for pool in pools if pool.effect.key.cause in causes]
        indirect = tuple(help_ for help_ in indirect if help_.cause in causes)
    effects = tuple(pool.effect for pool in pools)
    edges = find_double_edges(pools, ontology, flanks=given)
    keys = {effect.iri: effect.key for effect in effects}
    optima = {(edge.cause, keys[edge.gain].target) for edge in edges if edge.kind == "optimum"}
    ends = {iri for effect in effects for iri in (effect.key.cause, effect.key.target, effect.key.comparator)}
    return Assembly(
        effects=effects,
        double_edges=edges,
        contradictions=find_contradictions(pools, optima=optima),
        indirect=indirect,
        concepts=tuple(sorted(ends & ontology.concepts.keys())),
    )
