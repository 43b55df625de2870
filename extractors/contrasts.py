"""Read an effect from two numbers: "82 % of the capacity remains, against 69 % for the bare sample".

Two measurements of one metric in one sentence, tied by a word of contrast: the first belongs to the lever, the second
to what it is compared with; their order of size is the direction.
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
    r"\b(?:as against|against|versus|vs\.?|compared (?:to|with)|in comparison (?:to|with)|rather than|instead of|in contrast to|as opposed to|as compared (?:to|with)|whereas|while|but only|relative to|than)\b",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"\s*(?:recorded |found |seen |measured |obtained |observed |achieved |reached )?(?:for|with|of|in|by|using|without)\s+(?:the |a |an |that of )?([^,;.()]{3,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Hold two values of one metric, +1 where the lever's is larger, and what the other belongs to."""

    own: Measurement
    sign: int
    tie: Span  # of the sentence's text
    comparator: Comparator | None


def contrasts(sentence: Sentence, measurements: Sequence[Measurement]) -> Iterator[Contrast]:
    """Yield the contrasts among neighbouring measurements of a sentence."""
    for own, other in pairwise(measurements):
        if (
            own.metric_concept is None
            or own.metric_concept != other.metric_concept
            or own.canonical_unit != other.canonical_unit
        ):
            continue
        if own.canonical_value is None or other.canonical_value is None or own.canonical_value == other.canonical_value:
            continue
        start, end = sentence.locate(own.value_span.end), sentence.locate(other.value_span.start)
        tie = _TIE.search(sentence.text, start, end)
        if tie is None:
            continue
        bearer = _BEARER.match(sentence.text, sentence.locate(other.value_span.end - 1) + 1)
        words = (bearer.group(1).strip() if bearer else "") or (other.subject or "")
        comparator = Comparator("untreated", words, other.subject_concept) if words else None
        yield Contrast(own, 1 if own.canonical_value > other.canonical_value else -1, Span(*tie.span()), comparator)
