"""Find what an effect is compared with: "than", "versus", "compared with", "unlike", "over", "relative to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extractors.predication import Predication
from extractors.text import Sentence
from ontology.model import Comparator, ComparatorType, Mention, Span

__all__ = ["comparator_of", "compared_parts"]

_MARK: Final = re.compile(
    r"\b(?:(?:as )?compared (?:to|with)|in comparison (?:to|with)|in contrast (?:to|with)|by contrast with|as opposed to|as against|relative to|with respect to|versus|vs\.?|unlike|"
    r"(?:rather )?than (?:in |with |for )?|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|superior to|inferior to|instead of|in place of|over (?:that of|those of|the (?:baseline|bare|pristine|reference|control)))\s*(?:(?:that|those|the one|the ones) (?:of|with|in|for)\s+)?",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;:.()]|\b(?:which|that|because|while|whereas|but|and (?:the|a|an|its|thus)|after|at|under|over|due|owing|when|by|as|is|are|was|were|has|have|with (?:a|an))\b",
    re.IGNORECASE,
)
# "replacing X with Y", "swapping X for Y": X is what Y is compared with
_SWAPPED: Final = re.compile(
    r"\b(?:replac(?:e|es|ed|ing)|swap(?:s|ped|ping)?|exchang(?:e|es|ed|ing))\s+(?:the\s+)?(?P<old>[^,;:.()]{2,60}?)\s+(?:with|by|for)\b",
    re.IGNORECASE,
)
# what stands in brackets behind a first value: "from 68.6 % (pristine SiOx) to 87.4 %"
_BRACKETED: Final = re.compile(r"\((?P<old>[^()]{3,60})\)")
_COUNTED = re.compile(r"^(?:[~\u223c\u2248<>]?\s*\d|half|twice|double|triple|\w+(?:ed|fold)$)", re.IGNORECASE)
_UNTREATED = re.compile(
    r"\b(?:bare|pristine|uncoated|undoped|untreated|unmodified|additive-free|without|un\w+ed|control|baseline|reference|blank|conventional|traditional|customary|standard|pure|neat|flat|original|counterpart|commercial|parent|raw|\w+-free)\b",
    re.IGNORECASE,
)
_LITERATURE = re.compile(r"\b(?:reported|literature|state[- ]of[- ]the[- ]art|previous(?:ly)?)\b", re.IGNORECASE)
_DOSE = re.compile(r"\d\s*(?:%|wt|vol|M\b|mol)", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|less|fewer|rather)\s+$", re.IGNORECASE)
_CLAUSE = re.compile(r";|\b(?:but|whereas|while|although|though|yet|however)\b", re.IGNORECASE)
_OPENS = 12  # characters: what opens a sentence holds for all of it
_OUTDOES = re.compile(r"outperform|surpass|exceed", re.IGNORECASE)
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
    breaks = [0, *(m.start() for m in _CLAUSE.finditer(text)), len(text) + 1]
    clause = next((a, b) for a, b in pairwise(breaks) if a <= anchor < b)
    for mark in _MARK.finditer(text):
        if not (mark.start() < _OPENS or clause[0] <= mark.start() < clause[1]):
            continue  # "while X, Y is superior to Z": Z stands against Y alone
        stop = _END.search(text, mark.end())
        end = stop.start() if stop else len(text)
        words = text[mark.end() : end].strip()
        words = re.sub(r"\s+in (?!the absence|its).*$", "", words) if _OUTDOES.match(mark.group()) else words
        if not words or _EMPTY.match(words) or _is_count(text, mark, words) or not re.search(r"[A-Za-z]{2}", words):
            continue
        found.append((abs(mark.start() - anchor), *_named(sentence, mentions, text.index(words, mark.end()), words)))
    if not found:
        old = _SWAPPED.search(text) or next((m for m in _BRACKETED.finditer(text) if _UNTREATED.search(m["old"])), None)
        return _named(sentence, mentions, old.start("old"), old["old"]) if old is not None else (None, None)
    _, comparator, span = min(found, key=lambda f: f[0])
    return comparator, span


def compared_parts(text: str) -> list[tuple[int, int]]:
    """Return the half-open places of a sentence that only say what something is compared with."""
    found = []
    for mark in _MARK.finditer(text):
        if mark.start() < _OPENS:
            comma = text.find(",", mark.end())  # "Compared with silica that holds no tubes, …"
            found.append((mark.end(), comma if comma > 0 else mark.end()))
        else:
            stop = _END.search(text, mark.end())
            found.append((mark.end(), stop.start() if stop else len(text)))
    return found


def _is_count(text: str, mark: re.Match[str], words: str) -> bool:
    """Tell "more than 80 cycles" and "more than doubled" from a comparison."""
    counted = _COUNTED.match(words) and _MORE.search(text[: mark.start()])
    return bool(counted) or bool(re.fullmatch(r"\w+(?:ed|fold)", words))


def _named(sentence: Sentence, mentions: Sequence[Mention], start: int, words: str) -> tuple[Comparator, Span]:
    span = sentence.span(start, start + len(words))
    named = [m for m in mentions if span.start <= m.start and m.end <= span.end and m.kind in ("strategy", "material")]
    concept = named[0].concept if named else None
    return Comparator(_type(words, named), re.sub(r"^(?:the|a|an) ", "", words), concept), span


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
