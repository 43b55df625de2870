"""Turn the head of a cause phrase into a cause: a known concept, an open-class name, or an antecedent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.bearers import is_bearer
from extractors.cause_phrase import EMPTY, PROPERTY, CausePhrase
from extractors.clauses import Agent, children, coordinated, subjects
from extractors.cues import load_cues
from extractors.discourse import Cause, Memory, is_anaphor, of_mention, points_at_failures
from extractors.language import Token
from extractors.noun_phrases import noun_phrase
from extractors.scene import Scene
from ontology.model import Span

__all__ = ["causes_of", "main_subjects"]


def causes_of(agent: Agent, scene: Scene, targets: frozenset[int]) -> Iterator[Cause]:
    """Yield the causes an agent stands for; nothing when it reports, or is the target itself."""
    token, doc, sentence, memory = agent.token, scene.doc, scene.sentence, scene.memory
    left, right = noun_phrase(token)
    if left >= right or token.i in targets:
        return
    if token.lower_ == "it" and (cleft := _cleft(token)) is not None:
        yield from causes_of(Agent(cleft, agent.role), scene, targets)
        return
    if token.lower_ == "thanks":
        for held in [o for to in children(token, "prep") for o in children(to, "pobj")]:
            yield from causes_of(Agent(held, agent.role), scene, targets)
        return
    phrase = CausePhrase(token, left, right, scene)
    reports = token.pos_ == "NOUN" and token.lemma_.lower() in load_cues().not_causes
    if reports and phrase.head_mention is None and not phrase.inside and not points_at_failures(token):
        return
    examples = _examples(token)
    if examples and phrase.head_mention is None:
        for example in examples:
            yield from causes_of(Agent(example, agent.role), scene, targets)
        return
    if is_anaphor(token, named=phrase.head_mention is not None and phrase.head_mention.kind not in PROPERTY):
        if agent.role != "relative" or token.lower_ not in ("it", "they", "which", "that", "its", "their"):
            yield from _same_sentence(token, scene, targets) or memory.resolve(
                token, sentence.span(doc[_left(token)].idx, phrase.end)
            )
        return
    if token.lower_ in ("one", "ones"):
        yield from _elliptical(phrase, memory)
        return
    nested = (
        _nested(token, left, right)
        if phrase.head_mention is None and not any(m.kind == "strategy" for m in phrase.inside)
        else None
    )
    if nested is not None and (found := memory.resolve(nested, phrase.span)):
        yield from found  # "cells with this additive": the additive acts
        return
    cause = phrase.cause()
    if cause is None:
        if phrase.definite:
            introduced = memory.specific(phrase.unnamed())
            if introduced is not None:
                yield introduced  # "the additive": the one introduced before
            elif token.lemma_.lower() in load_cues().anaphor_heads:
                yield from (replace(c, weight=0.8 * c.weight) for c in memory.resolve(token, phrase.span))
        return
    owners = [c for c in children(token, "poss") if c.lower_ in ("its", "their")]
    if owners and (cause.kind in PROPERTY or cause.concept is None):
        owned = _same_sentence(owners[0], scene, targets) or memory.resolve(
            owners[0], sentence.span(owners[0].idx, phrase.end)
        )
        levers = [replace(c, weight=0.9 * c.weight) for c in owned if c.kind not in PROPERTY]
        yield from levers
        if levers and cause.concept is None:
            if " " in cause.label:  # "its macroporous structure": the property acts, or who has it
                yield replace(cause, weight=0.8 * cause.weight)
            return
    if phrase.definite and cause.kind == "strategy" and token.lemma_.lower() not in EMPTY:
        yield memory.specific(cause) or cause
    else:
        yield cause
        yield from phrase.beside(cause)


def main_subjects(scene: Scene) -> list[Cause]:
    """Return what the main clause of a sentence is about: its subject, or the object of "we prepared X"."""
    root = next((t for t in scene.doc if t.head.i == t.i), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return []
    found: list[Cause] = []
    for agent in subjects(root):
        for token in children(root, "dobj") if agent.token.lower_ in ("we", "authors") else [agent.token]:
            if is_anaphor(token, named=False):
                continue
            left, right = noun_phrase(token)
            cause = CausePhrase(token, left, right, scene).cause() if left < right else None
            if cause is not None and cause.kind not in PROPERTY:
                found.append(cause)
    if found and all(is_bearer(c.concept, scene.ontology) for c in found):
        done = [of_mention(m, scene.sentence) for m in scene.mentions if m.kind == "strategy"]
        return done or found  # "Silicon was milled with X": what was done to it is what "it" owes its merits to
    return found


def _cleft(token: Token) -> Token | None:
    """Return what "it is X that …" puts first, when a token is its "it"."""
    verb = token.head
    if verb.lemma_ != "be" or token.i > verb.i:
        return None
    for first in children(verb, "attr"):
        if any(c.lower_ in ("that", "which", "who") for c in first.doc[first.i : first.right_edge.i + 2]):
            return first
    return None


def _nested(token: Token, left: int, right: int) -> Token | None:
    """Return the head of an anaphor inside a phrase: "a pack of cells with these anodes"."""
    for inner in token.doc[left : right + 12]:
        held = (
            inner.i != token.i and inner.dep_ == "pobj" and inner.head.lower_ in ("with", "of", "using", "from", "by")
        )
        if (
            held
            and token.is_ancestor(inner)
            and is_anaphor(inner, named=False)
            and inner.lower_ not in ("which", "that")
        ):
            return inner
    return None


def _examples(token: Token) -> list[Token]:
    """List what a general noun is illustrated by: "approaches such as adding FEC", "additives including VC and FEC"."""
    if token.lemma_.lower() not in EMPTY | load_cues().anaphor_heads:
        return []
    found = []
    for prep in children(token, "prep"):
        if prep.lower_ in ("like", "including") or (
            prep.lower_ == "as" and any(c.lower_ == "such" for c in prep.children)
        ):
            found += [t for o in children(prep, "pobj", "pcomp") for t in coordinated(o)]
    return found


def _left(token: Token) -> int:
    return token.left_edge.i if token.left_edge.i > token.i - 5 else token.i


def _same_sentence(token: Token, scene: Scene, targets: frozenset[int]) -> list[Cause]:
    """Resolve "it" or "this" to the subject of an earlier clause of the same sentence."""
    plural = {c.lower_ for c in children(token, "det", "amod", "predet")} & {"these", "such", "both", "all"}
    if plural and token.pos_ == "NOUN":
        start = scene.sentence.offsets[token.left_edge.idx]
        listed = [m for m in scene.mentions if m.kind == "strategy" and m.end <= start]
        if len({m.concept for m in listed}) > 1:
            at = scene.sentence.span(token.left_edge.idx, token.idx + len(token.text))
            members = [
                replace(
                    of_mention(m, scene.sentence), span=at, anaphor=True, antecedent=Span(m.start, m.end), weight=0.8
                )
                for m in listed
            ]
            # "Whether through A or B, these strategies …": what A and B are ways of was named before
            whole = scene.memory.resolve(token, at) if scene.doc[0].lower_ == "whether" else []
            return [*members, *(replace(c, weight=0.8 * c.weight) for c in whole[:1])]
        return []
    if token.lower_ not in ("it", "this", "they", "these", "its", "their") or token.i < 4:
        return []
    for verb in scene.doc[: token.i]:
        if verb.pos_ not in ("VERB", "AUX") or verb.i > token.i - 2:
            continue
        for a in subjects(verb):
            if (
                a.token.i < verb.i
                and a.token.i < token.i
                and a.token.pos_ not in ("PRON", "DET")
                and a.token.i not in (token.i, token.head.i)
            ):
                found = [
                    c
                    for c in causes_of(Agent(a.token, "subject"), scene, targets)
                    if c.kind in ("strategy", "material")
                ]
                if found:
                    at = scene.sentence.span(token.idx, token.idx + len(token.text))
                    return [
                        replace(c, span=at, anaphor=True, antecedent=c.antecedent or c.span, weight=0.85 * c.weight)
                        for c in found[:1]
                    ]
    before = scene.sentence.offsets[token.idx]
    named = {m.concept: m for m in scene.mentions if m.kind == "strategy" and m.end <= before}
    if len(named) == 1 and token.dep_ in ("nsubj", "nsubjpass") and scene.doc[0].i != token.i:
        only = of_mention(
            next(iter(named.values())), scene.sentence
        )  # the parser lost the clause, but nothing else can be meant
        at = scene.sentence.span(token.idx, token.idx + len(token.text))
        return [replace(only, span=at, anaphor=True, antecedent=only.span, weight=0.75)]
    return []


def _elliptical(phrase: CausePhrase, memory: Memory) -> Iterator[Cause]:
    """Read "a thin one": the modifiers belong to what was named before."""
    modifiers = [c.text for c in children(phrase.token, "amod")]
    for antecedent in (*reversed(memory.found[-1]), *([t] if (t := memory.topic()) else [])):
        head = antecedent.surface.split()[-1] if antecedent.surface else antecedent.label
        label = " ".join([*modifiers, head])
        yield replace(
            antecedent,
            label=label if modifiers else antecedent.label,
            span=phrase.span,
            anaphor=True,
            antecedent=antecedent.span,
            weight=0.8,
            surface=label,
        )
        return
