"""Find opposed effects and say whether they clash: only where something known is shared and nothing known differs.

Three answers: ``contradiction``; ``explained``, with the conditions that differ; ``unknown``, with the conditions that
only one side states. A regime follows from the target, so it is never what two findings share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from kg.comparability import Comparison, Fact, compare_facts
from kg.pooling import Pool, Stated
from kg.reasoning.optimum import OPTIMUM_AXES
from ontology.identity import contradiction_iri
from ontology.model import ChangeKind, Contradiction, Direction

__all__ = ["find_contradictions"]

_OPPOSED: frozenset[frozenset[Direction]] = frozenset(
    {
        frozenset({"increases", "decreases"}),
        frozenset({"increases", "no_change"}),
        frozenset({"decreases", "no_change"}),
    }
)
# How a finding was counted, not under which circumstances it holds.
_METHOD = frozenset({"mode", "statistic", "basis", "regime"})
_Candidate = tuple[int, int, str, str, Comparison]


def find_contradictions(
    pools: Sequence[Pool], *, optima: Collection[tuple[str, str]] = ()
) -> tuple[Contradiction, ...]:
    """Return the opposed pairs of effects, sorted by IRI.

    ``optima`` are the (cause, target) pairs that have an optimum: the slopes to its two sides are no clash.
    """
    groups: defaultdict[tuple[str, ChangeKind, str], list[Pool]] = defaultdict(list)
    for pool in pools:
        key = pool.effect.key
        groups[key.cause, key.change, key.target].append(pool)
    found = [
        ((cause, target) in optima, clash)
        for (cause, _, target), group in groups.items()
        for first, second in combinations(group, 2)
        if frozenset({first.effect.key.direction, second.effect.key.direction}) in _OPPOSED
        and (clash := _judge(*sorted((first, second), key=lambda pool: pool.effect.iri)))
    ]
    kept = (clash for turns, clash in found if not (turns and _is_slope(clash)))
    return tuple(sorted(kept, key=lambda clash: clash.iri))


def _is_slope(clash: Contradiction) -> bool:
    return clash.status == "explained" and any(field in OPTIMUM_AXES for field, _, _ in clash.differing)


def _judge(first: Pool, second: Pool) -> Contradiction | None:
    """Compare what two opposed effects rest on, sentence by sentence; None where one work alone says both."""
    regimes = (first.effect.key.regime, second.effect.key.regime)
    apart = (("regime", *regimes),) if "unspecified" not in regimes and regimes[0] != regimes[1] else ()
    clashes: list[Comparison] = []
    open_ones: list[Comparison] = []
    explained: list[Comparison] = []
    for one, other in _pairs(first, second):
        compared = compare_facts(_circumstances(one), _circumstances(other))
        if apart or compared.different:
            explained.append(compared)
        elif compared.same and "comparator" not in compared.unknown:
            clashes.append(compared)
        else:
            open_ones.append(compared)
    iris = (contradiction_iri(first.effect.iri, second.effect.iri), first.effect.iri, second.effect.iri)
    if clashes:
        best = min(clashes, key=lambda found: (-len(found.same), len(found.unknown), found.same, found.unknown))
        return Contradiction(*iris, status="contradiction", unknown=best.unknown, shared=best.same)
    if open_ones:
        fields = {field for found in open_ones for field in found.unknown} or {"conditions"}
        shared = min(open_ones, key=lambda found: (-len(found.same), found.same)).same
        return Contradiction(*iris, status="unknown", unknown=tuple(sorted(fields)), shared=shared)
    if explained:
        best = min(explained, key=lambda found: (len(found.different), -len(found.same), found.different, found.same))
        differing = tuple(sorted((*best.different, *apart)))
        return Contradiction(*iris, status="explained", differing=differing, unknown=best.unknown, shared=best.same)
    return None


def _pairs(first: Pool, second: Pool) -> Iterator[tuple[Stated, Stated]]:
    """Yield the pairs of sentences that speak for different works, those of equal circumstances once."""
    for one, other in product(_distinct(first), _distinct(second)):
        if not first.sources[one.iri] & second.sources[other.iri]:
            yield one, other


def _distinct(pool: Pool) -> list[Stated]:
    seen: dict[tuple[object, ...], Stated] = {}
    for item in pool.stated:
        seen.setdefault((frozenset(item.facts.items()), pool.sources[item.iri]), item)
    return list(seen.values())


def _circumstances(item: Stated) -> dict[str, Fact]:
    return {name: fact for name, fact in item.facts.items() if name not in _METHOD}
