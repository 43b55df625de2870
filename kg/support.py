"""Count who supports a statement: works, not mentions.

A sentence that cites counts for the work it cites, where that is resolvable by DOI; a review citing X three times and
X itself are one voice. Preprint and article of one title and first author are one work. Where the cited work is in
the library and does not say so, it does not support: the claim stays with the citing work, at half weight, and the
cited work is listed as unconfirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.belief import SECONDHAND, UNCONFIRMED, pooled_belief, weight
from kg.claim_texts import source_text
from kg.claims import WorkClaims
from ontology.identity import normalise_doi, title_key
from ontology.model import Assertion, ChangeKind, Direction, EffectKey, SourceKind

__all__ = ["ACTIVE", "QUOTING", "Support", "Works", "cited_by", "support_of", "title_of"]

# More of the lever, in whatever words; less of it and none of it each stand for themselves.
ACTIVE: frozenset[ChangeKind] = frozenset({"applied", "increased", "level"})
QUOTING: frozenset[SourceKind] = frozenset({"cited", "review_synthesis", "background"})


@dataclass(frozen=True, slots=True)
class Support:
    """Hold the independent works behind an effect, those that were cited in vain, and the belief they give."""

    works: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    belief: float
    sources: Mapping[str, frozenset[str]]  # assertion IRI -> the works it speaks for


@dataclass(slots=True)
class Works:
    """Know which works are one, which a reference names, and what each says in its own voice."""

    same: dict[str, str] = field(default_factory=dict)  # work key -> key of the work it is a version of
    digests: frozenset[str] = frozenset()
    references: dict[str, dict[str, str]] = field(default_factory=dict)  # work key -> reference key -> cited work
    names: dict[str, str] = field(default_factory=dict)  # work key -> where its sentences stand, in words
    said: defaultdict[tuple[str, bool | ChangeKind, str, Direction], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    @classmethod
    def of(cls, claims: Sequence[WorkClaims]) -> Works:
        """Learn the works of a library, sorted by key."""
        titled: defaultdict[str, list[str]] = defaultdict(list)
        for work in claims:
            if key := title_of(work):
                titled[key].append(work.work)
        same = {key: min(keys) for keys in titled.values() for key in keys}
        return cls(
            {work.work: same.get(work.work, work.work) for work in claims},
            frozenset(work.work for work in claims if work.summary_of),
            {work.work: cited_by(work) for work in claims if work.references},
            {work.work: source_text(work) for work in claims},
        )

    def note(self, key: EffectKey, work: str, assertion: Assertion) -> None:
        """Remember that a work says something in its own voice."""
        if not self.cited(work, assertion):
            self.said[_gist(key)].add(self.same[work])

    def cited(self, work: str, assertion: Assertion) -> frozenset[str]:
        """Return the works a sentence speaks for, itself excluded; empty where it speaks for its own."""
        if assertion.source_kind not in QUOTING:
            return frozenset()
        known = self.references.get(work, {})
        found = {known[key] for key in assertion.citations if key in known}
        return frozenset(self.same.get(key, key) for key in found) - {self.same[work]}

    def confirms(self, work: str, key: EffectKey) -> bool:
        """Say whether a work may be counted for what others quote from it: it says so, or was never read."""
        return work in self.said[_gist(key)] or work not in self.same


def title_of(work: WorkClaims) -> str:
    """Return what a work shares with its other versions: title and first author; "" where that cannot tell."""
    return title_key(work.title, work.authors) if work.authors else ""


def cited_by(work: WorkClaims) -> dict[str, str]:
    """Return the keys of the works that a work's references name, by reference key."""
    return {ref.key: f"doi:{doi}" for ref in work.references if (doi := normalise_doi(ref.doi))}


def support_of(key: EffectKey, stated: Iterable[tuple[str, str, Assertion]], works: Works) -> Support:
    """Return who supports an effect, from its assertions as (IRI, work key, assertion)."""
    best: defaultdict[str, float] = defaultdict(float)
    unconfirmed: set[str] = set()
    sources: dict[str, frozenset[str]] = {}
    for iri, reader, assertion in stated:
        own = works.same[reader]
        secondhand = SECONDHAND if reader in works.digests else 1.0
        cited = works.cited(reader, assertion)
        confirmed = {work for work in cited if works.confirms(work, key)}
        unconfirmed |= cited - confirmed
        speaks_for = frozenset(confirmed or {own})
        doubt = UNCONFIRMED if cited and not confirmed else 1.0
        for work in speaks_for:
            best[work] = max(best[work], weight(assertion, secondhand=secondhand, unconfirmed=doubt))
        sources[iri] = speaks_for
    supported = tuple(sorted(best))
    return Support(supported, tuple(sorted(unconfirmed - best.keys())), pooled_belief(best.values()), sources)


def _gist(key: EffectKey) -> tuple[str, bool | ChangeKind, str, Direction]:
    return key.cause, key.change in ACTIVE or key.change, key.target, key.direction
