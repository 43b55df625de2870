"""Name what a noun phrase or gerund stands for when it heads a cause: a concept, what an empty head holds, or itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from extractors.clauses import children
from extractors.cues import load_cues
from extractors.discourse import Cause
from extractors.language import Token
from extractors.scene import Scene
from ontology.model import ChangeKind, Kind, Span

__all__ = ["EMPTY", "PROPERTY", "CausePhrase", "change_of"]

_RANK: dict[Kind, int] = {"strategy": 0, "material": 1, "condition": 2, "failure_mode": 3, "metric": 3}
# Nouns that add nothing to what they hold: the cause is the thing "of" which they speak.
EMPTY = frozenset({
    "presence", "use", "addition", "introduction", "incorporation", "application", "employment", "inclusion", "utilization", "utilisation", "adoption", "implementation", "usage",
    "effect", "role", "combination", "design", "class", "series", "kind", "type", "form", "variety", "pair", "approach", "method", "strategy", "technique", "concept", "electrode", "anode",
    "cell", "battery", "sample", "system", "content", "amount", "concentration", "dose", "fraction", "ability", "example", "advantage", "benefit", "case", "electrolyte", "material", "advance", "advancement",
})  # fmt: skip
_UNTELLING = frozenset({
    "new", "novel", "unique", "special", "resulting", "resultant", "obtained", "final", "proposed", "present", "same", "different", "other", "such", "various", "certain", "specific",
    "whole", "entire", "overall", "first", "second", "better", "good", "active", "conventional", "traditional", "above", "following", "desired", "ideal", "simple", "facile", "own", "the",
    "this", "these", "all", "both", "each", "some", "many", "several", "two", "three", "optimal", "optimized", "optimised", "prepared", "as-prepared", "modified", "original", "typical",
})  # fmt: skip
PROPERTY = frozenset({"metric", "failure_mode"})
_CHANGES: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    ("removed", re.compile(r"\b(?:without|absence of|lack of|removal of|removing|releas\w+|eliminat\w+|exclu\w+|omi\w+|[\w-]+-free|free of|free from|no)\b", re.IGNORECASE)),
    ("excess", re.compile(r"\b(?:excess(?:ive|ively)?|too (?:much|high|thick|many|large)|over-?(?:dos\w+|load\w+))\b", re.IGNORECASE)),
    ("insufficient", re.compile(r"\b(?:insufficient|inadequate|too (?:little|low|thin|few)|lacking)\b", re.IGNORECASE)),
    ("increased", re.compile(r"\b(?:higher|more|larger|increas\w+|rais\w+|greater|elevated|thicker|longer)\b", re.IGNORECASE)),
    ("decreased", re.compile(r"\b(?:lower|less|smaller|decreas\w+|reduc\w+|fewer|thinner|shorter)\b", re.IGNORECASE)),
)  # fmt: skip
_JOINED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,|and|or|/|&|,\s*and|,\s*or|as well as|\+)\s*(?:an?|the)?\s*", re.IGNORECASE
)
_OWNER = re.compile(r"^(?:its|their|his|our|whose)\s+", re.IGNORECASE)
_AMOUNT = re.compile(r"\W*(?:(?:up to|about|around|only|more than|over|nearly|roughly|at least)\s+)?\d", re.IGNORECASE)


@lru_cache(maxsize=1)
def _substances() -> frozenset[str]:
    text = resources.files("extractors").joinpath("lexicon", "substances.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def change_of(text: str) -> ChangeKind:
    """Say what is done to a cause, from the words of its phrase."""
    return next((kind for kind, pattern in _CHANGES if pattern.search(text)), "applied")


class CausePhrase:
    """Hold a noun phrase or gerund that may name a cause, with the mentions inside it."""

    def __init__(self, token: Token, left: int, right: int, scene: Scene) -> None:
        doc, sentence, mentions = scene.doc, scene.sentence, scene.mentions
        self.ontology = scene.ontology
        self.token = token
        self.start, self.end = doc[left].idx, doc[right - 1].idx + len(doc[right - 1].text)
        self.span: Span = sentence.span(self.start, self.end)
        self.text = sentence.text[self.start : self.end]
        self.name = _OWNER.sub("", self.text)  # "its porous structure": without the owner
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
        best = self.head_mention if self.head_mention is not None and not (reports or head in EMPTY) else None
        levers = sorted((m for m in self.inside if m.kind not in PROPERTY), key=lambda m: (_RANK[m.kind], m.start))
        if (
            best is None
            and levers
            and (reports or head in EMPTY or self.token.pos_ == "VERB" or levers[0].kind == "strategy")
        ):
            best = levers[0]
        if best is None and self.head_mention is not None:
            best = self.head_mention
        if best is None and self.inside and head in EMPTY:
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
        named: Kind = "material" if self.name.lower() in _substances() else "strategy"
        return Cause(self.name, None, named, self.span, change_of(self.text), weight=0.7, head=head, surface=self.text)

    def beside(self, cause: Cause) -> Iterator[Cause]:
        """Yield the levers coordinated with a named one inside the phrase: "adding VC, FEC or both"."""
        named = [m for m in self.inside if m.kind == "strategy"]
        at = next((i for i, m in enumerate(named) if m.concept is not None and m.concept == cause.concept), None)
        if at is None or cause.kind != "strategy":
            return
        for before, after in pairwise(named[at:]):
            between = self.text[max(0, before.end - self.span.start) : max(0, after.start - self.span.start)]
            if not _JOINED.fullmatch(between):
                return
            yield replace(cause, label=after.label, concept=after.concept, surface=after.text)

    def _nameable(self, head: str) -> bool:
        """Tell whether a phrase without a concept can stand as an open-class cause."""
        if (
            self.token.pos_ not in ("NOUN", "PROPN", "VERB")
            or not 4 <= len(self.name) <= 140
            or _AMOUNT.match(self.name)
        ):
            return False
        if self.token.pos_ == "VERB" and " " not in self.name:
            return False
        if self.name.lower() in _substances():
            return True
        if " " not in self.name and not re.search(r"[A-Z\d@/]|\w-\w|(?:ing|tion|sis|ment)$", self.name[1:]):
            return False  # one common word names no lever
        if head not in EMPTY and head not in load_cues().anaphor_heads:
            return True
        words = self.name.lower().split()
        said = [w for w in words[:-1] if w not in _UNTELLING]  # "macroporous structure", but not "new structure"
        return bool(re.search(r"[A-Z@]|\w-\w", self.name[1:])) or len(words) >= 3 or (bool(said) and head not in EMPTY)
