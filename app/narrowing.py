"""Which statements fit the filters of the Evidence page: pure, from claims to the places of those that fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from app.rows import Claim, work_label
from app.standing import NO_STANDING, Standing


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold the filters; an empty one takes all."""

    words: tuple[str, ...] = ()
    causes: frozenset[str] = frozenset()  # IRIs or names
    targets: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    regimes: frozenset[str] = frozenset()
    hedged: bool | None = None
    belief: float = 0.0
    works: int = 1

    def told(self) -> dict[str, str]:
        """Return the filters that are set, in words."""
        plain = Wanted()
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != getattr(plain, field.name):
                found[field.name] = (
                    ", ".join(sorted(map(str, value))) if isinstance(value, tuple | frozenset) else str(value)
                )
        return found


def fitting(
    claims: Sequence[Claim], wanted: Wanted, standings: Mapping[str, Standing], *, but: Collection[str] = ()
) -> list[int]:
    """Return the places of the claims that fit, those named in ``but`` left out."""
    checks = _checks(wanted, standings)
    return [
        place for place, claim in enumerate(claims) if claim.iri not in but and all(check(claim) for check in checks)
    ]


def _checks(wanted: Wanted, standings: Mapping[str, Standing]) -> list[Callable[[Claim], bool]]:
    checks: list[Callable[[Claim], bool]] = []
    if wanted.causes:
        checks.append(lambda claim: bool({claim.said.cause_concept, claim.said.cause} & wanted.causes))
    if wanted.targets:
        checks.append(lambda claim: bool({claim.said.target_concept, claim.said.target} & wanted.targets))
    if wanted.verdicts:
        checks.append(lambda claim: claim.said.verdict in wanted.verdicts)
    if wanted.sources:
        checks.append(lambda claim: claim.said.source_kind in wanted.sources)
    if wanted.regimes:
        checks.append(lambda claim: (claim.said.conditions.regime or "unspecified") in wanted.regimes)
    if wanted.hedged is not None:
        checks.append(lambda claim: claim.said.hedged == wanted.hedged)
    if wanted.belief > 0 or wanted.works > 1:
        checks.append(lambda claim: _stands(standings.get(claim.iri, NO_STANDING), wanted))
    if wanted.words:
        checks.append(lambda claim: all(word in _text(claim) for word in wanted.words))
    return checks


def _stands(standing: Standing, wanted: Wanted) -> bool:
    return standing.belief >= wanted.belief and standing.works >= wanted.works


@lru_cache(maxsize=200_000)
def _text_of(*parts: str) -> str:
    return " ".join(parts).lower()


def _text(claim: Claim) -> str:
    said = claim.said
    regime = said.conditions.regime or ""
    return _text_of(said.cause, said.target, said.direction, regime, work_label(claim.work), said.evidence[0].text)
