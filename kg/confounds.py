"""Find in one work the findings that credit one change to two causes at once: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.claims import WorkClaims
from ontology.model import Assertion

__all__ = ["confounds_of"]


def confounds_of(claims: WorkClaims) -> Iterator[tuple[str, str, str]]:
    """Yield (level, assertion IRI, other assertion IRI), either way round, for each pair that cannot be told apart.

    ``sentence``: one mention of the target is credited to both. ``work``: own results on the same target with the same
    sign, neither against the other. Causes and target are concepts; whether they are levers, or kinds of one another, is
    for the asker to see.
    """
    alike: defaultdict[tuple[str, str], list[tuple[str, Assertion]]] = defaultdict(list)
    for iri, said in claims.effects:
        if said.cause_concept and said.target_concept and not said.negated:
            alike[said.target_concept, said.direction].append((iri, said))
    for group in alike.values():
        for iri, said in group:
            for other_iri, other in group:
                if said.cause_concept != other.cause_concept and (level := _level(said, other)):
                    yield level, iri, other_iri


def _level(said: Assertion, other: Assertion) -> str:
    if said.target_span == other.target_span:
        return "sentence"
    return "work" if _own_against_nothing(said) and _own_against_nothing(other) else ""


def _own_against_nothing(said: Assertion) -> bool:
    return said.source_kind == "own_result" and (said.comparator is None or said.comparator.type == "untreated")
