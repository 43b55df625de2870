"""Say what changed between two generations of a library: what a run brought, or what a month did.

Pure over the claims at both ends, and only of the works and causes that changed: a night's report on a large library
costs what the night brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.library_reader import Reader
from kg.runs_answers import Answerable, newly_answerable
from kg.runs_scope import Scope, scope_of
from kg.support import ACTIVE
from ontology import Ontology, load_ontology
from ontology.codec import encode
from ontology.identity import local_iri
from ontology.model import Assembly, Assertion, Effect, Measurement

__all__ = ["Answerable", "ClaimChange", "EffectChange", "Opposed", "RunReport", "Unknown", "WorkLine", "difference",
           "run_report"]  # fmt: skip

Claim = Assertion | Measurement
_SIGNED = {"increases": "decreases", "decreases": "increases"}
_PLACES = frozenset({"cause_span", "target_span", "value_span", "start", "end", "extractor", "rule", "section"})
_QUOTE = 200  # characters
_VISIBLE = 0.005  # a confidence that moved less is the same in print


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Name a work."""

    work: str
    title: str
    claims: int


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """Hold one claim that came, went or changed; ``fields`` are (name, before, after)."""

    iri: str
    work: str
    kind: Literal["effect", "measurement"]
    says: str
    quote: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EffectChange:
    """Hold what happened to a pooled finding."""

    cause: str
    target: str
    regime: str
    before: str
    after: str
    works: tuple[str, ...]  # behind it now
    effect: str  # IRI


@dataclass(frozen=True, slots=True)
class Opposed:
    """Hold two findings that contradict each other under known and shared conditions."""

    iri: str
    cause: str
    target: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Hold a cause that no concept covers, to be curated or added to the ontology."""

    name: str
    kind: str
    works: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """Hold the difference between two generations."""

    before: int
    after: int
    works_added: tuple[WorkLine, ...] = ()
    works_changed: tuple[WorkLine, ...] = ()
    works_withdrawn: tuple[WorkLine, ...] = ()
    claims_added: tuple[ClaimChange, ...] = ()
    claims_changed: tuple[ClaimChange, ...] = ()
    claims_withdrawn: tuple[ClaimChange, ...] = ()
    answerable: tuple[Answerable, ...] = ()
    flipped: tuple[EffectChange, ...] = ()
    supported: tuple[EffectChange, ...] = ()  # by a second independent work
    contradictions: tuple[Opposed, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Render the report as a JSON object."""
        return asdict(self)


def run_report(library: Reader, before: int, after: int) -> RunReport:
    """Say what a run brought, from the generation before it to the one after it."""
    return difference(library, before, after)


def difference(library: Reader, a: int, b: int, *, ontology: Ontology | None = None) -> RunReport:
    """Say what changed from generation ``a`` to generation ``b``."""
    ontology = ontology or load_ontology()
    scope = scope_of(library, a, b)
    if not scope.works:
        return RunReport(a, b)
    then, now = _among(scope.before, scope.works), _among(scope.after, scope.works)
    added, changed, withdrawn = _claims(then.values(), now.values())
    old, new = assemble(scope.before, ontology), assemble(scope.after, ontology)
    return RunReport(
        before=a,
        after=b,
        works_added=tuple(_line(work) for key, work in now.items() if key not in then),
        works_changed=tuple(_line(work) for key, work in now.items() if key in then and work != then[key]),
        works_withdrawn=tuple(_line(work) for key, work in then.items() if key not in now),
        claims_added=added,
        claims_changed=changed,
        claims_withdrawn=withdrawn,
        answerable=newly_answerable(library, scope, old, new, ontology),
        flipped=_flipped(old, new, scope),
        supported=_supported(old, new),
        contradictions=_contradictions(old, new),
        unknown=_unknown(then.values(), now.values(), scope),
    )


def _among(claims: Iterable[WorkClaims], works: frozenset[str]) -> dict[str, WorkClaims]:
    return {work.work: work for work in claims if work.work in works}


def _line(work: WorkClaims) -> WorkLine:
    return WorkLine(work.work, work.title or work.document, len(work.effects) + len(work.measurements))


def _claims(
    then: Iterable[WorkClaims], now: Iterable[WorkClaims]
) -> tuple[tuple[ClaimChange, ...], tuple[ClaimChange, ...], tuple[ClaimChange, ...]]:
    old, new = _by_iri(then), _by_iri(now)
    changed = []
    for iri in old.keys() & new.keys():
        fields = _fields(old[iri][1], new[iri][1])
        if fields:
            changed.append(_change(iri, *new[iri], fields))
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    same_words = {_roles(*old[iri]): iri for iri in sorted(gone)}
    for iri in sorted(come):  # the same words, read another way
        twin = same_words.pop(_roles(*new[iri]), None)
        if twin is not None:
            changed.append(_change(iri, *new[iri], _fields(old[twin][1], new[iri][1])))
            gone, come = gone - {twin}, come - {iri}
    return (
        tuple(_change(iri, *new[iri]) for iri in sorted(come)),
        tuple(sorted(changed, key=lambda change: change.iri)),
        tuple(_change(iri, *old[iri]) for iri in sorted(gone)),
    )


