"""Read how large a stated change is: "by 12 %", "tenfold", "1.6 times", "halved"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ontology.model import Quantity

__all__ = ["magnitude_of"]

_WORDS = {
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0,
    "twenty": 20.0, "hundred": 100.0, "thousand": 1000.0,
}  # fmt: skip
_VERBS = {"doubl": 2.0, "tripl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_NUMBER = r"(?P<number>\d+(?:\.\d+)?)"
_FOLD = re.compile(
    rf"(?:{_NUMBER}|\b(?P<word>{'|'.join(_WORDS)}))(?:[- ]?fold\b|\s+times\b(?=\s+(?:higher|lower|larger|smaller|more|less|greater|faster|slower|longer|shorter|that|those|as|the)))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\bby (?P<about>about |around |roughly |nearly |almost |~\s*|≈\s*|up to |more than |over |at least )?(?:as much as )?{_NUMBER}\s*(?:%|percent\b|per cent\b)",
    re.IGNORECASE,
)
_QUALIFIERS = {"up to": "up_to", "more than": ">", "over": ">", "at least": "≥", "": "="}
_CLAUSE = re.compile(
    r"[;:]|\b(?:but|whereas|while|although|though|which)\b|,\s*(?:(?:thereby|thus|hence)\s+)?\w+ing\b", re.IGNORECASE
)


def magnitude_of(text: str, cues: Sequence[tuple[int, int]]) -> Quantity | None:
    """Return the size of a change from its clause; ``cues`` are the places of its cue words in the sentence's text."""
    if not cues:
        return None
    first, last = min(start for start, _ in cues), max(end for _, end in cues)
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(text, 0, first))]
    stop = _CLAUSE.search(text, last)
    clause = slice(breaks[-1], stop.start() if stop else len(text))
    for start, end in cues:
        word = text[start:end].lower()
        factor = next((size for stem, size in _VERBS.items() if word.startswith(stem)), None)
        if factor is not None:
            return Quantity(value=factor, unit="-fold", text=text[start:end])
    near = [m for p in (_FOLD, _SHARE) for m in p.finditer(text, clause.start, clause.stop)]
    best = min(near, key=lambda m: min(abs(m.start() - last), abs(first - m.end())), default=None)
    if best is None:
        return None
    if best.re is _SHARE:
        about = (best["about"] or "").strip().lower()
        qualifier = _QUALIFIERS.get(about, "~")
        return Quantity(value=float(best["number"]), qualifier=qualifier, unit="%", text=best.group())  # type: ignore[arg-type]
    value = float(best["number"]) if best["number"] else _WORDS[best["word"].lower()]
    return Quantity(value=value, unit="-fold", text=best.group())
