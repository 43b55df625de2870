"""Read runs of numbers and units: "1600, 4700 and 12 400 ppm", "from 40 nm to 0.87 nm", "91 ± 2 %".

A run holds the numbers that dashes, commas and conjunctions join; a number without unit takes that of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.numbers import Number, number_at, search_number
from extractors.units import Unit, parse_unit, unit_of

__all__ = ["Item", "sequences"]


@dataclass(slots=True)
class Item:
    """Hold one number of a run, half-open in the folded text, with its unit and what joins it to the one before."""

    start: int
    value: float
    end: int
    unit: Unit | None
    basis: str
    written: str  # the unit as written
    spread: str
    separator: str = ""  # to the item before
    own: bool = True  # has a unit of its own


_LABELS = re.compile(
    r"(?:\b(?:Figs?|Figures?|Tables?|Refs?|References?|Eqs?|Equations?|Sections?|Sec|Schemes?|Chapters?"
    r"|Steps?|Nos?|Samples?|Parts?|Vol|pp?|Cells?\s#?|Groups?|space group)\.?\s*|#)$",
    re.I,
)
_UNITLESS = re.compile(
    r"\b(?:coordination numbers?|transference numbers?|N/P(?: capacity)? ratio|n:p ratio|I_?D/I_?G"
    r"(?: ratio)?|tortuosity|pH(?: value)?|specific gravity|shape factor)\b[^.;,\d]{0,60}\b(?:of|is|was"
    r"|from|to|at|between|reach\w*|equal\w*|around|about|=)\s*(?:[~≈]\s*)?$"
)
_SEPARATOR = re.compile(
    r"\s*(?:(?P<dash>-|\.\.\.|…)\s*|,?\s*(?P<to>to|through|until)\s+(?:up to\s+)?|,?\s*(?P<list>and/or|and"
    r"|or|&|versus|vs\.?)\s+|,\s*(?P<comma>))"
    r"(?P<qualifier>[~≈<>≤≥]|about\s|approximately\s|ca\.?\s)?\s*"
)
_SPREAD = re.compile(r"\s?\(?(?:±|\+/-)\s?(\d+(?:\.\d+)?)\)?")
_GAP = re.compile(r" {0,2}~?")
_HYPHENATED = frozenset(
    {
        "length",
        "time",
        "ratio",
        "cycles",
        "voltage",
        "fraction",
        "mass fraction",
        "mass",
        "capacity",
        "energy",
        "temperature",
        "decades",
    }
)
_LONE = frozenset("dlgmhsKFNSJWL")  # "3d", "5g" without a space are labels more often than units
_MULTIPLE = re.compile(
    r"\s?[×x](?=\s+(?:higher|lower|larger|smaller|greater|faster|slower|longer|more|less|better|thicker"
    r"|thinner|that|the)\b|\s*[,.;)]|\s*$)"
)
_REPEATED = re.compile(
    r"\b(?:wash|rins|repeat|measur|centrifug|clean|test|perform|sonicat|purif|filter|conduct|carried|flush"
    r"|evacuat|cycl)\w*[^.;,]{0,30}$",
    re.I,
)
_COMPARED = re.compile(r"\s+(?:as|that|those|the|its|what|more|less|greater|\w+er)\b")
_UNIT_C, _UNIT_FOLD = unit_of("C"), unit_of("fold")


def sequences(text: str) -> Iterator[list[Item]]:
    """Yield the runs of a folded text in order."""
    at = 0
    while (number := search_number(text, at)) is not None:
        if _LABELS.search(text, max(0, number.start - 14), number.start):
            at = number.end
            continue
        items = [_item(text, number)]
        while (m := _SEPARATOR.match(text, items[-1].end)) and (
            following := number_at(text, m.end("qualifier") if m["qualifier"] else m.end())
        ):
            item = _item(text, following)
            item.separator = "-" if m["dash"] else "to" if m["to"] else "and" if m["list"] else ","
            items.append(item)
        while items and items[-1].unit is None:
            items.pop()
        if items:
            at = items[-1].end
            yield _sharing(items)
        elif _UNITLESS.search(text, max(0, number.start - 110), number.start):
            bare = _bare(text, number)
            at = bare[-1].end
            yield bare
        else:
            at = number.end


def _bare(text: str, number: Number) -> list[Item]:
    """Read a number that has no unit, or "A to B"."""
    items = [Item(number.start, number.value, number.end, None, "", "", "")]
    m = _SEPARATOR.match(text, number.end)
    if m and (m["to"] or m["dash"]) and (following := number_at(text, m.end())):
        items.append(Item(following.start, following.value, following.end, None, "", "", "", "to" if m["to"] else "-"))
    return items


def _item(text: str, number: Number) -> Item:
    end, spread = number.end, ""
    if m := _SPREAD.match(text, end):
        end, spread = m.end(), m.group().strip()
    if number.unit:
        return Item(number.start, number.value, end, _UNIT_C, "", "C", spread)
    if m := _MULTIPLE.match(text, end):
        return Item(number.start, number.value, m.end(), _UNIT_FOLD, "", "times", spread)
    unit_at, glued = _unit_start(text, end)
    match = parse_unit(text, unit_at)
    if match is None or not _believable(text, number, unit_at, match.end, match.unit, glued):
        return Item(number.start, number.value, end, None, "", "", spread)
    if not spread and (m := _SPREAD.match(text, match.end)):
        after = parse_unit(text, m.end() + text[m.end() :].startswith(" "))
        spread, end = m.group().strip(), after.end if after else m.end()
    else:
        end = match.end
    return Item(number.start, number.value, end, match.unit, match.basis, text[unit_at : match.end], spread)


def _unit_start(text: str, end: int) -> tuple[int, str]:
    if text.startswith("-", end):
        return end + 1, "-"
    m = _GAP.match(text, end)
    at = m.end() if m else end
    return at, "" if at > end else "glued"


def _believable(text: str, number: Number, start: int, end: int, unit: Unit, glued: str) -> bool:
    written = text[start:end]
    if glued == "-" and (unit.dimension not in _HYPHENATED or written in _LONE):
        return False
    if glued and written in _LONE:
        return (
            glued == "glued"
            and written in "hsgmKLJW"
            and (text[number.start : number.end] + written) not in ("1s", "2s", "2p", "3d")
        )
    if number.word and unit.dimension not in ("ratio", "decades", "time", "cycles", "fraction"):
        return False
    if written == "times":
        return not _REPEATED.search(text[max(0, number.start - 45) : number.start]) or bool(_COMPARED.match(text, end))
    if written == "C" and re.match(r"\s?(?:atoms?|K-edge|1s|content)\b|-[A-Z]", text[end : end + 9]):
        return False
    return not (written == "d" and number.value != int(number.value))


def _sharing(items: list[Item]) -> list[Item]:
    """Give a number without a unit that of the next one; drop one that a mere comma joins to it."""
    kept: list[Item] = []
    for item in reversed(items):
        if item.unit is None:
            following = kept[0]
            if following.separator == "," and all(k.separator != "and" for k in kept):
                following.separator = ""
                continue
            item.unit, item.basis, item.written, item.own = following.unit, following.basis, following.written, False
        kept.insert(0, item)
    return kept
