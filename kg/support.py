"""Count who supports a statement: works, not mentions.

A sentence that cites counts for the work it cites, known by DOI, else by first author, year and place or title (see
:mod:`ontology.references`); a review citing X three times and X itself are one voice, and so are two reviews citing X.
Preprint and article of one title and first author are one work. Where the cited work is in
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
from ontology.references import named_by, names_of

__all__ = ["ACTIVE", "QUOTING", "Support", "Works", "called", "cited_by", "support_of", "title_of"]

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
    named: dict[str, str] = field(default_factory=dict)  # what references may call a work in the library -> its key
    digests: frozenset[str] = frozenset()
    # work key -> reference key -> keys and names of the work that is cited, the surest first
    references: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
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
        named: dict[str, str] = {}
        for work in claims:
            for name in called(work):
                named.setdefault(name, work.work)
        return cls(
            {work.work: same.get(work.work, work.work) for work in claims},
            named,
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
        found = {self._cited(known[key]) for key in assertion.citations if key in known}
        return frozenset(found) - {self.same[work]}

    def _cited(self, keys: tuple[str, ...]) -> str:
        """Return the work that a reference names: one in the library where any of its keys leads there."""
        for key in keys:
            here = key if key in self.same else self.named.get(key)
            if here is not None:
                return self.same[here]
        return keys[0]

    def confirms(self, work: str, key: EffectKey) -> bool:
        """Say whether a work may be counted for what others quote from it: it says so, or was never read."""
        return work in self.said[_gist(key)] or work not in self.same


def title_of(work: WorkClaims) -> str:
    """Return what a work shares with its other versions: title and first author; "" where that cannot tell."""
    return title_key(work.title, work.authors) if work.authors else ""


def called(work: WorkClaims) -> tuple[str, ...]:
    """Return what references without DOI may call a work."""
    return names_of(work.title, work.authors, year=work.year, volume=work.volume, first_page=work.first_page)


def cited_by(work: WorkClaims) -> dict[str, tuple[str, ...]]:
    """Return the keys and names of the work that each reference names, by reference key, the surest first."""
    found = {}
    for ref in work.references:
        doi = normalise_doi(ref.doi)
        if keys := ((f"doi:{doi}",) if doi else ()) + named_by(ref.text):
            found[ref.key] = keys
    return found


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
