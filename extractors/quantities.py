"""Find numbers with units: single values, ranges, "from A to B", and lists that share one unit.

``find_quantities`` takes a sentence, a paragraph or a whole document. A number is one only with a unit the lexicon
knows (or, without unit, after words such as "coordination number"), so formulas, citations, figure numbers and ratios
stay out. Zero is a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.folding import Folded, fold
from extractors.numbers import Number, number_at, search_number
from extractors.units import Unit, convert, parse_unit, unit_of
from ontology.model import Qualifier, Quantity

__all__ = ["FoundQuantity", "Relation", "find_quantities", "format_quantity"]

Relation = Literal["single", "range", "from_to", "list"]


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """Hold a quantity and its half-open place in the text it was found in.

    ``canonical`` has the value, or both ends, in ``canonical_unit``. A range, "from A to B" or a list keeps its members in
    ``parts``: whether "from A to B" is a range or two values depends on the verb and is decided by whoever reads it.
    """

    start: int
    end: int
    quantity: Quantity
    unit_key: str
    dimension: str
    unit_iri: str | None
    canonical: tuple[float, ...]
    canonical_unit: str
    relation: Relation = "single"
    parts: tuple[FoundQuantity, ...] = ()
    basis: str = ""
    spread: str = ""  # "± 0.3", as written

    @property
    def canonical_value(self) -> float:
        """Give the value in the canonical unit, the mid-point of a range."""
        return sum(self.canonical) / len(self.canonical)


@dataclass(slots=True)
class _Item:
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
    r"(?:\b(?:Figs?|Figures?|Tables?|Refs?|References?|Eqs?|Equations?|Sections?|Sec|Schemes?|Chapters?|Steps?|Nos?|Samples?|Parts?|Vol|pp?|Cells?\s#?|Groups?|space group)\.?\s*|#)$",
    re.I,
)
_UNITLESS = re.compile(
    r"\b(?:coordination numbers?|transference numbers?|N/P(?: capacity)? ratio|n:p ratio|I_?D/I_?G(?: ratio)?|tortuosity|pH(?: value)?|specific gravity|shape factor)\b[^.;,\d]{0,60}\b(?:of|is|was|from|to|at|between|reach\w*|equal\w*|around|about|=)\s*(?:[~≈]\s*)?$"
)
_SEPARATOR = re.compile(
    r"\s*(?:(?P<dash>-|\.\.\.|…)\s*|,?\s*(?P<to>to|through|until)\s+(?:up to\s+)?|,?\s*(?P<list>and/or|and|or|&|versus|vs\.?)\s+|,\s*(?P<comma>))"
    r"(?P<qualifier>[~≈<>≤≥]|about\s|approximately\s|ca\.?\s)?\s*"
)
_SPREAD = re.compile(r"\s?\(?(?:±|\+/-)\s?(\d+(?:\.\d+)?)\)?")
_GAP = re.compile(r" {0,2}~?")
_HYPHENATED = frozenset({"length", "time", "ratio", "cycles", "voltage", "fraction", "mass fraction", "mass", "capacity", "energy", "temperature", "decades"})
_LONE = frozenset("dlgmhsKFNSJWL")  # "3d", "5g" without a space are labels more often than units
_MULTIPLE = re.compile(r"\s?[×x](?=\s+(?:higher|lower|larger|smaller|greater|faster|slower|longer|more|less|better|thicker|thinner|that|the)\b|\s*[,.;)]|\s*$)")
_REPEATED = re.compile(r"\b(?:wash|rins|repeat|measur|centrifug|clean|test|perform|sonicat|purif|filter|conduct|carried|flush|evacuat|cycl)\w*[^.;,]{0,30}$", re.I)
_COMPARED = re.compile(r"\s+(?:as|that|those|the|its|what|more|less|greater|\w+er)\b")
_QUALIFIER = re.compile(
    r"(?:(?P<about>[~≈]|\b(?:about|approximately|around|approx\.?|circa|ca\.?|c\.|nearly|almost|roughly|some|close to|on the order of|in the order of))"
    r"|(?P<above>>|\b(?:more than|over|above|exceed(?:s|ed|ing)?|(?:greater|higher|larger|longer|better) than|beyond|upwards? of|well over))"
    r"|(?P<least>≥|\b(?:at least|not less than|no less than|a minimum of))"
    r"|(?P<below><|\b(?:less than|below|under|(?:lower|smaller|shorter|fewer) than|down to below))"
    r"|(?P<most>≤|\b(?:at most|no more than|not more than|not exceeding|not exceed|a maximum of|within))"
    r"|(?P<upto>\b(?:up to|as high as|as much as|as many as|as large as|as long as)))"
    r"(?:\s+(?:only|just|even|about|approximately|around|[~≈]))?\s*$",
    re.I,
)
_UNIT_C, _UNIT_FOLD = unit_of("C"), unit_of("fold")
_QUALIFIED: dict[str, Qualifier] = {"about": "~", "above": ">", "least": "≥", "below": "<", "most": "≤", "upto": "up_to"}
_FROM = re.compile(r"\bfrom\s+(?:[~≈<>]|about\s|approximately\s|around\s|an? (?:initial|average) )?\s*$", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:[~≈<>]|about\s|approximately\s)?\s*$", re.I)
_AFTER_PREPOSITION = frozenset({"cycles", "time", "C-rate", "specific current", "current density", "temperature"})
_PREPOSITIONAL = frozenset({"over", "under", "within", "around"})  # before a duration or a rate they are prepositions


def find_quantities(text: str) -> tuple[FoundQuantity, ...]:
    """Find the quantities of a text in order; spans are half-open in that text."""
    folded = fold(text)
    return tuple(found for items in _sequences(folded.text) for found in _build(items, folded, text))


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity so that ``find_quantities`` reads it back."""
    sign = {"=": "", "up_to": "up to "}.get(quantity.qualifier, quantity.qualifier)
    ends = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
    return f"{sign}{' to '.join(f'{end:.12g}' for end in ends if end is not None)} {quantity.unit}".strip()


