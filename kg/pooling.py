"""Pool assertions into effects: same cause, change, target quantity, direction, regime and comparator.

Opposites meet in one quantity ("fade falls" is "retention rises"), so a direction is always that of the quantity. A
negated rise is no fall: it counts as no change. "Without FEC" is FEC removed, an effect of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from kg.belief import weight
from kg.claims import WorkClaims
from kg.comparability import Fact, facts_of, show
from kg.confounds import Confounder, confound_text, confounders_of, pooled_text
from kg.support import Support, Works, support_of
from ontology import Ontology
from ontology.identity import effect_iri, local_iri
from ontology.model import Assertion, Direction, Effect, EffectKey, Kind, Regime, Verdict

__all__ = ["Pool", "Stated", "Things", "naming", "place", "pool_claims", "pool_stated", "things_of"]

_OPPOSITE: Mapping[Direction, Direction] = {"increases": "decreases", "decreases": "increases"}
T = TypeVar("T", bound=str)

_UNSPECIFIED = "unspecified"
Things = Mapping[str, tuple[Kind, str]]  # IRI of what no concept covers -> its kind and name


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Hold one assertion with its place in the graph and all that may set it apart."""

    iri: str
    work: str  # key of the work it was read in
    assertion: Assertion
    key: EffectKey
    facts: Mapping[str, Fact]
    confounders: tuple[Confounder, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Hold an effect with the assertions behind it, by IRI."""

    effect: Effect
    stated: tuple[Stated, ...]
    sources: Mapping[str, frozenset[str]]  # assertion IRI -> the works it speaks for
    facts: Mapping[str, frozenset[Fact]]  # what is stated in each field, over all assertions


def pool_claims(claims: Iterable[WorkClaims], ontology: Ontology) -> tuple[Pool, ...]:
    """Pool the claims of all works, sorted by effect IRI; the order of the works does not matter."""
    ordered = sorted(claims, key=lambda work: work.work)
    stated = [
        place(iri, work.work, assertion, ontology, confounders=marks.get(iri, ()))
        for work in ordered
        for marks in (confounders_of(work, ontology),)
        for iri, assertion in work.effects
    ]
    things = things_of(name for item in stated for name in naming(item, ontology))
    return pool_stated(stated, Works.of(ordered), things, ontology)


def pool_stated(stated: Iterable[Stated], works: Works, things: Things, ontology: Ontology) -> tuple[Pool, ...]:
    """Pool placed assertions, sorted by effect IRI; all that share a cause and a target must be among them."""
    grouped: defaultdict[EffectKey, list[Stated]] = defaultdict(list)
    for item in stated:
        grouped[item.key].append(item)
        works.note(item.key, item.work, item.assertion)
    pools = [
        _pool(key, sorted(group, key=lambda item: item.iri), works, things, ontology) for key, group in grouped.items()
    ]
    return tuple(sorted(pools, key=lambda pool: pool.effect.iri))


def place(
    iri: str, work: str, assertion: Assertion, ontology: Ontology, *, confounders: tuple[Confounder, ...] = ()
) -> Stated:
    """Return an assertion with the key of the effect it belongs to, and with what it is confounded with."""
    target, polarity = _quantity(assertion, work, ontology)
    direction, regimes = _direction(assertion), _regimes(ontology)
    comparator = assertion.comparator.concept if assertion.comparator else None
    key = EffectKey(
        cause=_known(assertion.cause_concept, ontology) or local_iri(work, assertion.cause),
        change=assertion.cause_change.kind,
        target=target,
        direction=_OPPOSITE.get(direction, direction) if polarity < 0 else direction,
        regime=regimes.get(assertion.target_concept or "")
        or regimes.get(target)
        or assertion.conditions.regime
        or "unspecified",
        comparator=_known(comparator, ontology) or _UNSPECIFIED,
    )
    return Stated(iri, work, assertion, key, facts_of(assertion), confounders)


def naming(item: Stated, ontology: Ontology) -> Iterator[tuple[str, Kind, str]]:
    """Yield what an assertion calls the things that no concept covers, as (IRI, kind, name)."""
    said = item.assertion
    for iri, kind, name in (
        (item.key.cause, said.cause_kind, said.cause),
        (item.key.target, said.target_kind, said.target),
    ):
        if iri not in ontology.concepts:
            yield iri, kind, name


def things_of(names: Iterable[tuple[str, Kind, str]]) -> dict[str, tuple[Kind, str]]:
    """Settle the kind and name of each thing: what it is called most often, whatever it does."""
    found: defaultdict[str, tuple[list[Kind], list[str]]] = defaultdict(lambda: ([], []))
    for iri, kind, name in names:
        kinds, labels = found[iri]
        kinds.append(kind)
        labels.append(name)
    return {iri: (_usual(kinds), _usual(labels)) for iri, (kinds, labels) in found.items()}


def _pool(key: EffectKey, group: list[Stated], works: Works, things: Things, ontology: Ontology) -> Pool:
    support: Support = support_of(key, [(item.iri, item.work, item.assertion) for item in group], works)
    cause_kind, cause_label = _called(key.cause, things, ontology)
    target_kind, target_label = _called(key.target, things, ontology)
    facts: defaultdict[str, set[Fact]] = defaultdict(set)
    for item in group:
        for name, fact in item.facts.items():
            facts[name].add(fact)
    pairs = ((name, fact) for name, found in facts.items() for fact in found)
    telling = min(group, key=_telling)
    marks = {item.iri: item.confounders for item in group if item.confounders}
    effect = Effect(
        iri=effect_iri(key),
        key=key,
        cause_label=cause_label,
        cause_kind=cause_kind,
        target_label=target_label,
        target_kind=target_kind,
        verdict=_verdict(key, group, ontology),
        belief=support.belief,
        works=support.works,
        unconfirmed=support.unconfirmed,
        assertions=tuple(item.iri for item in group),
        conditions=tuple(sorted(_notes(group) | {(name, show(fact)) for name, fact in pairs})),
        borne_out=_borne_out(group, works, support.sources),
        sentence=telling.assertion.evidence[0].text if telling.assertion.evidence else "",
        sentence_source=works.names.get(telling.work, telling.work),
        elsewhere=all(item.assertion.conditions.host for item in group),
        confounded=tuple(sorted((iri, confound_text(found)) for iri, found in marks.items())),
        confounders=tuple(sorted({mark.lever for found in marks.values() for mark in found})),
        confounds=pooled_text(marks, support.sources) if marks else "",
    )
    return Pool(effect, tuple(group), support.sources, {name: frozenset(found) for name, found in facts.items()})


def _telling(item: Stated) -> tuple[bool, float, int, str]:
    """Order the sentences behind an effect by what they tell: stated over supposed, own over cited, short over long."""
    words = item.assertion.evidence[0].text if item.assertion.evidence else ""
    return not words, -weight(item.assertion), len(words), item.iri


def _borne_out(group: list[Stated], works: Works, sources: Mapping[str, frozenset[str]]) -> tuple[tuple[str, str], ...]:
    """Return which citing assertions rest on which assertions of the works they cite."""
    own: defaultdict[str, list[str]] = defaultdict(list)
    citing = []
    for item in group:
        if works.cited(item.work, item.assertion):
            citing.append(item)
        else:
            own[works.same[item.work]].append(item.iri)
    pairs = {(item.iri, iri) for item in citing for work in sources[item.iri] for iri in own.get(work, ())}
    return tuple(sorted(pairs))


def _called(iri: str, things: Things, ontology: Ontology) -> tuple[Kind, str]:
    concept = ontology.concepts.get(iri)
    return (concept.kind, concept.label) if concept else things[iri]


def _notes(group: Iterable[Stated]) -> set[tuple[str, str]]:
    """Return the conditions that are known in words alone ("high temperatures"): shown, never compared."""
    notes = (item.assertion.conditions.note for item in group)
    return {("note", part.strip()) for note in notes if note for part in note.split(";")}


def _quantity(assertion: Assertion, work: str, ontology: Ontology) -> tuple[str, int]:
    """Return the quantity a target is counted under and the target's sign towards it."""
    target = _known(assertion.target_concept, ontology)
    if target is None:
        return local_iri(work, assertion.target), 1
    concept = ontology.get(target)
    return concept.quantity or target, concept.polarity


def _direction(assertion: Assertion) -> Direction:
    if not assertion.negated:
        return assertion.direction
    return "no_change" if assertion.direction in _OPPOSITE else "mixed"


@lru_cache(maxsize=4)
def _regimes(ontology: Ontology) -> Mapping[str, Regime]:
    """Return the regime that a target means by itself or by what it is a kind of: calendar life is storage."""
    found: dict[str, Regime] = {}
    for concept in ontology.concepts.values():
        for iri in (concept.iri, *sorted(ontology.ancestors(concept.iri))):
            if ontology.get(iri).regime != _UNSPECIFIED:
                found.setdefault(concept.iri, ontology.get(iri).regime)
    return found


def _verdict(key: EffectKey, group: list[Stated], ontology: Ontology) -> Verdict:
    """Judge by the target's declared desirability; where that is silent, by what the texts say with one voice."""
    computed = ontology.verdict(key.target, key.direction) if key.target in ontology.concepts else _bare(key.direction)
    if computed != "undetermined":
        return computed
    voices = {_voice(item.assertion, ontology) for item in group} - {"undetermined"}
    return voices.pop() if len(voices) == 1 else "mixed" if voices else "undetermined"


def _voice(assertion: Assertion, ontology: Ontology) -> Verdict:
    """Return what one text says of its own target: SEI growth is bad where SEI thickness, its quantity, is neither."""
    target = _known(assertion.target_concept, ontology)
    own = ontology.verdict(target, _direction(assertion)) if target else "undetermined"
    return assertion.verdict if own == "undetermined" else own


def _bare(direction: Direction) -> Verdict:
    verdicts: Mapping[Direction, Verdict] = {"no_change": "neutral", "mixed": "mixed"}
    return verdicts.get(direction, "undetermined")


def _known(iri: str | None, ontology: Ontology) -> str | None:
    return iri if iri in ontology.concepts else None


def _usual(names: list[T]) -> T:
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))
