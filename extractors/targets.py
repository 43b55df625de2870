"""List a sentence's targets with what is said of each: named, pointed back at, or living in a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.clauses import children
from extractors.idioms import at_a_cost
from extractors.language import Token
from extractors.predicates import predications
from extractors.predication import Predication
from extractors.property_words import property_targets
from extractors.scene import Scene
from extractors.verbal_targets import verbal_targets
from extractors.wordings import worded_targets
from ontology.model import Mention

__all__ = ["Target", "changes", "named_targets"]


# Ways of saying that a thing comes about or goes away; having it is no effect.
_BRINGING = frozenset({"object", "passive", "verb-preposition", "prevent-from", "from-to", "observed", "intransitive"})


@dataclass(frozen=True, slots=True)
class Target:
    """Hold a metric or failure mode and the token that heads its name."""

    mention: Mention
    head: Token
    inside: frozenset[int]


def changes(scene: Scene) -> Iterator[tuple[Target, Predication]]:
    """Yield every target with each change that the clause's syntax says of it."""
    for target in (*named_targets(scene), *_pointed_at(scene)):
        for predication in predications(target.head, target.inside, target.mention.kind):
            yield target, predication
    for target in product_targets(scene):
        for predication in predications(target.head, target.inside, "failure_mode"):
            if predication.rule in _BRINGING:
                yield target, predication
    read = set[int]()
    for mention, verb, predication in verbal_targets(scene.doc, scene.sentence, scene.mentions, scene.ontology):
        read.add(verb.i)
        yield Target(mention, verb, frozenset({verb.i})), predication
    for mention, word, predication in property_targets(scene):
        read.add(word.i)
        yield Target(mention, word, frozenset({word.i})), predication
    for mention, word, predication in worded_targets(scene):
        if word.i not in read:
            yield Target(mention, word, frozenset({word.i})), predication


def named_targets(scene: Scene) -> Iterator[Target]:
    """Yield the metrics and failure modes that a sentence names."""
    named = (t for m in scene.mentions if m.kind in ("metric", "failure_mode") and (t := _at(m, scene)))
    return (t for t in named if not _in_cost_phrase(t))


def _in_cost_phrase(target: Target) -> bool:
    """Tell the "cost" of "at the cost of capacity" from what a thing costs."""
    first, last = min(target.inside), max(target.inside)
    return at_a_cost(target.head.doc[max(0, first - 3) : last + 2].text.lower())


def product_targets(scene: Scene) -> Iterator[Target]:
    """Yield the materials that come about or vanish in a cell, whose becoming more or less is an effect."""
    known = scene.ontology.concepts
    products = (m for m in scene.mentions if m.kind == "material" and m.concept and known[m.concept].desirability)
    return (t for m in products if (t := _at(m, scene)))


def _at(mention: Mention, scene: Scene) -> Target | None:
    start, end = scene.sentence.locate(mention.start), scene.sentence.locate(mention.end - 1) + 1
    inside = [t for t in scene.doc if t.idx < end and t.idx + len(t.text) > start and not t.is_punct]
    if not inside:
        return None
    indices = frozenset(t.i for t in inside)
    outer = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
    return Target(mention, max(outer, key=lambda t: (len(list(t.subtree)), t.i)) if outer else inside[-1], indices)


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
