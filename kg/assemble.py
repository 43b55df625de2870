"""Draw together what all works say: claims in, effects and what follows from them out. Pure, and order-free."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claims import WorkClaims
from kg.pooling import pool_claims
from kg.reasoning.contradictions import find_contradictions
from kg.reasoning.double_edges import find_double_edges
from kg.reasoning.indirect import find_indirect
from ontology import Ontology
from ontology.model import Assembly

__all__ = ["assemble"]


def assemble(claims: Iterable[WorkClaims], ontology: Ontology) -> Assembly:
    """Return the effects, double edges, contradictions and indirect help in a set of works, each sorted by IRI."""
    pools = pool_claims(claims, ontology)
    effects = tuple(pool.effect for pool in pools)
    edges = find_double_edges(pools, ontology)
    keys = {effect.iri: effect.key for effect in effects}
    optima = {(edge.cause, keys[edge.gain].target) for edge in edges if edge.kind == "optimum"}
    ends = {iri for effect in effects for iri in (effect.key.cause, effect.key.target, effect.key.comparator)}
    return Assembly(
        effects=effects,
        double_edges=edges,
        contradictions=find_contradictions(pools, optima=optima),
        indirect=find_indirect(effects, ontology),
        concepts=tuple(sorted(ends & ontology.concepts.keys())),
    )
