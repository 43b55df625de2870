"""List a sentence's targets with what is said of each: named, pointed back at, or living in a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.clauses import children
from extractors.language import Token
from extractors.predicates import predications
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.verbal_targets import verbal_targets
from extractors.windows import window_reading
from ontology.model import Mention

__all__ = ["Target", "changes"]


@dataclass(frozen=True, slots=True)
class Target:
    """Hold a metric or failure mode and the token that heads its name."""

    mention: Mention
    head: Token
    inside: frozenset[int]


def changes(scene: Scene) -> Iterator[tuple[Target, Predication]]:
    """Yield every target with each change said of it; order alone speaks where the parse is silent."""
    for target in (*_named(scene), *_pointed_at(scene)):
        found = list(predications(target.head, target.inside, target.mention.kind))
        silent = all(not p.agents and p.rule == "object" for p in found)
        if silent and (spotted := window_reading(target.head, target.inside, target.mention.kind, scene)):
            found = [spotted]
        for predication in found:
            yield target, predication
    for mention, verb, predication in verbal_targets(scene.doc, scene.sentence, scene.mentions, scene.ontology):
        yield Target(mention, verb, frozenset({verb.i})), predication


def _named(scene: Scene) -> Iterator[Target]:
    for mention in scene.mentions:
        if mention.kind not in ("metric", "failure_mode"):
            continue
        start, end = scene.sentence.locate(mention.start), scene.sentence.locate(mention.end - 1) + 1
        inside = [t for t in scene.doc if t.idx < end and t.idx + len(t.text) > start and not t.is_punct]
        if inside:
            indices = frozenset(t.i for t in inside)
            outer = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
            head = max(outer, key=lambda t: (len(list(t.subtree)), t.i)) if outer else inside[-1]
            yield Target(mention, head, indices)


def _pointed_at(scene: Scene) -> Iterator[Target]:
    """Yield targets named by "this loss", "these issues": the failure mode or metric named before."""
    for token in scene.doc:
        if token.pos_ != "NOUN" or not any(
            c.lower_ in ("this", "these", "such", "that", "those") for c in children(token, "det", "amod", "predet")
        ):
            continue
        start, end = scene.sentence.span(token.idx, token.idx + len(token.text))
        if any(m.start < end and start < m.end for m in scene.mentions):
            continue
        for cause in scene.memory.properties(token):
            if cause.kind in ("metric", "failure_mode"):
                mention = Mention(start, end, token.text, cause.kind, cause.concept, cause.label, 0.8)
                yield Target(mention, token, frozenset({token.i}))
