"""Turn the head of a cause phrase into a cause: a known concept, an open-class name, or an antecedent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.clauses import Agent, noun_phrase
from extractors.cues import load_cues
from extractors.discourse import Cause, Memory, is_anaphor
from extractors.language import Doc, Token
from extractors.text import Sentence
from ontology.model import Kind, Mention, Span

__all__ = ["causes_of", "change_of", "open_cause"]

_RANK: dict[Kind, int] = {"strategy": 0, "material": 1, "condition": 2, "failure_mode": 3, "metric": 3}
# Nouns that add nothing to what they hold: the cause is the thing "of" which they speak.
_EMPTY = frozenset({"presence", "use", "addition", "introduction", "incorporation", "application", "employment", "inclusion", "utilization", "utilisation", "adoption", "implementation", "usage", "effect", "role", "combination", "design", "class", "series", "kind", "type", "form", "variety", "pair", "approach", "method", "strategy", "technique", "concept"})
_CHANGES = (
    ("removed", re.compile(r"\b(?:without|absence of|lack of|removal of|removing|eliminat\w+|exclusion of|omission of|[\w-]+-free|free of|free from|no)\b", re.IGNORECASE)),
    ("excess", re.compile(r"\b(?:excess(?:ive|ively)?|too (?:much|high|thick|many|large)|over-?(?:dos\w+|load\w+))\b", re.IGNORECASE)),
    ("insufficient", re.compile(r"\b(?:insufficient|inadequate|too (?:little|low|thin|few)|lacking)\b", re.IGNORECASE)),
    ("increased", re.compile(r"\b(?:higher|more|larger|increas\w+|rais\w+|greater|elevated|thicker|longer)\b", re.IGNORECASE)),
    ("decreased", re.compile(r"\b(?:lower|less|smaller|decreas\w+|reduc\w+|fewer|thinner|shorter)\b", re.IGNORECASE)),
)  # fmt: skip


def change_of(text: str) -> str:
    """Say what is done to a cause, from the words of its phrase."""
    return next((kind for kind, pattern in _CHANGES if pattern.search(text)), "applied")


def causes_of(agent: Agent, doc: Doc, sentence: Sentence, mentions: Sequence[Mention], memory: Memory, targets: frozenset[int]) -> Iterator[Cause]:
    """Yield the causes an agent stands for; nothing when it reports, or is the target itself."""
    token = agent.token
    left, right = noun_phrase(token)
    if left >= right or token.i in targets:
        return
    start, end = doc[left].idx, doc[right - 1].idx + len(doc[right - 1].text)
    span = sentence.span(start, end)
    inside = [m for m in mentions if span.start <= m.start and m.end <= span.end]
    head_named = any(m.start <= sentence.offsets[token.idx] < m.end for m in inside)
    if is_anaphor(token, doc, named=head_named):
        if token.lower_ in ("it", "they", "which", "that", "its", "their") and agent.role in ("relative",):
            return
        yield from memory.resolve(token, sentence.span(doc[token.left_edge.i].idx if token.left_edge.i > token.i - 5 else start, end))
        return
    cause = open_cause(token, doc, sentence, inside, left, right)
    if cause is not None:
        yield cause


def open_cause(token: Token, doc: Doc, sentence: Sentence, inside: Sequence[Mention], left: int, right: int) -> Cause | None:
    """Name the cause of a phrase: the concept at its head, else the whole phrase; None for one that only reports."""
    start, end = doc[left].idx, doc[right - 1].idx + len(doc[right - 1].text)
    span = sentence.span(start, end)
    text = sentence.text[start:end]
    head = token.lemma_.lower()
    at_head = [m for m in inside if m.start <= sentence.offsets[token.idx] < m.end]
    if at_head and at_head[0].kind in ("strategy", "material", "condition"):
        best = at_head[0]
    elif inside and (at_head or head in _EMPTY or head in load_cues().not_causes or token.pos_ == "VERB" or True):
        best = min(inside, key=lambda m: (_RANK[m.kind], m.start)) if not at_head else at_head[0]
        if at_head and at_head[0].kind in ("metric", "failure_mode"):
            owner = [m for m in inside if m.kind == "strategy"]
            best = at_head[0] if not owner or head not in _EMPTY else owner[0]
    else:
        best = None
    if head in load_cues().not_causes and (best is None or best.kind not in ("strategy", "material")):
        return None
    if token.pos_ in ("PRON", "DET", "ADV", "PUNCT", "SYM", "AUX"):
        return None
    change = change_of(text if best is None or best.kind != "metric" else text)
    if best is None:
        if not re.search(r"[A-Za-z]{3}", text) or len(text) > 140:
            return None
        return Cause(text, None, "strategy", span, change, weight=0.6, head=head)
    known = best.concept
    return Cause(best.label, known, best.kind, span, change, weight=1.0 if at_head else 0.8, head=head)


def mention_cause(mention: Mention) -> Cause:
    """Make a cause of a bare mention, to be remembered."""
    return Cause(mention.label, mention.concept, mention.kind, Span(mention.start, mention.end), head=mention.text.split()[-1].lower() if mention.text else "")