def _sequences(text: str) -> Iterator[list[_Item]]:
    at = 0
    while (number := search_number(text, at)) is not None:
        if _LABELS.search(text, max(0, number.start - 14), number.start):
            at = number.end
            continue
        items = [_item(text, number)]
        while (m := _SEPARATOR.match(text, items[-1].end)) and (following := number_at(text, m.end("qualifier") if m["qualifier"] else m.end())):
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


def _bare(text: str, number: Number) -> list[_Item]:
    """Read a number that has no unit, or "A to B"."""
    items = [_Item(number.start, number.value, number.end, None, "", "", "")]
    m = _SEPARATOR.match(text, number.end)
    if m and (m["to"] or m["dash"]) and (following := number_at(text, m.end())):
        items.append(_Item(following.start, following.value, following.end, None, "", "", "", "to" if m["to"] else "-"))
    return items


def _item(text: str, number: Number) -> _Item:
    end, spread = number.end, ""
    if m := _SPREAD.match(text, end):
        end, spread = m.end(), m.group().strip()
    if number.unit:
        return _Item(number.start, number.value, end, _UNIT_C, "", "C", spread)
    if m := _MULTIPLE.match(text, end):
        return _Item(number.start, number.value, m.end(), _UNIT_FOLD, "", "times", spread)
    unit_at, glued = _unit_start(text, end)
    match = parse_unit(text, unit_at)
    if match is None or not _believable(text, number, unit_at, match.end, match.unit, glued):
        return _Item(number.start, number.value, number.end, None, "", "", "")
    if not spread and (m := _SPREAD.match(text, match.end)):
        after = parse_unit(text, m.end() + text[m.end() :].startswith(" "))
        spread, end = m.group().strip(), after.end if after else m.end()
    else:
        end = match.end
    return _Item(number.start, number.value, end, match.unit, match.basis, text[unit_at : match.end], spread)


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
        return glued == "glued" and written in "hsgmKLJW" and (text[number.start : number.end] + written) not in ("1s", "2s", "2p", "3d")
    if number.word and unit.dimension not in ("ratio", "decades", "time", "cycles", "fraction"):
        return False
    if written == "times":
        return not _REPEATED.search(text[max(0, number.start - 45) : number.start]) or bool(_COMPARED.match(text, end))
    if written == "C" and re.match(r"\s?(?:atoms?|K-edge|1s|content)\b|-[A-Z]", text[end : end + 9]):
        return False
    return not (written == "d" and number.value != int(number.value))


