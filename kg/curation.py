"""Hold the curator's word on claims and things, and apply it to what was read: pure, no connection.

A word is anchored on work, quote and roles (cause, change, target, direction; for a number metric, subject and value),
so it finds its claim again when the paper is read anew by another version; where it finds none it is an orphan. A word
on a thing ("our binder") holds wherever that thing is named. The reading itself is never altered: what a curator
accepts, corrects or merges has extraction confidence 1, what is rejected is left out, and belief follows from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeAlias, TypeVar, cast, get_args

from kg.claims import WorkClaims
from ontology import ID_NS
from ontology.codec import canonical_json, decode, digest, encode
from ontology.errors import StoreError
from ontology.identity import fold_title, local_iri
from ontology.model import Assertion, Kind, Measurement

__all__ = [
    "ACTIONS",
    "Action",
    "Anchor",
    "Claim",
    "Curation",
    "anchor_of",
    "apply_words",
    "curated",
    "is_orphan",
    "named",
    "plan",
    "thing_anchor",
]

Action = Literal["accept", "reject", "correct", "merge"]
Claim: TypeAlias = Assertion | Measurement
ACTIONS: tuple[Action, ...] = get_args(Action)

C = TypeVar("C", bound=Claim)
# What makes a claim say the same as another.
_ROLES = (
    *("cause", "cause_concept", "cause_kind", "cause_change"),
    *("target", "target_concept", "target_kind", "direction", "verdict", "comparator", "negated"),
)
_FIXED = frozenset(
    {"evidence", "confidence", "rule", "extractor", "section", "cause_span", "target_span", "value_span"}
)
_THING_FIELDS = frozenset({"concept", "label", "kind"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """Say what a word is about, whatever version reads the paper; ``work`` is "" for a thing."""

    work: str
    quote: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Curation:
    """Hold one curator's word."""

    id: int
    anchor: Anchor
    action: Action
    replacement: str  # canonical JSON of the fields that change; "" for none
    curator: str
    note: str
    at: str  # ISO 8601, UTC
    since: int  # generation

    @property
    def iri(self) -> str:
        """Return an IRI by content, so that it is the same in every copy of the library."""
        content = [self.anchor.work, self.anchor.quote, self.anchor.roles, self.action, self.replacement, self.curator]
        return f"{ID_NS}curation/{digest(encode(tuple(content)))[:24]}"

    @property
    def thing(self) -> str:
        """Return the IRI of the thing a word is on; "" where it is on a claim."""
        return dict(self.anchor.roles).get("thing", "")

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that change, encoded."""
        return cast(dict[str, Any], json.loads(self.replacement)) if self.replacement else {}

    def to_json(self) -> dict[str, Any]:
        """Render the word as a JSON object."""
        return {
            "id": self.id,
            "work": self.anchor.work,
            "quote": self.anchor.quote,
            "roles": dict(self.anchor.roles),
            "action": self.action,
            "replacement": self.changes,
            "curator": self.curator,
            "note": self.note,
            "at": self.at,
        }


def anchor_of(work: str, claim: Claim) -> Anchor:
    """Return what finds a claim again."""
    quote = " ".join(claim.evidence[0].text.split()) if claim.evidence else ""
    if isinstance(claim, Assertion):
        roles = {
            "cause": claim.cause_concept or fold_title(claim.cause),
            "change": claim.cause_change.kind,
            "target": claim.target_concept or fold_title(claim.target),
            "direction": claim.direction,
        }
    else:
        roles = {
            "metric": claim.metric_concept or fold_title(claim.metric),
            "subject": claim.subject_concept or fold_title(claim.subject or ""),
            "value": canonical_json(encode(replace(claim.quantity, text=""))),
        }
    return Anchor(work, quote, tuple(sorted(roles.items())))


def thing_anchor(thing: str) -> Anchor:
    """Return what finds a thing wherever it is named."""
    return Anchor("", "", (("thing", thing),))


def plan(
    raw: WorkClaims, iri: str, action: str, replacement: str | Mapping[str, Any] | None
) -> tuple[Anchor, Action, dict[str, Any]]:
    """Return the anchor of a claim or thing of a work and the fields that change; StoreError where it cannot be.

    ``replacement`` holds encoded fields of the claim (``correct``), the IRI of another claim of the work, or of the
    concept that a thing is (``merge``); a thing's may be ``{"concept", "label", "kind"}``.
    """
    if action not in ACTIONS:
        raise StoreError(f"no action {action!r}; there are {', '.join(ACTIONS)}")
    if bool(replacement) != (action in ("correct", "merge")):
        lack = "takes none" if replacement else "needs what to put in its place"
        raise StoreError(f"{action} {lack}; accept and reject stand alone, correct and merge take a replacement")
    pairs: dict[str, Claim] = dict((*raw.effects, *raw.measurements))
    if iri in pairs:
        changes = _claim_changes(pairs, iri, replacement)
        if "same_as" not in changes:
            curated_claim(pairs[iri], changes)  # which says what does not fit
        return anchor_of(raw.work, pairs[iri]), action, changes
    if any(iri in named(raw.work, claim) for claim in pairs.values()):
        return thing_anchor(iri), action, _thing_changes(action, replacement)
    raise StoreError(f"{raw.work} says or names no {iri!r}; `anodekg curate list` prints the claims")


def named(work: str, claim: Claim) -> tuple[str, ...]:
    """Return the IRIs of the things a claim names as cause, target or subject, concepts included."""
    ends: tuple[tuple[str | None, str], ...]
    if isinstance(claim, Assertion):
        ends = ((claim.cause_concept, claim.cause), (claim.target_concept, claim.target))
    else:
        ends = ((claim.subject_concept, claim.subject or ""),)
    return tuple(concept or local_iri(work, name) for concept, name in ends if concept or name)


def curated(raw: WorkClaims, curations: Sequence[Curation]) -> WorkClaims:
    """Return a work's claims as the curators have them; claims keep their IRIs."""
    return replace(
        raw,
        effects=apply_words(raw.work, raw.effects, curations),
        measurements=apply_words(raw.work, raw.measurements, curations),
    )


