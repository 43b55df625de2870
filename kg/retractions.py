"""Take a retracted work's word out of every graph: its own claims, and what others say on its authority.

The readings stay in the library, as does the past before the retraction; the work itself stays in the graphs, marked
by its article type, so that a person who looks for it learns why it says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kg.claims import WorkClaims
from ontology.identity import normalise_doi
from ontology.model import Assertion, Measurement, SourceKind

__all__ = ["RETRACTED", "Retraction", "standing"]

RETRACTED = "retracted-article"  # the article type of a marked work
_SECONDHAND: frozenset[SourceKind] = frozenset({"cited", "review_synthesis", "background"})


@dataclass(frozen=True, slots=True)
class Retraction:
    """Hold the mark on one work."""

    work: str  # work key; the library need not hold the work
    notice: str  # DOI or other identifier of the notice; "" where unknown
    source: str  # who says so
    note: str
    since: int  # generation
    at: str  # ISO 8601, UTC


def standing(claims: WorkClaims, retracted: Collection[str]) -> WorkClaims:
    """Return what still stands of a work's claims; ``retracted`` holds work keys.

    A sentence that reports only retracted works falls with them; one that reports others too stands for those.
    """
    if not retracted:
        return claims
    if claims.work in retracted:
        return replace(claims, article_type=RETRACTED, references=(), effects=(), measurements=())
    fallen = {ref.key for ref in claims.references if f"doi:{normalise_doi(ref.doi)}" in retracted}
    if not fallen:
        return claims

    def stands(claim: Assertion | Measurement) -> bool:
        return claim.source_kind not in _SECONDHAND or not claim.citations or not fallen.issuperset(claim.citations)

    return replace(
        claims,
        references=tuple(ref for ref in claims.references if ref.key not in fallen),
        effects=tuple(pair for pair in claims.effects if stands(pair[1])),
        measurements=tuple(pair for pair in claims.measurements if stands(pair[1])),
    )
