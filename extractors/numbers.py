"""Read numbers as papers print them: thousands, powers of ten, signs, words, and C-rates written as fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.units import parse_unit

__all__ = ["Number", "number_at", "search_number"]


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number and its half-open place; ``unit`` is set where the number carries it ("C/3")."""

    start: int
    end: int
    value: float
    unit: str = ""
    word: bool = False


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_WORD_UNIT = r"(?:times\b|orders? of magnitude|(?:second|minute|hour|day|week|month|year|cycle)s?\b|per ?cent\b)"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_^])(?P<crate>C\s?/\s?(?P<divisor>\d+(?:\.\d+)?))(?![A-Za-z0-9])"
    r"|(?<![\w.^/:-])(?P<fraction>(?P<over>\d+)/(?P<under>\d+)\s?C)(?![A-Za-z0-9])"
    r"|(?<![\w.^])(?P<sign>(?<![)\]\d])[-+])?(?<![A-Za-z0-9_^.:/])(?:"
    r"(?P<power>10\s?\^\(?(?P<exponent>[+-]?\d{1,2})\)?(?!\d)|10\((?P<bracketed>-?\d{1,2})\))"
    r"|(?P<mantissa>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d|\.\d|,\d)|\d+"
    r"(?:\.\d+)?|\.\d+)"
    r"(?P<times>\s?[×x*·]\s?10\s?\^?\s?\(?(?P<timesexp>[+-]?\d{1,2})\)?(?!\d)|[eE](?P<eexp>[+-]\d{1,2})(?!\d))?)"
    rf"|\b(?P<word>{'|'.join(_WORDS)})(?:(?=[\s-]+{_WORD_UNIT})|[\s-]?(?=fold\b))",
    re.IGNORECASE,
)
_RAISED = re.compile(r"-(\d{1,2})(?![\d.])")  # "10-13 cm2 s-1": the raised exponent came down to the line
_PAIR = re.compile(r"\s*(?:to|and|-)\s*10-\d")


def search_number(text: str, at: int) -> Number | None:
    """Find the next number at or after ``at``."""
    while (m := _NUMBER.search(text, at)) is not None:
        if not _is_part_of_a_name(text, m.start(), m.end()) and (number := _read(text, m)) is not None:
            return number
        at = m.end()
    return None


def number_at(text: str, at: int) -> Number | None:
    """Read the number that begins exactly at ``at``, as after the dash of a range."""
    m = _NUMBER.match(text, at)
    return _read(text, m) if m and not text.startswith(":", m.end()) else None


def _read(text: str, m: re.Match[str]) -> Number | None:
    start, end = m.span()
    if m["crate"]:
        # C is upper case; "c/3" names no rate
        return (
            Number(start, end, 1 / float(m["divisor"]), m["crate"])
            if text[start] == "C" and float(m["divisor"])
            else None
        )
    if m["fraction"]:
        return Number(start, end, int(m["over"]) / int(m["under"]), "C") if int(m["under"]) else None
    if m["word"]:
        return Number(start, end, float(_WORDS[m["word"].lower()]), word=True)
    sign = "-" if m["sign"] == "-" else ""
    if m["power"]:
        return Number(start, end, float(f"{sign}1e{int(m['exponent'] or m['bracketed'])}"))
    digits = m["mantissa"].replace(",", "").replace(" ", "")
    if exponent := m["timesexp"] or m["eexp"]:
        return Number(start, end, float(f"{sign}{digits}e{int(exponent)}"))
    if m["mantissa"] == "10" and (raised := _RAISED.match(text, end)):
        unit = parse_unit(text, raised.end() + text[raised.end() :].startswith(" "))
        if (unit and unit.unit.powers) or _PAIR.match(text, raised.end()):
            return Number(start, raised.end(), float(f"{sign}1e-{raised.group(1)}"))
    return Number(start, end, float(sign + digits))


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """Tell numbers inside names ("NMC-622", "g(-1)", "10:5") from quantities."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] == "-" and before[-2:-1].isalnum():
        return True
    if before[-1:] == "(" and before[-2:-1].isalnum() and after[:1] == ")":
        return True
    return after[:1] == ":" and after[1:].isdigit()
