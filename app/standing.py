"""Say for each statement which pooled effect it stands behind, and how far that is believed: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg import WorkClaims, pool_claims
from ontology.terms import Ontology


class Standing(NamedTuple):
    """Hold the effect behind a statement, its belief in [0, 1] and its number of independent works."""

    effect: str
    belief: float
    works: int


NO_STANDING = Standing("", 0.0, 0)


def standings(works: Sequence[WorkClaims], ontology: Ontology) -> Mapping[str, Standing]:
    """Return the standing of every assertion, by its IRI."""
    effects = (pool.effect for pool in pool_claims(works, ontology))
    return {
        assertion: Standing(effect.iri, effect.belief, len(effect.works))
        for effect in effects
        for assertion in effect.assertions
    }