def _sharing(items: list[_Item]) -> list[_Item]:
    """Give a number without a unit that of the next one; drop one that a mere comma joins to it."""
    kept: list[_Item] = []
    for item in reversed(items):
        if item.unit is None:
            following = kept[0]
            if following.separator == "," and all(k.separator != "and" for k in kept):
                following.separator = ""
                continue
            item.unit, item.basis, item.written, item.own = following.unit, following.basis, following.written, False
        kept.insert(0, item)
    return kept


def _build(items: list[_Item], folded: Folded, source: str) -> Iterator[FoundQuantity]:
    """Group the items of a sequence into ranges, lists and single values."""
    at = 0
    while at < len(items):
        group, relation = _group(items, at, folded.text)
        at += len(group)
        parts = tuple(_single(item, folded, source) for item in group)
        yield parts[0] if relation == "single" else _joined(group, relation, parts, folded, source)


def _group(items: list[_Item], at: int, text: str) -> tuple[list[_Item], Relation]:
    first, end = items[at], at + 1
    before = text[max(0, first.start - 24) : first.start]
    following = items[end] if end < len(items) else None
    if following is None or not _comparable(first, following):
        return [first], "single"
    if following.separator in ("-", "to"):
        while end < len(items) and items[end].separator in ("-", "to") and _comparable(first, items[end]):
            end += 1
        moved = following.separator == "to" and _FROM.search(before)
        if end - at > 2 and not moved:
            end = at + 2
        return items[at:end], "from_to" if moved else "range"
    if following.separator == "and" and _BETWEEN.search(before):
        return items[at : at + 2], "range"
    if first.own:
        return [first], "single"
    while end < len(items) and not items[end - 1].own:
        end += 1
    return items[at:end], "list"


def _comparable(a: _Item, b: _Item) -> bool:
    return a.unit is b.unit or (a.unit is not None and b.unit is not None and a.unit.dimension == b.unit.dimension)


def _single(item: _Item, folded: Folded, source: str) -> FoundQuantity:
    start, end = folded.source(item.start, item.end)
    qualifier = _qualifier(folded.text, item)
    text = source[start:end] if item.own else f"{source[start:end]} {_tidy(item.written)}"
    quantity = Quantity(item.value, None, None, qualifier, _tidy(item.written), text)
    return _found(start, end, quantity, item, (item.value,))


def _joined(group: list[_Item], relation: Relation, parts: tuple[FoundQuantity, ...], folded: Folded, source: str) -> FoundQuantity:
    last = group[-1]
    values = [_in_unit(item, last.unit) for item in group]
    low, high = min(values), max(values)
    start, end = parts[0].start, parts[-1].end
    quantity = Quantity(None, low, high, parts[0].quantity.qualifier, _tidy(last.written), source[start:end])
    return _found(start, end, quantity, last, (low, high), relation, parts)


def _found(
    start: int, end: int, quantity: Quantity, item: _Item, values: tuple[float, ...], relation: Relation = "single", parts: tuple[FoundQuantity, ...] = ()
) -> FoundQuantity:
    unit = item.unit
    if unit is None:
        return FoundQuantity(start, end, quantity, "", "number", None, values, "", relation, parts)
    canonical = tuple(unit.to_canonical(v) for v in values)
    return FoundQuantity(start, end, quantity, unit.key, unit.dimension, unit.iri, canonical, unit.canonical, relation, parts, item.basis, item.spread)


def _in_unit(item: _Item, unit: Unit | None) -> float:
    if item.unit is None or unit is None or item.unit.key == unit.key:
        return item.value
    converted = convert(item.value, item.unit.key, unit.key)
    return item.value if converted is None else converted


def _qualifier(text: str, item: _Item) -> Qualifier:
    m = _QUALIFIER.search(text, max(0, item.start - 40), item.start)
    if m is None or m.end() != item.start:
        return "="
    word = m.group(m.lastgroup or 0).lower()
    dimension = item.unit.dimension if item.unit else ""
    if word in _PREPOSITIONAL and dimension in _AFTER_PREPOSITION:
        return "="
    return _QUALIFIED[m.lastgroup] if m.lastgroup else "="


def _tidy(written: str) -> str:
    return " ".join(written.replace("^", "").split())
