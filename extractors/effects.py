"""Read signed effects from one parsed sentence: pair each target's change with its causes.

``targets -> predications -> causes -> assertions``. What a sentence cannot say alone (anaphors, topics) comes from
the paragraph's :class:`~extractors.discourse.Memory`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.causes import causes_of
from extractors.clauses import Agent, children, subjects
from extractors.comparators import comparator_of
from extractors.conditions import find_conditions, to_conditions
from extractors.cues import load_cues
from extractors.discourse import Cause, Memory
from extractors.language import Doc, Token
from extractors.predicates import Predication, predications
from extractors.scope import is_background, is_hedged, is_negated
from extractors.text import Sentence
from extractors.verbal_targets import verbal_targets
from extractors.windows import window_reading
from ontology import Ontology
from ontology.model import Assertion, CauseChange, Direction, Evidence, Mention, Span, Verdict

__all__ = ["Target", "find_effects", "targets_of"]

# How far a way of finding cause and target can be trusted; tuned on the project's own training passages.
_TRUST = {
    "object": 0.9, "passive": 0.9, "verb-preposition": 0.9, "adjective": 0.85, "prevent-from": 0.9, "intransitive": 0.75, "is-graded": 0.75,
    "copula": 0.8, "with": 0.75, "with-passive": 0.6, "with-noun": 0.5, "observed": 0.65, "attributed": 0.75, "cost": 0.85, "through": 0.6,
    "verbless": 0.55, "target-verb": 0.75, "unchanged": 0.75, "occurs": 0.6, "causative": 0.8, "verb-in": 0.8, "experience": 0.6, "phrase": 0.8, "reduced": 0.75, "with-object": 0.7, "from-to": 0.85, "small-clause": 0.85, "window": 0.65, "clause-object": 0.7, "clause-passive": 0.7, "clause-subject": 0.65,
}  # fmt: skip
_ROLE = {"subject": 1.0, "agent": 1.0, "instrument": 0.85, "relative": 0.85, "participle": 0.9, "inherited": 0.9, "gerund": 0.95, "controlled": 0.9}
_TOPIC = 0.6
# Where English leaves the cause out: passives, changes that happen by themselves, comparisons.
_TOPICAL = frozenset({"passive", "intransitive", "is-graded", "observed", "unchanged", "occurs", "cost", "target-verb", "with-passive", "phrase", "clause-subject", "clause-passive"})


@dataclass(frozen=True, slots=True)
class Target:
    """Hold a metric or failure mode named in a sentence and the token that heads its name."""

    mention: Mention
    head: Token
    inside: frozenset[int]


def targets_of(doc: Doc, sentence: Sentence, mentions: Sequence[Mention]) -> list[Target]:
    """Align metric and failure-mode mentions with the parse."""
    found = []
    for mention in mentions:
        if mention.kind not in ("metric", "failure_mode"):
            continue
        start, end = sentence.locate(mention.start), sentence.locate(mention.end - 1) + 1
        inside = [t for t in doc if t.idx < end and t.idx + len(t.text) > start and not t.is_punct]
        if inside:
            indices = frozenset(t.i for t in inside)
            outer = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
            found.append(Target(mention, outer[-1] if outer else inside[-1], indices))
    return found


def find_effects(doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory, ontology: Ontology) -> list[Assertion]:
    """Return the effects one sentence asserts, at most one a cause and target."""
    best: dict[tuple[str, str], Assertion] = {}
    for target, predication in _changes(doc, sentence, mentions, memory, ontology):
        if predication.purpose or is_background(predication, doc):
            continue
        for cause in _causes(predication, target, doc, sentence, mentions, memory):
            claim = _assertion(cause, target, predication, doc, sentence, mentions, ontology)
            key = (claim.cause_concept or claim.cause, claim.target_concept or claim.target)
            if key[0] != key[1] and (key not in best or claim.confidence > best[key].confidence):
                best[key] = claim
                memory.note_found(cause)
    return sorted(best.values(), key=lambda a: (a.target_span, a.cause_span))


def _changes(doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory, ontology: Ontology) -> Iterator[tuple[Target, Predication]]:
    """Yield every target of the sentence with what is said of it: named, pointed back at, or living in a verb."""
    for target in [*targets_of(doc, sentence, mentions), *_pointed_at(doc, sentence, mentions, memory)]:
        found = list(predications(target.head, target.inside, target.mention.kind))
        if not found and (spotted := window_reading(target.head, target.inside, target.mention.kind, doc, sentence, mentions)):
            found.append(spotted)
        for predication in found:
            yield target, predication
    for mention, verb, predication in verbal_targets(doc, sentence, mentions, ontology):
        yield Target(mention, verb, frozenset({verb.i})), predication


def _pointed_at(doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory) -> Iterator[Target]:
    """Yield targets named by "this loss", "these issues": the failure mode or metric named before."""
    for token in doc:
        if token.pos_ != "NOUN" or not any(c.lower_ in ("this", "these", "such", "that", "those") for c in children(token, "det", "amod", "predet")):
            continue
        start, end = sentence.span(token.idx, token.idx + len(token.text))
        if any(m.start < end and start < m.end for m in mentions):
            continue
        for cause in memory.properties(token):
            if cause.kind in ("metric", "failure_mode"):
                yield Target(Mention(start, end, token.text, cause.kind, cause.concept, cause.label, 0.8), token, frozenset({token.i}))


def _causes(predication: Predication, target: Target, doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory) -> Iterator[Cause]:
    reached = False
    for agent in predication.agents:
        for cause in _resolved(agent, target, doc, sentence, mentions, memory):
            reached = True
            yield replace(cause, weight=cause.weight * _ROLE[agent.role])
    if not reached and not predication.agents and predication.rule in _TOPICAL:
        topic = memory.topic()
        if topic is not None:
            yield replace(topic, weight=_TOPIC * topic.weight, antecedent=topic.antecedent or topic.span, anaphor=True)


def _resolved(agent: Agent, target: Target, doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory) -> Iterator[Cause]:
    found = list(causes_of(agent, doc, sentence, mentions, memory, target.inside))
    clausal = agent.token.tag_ in ("NNS", "NNPS") and any(c.dep_ == "relcl" and c.tag_ == "VBZ" for c in agent.token.children)
    if agent.role == "relative" and found and (clausal or all(c.kind in ("metric", "failure_mode") or c.concept is None for c in found)):
        # ", which": the antecedent may be the clause; then its subject acts
        verb = agent.token
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            upper = [c for a in subjects(verb) for c in causes_of(a, doc, sentence, mentions, memory, target.inside)]
            if any(c.kind == "strategy" for c in upper):
                yield from (replace(c, weight=0.8 * c.weight) for c in upper)
                return
    yield from found


def _assertion(cause: Cause, target: Target, predication: Predication, doc: Doc, sentence: Sentence, mentions: Sequence[Mention], ontology: Ontology) -> Assertion:
    mention = target.mention
    negated = is_negated(predication)
    hedged = is_hedged(predication, doc)
    direction, verdict = _judge(predication, mention, ontology, negated=negated)
    source = sentence.source
    evidence = [Evidence("sentence", *source, "")]
    evidence.append(Evidence("cause", *cause.span, ""))
    evidence.append(Evidence("target", mention.start, mention.end, ""))
    for cue in dict.fromkeys(predication.cues):
        evidence.append(Evidence("cue", *sentence.span(cue.idx, cue.idx + len(cue.text)), ""))
    if cause.antecedent is not None:
        evidence.append(Evidence("antecedent", *cause.antecedent, ""))
    comparator, where = comparator_of(doc, sentence, mentions, predication)
    if where is not None:
        evidence.append(Evidence("comparator", *where, ""))
    stated = find_conditions(sentence.text)
    evidence += [Evidence("condition", *sentence.span(c.span.start, c.span.end), "") for c in stated]
    confidence = _TRUST.get(predication.rule, 0.5) * cause.weight * mention.score * (0.9 if cause.kind in ("metric", "failure_mode") else 1.0)
    return Assertion(
        cause=cause.label,
        cause_concept=cause.concept,
        cause_kind=cause.kind,
        cause_span=cause.span,
        cause_change=CauseChange(cause.change),  # type: ignore[arg-type]
        target=mention.label,
        target_concept=mention.concept,
        target_kind=mention.kind,
        target_span=Span(mention.start, mention.end),
        direction=direction,
        verdict=verdict,
        comparator=comparator,
        conditions=to_conditions(stated),
        hedged=hedged,
        negated=negated,
        section=sentence.section,
        citations=tuple(dict.fromkeys(k for c in sentence.citations for k in c.keys)),
        evidence=tuple(evidence),
        confidence=round(min(confidence, 0.99), 4),
        rule=predication.rule,
    )


def _judge(predication: Predication, mention: Mention, ontology: Ontology, *, negated: bool) -> tuple[Direction, Verdict]:
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


