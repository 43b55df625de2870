"""Compare the circumstances of two findings: each is the same, different or unknown, and nothing is assumed.

One comparison for effects and measurements. Quantities compare in one unit, ranges as intervals, nearly equal counts
as equal; words compare by their folded tokens. What only one side states is unknown, what neither states is silent.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib import resources
from operator import attrgetter
from typing import Literal, NamedTuple

from ontology.labels import fold_label
from ontology.model import Assertion, Conditions, Quantity

__all__ = [
    "OWN_HOST",
    "Comparison",
    "Fact",
    "Named",
    "canonical_interval",
    "compare_conditions",
    "compare_facts",
    "compare_quantities",
    "facts_of",
    "show",
    "stated",
]

Outcome = Literal["same", "different", "unknown"]

# Nearly equal: 5 % of the larger value; for temperatures, whose zero is arbitrary, 5 °C.
_RELATIVE = 0.05
_ABSOLUTE = {"°C": 5.0}
_PROPORTIONS = frozenset({"%", "wt%", "vol%"})
_NAMES = tuple(field.name for field in fields(Conditions))
_VALUES = attrgetter(*_NAMES)
OWN_HOST = "silicon-carbon anode"  # what a finding without a host was made on


class Named(NamedTuple):
    """Hold a condition in words: the tokens it compares by and the text it shows."""

    key: frozenset[str]
    text: str


Fact = Quantity | Named


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold how two sets of facts compare, each part sorted by field."""

    same: tuple[tuple[str, str], ...] = ()  # (field, text)
    different: tuple[tuple[str, str, str], ...] = ()  # (field, on the first, on the second)
    unknown: tuple[str, ...] = ()  # stated by one side only, or not comparable


def compare_conditions(first: Conditions, second: Conditions) -> Comparison:
    """Compare two condition objects field by field."""
    return compare_facts(stated(first), stated(second))


def compare_facts(first: Mapping[str, Fact], second: Mapping[str, Fact]) -> Comparison:
    """Compare two sets of facts; a host other than a silicon-carbon anode differs from none."""
    same, different, unknown = [], [], []
    for name in sorted({*first, *second}):
        one, other = first.get(name), second.get(name)
        if one is None or other is None:
            if name == "host":
                different.append((name, show(one) or OWN_HOST, show(other) or OWN_HOST))
            else:
                unknown.append(name)
            continue
        outcome = compare_fact(one, other)
        if outcome == "same":
            same.append((name, show(one)))
        elif outcome == "different":
            different.append((name, show(one), show(other)))
        else:
            unknown.append(name)
    return Comparison(tuple(same), tuple(different), tuple(unknown))


def compare_fact(first: Fact, second: Fact) -> Outcome:
    """Compare two facts of one field."""
    if isinstance(first, Quantity) and isinstance(second, Quantity):
        return compare_quantities(first, second)
    if isinstance(first, Quantity) or isinstance(second, Quantity):
        return "unknown"
    if first.key == second.key:
        return "same"
    # "LiPF6" and "1 M LiPF6 with LiFSI" may or may not be one: one says less than the other.
    return "unknown" if first.key <= second.key or second.key <= first.key else "different"


@lru_cache(maxsize=65_536)
def compare_quantities(first: Quantity, second: Quantity) -> Outcome:
    """Compare two quantities as intervals in one unit; overlapping but unequal ones stay unknown."""
    one, other = canonical_interval(first), canonical_interval(second)
    if one is None or other is None:
        written = fold_label(first.text or first.unit), fold_label(second.text or second.unit)
        return "same" if written[0] and written[0] == written[1] else "unknown"
    (low, high, unit), (other_low, other_high, other_unit) = one, other
    if unit != other_unit and not {unit, other_unit} <= _PROPORTIONS:
        return "unknown"
    near = _ABSOLUTE.get(unit) or _RELATIVE * max(_size(low, high), _size(other_low, other_high))
    if high + near < other_low or other_high + near < low:
        return "different"
    if any(map(math.isinf, (low, high, other_low, other_high))):
        return "same" if (low, high) == (other_low, other_high) else "unknown"
    inside = other_low - near <= low and high <= other_high + near
    around = low - near <= other_low and other_high <= high + near
    return "same" if inside or around else "unknown"


