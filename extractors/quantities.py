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
from extractors.sequences import Item, sequences
from extractors.units import Unit, convert
from ontology.model import Qualifier, Quantity

__all__ = ["FoundQuantity", "Relation", "find_quantities", "format_quantity"]

Relation = Literal["single", "range", "from_to", "list"]


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """Hold a quantity and its half-open place in the text it was found in.

    ``canonical`` has the value, or both ends, in ``canonical_unit``. A range, "from A to B" or a list keeps its members
    in ``parts``: whether "from A to B" is a range or two values depends on the verb and is decided by whoever reads it.
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


_QUALIFIER = re.compile(
    r"(?:(?P<about>[~≈]|\b(?:about|approximately|around|approx\.?|circa|ca\.?|c\.|nearly|almost|roughly"
    r"|some|close to|on the order of|in the order of))"
    r"|(?P<above>>|\b(?:more than|over|above|exceed(?:s|ed|ing)?|(?:greater|higher|larger|longer"
    r"|better) than|beyond|upwards? of|well over))"
    r"|(?P<least>≥|\b(?:at least|not less than|no less than|a minimum of))"
    r"|(?P<below><|\b(?:less than|below|under|(?:lower|smaller|shorter|fewer) than|down to below))"
    r"|(?P<most>≤|\b(?:at most|no more than|not more than|not exceeding|not exceed|a maximum of|within))"
    r"|(?P<upto>\bup to))"
    r"(?:\s+(?:only|just|even|about|approximately|around|[~≈]))?\s*$",
    re.I,
)
_QUALIFIED: dict[str, Qualifier] = {
    "about": "~",
    "above": ">",
    "least": "≥",
    "below": "<",
    "most": "≤",
    "upto": "up_to",
}
_FROM = re.compile(r"\bfrom\s+(?:[~≈<>]|about\s|approximately\s|around\s|an? (?:initial|average) )?\s*$", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:[~≈<>]|about\s|approximately\s)?\s*$", re.I)
_AFTER_PREPOSITION = frozenset({"cycles", "time", "C-rate", "specific current", "current density", "temperature"})
_PREPOSITIONAL = frozenset({"over", "under", "within", "around"})  # before a duration or a rate they are prepositions


def find_quantities(text: str) -> tuple[FoundQuantity, ...]:
    """Find the quantities of a text in order; spans are half-open in that text."""
    folded = fold(text)
    return tuple(found for items in sequences(folded.text) for found in _build(items, folded, text))


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity so that ``find_quantities`` reads it back."""
    sign = {"=": "", "up_to": "up to "}.get(quantity.qualifier, quantity.qualifier)
    ends = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
    return f"{sign}{' to '.join(f'{end:.12g}' for end in ends if end is not None)} {quantity.unit}".strip()


def _build(items: list[Item], folded: Folded, source: str) -> Iterator[FoundQuantity]:
    """Group the items of a sequence into ranges, lists and single values."""
    at = 0
    while at < len(items):
        group, relation = _group(items, at, folded.text)
        at += len(group)
        parts = tuple(_single(item, folded, source) for item in group)
        yield parts[0] if relation == "single" else _joined(group, relation, parts, source)


def _group(items: list[Item], at: int, text: str) -> tuple[list[Item], Relation]:
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


def _comparable(a: Item, b: Item) -> bool:
    return a.unit is b.unit or (a.unit is not None and b.unit is not None and a.unit.dimension == b.unit.dimension)


def _single(item: Item, folded: Folded, source: str) -> FoundQuantity:
    start, end = folded.source(item.start, item.end)
    qualifier = _qualifier(folded.text, item)
    text = source[start:end] if item.own else f"{source[start:end]} {_tidy(item.written)}"
    quantity = Quantity(item.value, None, None, qualifier, _tidy(item.written), text)
    return _found(start, end, quantity, item, (item.value,))


def _joined(group: list[Item], relation: Relation, parts: tuple[FoundQuantity, ...], source: str) -> FoundQuantity:
    last = group[-1]
    values = [_in_unit(item, last.unit) for item in group]
    low, high = min(values), max(values)
    start, end = parts[0].start, parts[-1].end
    quantity = Quantity(None, low, high, parts[0].quantity.qualifier, _tidy(last.written), source[start:end])
    return _found(start, end, quantity, last, (low, high), relation, parts)


def _found(
    start: int,
    end: int,
    quantity: Quantity,
    item: Item,
    values: tuple[float, ...],
    relation: Relation = "single",
    parts: tuple[FoundQuantity, ...] = (),
) -> FoundQuantity:
    unit = item.unit
    if unit is None:
        return FoundQuantity(start, end, quantity, "", "number", None, values, "", relation, parts)
    canonical = tuple(unit.to_canonical(v) for v in values)
    return FoundQuantity(
        start,
        end,
        quantity,
        unit.key,
        unit.dimension,
        unit.iri,
        canonical,
        unit.canonical,
        relation,
        parts,
        item.basis,
        item.spread,
    )


def _in_unit(item: Item, unit: Unit | None) -> float:
    if item.unit is None or unit is None or item.unit.key == unit.key:
        return item.value
    converted = convert(item.value, item.unit.key, unit.key)
    return item.value if converted is None else converted


def _qualifier(text: str, item: Item) -> Qualifier:
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
