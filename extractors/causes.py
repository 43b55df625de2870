"""Turn the head of a cause phrase into a cause: a known concept, an open-class name, or an antecedent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.clauses import Agent, children, coordinated, subjects
from extractors.cues import load_cues
from extractors.discourse import Cause, Memory, is_anaphor, of_mention, points_at_failures
from extractors.language import Token
from extractors.noun_phrases import noun_phrase
from extractors.scene import Scene
from ontology.model import ChangeKind, Kind, Span

__all__ = ["causes_of", "change_of", "main_subjects"]

_RANK: dict[Kind, int] = {"strategy": 0, "material": 1, "condition": 2, "failure_mode": 3, "metric": 3}
# Nouns that add nothing to what they hold: the cause is the thing "of" which they speak.
_EMPTY = frozenset({
    "presence", "use", "addition", "introduction", "incorporation", "application", "employment", "inclusion", "utilization", "utilisation", "adoption", "implementation", "usage",
    "effect", "role", "combination", "design", "class", "series", "kind", "type", "form", "variety", "pair", "approach", "method", "strategy", "technique", "concept", "electrode", "anode",
    "cell", "battery", "sample", "system", "content", "amount", "concentration", "dose", "fraction", "ability", "example", "advantage", "benefit", "case", "electrolyte", "material", "advance", "advancement",
})  # fmt: skip
_PROPERTY = frozenset({"metric", "failure_mode"})
_CHANGES: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    ("removed", re.compile(r"\b(?:without|absence of|lack of|removal of|removing|releas\w+|eliminat\w+|exclu\w+|omi\w+|[\w-]+-free|free of|free from|no)\b", re.IGNORECASE)),
    ("excess", re.compile(r"\b(?:excess(?:ive|ively)?|too (?:much|high|thick|many|large)|over-?(?:dos\w+|load\w+))\b", re.IGNORECASE)),
    ("insufficient", re.compile(r"\b(?:insufficient|inadequate|too (?:little|low|thin|few)|lacking)\b", re.IGNORECASE)),
    ("increased", re.compile(r"\b(?:higher|more|larger|increas\w+|rais\w+|greater|elevated|thicker|longer)\b", re.IGNORECASE)),
    ("decreased", re.compile(r"\b(?:lower|less|smaller|decreas\w+|reduc\w+|fewer|thinner|shorter)\b", re.IGNORECASE)),
)  # fmt: skip
_AMOUNT = re.compile(r"\W*(?:(?:up to|about|around|only|more than|over|nearly|roughly|at least)\s+)?\d", re.IGNORECASE)


def change_of(text: str) -> ChangeKind:
    """Say what is done to a cause, from the words of its phrase."""
    return next((kind for kind, pattern in _CHANGES if pattern.search(text)), "applied")


def causes_of(agent: Agent, scene: Scene, targets: frozenset[int]) -> Iterator[Cause]:
    """Yield the causes an agent stands for; nothing when it reports, or is the target itself."""
    token, doc, sentence, memory = agent.token, scene.doc, scene.sentence, scene.memory
    left, right = noun_phrase(token)
    if left >= right or token.i in targets:
        return
    phrase = _Phrase(token, left, right, scene)
    reports = token.pos_ == "NOUN" and token.lemma_.lower() in load_cues().not_causes
    if reports and phrase.head_mention is None and not phrase.inside and not points_at_failures(token):
        return
    examples = _examples(token)
    if examples and phrase.head_mention is None:
        for example in examples:
            yield from causes_of(Agent(example, agent.role), scene, targets)
        return
    if is_anaphor(token, named=phrase.head_mention is not None and phrase.head_mention.kind not in _PROPERTY):
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
        if phrase.definite and (introduced := memory.specific(phrase.unnamed())):
            yield introduced  # "the additive": the one introduced before
        return
    owners = [c for c in children(token, "poss") if c.lower_ in ("its", "their")]
    if owners and cause.kind in _PROPERTY:
        owned = _same_sentence(owners[0], scene, targets) or memory.resolve(
            owners[0], sentence.span(owners[0].idx, phrase.end)
        )
        yield from (replace(c, weight=0.9 * c.weight) for c in owned if c.kind not in _PROPERTY)
    if phrase.definite and cause.kind == "strategy" and token.lemma_.lower() not in _EMPTY:
        yield memory.specific(cause) or cause
    else:
        yield cause


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
            cause = _Phrase(token, left, right, scene).cause() if left < right else None
            if cause is not None and cause.kind not in _PROPERTY:
                found.append(cause)
    return found


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
    if token.lemma_.lower() not in _EMPTY | load_cues().anaphor_heads:
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
                replace(of_mention(m), span=at, anaphor=True, antecedent=Span(m.start, m.end), weight=0.8)
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
    return []


def _elliptical(phrase: _Phrase, memory: Memory) -> Iterator[Cause]:
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


class _Phrase:
    """Hold a noun phrase or gerund that may name a cause, with the mentions inside it."""

    def __init__(self, token: Token, left: int, right: int, scene: Scene) -> None:
        doc, sentence, mentions = scene.doc, scene.sentence, scene.mentions
        self.ontology = scene.ontology
        self.token = token
        self.start, self.end = doc[left].idx, doc[right - 1].idx + len(doc[right - 1].text)
        self.span: Span = sentence.span(self.start, self.end)
        self.text = sentence.text[self.start : self.end]
        self.inside = [m for m in mentions if self.span.start <= m.start and m.end <= self.span.end]
        here = sentence.offsets[token.idx]
        self.head_mention = next((m for m in mentions if m.start <= here < m.end), None)
        following = [m for m in mentions if 0 <= m.start - self.span.end <= 1 and m.kind == "strategy"]
        if not self.inside and following and token.pos_ in ("NOUN", "PROPN", "ADJ"):
            self.inside, self.head_mention = following, following[0]
            self.span = Span(self.span.start, following[0].end)

    @property
    def definite(self) -> bool:
        """Tell whether the phrase says "the"."""
        return any(c.lower_ == "the" for c in children(self.token, "det"))

    def unnamed(self) -> Cause:
        """Make a cause of a general noun that names nothing by itself."""
        return Cause(
            self.text, None, "strategy", self.span, weight=0.9, head=self.token.lemma_.lower(), surface=self.text
        )

    def cause(self) -> Cause | None:
        """Name the cause: the concept at the head, else what an empty head holds, else the whole phrase."""
        head = self.token.lemma_.lower()
        reports = head in load_cues().not_causes
        whole = self.ontology.find(self.text) if " " in self.text else None
        if whole is not None and whole.kind == "strategy":
            return Cause(
                whole.label, whole.iri, "strategy", self.span, change_of(self.text), head=head, surface=self.text
            )
        best = self.head_mention if self.head_mention is not None and not (reports or head in _EMPTY) else None
        levers = sorted((m for m in self.inside if m.kind not in _PROPERTY), key=lambda m: (_RANK[m.kind], m.start))
        if (
            best is None
            and levers
            and (reports or head in _EMPTY or self.token.pos_ == "VERB" or levers[0].kind == "strategy")
        ):
            best = levers[0]
        if best is None and self.head_mention is not None:
            best = self.head_mention
        if best is None and self.inside and head in _EMPTY:
            best = self.inside[0]
        if reports and (best is None or best.kind not in ("strategy", "material")):
            return None
        if best is not None:
            kind = best.kind
            return Cause(
                best.label,
                best.concept,
                kind,
                self.span,
                change_of(self.text),
                weight=1.0 if best is self.head_mention else 0.85,
                head=head,
                surface=self.text,
            )
        if not self._nameable(head):
            return None
        return Cause(
            self.text, None, "strategy", self.span, change_of(self.text), weight=0.7, head=head, surface=self.text
        )

    def _nameable(self, head: str) -> bool:
        """Tell whether a phrase without a concept can stand as an open-class cause."""
        if (
            self.token.pos_ not in ("NOUN", "PROPN", "VERB")
            or not 4 <= len(self.text) <= 140
            or _AMOUNT.match(self.text)
        ):
            return False
        if self.token.pos_ == "VERB" and " " not in self.text:
            return False
        general = head in _EMPTY or head in load_cues().anaphor_heads
        return not general or bool(re.search(r"[A-Z@]|\w-\w", self.text[1:])) or len(self.text.split()) >= 3