@lru_cache(maxsize=65_536)
def canonical_interval(quantity: Quantity) -> tuple[float, float, str] | None:
    """Return both ends and the unit in which a quantity compares; None where it holds no number."""
    low = quantity.low if quantity.value is None else quantity.value
    high = quantity.high if quantity.value is None else quantity.value
    if low is None and high is None:
        return None
    unit, factor, offset = _unit(quantity.unit)
    ends = [end if end is None else end * factor + offset for end in (low, high)]
    bottom = -math.inf if ends[0] is None or quantity.qualifier in ("<", "≤", "up_to") else ends[0]
    top = math.inf if ends[1] is None or quantity.qualifier in (">", "≥") else ends[1]
    return (top, bottom, unit) if top < bottom else (bottom, top, unit)


def stated(conditions: Conditions) -> dict[str, Fact]:
    """Return what a condition object states, by field; notes are prose and do not compare."""
    facts: dict[str, Fact] = {}
    for name, value in zip(_NAMES, _VALUES(conditions), strict=True):
        if value is None or name == "note" or (name == "regime" and value == "unspecified"):
            continue
        facts[name] = value if isinstance(value, Quantity) else _named(str(value))
    return facts


def facts_of(assertion: Assertion) -> dict[str, Fact]:
    """Return all that may set one assertion apart: its conditions, its comparator and the level of its cause."""
    facts = stated(assertion.conditions)
    if assertion.cause_change.quantity is not None:
        facts["level"] = assertion.cause_change.quantity
    if comparator := assertion.comparator:
        words = comparator.text or comparator.type
        if comparator.type == "untreated":
            facts["comparator"] = Named(frozenset({"untreated"}), words)
        else:
            facts["comparator"] = Named(frozenset({comparator.concept}), words) if comparator.concept else _named(words)
    return facts


def show(fact: Fact | None) -> str:
    """Write a fact as the paper did where that is known."""
    if fact is None:
        return ""
    if isinstance(fact, Named):
        return fact.text
    if fact.text:
        return fact.text
    ends = [f"{end:g}" for end in ((fact.low, fact.high) if fact.value is None else (fact.value,)) if end is not None]
    sign = {"=": "", "up_to": "up to "}.get(fact.qualifier, fact.qualifier)
    return f"{sign}{'–'.join(ends)} {fact.unit}".strip()


@lru_cache(maxsize=65_536)
def _named(text: str) -> Named:
    return Named(frozenset(re.findall(r"\w+", fold_label(text))) or frozenset({text}), text)


def _size(low: float, high: float) -> float:
    return max((abs(end) for end in (low, high) if not math.isinf(end)), default=0.0)


@lru_cache(maxsize=4096)
def _unit(written: str) -> tuple[str, float, float]:
    """Return the base of a unit with factor and offset; an unknown unit is its own base."""
    plain = _plain(written)
    return _table().get(plain) or _table().get(_quotient(plain)) or (plain, 1.0, 0.0)


@cache
def _table() -> dict[str, tuple[str, float, float]]:
    lines = resources.files("kg").joinpath("condition_units.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {_plain(name): (base, float(a), float(b)) for names, base, a, b in rows for name in names.split("|")}


def _plain(unit: str) -> str:
    folded = unicodedata.normalize("NFKC", unit.replace("℃", "°C")).replace("µ", "μ").replace("−", "-")
    return re.sub(r"[\s·^{}]+", "", folded)


def _quotient(unit: str) -> str:
    """Write ``mAg-1`` as ``mA/g`` and ``mAcm-2`` as ``mA/cm2``."""
    found = re.fullmatch(r"(.+?)(g|cm|L|h|Ah|mAh)-(\d)", unit)
    return f"{found[1]}/{found[2]}{found[3] if found[3] != '1' else ''}" if found else unit
