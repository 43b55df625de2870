"""Find the step by which a claim of a sentence comes about: "reduces swelling, thereby prolonging cycle life".

Where one cause has two claims and the second clause carries the first one on, or the first says by what means, the
first claim's target is the mechanism of the second. A step stands only as long as the claim it is taken from: what is too
unsure to be a claim is no step of another either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.candidates import Candidate
from extractors.language import Token
from ontology.model import Assertion, MechanismLink, Span

__all__ = ["standing_steps", "with_mechanisms"]

_MEANS = frozenset({"by", "through", "via"})


def with_mechanisms(read: Sequence[tuple[Candidate, Assertion]]) -> Iterator[Assertion]:
    """Yield the claims of a sentence, each with the claims of the same cause that lead to it as its mechanism."""
    for candidate, claim in read:
        steps = [
            MechanismLink(first.target, first.target_concept, first.direction, *first.target_span)
            for other, first in read
            if first.target_concept != claim.target_concept
            and (first.cause, first.cause_concept) == (claim.cause, claim.cause_concept)
            and _leads(other.predication.predicate, candidate.predication.predicate)
        ]
        yield replace(claim, mechanism=tuple(dict.fromkeys(steps))) if steps else claim


def standing_steps(claims: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """Return claims without the steps that none of them makes for the same cause."""
    kept = tuple(claims)
    made = {(claim.cause, claim.cause_concept, claim.target_span, claim.direction) for claim in kept}
    return tuple(
        replace(
            claim,
            mechanism=tuple(
                step
                for step in claim.mechanism
                if (claim.cause, claim.cause_concept, Span(step.start, step.end), step.direction) in made
            ),
        )
        if claim.mechanism
        else claim
        for claim in kept
    )


def _leads(first: Token | None, then: Token | None) -> bool:
    """Tell whether what one verb says is the way to what another says."""
    if first is None or then is None or first.i == then.i:
        return False
    carried_on = then.head.i == first.i and then.dep_ == "advcl" and then.tag_ == "VBG" and then.i > first.i
    by_means = first.dep_ == "pcomp" and first.head.lower_ in _MEANS and first.head.head.i == then.i
    return carried_on or by_means
