"""Find what an effect is compared with: "than", "versus", "compared with", "unlike", "over", "relative to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.predication import Predication
from extractors.text import Sentence
from ontology.model import Comparator, ComparatorType, Mention, Span

__all__ = ["comparator_of"]

_MARK: Final = re.compile(
    r"\b(?:(?:as )?compared (?:to|with)|in comparison (?:to|with)|in contrast (?:to|with)|by contrast with|as opposed to|as against|relative to|with respect to|versus|vs\.?|unlike|"
    r"(?:rather )?than (?:that of |those of |in |with |for |the )?|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)? that of|superior to|inferior to|over (?:that of|those of|the (?:baseline|bare|pristine|reference|control)))\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;:.()]|\b(?:which|that|because|while|whereas|but|and (?:the|a|an|its|thus)|after|at|under|over|due|owing|when|by|as|is|are|was|were|has|have|with (?:a|an))\b",
    re.IGNORECASE,
)
_UNTREATED = re.compile(
    r"\b(?:bare|pristine|uncoated|undoped|untreated|unmodified|additive-free|without|un\w+ed|control|baseline|reference|blank|conventional|traditional|customary|standard|pure|neat|flat|original|counterpart|commercial|parent|raw|\w+-free)\b",
    re.IGNORECASE,
)
_LITERATURE = re.compile(r"\b(?:reported|literature|state[- ]of[- ]the[- ]art|previous(?:ly)?)\b", re.IGNORECASE)
_DOSE = re.compile(r"\d\s*(?:%|wt|vol|M\b|mol)", re.IGNORECASE)
_EMPTY = re.compile(
    r"^(?:the|a|an|that|those|one|ones|it|this|these|only|just|\w+fold|half|twice|double|triple|\d[\d.,]*\s*\S*)$",
    re.IGNORECASE,
)


def comparator_of(
    sentence: Sentence, mentions: Sequence[Mention], predication: Predication
) -> tuple[Comparator | None, Span | None]:
    """Return the comparator nearest to the predicate and its place in the source."""
    text = sentence.text
    anchor = predication.predicate.idx if predication.predicate is not None else 0
    found: list[tuple[int, Comparator, Span]] = []
    for mark in _MARK.finditer(text):
        stop = _END.search(text, mark.end())
        end = stop.start() if stop else len(text)
        words = text[mark.end() : end].strip()
        if not words or _EMPTY.match(words) or not re.search(r"[A-Za-z]{2}", words):
            continue
        start = text.index(words, mark.end())
        span = sentence.span(start, start + len(words))
        named = [
            m for m in mentions if span.start <= m.start and m.end <= span.end and m.kind in ("strategy", "material")
        ]
        concept = named[0].concept if named else None
        found.append(
            (
                abs(mark.start() - anchor),
                Comparator(_type(words, named), re.sub(r"^(?:the|a|an) ", "", words), concept),
                span,
            )
        )
    if not found:
        return None, None
    _, comparator, span = min(found, key=lambda f: f[0])
    return comparator, span


def _type(words: str, named: Sequence[Mention]) -> ComparatorType:
    if _UNTREATED.search(words):
        return "untreated"
    if _LITERATURE.search(words):
        return "literature"
    if any(m.kind == "strategy" for m in named):
        return "strategy"
    if _DOSE.search(words):
        return "dose"
    return "material"
