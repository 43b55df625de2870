"""Choose what a measured value belongs to: a material, a strategy, a sample, or the paragraph's topic.

The convention follows how results are reported: an object named right behind the value ("69% for the bare powder")
owns it; else the subject of the clause; an anaphor or a clause without one falls back on what the paragraph is about;
a standard of comparison ("than graphite") never owns a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.metric_choice import LocalMention
from ontology.model import Mention

__all__ = ["choose_subject", "topic_of"]

_COMPARED = re.compile(r"\b(?:than|versus|vs\.?|compared (?:to|with)|relative to|in contrast to|unlike|instead of|rather than|as against|over that of|counterpart|in comparison (?:to|with)|superior to|inferior to|replac\w+|from)\s+(?:[\w-]+\s+){0,4}$", re.I)
_OWNER = re.compile(r"^[\s,)]*(?:is |was |are |were )?(?:(?:obtained|recorded|measured|found|observed|seen|reported|achieved|delivered|shown|attained|available|retained|reached|noted|left)\s+)?(?:for|by|with|in|from|of|on|using)\s+(?:(?:the|an?|its|their|that of|those of|pure|pristine|bare|uncoated|coated|flat|commercial|conventional)\s+)*$", re.I)
_ANAPHOR = re.compile(r"^\W*(?:(?:as a result|therefore|thus|hence|moreover|in addition|additionally|furthermore|consequently|accordingly|notably|overall|however|here|also|at the same time)\W+)?(?:this|these|such|it|its|they|their|both|the (?:resulting|obtained|as-prepared|optimi[sz]ed|coated|modified|treated|former|latter|same|total|cells?|full cells?|electrodes?|anodes?|composites?|materials?|samples?|batter(?:y|ies)))\b", re.I)
_GENERIC = frozenset({"li", "lithium", "electrolyte", "solvent", "carbon", "oxygen", "electrode", "anode", "cathode", "cell", "current collector", "lithium ion", "li+", "copper"})
_CLAUSE = re.compile(r"[;:]|,\s+(?=(?:while|whereas|but|although|and|which|with|the|a|an)\s)|\b(?:while|whereas|but)\b|\.\s")
_WITH = re.compile(r"\b(?:with|using|by|via|through|after|upon|in|from)\s+(?:[\w-]+\s+){0,3}$", re.I)
_POSSESSED = re.compile(r"^(?:['’]s)?\s+(?:[\w-]+\s+){0,2}$")


def choose_subject(
    text: str, start: int, end: int, metric: tuple[int, int], mentions: Sequence[LocalMention], *, earlier: Sequence[Mention] = (), values: Sequence[tuple[int, int]] = ()
) -> Mention | None:
    """Choose the owner of the value at ``start:end``; ``metric`` is the place of its metric, ``values`` of all values."""
    things = [m for m in mentions if m.mention.kind in ("strategy", "material")]
    best: tuple[float, int, Mention] | None = None
    for thing in things:
        score = _score(text, start, end, metric, thing, values)
        if best is None or score > best[0]:
            best = (score, thing.start, thing.mention)
    if best is not None and best[0] > 0:
        return best[2]
    topic = topic_of(earlier)
    if topic is not None:
        return topic
    return best[2] if best is not None and best[0] > -4 else None


def topic_of(earlier: Sequence[Mention]) -> Mention | None:
    """Return what a paragraph is about so far: the strategy named most, the later one in a tie, else the last material."""
    for kind in ("strategy", "material"):
        named = [m for m in earlier if m.kind == kind and m.label.lower() not in _GENERIC]
        if named:
            counts = Counter(m.concept or m.label.lower() for m in named)
            return max(enumerate(named), key=lambda pair: (counts[pair[1].concept or pair[1].label.lower()], pair[0]))[1]
    return None


def _score(text: str, start: int, end: int, metric: tuple[int, int], thing: LocalMention, values: Sequence[tuple[int, int]]) -> float:
    """Score a mention as the owner of a value; weights tuned by reading, on sentences of our own."""
    strategy = thing.mention.kind == "strategy"
    score = 1.5 if strategy else 1.0
    if thing.mention.label.lower() in _GENERIC:
        score -= 3.0
    if _COMPARED.search(text, max(0, thing.start - 60), thing.start):
        score -= 5.0
    if thing.start >= end:
        gap = text[end : thing.start]
        crossed = any(end <= v[0] and v[1] <= thing.start for v in values)
        if _OWNER.match(gap):
            return score + 6.0
        return score - len(gap) / 20 - (3.0 if crossed else 1.5)
    gap = text[thing.end : start]
    score -= len(gap) / 60 + 1.2 * len(_CLAUSE.findall(gap)) + 0.8 * sum(thing.end <= v[0] and v[1] <= start for v in values)
    if 0 <= metric[0] and thing.end <= metric[0] and _POSSESSED.match(text[thing.end : metric[0]]):
        score += 2.0
    if _ANAPHOR.match(text) and thing.start > 12:
        score -= 1.5
    elif not _WITH.search(text, max(0, thing.start - 40), thing.start):
        score += 1.0
    return score