def _by_iri(works: Iterable[WorkClaims]) -> dict[str, tuple[str, Claim]]:
    found: dict[str, tuple[str, Claim]] = {}
    for work in works:
        found |= {iri: (work.work, effect) for iri, effect in work.effects}
        found |= {iri: (work.work, measurement) for iri, measurement in work.measurements}
    return found


def _roles(work: str, claim: Claim) -> tuple[str, ...]:
    quote = claim.evidence[0].text if claim.evidence else ""
    if isinstance(claim, Assertion):
        return work, quote, claim.cause_concept or claim.cause, claim.target_concept or claim.target
    return work, quote, claim.metric_concept or claim.metric, claim.subject_concept or claim.subject or ""


def _fields(old: Claim, new: Claim) -> tuple[tuple[str, str, str], ...]:
    """Return the fields in which two readings of one claim differ, places in the text and versions apart."""
    before, after = _bare(encode(old)), _bare(encode(new))
    names = sorted(before.keys() | after.keys())
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple((name, _shown(one), _shown(other)) for name, one, other in pairs if _differ(name, one, other))


def _differ(name: str, one: Any, other: Any) -> bool:
    return bool(one != other and (name != "confidence" or abs(one - other) >= _VISIBLE))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _bare(item) for name, item in value.items() if name not in _PLACES}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)[:_QUOTE]


def _change(iri: str, work: str, claim: Claim, fields: tuple[tuple[str, str, str], ...] = ()) -> ClaimChange:
    quote = claim.evidence[0].text[:_QUOTE] if claim.evidence else ""
    if isinstance(claim, Assertion):
        negation = "not " if claim.negated else ""
        return ClaimChange(
            iri, work, "effect", f"{claim.cause} {negation}{claim.direction} {claim.target}", quote, fields
        )
    value = claim.quantity.text or f"{claim.quantity.value}"
    return ClaimChange(
        iri, work, "measurement", f"{claim.metric} {value} ({claim.subject or 'unnamed'})", quote, fields
    )


def _flipped(old: Assembly, new: Assembly, scope: Scope) -> tuple[EffectChange, ...]:
    """Return the findings whose prevailing direction turned round."""
    before, after = _prevailing(old), _prevailing(new)
    found = []
    for key in sorted(before.keys() & after.keys()):
        was, now = before[key], after[key]
        if now.key.cause in scope.causes and _SIGNED.get(was.key.direction) == now.key.direction:
            found.append(_effect_change(now, was.key.direction, now.key.direction))
    return tuple(found)


def _prevailing(assembly: Assembly) -> dict[tuple[str, ...], Effect]:
    """Return the best supported effect of each lever on each target in each regime."""
    best: dict[tuple[str, ...], Effect] = {}
    for effect in assembly.effects:
        change = "active" if effect.key.change in ACTIVE else effect.key.change
        key = (effect.key.cause, change, effect.key.target, effect.key.regime)
        if key not in best or _weight(effect) > _weight(best[key]):
            best[key] = effect
    return best


def _weight(effect: Effect) -> tuple[int, float]:
    return len(effect.works), effect.belief


def _supported(old: Assembly, new: Assembly) -> tuple[EffectChange, ...]:
    before = {effect.iri: len(effect.works) for effect in old.effects}
    return tuple(
        _effect_change(effect, "1 work", f"{len(effect.works)} works")
        for effect in new.effects
        if before.get(effect.iri) == 1 and len(effect.works) > 1
    )


def _effect_change(effect: Effect, before: str, after: str) -> EffectChange:
    return EffectChange(
        effect.cause_label, effect.target_label, effect.key.regime, before, after, effect.works, effect.iri
    )


def _contradictions(old: Assembly, new: Assembly) -> tuple[Opposed, ...]:
    known = {item.iri for item in old.contradictions if item.status == "contradiction"}
    effects = {effect.iri: effect for effect in new.effects}
    return tuple(
        Opposed(item.iri, first.cause_label, first.target_label, first.key.direction, second.key.direction)
        for item in new.contradictions
        if item.status == "contradiction" and item.iri not in known
        for first, second in [(effects[item.first], effects[item.second])]
    )


def _unknown(then: Iterable[WorkClaims], now: Iterable[WorkClaims], scope: Scope) -> tuple[Unknown, ...]:
    """Return the strategies that no concept covers and no work named before, most named first."""
    known = {iri for work in (*scope.before, *then) for iri, _, _ in _nameless(work)}
    found: dict[str, list[tuple[str, Assertion]]] = {}
    for work in now:
        for iri, key, assertion in _nameless(work):
            if iri not in known:
                found.setdefault(iri, []).append((key, assertion))
    lines = [
        Unknown(
            min(assertion.cause for _, assertion in said),
            said[0][1].cause_kind,
            tuple(sorted({work for work, _ in said})),
            said[0][1].evidence[0].text[:_QUOTE] if said[0][1].evidence else "",
        )
        for said in found.values()
    ]
    return tuple(sorted(lines, key=lambda line: (-len(line.works), line.name)))


def _nameless(work: WorkClaims) -> Iterable[tuple[str, str, Assertion]]:
    for _, assertion in work.effects:
        if assertion.cause_concept is None and assertion.cause_kind == "strategy":
            yield local_iri(work.work, assertion.cause), work.work, assertion
