"""Read signed effects from one parsed sentence: pair each target's change with its causes.

``targets -> predications -> causes -> assertions``. What a sentence cannot say alone (anaphors, topics) comes from
the paragraph's :class:`~extractors.discourse.Memory`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.attribution import topic_of
from extractors.candidates import Candidate, candidates
from extractors.chains import with_mechanisms
from extractors.circumstances import holding
from extractors.comparators import comparator_of
from extractors.conditions import FoundCondition, find_conditions, to_conditions
from extractors.contrasts import Contrast, contrasts
from extractors.cues import load_cues
from extractors.discourse import Cause, of_mention
from extractors.magnitudes import magnitude_of
from extractors.pair_features import features
from extractors.predication import Predication
from extractors.ranker import probability
from extractors.scene import Scene
from extractors.scope import denies_change, is_denied
from extractors.signs import Change
from ontology import Ontology
from ontology.model import Assertion, CauseChange, Comparator, Direction, Evidence, Mention, Quantity, Span, Verdict

__all__ = ["find_effects"]

# How far a way of saying a change can be trusted: set by hand after its precision on development and own passages.
_TRUST = {
    "object": 0.9, "possess": 0.8, "grant": 0.7, "property-made": 0.8, "property-verb": 0.75, "property-prevented": 0.85, "property-passive": 0.75, "property-is": 0.6, "property-itself": 0.6, "property-of-product": 0.6, "passive": 0.85, "verb-preposition": 0.85, "adjective": 0.85, "prevent-from": 0.9, "intransitive": 0.75, "is-graded": 0.75, "reduced": 0.8,
    "copula": 0.75, "with": 0.65, "with-passive": 0.55, "with-noun": 0.55, "with-object": 0.7, "observed": 0.65, "attributed": 0.6, "cost": 0.85, "through": 0.6,
    "verbless": 0.55, "target-verb": 0.7, "unchanged": 0.75, "occurs": 0.6, "causative": 0.8, "verb-in": 0.8, "experience": 0.6, "phrase": 0.8, "from-to": 0.8,
    "small-clause": 0.85, "clause-object": 0.6, "clause-passive": 0.65, "clause-subject": 0.6, "contrast": 0.9, "wording": 0.55,
}  # fmt: skip
_LEAST = 0.02  # what is less likely is not even kept for `--min-confidence 0`


@lru_cache(maxsize=4)
def _stated(text: str) -> tuple[FoundCondition, ...]:
    """Find the circumstances of a sentence once for all its claims."""
    return find_conditions(text)


def find_effects(scene: Scene) -> list[Assertion]:
    """Return the effects one sentence asserts, at most one a cause and target; confidence is a probability."""
    best: dict[tuple[str, str], tuple[float, Candidate]] = {}
    for candidate, row in weighed(scene):
        key = (
            candidate.cause.concept or candidate.cause.label,
            candidate.target.mention.concept or candidate.target.mention.label,
        )
        likely = probability(row)
        if key[0] != key[1] and likely >= _LEAST and (key not in best or likely > best[key][0]):
            best[key] = likely, candidate
    read = [
        (candidate, _claim(scene, candidate, _with_price(likely, candidate, best.values())))
        for likely, candidate in best.values()
    ]
    claims = {
        (c.cause_concept or c.cause, c.target_concept or c.target): c for c in with_mechanisms(read) if not _circular(c)
    }
    for cause, claim in _contrasted(scene):
        key = (claim.cause_concept or claim.cause, claim.target_concept or claim.target)
        if key[0] != key[1] and (key not in claims or claim.confidence > claims[key].confidence):
            claims[key] = claim
            scene.memory.note_found(cause)
    return sorted(claims.values(), key=lambda a: (a.target_span, a.cause_span))


def _with_price(likely: float, candidate: Candidate, others: Iterable[tuple[float, Candidate]]) -> float:
    """Trust "at the expense of B" nearly as much as the A it is the price of: one verb, one cause."""
    predicate, cause = candidate.predication.predicate, candidate.cause
    if candidate.rule != "cost":
        return likely
    bought = (p for p, o in others if o.voted and o.predication.predicate == predicate and o.cause.label == cause.label)
    return max(likely, round(0.9 * max(bought, default=0.0), 4))


def _circular(claim: Assertion) -> bool:
    """Tell whether a claim compares a thing with itself: what stands after "compared with" is no cause."""
    comparator = claim.comparator
    return comparator is not None and comparator.concept is not None and comparator.concept == claim.cause_concept


def weighed(scene: Scene) -> Iterator[tuple[Candidate, dict[str, float]]]:
    """Yield the candidate pairs of a sentence with their features; causes that the syntax proposes enter memory."""
    for candidate in candidates(scene):
        if candidate.voted:
            scene.memory.note_found(candidate.cause)
        yield candidate, features(candidate, scene, trust=_TRUST.get(candidate.predication.rule, 0.5))


def _claim(scene: Scene, candidate: Candidate, likely: float) -> Assertion:
    predication, mention = candidate.predication, candidate.target.mention
    direction, verdict = judge(predication, mention, scene.ontology, negated=candidate.negated)
    denied = denies_change(predication) if direction == "no_change" else is_denied(predication)
    comparator, where = comparator_of(scene.sentence, scene.mentions, predication)
    cues = [scene.sentence.span(c.idx, c.idx + len(c.text)) for c in dict.fromkeys(predication.cues)]
    return _assertion(
        scene, candidate.cause, mention, direction, verdict, candidate.rule, cues, comparator, where,
        hedged=candidate.hedged, negated=denied, confidence=likely,
        magnitude=magnitude_of(scene.sentence.text, [(c.idx, c.idx + len(c.text)) for c in predication.cues]),
    )  # fmt: skip


def _contrasted(scene: Scene) -> Iterator[tuple[Cause, Assertion]]:
    for contrast in contrasts(scene.sentence, scene.measurements):
        own = contrast.own
        lever = _lever_of(contrast, scene)
        if lever is None or own.metric_concept is None:
            continue
        concept = scene.ontology.get(own.metric_concept)
        mention = Mention(*own.value_span, own.quantity.text, concept.kind, concept.iri, concept.label)
        predication = Predication(Change(sign=contrast.sign), rule="contrast")
        direction, verdict = judge(predication, mention, scene.ontology, negated=False)
        cue = scene.sentence.span(*contrast.tie)
        claim = _assertion(
            scene, lever, mention, direction, verdict, "contrast", [cue], contrast.comparator, None,
            hedged=own.hedged, negated=False, confidence=_TRUST["contrast"] * lever.weight * mention.score,
        )  # fmt: skip
        yield lever, claim


def _lever_of(contrast: Contrast, scene: Scene) -> Cause | None:
    """Name whose the better or worse value is: the lever of its part of the sentence, its subject, else the topic."""
    start, end = scene.sentence.span(*contrast.part)
    compared = contrast.comparator.concept if contrast.comparator else None
    here = [m for m in scene.mentions if start <= m.start < end and (compared is None or m.concept != compared)]
    levers = [m for m in here if m.kind == "strategy"] or [m for m in here if m.kind == "material" and not m.concept]
    if levers:
        return of_mention(levers[0], scene.sentence)
    own = contrast.own
    known = scene.ontology.concepts.get(own.subject_concept or "")
    if own.subject and known is not None and known.kind == "strategy" and known.iri != compared:
        named = next((m for m in scene.mentions if m.concept == known.iri), None)
        if named is not None:
            return of_mention(named, scene.sentence)
    return topic_of(scene)


def _assertion(
    scene: Scene, cause: Cause, target: Mention, direction: Direction, verdict: Verdict, rule: str, cues: list[Span],
    comparator: Comparator | None, compared: Span | None, *, hedged: bool, negated: bool, confidence: float,
    magnitude: Quantity | None = None,
) -> Assertion:  # fmt: skip
    sentence = scene.sentence
    stated = holding(_stated(sentence.text), sentence.text, sentence.locate(target.start))
    evidence = [
        Evidence("sentence", *sentence.source, ""),
        Evidence("cause", *cause.span, ""),
        Evidence("target", target.start, target.end, ""),
    ]
    evidence += [Evidence("cue", *cue, "") for cue in cues]
    evidence += [Evidence("antecedent", *cause.antecedent, "")] if cause.antecedent is not None else []
    evidence += [Evidence("comparator", *compared, "")] if compared is not None else []
    evidence += [Evidence("condition", *sentence.span(c.span.start, c.span.end), "") for c in stated]
    return Assertion(
        cause=cause.label,
        cause_concept=cause.concept,
        cause_kind=cause.kind,
        cause_span=cause.antecedent or cause.span,  # where it is named; the cause among the evidence is where it acts
        cause_change=CauseChange(cause.change),
        target=target.label,
        target_concept=target.concept,
        target_kind=target.kind,
        target_span=Span(target.start, target.end),
        direction=direction,
        verdict=verdict,
        comparator=comparator,
        magnitude=magnitude,
        conditions=to_conditions(stated),
        hedged=hedged,
        negated=negated,
        section=sentence.section,
        citations=tuple(dict.fromkeys(k for c in sentence.citations for k in c.keys)),
        evidence=tuple(evidence),
        confidence=round(min(confidence, 0.99), 4),
        rule=rule,
    )


def judge(
    predication: Predication, mention: Mention, ontology: Ontology, *, negated: bool
) -> tuple[Direction, Verdict]:
    """Turn a change into the target's direction and verdict; failing to change reads as no change."""
    concept = ontology.concepts.get(mention.concept or "")
    desirable = {"higher_better": 1, "lower_better": -1}.get(concept.desirability if concept else "", 0)
    change = predication.change
    if predication.no_change:
        return "no_change", "neutral"
    sign = change.direction_sign(desirable)
    weak = predication.predicate is not None and predication.predicate.lemma_ in load_cues().weak_verbs
    if negated or predication.without:
        if weak or predication.without or sign < 0:
            return "no_change", "neutral"
        sign = -sign
    direction: Direction = "increases" if sign > 0 else "decreases"
    if change.evaluative and not desirable:
        good = change.sign > 0 if not negated else change.sign < 0
        return direction, "beneficial" if good else "detrimental"
    verdict = ontology.verdict(mention.concept, direction) if mention.concept else "undetermined"
    if verdict == "undetermined":
        verdict = "neutral"
    return direction, verdict