def apply_words(work: str, pairs: Iterable[tuple[str, C]], curations: Iterable[Curation]) -> tuple[tuple[str, C], ...]:
    """Return claims of a work as the curators have them; words on the claim go before words on the things it names."""
    things = {item.thing: item for item in curations if item.thing}
    words = {item.anchor: item for item in curations if item.anchor.work == work}
    kept = []
    for iri, claim in pairs:
        word = words.get(anchor_of(work, claim)) if words else None
        on_things = [things[thing] for thing in named(work, claim) if thing in things] if things else []
        if any(item.action == "reject" for item in on_things) or (word and word.action == "reject"):
            continue
        if word and "same_as" in word.changes:
            continue  # the same number told twice counts once
        result = claim
        for item in on_things:
            result = _with_thing(work, result, item)
        kept.append((iri, curated_claim(result, word.changes) if word else result))
    return tuple(kept)


def is_orphan(curation: Curation, raw: Iterable[WorkClaims]) -> bool:
    """Tell whether a word finds nothing among the claims of works (its own, or for a thing all)."""
    for work in raw:
        pairs: list[tuple[str, Claim]] = [*work.effects, *work.measurements]
        for _, claim in pairs:
            if (
                curation.thing in named(work.work, claim)
                if curation.thing
                else anchor_of(work.work, claim) == curation.anchor
            ):
                return False
    return True


def curated_claim(claim: C, changes: Mapping[str, Any]) -> C:
    """Return a claim with some encoded fields replaced, read with certainty; StoreError where one does not fit."""
    if not changes:
        return replace(claim, confidence=1.0)
    known = {item.name for item in fields(claim)} - _FIXED
    if unknown := sorted(changes.keys() - known):
        raise StoreError(f"a claim has no {', '.join(unknown)} to correct; there are {', '.join(sorted(known))}")
    data = {**encode(claim), **changes}
    if isinstance(changes.get("conditions"), dict):  # one condition is corrected, null takes it away
        conditions = {**encode(claim.conditions), **changes["conditions"]}
        data["conditions"] = {name: value for name, value in conditions.items() if value is not None}
    if "direction" in changes and "verdict" not in changes:
        data["verdict"] = "undetermined"  # what the text was read to judge went with the direction
    return replace(decode(type(claim), data), confidence=1.0)


def _claim_changes(pairs: Mapping[str, Claim], iri: str, replacement: str | Mapping[str, Any] | None) -> dict[str, Any]:
    if not isinstance(replacement, str):
        return dict(replacement or {})
    other = pairs.get(replacement)
    if replacement == iri or other is None or type(other) is not type(pairs[iri]):
        raise StoreError(f"{replacement!r} is no other claim of this kind in the same work; merge takes its IRI")
    if isinstance(other, Measurement):
        return {"same_as": replacement}
    return {name: encode(getattr(other, name)) for name in _ROLES}


def _thing_changes(action: str, replacement: str | Mapping[str, Any] | None) -> dict[str, Any]:
    changes = {"concept": replacement} if isinstance(replacement, str) else dict(replacement or {})
    needed = {"merge": "concept", "correct": "label"}.get(action)
    if changes.keys() - _THING_FIELDS or (needed and not changes.get(needed)):
        raise StoreError(f"{action} of a thing takes {needed or 'nothing'} (and label, kind), not {sorted(changes)}")
    if changes.get("kind") and changes["kind"] not in get_args(Kind):
        raise StoreError(f"no kind {changes['kind']!r}; there are {', '.join(get_args(Kind))}")
    return changes


def _with_thing(work: str, claim: C, curation: Curation) -> C:
    """Name a thing in a claim as the curator has it."""
    changes = curation.changes
    if not changes:
        return claim
    data: dict[str, Any] = {}
    roles = ("cause", "target") if isinstance(claim, Assertion) else ("subject",)
    for role in roles:
        name, concept = getattr(claim, role), getattr(claim, f"{role}_concept")
        if (concept or local_iri(work, name or "")) == curation.thing:
            data[f"{role}_concept"] = changes.get("concept")
            data[role] = changes.get("label") or name
            if "kind" in changes and role != "subject":
                data[f"{role}_kind"] = changes["kind"]
    return replace(claim, **data)
