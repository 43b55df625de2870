"""Decide who is responsible for a change: the clause's own agents, else the paragraph's topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.causes import causes_of
from extractors.clauses import Agent, opening_gerunds, subjects
from extractors.discourse import Cause
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.targets import Target

__all__ = ["causes_for", "topic_of"]

# How much a way of reaching the cause is trusted, relative to a plain subject.
_ROLE = {
    "subject": 1.0,
    "agent": 1.0,
    "instrument": 0.85,
    "relative": 0.85,
    "participle": 0.9,
    "inherited": 0.9,
    "gerund": 0.95,
    "controlled": 0.9,
}
_TOPIC = 0.6
# Where English leaves the cause out: passives, changes that happen by themselves, comparisons.
_TOPICAL = frozenset(
    {
        "passive",
        "intransitive",
        "is-graded",
        "observed",
        "unchanged",
        "occurs",
        "cost",
        "target-verb",
        "with-passive",
        "phrase",
        "clause-subject",
        "clause-passive",
    }
)
_BEARERS = frozenset({"intransitive", "is-graded", "clause-subject", "clause-passive"})


def causes_for(predication: Predication, target: Target, scene: Scene) -> Iterator[Cause]:
    """Yield the causes of one change, each weighted by how it was reached."""
    if predication.rule in _BEARERS and (topic := _over_bearer(predication, target, scene)):
        yield topic
        return
    reached = False
    for agent in predication.agents:
        for cause in _resolved(agent, target, scene):
            reached = True
            yield replace(cause, weight=cause.weight * _ROLE[agent.role])
    if not reached and not predication.agents and predication.rule in _TOPICAL and (topic := topic_of(scene)):
        yield topic


def topic_of(scene: Scene) -> Cause | None:
    """Return the paragraph's topic as a weaker cause."""
    topic = scene.memory.topic()
    return topic and replace(
        topic, weight=_TOPIC * topic.weight, antecedent=topic.antecedent or topic.span, anaphor=True
    )


def _over_bearer(predication: Predication, target: Target, scene: Scene) -> Cause | None:
    """Prefer the topic to a mere bearer: in "the retention of the SiOx electrode improves" the electrode is no lever."""
    found = [c for a in predication.agents for c in causes_of(a, scene, target.inside)]
    topic = scene.memory.topic()
    if (
        not found
        or topic is None
        or topic.kind != "strategy"
        or any(c.kind != "material" for c in found)
        or " than " in scene.sentence.text
    ):
        return None
    return topic_of(scene)


def _resolved(agent: Agent, target: Target, scene: Scene) -> Iterator[Cause]:
    found = list(causes_of(agent, scene, target.inside))
    plural = agent.token.tag_ in ("NNS", "NNPS")
    clausal = plural and any(c.dep_ == "relcl" and c.tag_ == "VBZ" for c in agent.token.children)
    if (
        agent.role == "relative"
        and found
        and (clausal or all(c.kind in ("metric", "failure_mode", "material") or c.concept is None for c in found))
    ):
        # ", which": the antecedent may be the clause; then its subject acts
        verb = agent.token
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        upper = (
            [c for a in opening_gerunds(verb) or subjects(verb) for c in causes_of(a, scene, target.inside)]
            if verb.pos_ in ("VERB", "AUX")
            else []
        )
        if any(c.kind == "strategy" for c in upper):
            yield from (replace(c, weight=0.8 * c.weight) for c in upper)
            return
    yield from found
