"""Read an effect from two numbers: "82 % of the capacity remains, against 69 % for the bare sample".

Two measurements of one metric in one sentence, of which one belongs to a control or stands behind a word of contrast:
the other is the lever's, and their order of size is the direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.text import Sentence
from ontology.model import Comparator, Measurement, Span

__all__ = ["Contrast", "contrasts"]

_TIE = re.compile(
    r"\b(?:as against|against|versus|vs\.?|compared (?:to|with)|in comparison (?:to|with)|rather than|instead of|in contrast to|as opposed to|as compared (?:to|with)|whereas|while|but only|relative to|than|and not)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:bare|pristine|uncoated|undoped|untreated|unmodified|uncycled|unprotected|control|reference|baseline|blank|plain|neat|ordinary|conventional|traditional|standard|commercial|original|parent"
    r"|without|\w+-free|(?:left|leaving) out|absence|counterparts?|alone)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r";|,\s+(?:and|but|while|whereas|yet)\b|\b(?:and|but|while|whereas|yet)\b|,\s+(?=that of|those of|the |a )",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\S+(?:\s+(?!(?:was|is|were|are|had|has|gave|gives|came|only|at|after|fell|sank|left|kept|it|for|with|and|or)\b)[\w@/-]+){0,3}"
)
_OPENING = re.compile(r"[;:]|,\s+(?:and|but|while|whereas|yet)\b", re.IGNORECASE)
_BEARER = re.compile(
    r"\s*(?:recorded |found |seen |measured |obtained |observed |achieved |reached )?(?:for|with|of|in|by|using|without)\s+(?:the |a |an |that of )?([^,;.()]{3,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Hold two values of one metric, +1 where the lever's is larger, what the other belongs to, and the lever's part."""

    own: Measurement
    sign: int
    tie: Span  # of the sentence's text, like the next
    part: Span
    comparator: Comparator | None


def contrasts(sentence: Sentence, measurements: Sequence[Measurement]) -> Iterator[Contrast]:
    """Yield the contrasts among neighbouring measurements of a sentence."""
    for first, second in pairwise(measurements):
        if not _are_alike(first, second):
            continue
        low, high = sentence.locate(first.value_span.start), sentence.locate(second.value_span.end - 1) + 1
        end, start = sentence.locate(first.value_span.end - 1) + 1, sentence.locate(second.value_span.start)
        tie = _TIE.search(sentence.text, end, start)
        split = _boundary(sentence.text, end, start, tie)
        if split is None:
            continue
        before, after = _part(sentence.text, low, split, high)
        first_control, second_control = (_CONTROL.search(sentence.text, *part) for part in (before, after))
        if first_control is not None and second_control is None:
            own, other, part, mark = second, first, after, first_control
        elif (told := tie or (second_control if first_control is None else None)) is not None:
            own, other, part, mark = first, second, before, told
        else:
            continue
        if own.canonical_value is None or other.canonical_value is None:
            continue
        sign = 1 if own.canonical_value > other.canonical_value else -1
        yield Contrast(own, sign, Span(*mark.span()), part, _comparator(sentence, own, other, mark))


def _are_alike(first: Measurement, second: Measurement) -> bool:
    return (
        first.metric_concept is not None
        and first.metric_concept == second.metric_concept
        and first.canonical_unit == second.canonical_unit
        and None not in (first.canonical_value, second.canonical_value)
        and first.canonical_value != second.canonical_value
    )


def _boundary(text: str, end: int, start: int, tie: re.Match[str] | None) -> int | None:
    """Return where the second value's part of the sentence begins."""
    if tie is not None:
        return tie.start()
    split = _PART.search(text, end, start)
    return split.start() if split is not None else None


def _part(text: str, low: int, split: int, high: int) -> tuple[Span, Span]:
    """Return the parts of a sentence that two values stand in, the first from the last full break before it."""
    begin = max((m.end() for m in _OPENING.finditer(text[:low])), default=0)
    stop = re.search(r"[;,.](?:\s|$)", text[high:])
    return Span(begin, split), Span(split, high + stop.start() if stop else len(text))


def _comparator(sentence: Sentence, own: Measurement, other: Measurement, mark: re.Match[str]) -> Comparator | None:
    alike = other.subject_concept == own.subject_concept and other.subject == own.subject  # both fell to the lever
    bearer = _BEARER.match(sentence.text, sentence.locate(other.value_span.end - 1) + 1)
    words = (bearer.group(1).strip() if bearer else "") or ("" if alike else other.subject or "")
    if not words and mark.re is _CONTROL:
        bare = _BARE.match(sentence.text, mark.start())
        words = bare.group() if bare else mark.group()
    return Comparator("untreated", words, None if alike else other.subject_concept) if words else None
