"""Remember what a paragraph is about, and say what "this strategy", "it" or "all four" stands for.

The antecedent of an anaphor is a cause named before: one that carries the anaphor's noun, else the cause of the
last finding, else the last strategy named. Memory does not reach past the paragraph, except for its first sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from extractors.cues import load_cues
from extractors.language import Token
from extractors.phrases import around
from extractors.text import Sentence
from ontology import Ontology
from ontology.model import ChangeKind, Kind, Mention, Span

__all__ = ["Cause", "Memory", "is_anaphor", "of_mention", "points_at_failures"]

_PRONOUNS = frozenset(
    {
        "this",
        "that",
        "these",
        "those",
        "it",
        "they",
        "them",
        "which",
        "such",
        "both",
        "all",
        "former",
        "latter",
        "its",
        "their",
        "each",
        "either",
        "itself",
    }
)
_SUBJECT_PRONOUNS = frozenset({"it", "they", "its", "their", "them", "itself"})
_PLURAL = frozenset({"these", "those", "they", "them", "both", "all", "their", "such", "two", "three", "four", "five"})
_DEMONSTRATIVE = frozenset({"this", "these", "such", "those", "both", "all", "its", "their", "each"})
_FAILURES = frozenset(
    {
        "issue",
        "problem",
        "challenge",
        "factor",
        "failure",
        "drawback",
        "degradation",
        "limitation",
        "loss",
        "phenomenon",
    }
)
_COUNT = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LEVERS = ("strategy", "material", "condition")


@dataclass(frozen=True, slots=True)
class Cause:
    """Hold a cause as read: its label, concept, kind and place; an anaphor's label is its antecedent's."""

    label: str
    concept: str | None
    kind: Kind
    span: Span
    change: ChangeKind = "applied"
    anaphor: bool = False
    antecedent: Span | None = None
    weight: float = 1.0
    head: str = ""
    surface: str = ""


def of_mention(mention: Mention, sentence: Sentence) -> Cause:
    """Make a cause of a bare mention, placed at the phrase it stands in."""
    words = mention.text.lower().split()
    low, high = around(sentence.text, sentence.locate(mention.start), sentence.locate(mention.end - 1) + 1)
    return Cause(
        mention.label,
        mention.concept,
        mention.kind,
        sentence.span(low, high),
        head=words[-1] if words else "",
        surface=sentence.text[low:high],
    )


@dataclass(slots=True)
class Memory:
    """Hold what a paragraph has brought so far, sentence by sentence; the last entry is the sentence being read."""

    ontology: Ontology
    found: list[list[Cause]] = field(default_factory=list)  # causes of findings
    named: list[list[Cause]] = field(default_factory=list)  # every mention, in order
    subjects: list[list[Cause]] = field(default_factory=list)  # what a main clause is about, where it was parsed

    def start_sentence(self, sentence: Sentence, mentions: Iterable[Mention]) -> None:
        """Open the next sentence with what it names."""
        self.found.append([])
        self.subjects.append([])
        self.named.append([of_mention(m, sentence) for m in mentions])

    def forget(self) -> None:
        """Start a paragraph: only what the last one ended with stays within reach."""
        self.found, self.named, self.subjects = self.found[-1:], self.named[-1:], self.subjects[-1:]

    def note_found(self, cause: Cause) -> None:
        """Remember a cause of a finding."""
        if not any(c.label == cause.label for c in self.found[-1]):
            self.found[-1].append(cause)

    def note_subjects(self, causes: Iterable[Cause]) -> None:
        """Remember what the sentence read is about; one that only points back is about the same as the last."""
        self.subjects[-1] = list(causes) or (self.subjects[-2] if len(self.subjects) > 1 else [])

    def topic(self) -> Cause | None:
        """Return the cause of the last finding, this sentence's included, else the last strategy named."""
        for group in reversed(self.found):
            levers = [c for c in group if c.kind in _LEVERS]
            if levers:
                return levers[0]
        for group in reversed(self.named):
            strategies = [c for c in group if c.kind == "strategy" or _is_coined(c)]
            if strategies:
                return strategies[0]
        return None

    def resolve(self, token: Token, span: Span) -> list[Cause]:
        """Return what an anaphoric phrase stands for, as causes placed at the phrase; empty when nothing fits."""
        head = token.lemma_.lower()
        words = {t.lower_ for t in token.subtree if t.i <= token.i}
        found: list[Cause] = []
        if head in _FAILURES:
            found = self._failures(plural=token.tag_ == "NNS" or bool(words & _PLURAL))
        elif head not in load_cues().anaphor_heads and head not in _PRONOUNS:
            found = self._by_noun(head)
        if not found and head in load_cues().anaphor_heads:
            found = self._of_class(head)
        if not found:
            found = self._last(words, plural=bool(words & _PLURAL) or token.tag_ in ("NNS", "NNPS"))
        return [
            replace(c, span=span, anaphor=True, antecedent=c.antecedent or c.span, weight=0.85 * c.weight, head=head)
            for c in found
        ]

    def _of_class(self, head: str) -> list[Cause]:
        """Find the last lever of the class a noun names: "this layer" is the coating of the sentences before."""
        for group in (*reversed(self.found[:-1]), *reversed(self.named[:-1])):
            hit = [
                c
                for c in group
                if c.kind == "strategy"
                and c.concept
                and any(
                    head in self.ontology.get(i).head_nouns for i in (c.concept, *self.ontology.ancestors(c.concept))
                )
            ]
            if hit:
                return hit[:1]
        return []

    def properties(self, token: Token) -> list[Cause]:
        """Return the failure modes or metrics a noun points back at: the same word's, or the last ones for "issues"."""
        head = token.lemma_.lower()
        if head in _FAILURES - {"loss", "degradation", "failure"}:
            return self._failures(plural=token.tag_ == "NNS")
        return self._by_noun(head) if head not in load_cues().anaphor_heads else []

    def specific(self, cause: Cause) -> Cause | None:
        """Return the thing a general definite name ("the layer", "the dopant") was introduced as, if any."""
        for group in (*reversed(self.found), *reversed(self.named)):
            for candidate in reversed(group):
                if (
                    candidate.kind == "strategy"
                    and candidate.span.start < cause.span.start
                    and candidate.concept != cause.concept
                    and self._under(candidate, cause)
                ):
                    return replace(
                        candidate,
                        span=cause.span,
                        anaphor=True,
                        antecedent=candidate.antecedent or candidate.span,
                        weight=0.9 * cause.weight,
                    )
        return None

    def _under(self, candidate: Cause, general: Cause) -> bool:
        if candidate.concept is None or candidate.concept not in self.ontology.concepts:
            return False
        above = self.ontology.ancestors(candidate.concept)
        if general.concept is not None:
            return general.concept in above
        return any(general.head in self.ontology.get(iri).head_nouns for iri in (*above, candidate.concept))

    def _by_noun(self, head: str) -> list[Cause]:
        """Find the last thing named by the same word, or one of its family ("deformation", "deformed")."""
        stem = head[:6]
        for group in (*reversed(self.found[:-1]), *reversed(self.named[:-1])):
            hit = [
                c
                for c in group
                if any(w.startswith(stem) for w in f"{c.label} {c.surface}".lower().replace("-", " ").split())
            ]
            if hit:
                return hit[-1:]
        return []

    def _failures(self, *, plural: bool) -> list[Cause]:
        for group in reversed(self.named[:-1]):
            failures = _distinct(c for c in group if c.kind == "failure_mode")
            if failures:
                return failures if plural else failures[-1:]
        return []

    def _last(self, words: set[str], *, plural: bool) -> list[Cause]:
        if words & {"former", "latter"}:
            pair = self._nearest(lambda c: c.kind == "strategy", 2)
            return (pair[:1] if "former" in words else pair[-1:]) if pair else []
        if words <= _SUBJECT_PRONOUNS and len(self.subjects) > 1 and self.subjects[-2]:
            return self.subjects[-2] if plural else self.subjects[-2][:1]
        count = next((_COUNT[w] for w in sorted(words) if w in _COUNT), 2 if plural else 1)
        for found, named in zip(reversed(self.found[:-1]), reversed(self.named[:-1]), strict=False):
            levers = _distinct(c for c in found if c.kind in _LEVERS)
            strategies = self._narrowest(_distinct(c for c in named if c.kind == "strategy" or _is_coined(c)))
            if plural and len(strategies) >= count > len(levers):
                return strategies
            group = levers or strategies
            if group:
                return group if plural else group[:1]
        for named in reversed(self.named[:-1]):
            materials = _distinct(c for c in named if c.kind == "material")
            if materials:
                return materials[:1]
        return []

    def _nearest(self, wanted: Callable[[Cause], bool], count: int) -> list[Cause]:
        """Return the distinct things of the nearest sentence that names at least ``count`` of them."""
        for group in reversed(self.named[:-1]):
            things = self._narrowest(_distinct(c for c in group if wanted(c)))
            if len(things) >= count:
                return things
        return []

    def _narrowest(self, causes: list[Cause]) -> list[Cause]:
        """Drop a class ("electrolyte additives") when its members are listed beside it."""
        known = self.ontology.concepts
        above = {iri for c in causes if c.concept in known for iri in self.ontology.ancestors(c.concept or "")}
        return [c for c in causes if c.concept not in above]


