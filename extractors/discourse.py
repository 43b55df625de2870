"""Remember what a paragraph is about, and say what "this strategy", "it" or "all four" stands for.

The antecedent of an anaphor is a cause named before: one that carries the anaphor's noun, else the cause of the
last finding, else the last strategy named. Memory does not reach past the paragraph, except for its first sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.cues import load_cues
from extractors.language import Doc, Token
from ontology.model import Kind, Span

__all__ = ["Cause", "Memory", "is_anaphor"]

_PRONOUNS = frozenset({"this", "that", "these", "those", "it", "they", "them", "which", "such", "both", "all", "former", "latter", "its", "their", "each", "either", "one", "same", "itself"})
_PLURAL = frozenset({"these", "those", "they", "them", "both", "all", "their", "such"})
_DEMONSTRATIVE = frozenset({"this", "these", "such", "those", "both", "all", "its", "their", "each"})


@dataclass(frozen=True, slots=True)
class Cause:
    """Hold a cause as read: its label, concept, kind and place; an anaphor's label is its antecedent's."""

    label: str
    concept: str | None
    kind: Kind
    span: Span
    change: str = "applied"
    anaphor: bool = False
    antecedent: Span | None = None
    weight: float = 1.0
    head: str = ""


@dataclass(slots=True)
class Memory:
    """Hold the causes a paragraph has brought so far, sentence by sentence."""

    found: list[list[Cause]] = field(default_factory=list)  # causes of findings
    named: list[list[Cause]] = field(default_factory=list)  # strategies and materials merely named

    def start_sentence(self) -> None:
        """Open the next sentence."""
        self.found.append([])
        self.named.append([])

    def forget(self) -> None:
        """Start a paragraph: only what the last one ended with stays within reach."""
        self.found, self.named = [], self.named[-1:]

    def note_found(self, cause: Cause) -> None:
        """Remember a cause of a finding."""
        if not any(c.label == cause.label and c.span == cause.span for c in self.found[-1]):
            self.found[-1].append(cause)

    def note_named(self, cause: Cause) -> None:
        """Remember a strategy or material that is only named."""
        self.named[-1].append(cause)

    def topic(self, *, here: bool = False) -> Cause | None:
        """Return the cause of the last finding before this sentence, else the last strategy named."""
        for causes in reversed(self.found if here else self.found[:-1]):
            own = [c for c in causes if c.kind in ("strategy", "material", "condition")]
            if own:
                return own[0]
        for named in reversed(self.named if here else self.named[:-1]):
            own = [c for c in named if c.kind == "strategy"]
            if own:
                return own[0]
        return None

    def resolve(self, token: Token, span: Span) -> list[Cause]:
        """Return what an anaphoric phrase stands for, as causes placed at the phrase; empty when nothing fits."""
        head = token.lemma_.lower()
        words = {t.lower_ for t in token.subtree if t.i <= token.i}
        plural = bool(words & _PLURAL) or token.tag_ in ("NNS", "NNPS")
        candidates = self._by_noun(head) if head not in load_cues().anaphor_heads and head not in _PRONOUNS else []
        if not candidates:
            candidates = self._last(plural=plural, words=words, head=head)
        return [
            replace(c, span=span, anaphor=True, antecedent=c.antecedent or c.span, weight=0.85 * c.weight, head=head) for c in candidates
        ]

    def _by_noun(self, head: str) -> list[Cause]:
        for group in (*reversed(self.found), *reversed(self.named)):
            hit = [c for c in group if c.head == head or head in c.label.lower().split()]
            if hit:
                return hit[-1:]
        return []

    def _last(self, *, plural: bool, words: set[str], head: str) -> list[Cause]:
        earlier = [g for g in self.found[:-1] if g]
        named = [g for g in self.named if g]
        if "former" in words or "latter" in words:
            group = _distinct([c for c in (named[-1] if named else [])])
            return (group[:1] if "former" in words else group[-1:]) if len(group) > 1 else []
        if earlier:
            group = [c for c in earlier[-1] if c.kind in ("strategy", "material", "condition")] or earlier[-1]
            group = _distinct(group)
            return group if plural else group[:1]
        before = [g for g in self.named[:-1] if g]
        if before:
            group = _distinct([c for c in before[-1] if c.kind == "strategy"] or before[-1])
            return group if plural else group[:1]
        return []


def _distinct(causes: list[Cause]) -> list[Cause]:
    seen: dict[str, Cause] = {}
    for cause in causes:
        seen.setdefault(cause.concept or cause.label.lower(), cause)
    return list(seen.values())


def is_anaphor(token: Token, doc: Doc, *, named: bool) -> bool:
    """Tell whether a phrase headed by ``token`` points back: a pronoun, or a demonstrative with a general noun."""
    lower = token.lower_
    if token.pos_ in ("PRON", "DET") or lower in ("this", "these", "those", "both", "all", "former", "latter", "which"):
        return lower in _PRONOUNS
    determiners = {c.lower_ for c in token.children if c.dep_ in ("det", "predet", "poss", "amod", "nummod") and c.i < token.i}
    if named:
        return False
    if determiners & {"former", "latter"}:
        return True
    return bool(determiners & _DEMONSTRATIVE)