def _is_coined(cause: Cause) -> bool:
    """Tell the name a paper gave its sample, which is what it did."""
    return cause.kind == "material" and cause.concept is None


def _distinct(causes: Iterable[Cause]) -> list[Cause]:
    seen: dict[str, Cause] = {}
    for cause in causes:
        seen.setdefault(cause.concept or cause.label.lower(), cause)
    return list(seen.values())


def points_at_failures(token: Token) -> bool:
    """Tell whether a phrase such as "these issues" stands for failure modes named before."""
    return token.lemma_.lower() in _FAILURES and is_anaphor(token, named=False)


def is_anaphor(token: Token, *, named: bool) -> bool:
    """Tell whether a phrase headed by ``token`` points back: a pronoun, or a demonstrative with a general noun."""
    lower = token.lower_
    if lower in ("those", "that") and any(c.dep_ == "relcl" for c in token.children):
        return False  # "those that are processed in water" names; it points at nothing
    if token.pos_ in ("PRON", "DET") or lower in _PRONOUNS:
        return lower in _PRONOUNS
    determiners = {c.lower_ for c in token.children if c.dep_ in ("det", "predet", "amod", "nummod") and c.i < token.i}
    if named:
        return False
    return bool(determiners & (_DEMONSTRATIVE | {"former", "latter"}))
