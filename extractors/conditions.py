"""Find the circumstances a sentence states, and gather them into one ``Conditions``.

    find_conditions(sentence, *, offset=0) -> tuple[FoundCondition, ...]
    to_conditions(found) -> Conditions

``find_conditions`` reads one sentence (any text does). Quantities become typed fields by preposition, unit class and
neighbouring words (``lexicon/quantity_roles.tsv``); words become fields or notes (``lexicon/condition_cues.tsv``).
Spans are half-open in the sentence, plus ``offset``. Filter by span before gathering when a claim
holds for one clause only.
``to_conditions`` keeps everything: what fits no field, or a field already filled, survives in ``note``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from extractors.folding import fold
from extractors.patterns import clause_pattern
from extractors.quantities import FoundQuantity, find_quantities
from extractors.roles import role_of
from ontology.errors import LexiconError
from ontology.model import Conditions, Quantity, Span

__all__ = ["FoundCondition", "find_conditions", "quantity_conditions", "to_conditions", "word_conditions"]

_CUES = Path(__file__).parent / "lexicon" / "condition_cues.tsv"
_FIELDS = frozenset(f.name for f in fields(Conditions))
_BOTH_WAYS = "rate"  # a C-rate said without direction holds for charge and discharge
_ORDINAL = re.compile(r"\b(?P<n>\d{1,5})(?:st|nd|rd|th)\s+(?:\w+\s+)?cycles?\b", re.I)
_REFERENCE = re.compile(
    r"\b(?:relative to|compared (?:to|with)|based on|with respect to|versus|vs\.?|of that (?:at|in|of)"
    r"|from)\s+(?:the\s+|its\s+)?(?:capacity\s+(?:at|of|in)\s+)?(?:the\s+)?$",
    re.I,
)
_LEAD = re.compile(
    r"\b(?:(?:even|only)\s+)?(?:at|after|over|for|during|within|with|under|in|of|by|until|up to|between"
    r"|from|containing|to)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:of\s+)?[~≈<>≥≤]?\s*$",
    re.I,
)
_TAIL = re.compile(
    r"[\s-]*(?:of\s+)?(?:[A-Z][\w.()/-]*|immersion|rest|storage|storing|ageing|aging|doping|vacuum|argon"
    r"|strain|laser)(?:\s+(?:doping|additive|electrolyte))?"
)
_SALT = re.compile(r"\s*(?:of\s+)?(?P<name>(?:[A-Z][A-Za-z0-9()]*)(?:-based)?)(?:\s+(?:in|electrolyte)\b)?")
_DOSED = re.compile(
    r"\s*(?:\(?(?:v/v|w/w|by (?:weight|volume|mass))\)?\s*)?(?:of\s+)?(?:the\s+)?(?P<name>[A-Z][\w()@-]*"
    r"(?:\s(?:carbonate|additive))?|[a-z]+(?:\s[a-z]+)?\s(?:carbonate|additive|ether)|boron|nitrogen"
    r"|phosphorus|sulfur|magnesium)"
)


@dataclass(frozen=True, slots=True)
class FoundCondition:
    """Hold one circumstance: its place, the field of Conditions it fills, and its value."""

    span: Span
    field: str
    value: Quantity | str
    text: str
    parts: tuple[Quantity, ...] = ()  # the members, where the value is a list: "at 0.2, 0.5 and 1C"


def find_conditions(sentence: str, *, offset: int = 0) -> tuple[FoundCondition, ...]:
    """Find every circumstance of a sentence, in reading order."""
    quantities = find_quantities(sentence)
    found = [*quantity_conditions(sentence, quantities), *word_conditions(sentence)]
    found.sort(key=lambda c: (c.span, c.field))
    if not offset:
        return tuple(found)
    return tuple(replace(c, span=Span(c.span.start + offset, c.span.end + offset)) for c in found)


def quantity_conditions(sentence: str, quantities: Sequence[FoundQuantity]) -> list[FoundCondition]:
    """Find the circumstances that are quantities, ordinal cycles included."""
    found: list[FoundCondition] = []
    for quantity in quantities:
        role = role_of(sentence, quantity)
        if role.kind != "measurement":
            found += _typed(sentence, quantity, role.field)
    for m in _ORDINAL.finditer(sentence):
        field = "reference_cycle" if _REFERENCE.search(sentence[: m.start()]) else "cycles"
        value = Quantity(float(m["n"]), unit="cycle", text=m.group())
        found.append(FoundCondition(Span(*m.span()), field, value, m.group()))
    return found


def _typed(sentence: str, quantity: FoundQuantity, field: str) -> list[FoundCondition]:
    span = Span(quantity.start, quantity.end)
    value = quantity.quantity
    parts = tuple(p.quantity for p in quantity.parts) if quantity.relation == "list" else ()
    whole = FoundCondition(span, field, value, value.text, parts)
    if field == _BOTH_WAYS:
        return [replace(whole, field="charge_rate"), replace(whole, field="discharge_rate")]
    if field == "salt":
        m = _SALT.match(sentence, quantity.end)
        text = sentence[quantity.start : m.end("name")] if m else value.text
        return [FoundCondition(Span(quantity.start, m.end("name") if m else quantity.end), "salt", text, text)]
    if field == "dose":
        m = _DOSED.match(sentence, quantity.end)
        if m is None:
            return [whole]
        named = FoundCondition(Span(*m.span("name")), "additive", m["name"], m["name"])
        return [
            FoundCondition(
                Span(quantity.start, m.end("name")), "dose", value, sentence[quantity.start : m.end("name")]
            ),
            named,
        ]
    if field in _FIELDS and field != "note":
        return [whole]
    start, end = _phrase(sentence, quantity)
    text = sentence[start:end]
    return [FoundCondition(Span(start, end), "note", text, text)]


def _phrase(sentence: str, quantity: FoundQuantity) -> tuple[int, int]:
    """Widen a quantity to its adjunct: "after 70 h of immersion"."""
    lead = _LEAD.search(sentence, max(0, quantity.start - 40), quantity.start)
    tail = _TAIL.match(sentence, quantity.end)
    return (lead.start() if lead else quantity.start), (tail.end() if tail else quantity.end)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = []
    for number, line in enumerate(_CUES.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[0] not in _FIELDS:
            raise LexiconError(
                f"{_CUES.name}:{number}: needs a field of Conditions, a value and an expression between tabs"
            )
        rows.append((cells[0], cells[1], clause_pattern(cells[2])))
    return tuple(rows)


def word_conditions(sentence: str) -> list[FoundCondition]:
    """Find the circumstances said in words."""
    folded = fold(sentence)
    found: list[FoundCondition] = []
    for field, value, pattern in _cues():
        for m in pattern.finditer(folded.text):
            group = 1 if value == "$1" else 0
            start, end = folded.source(*m.span(group))
            text = sentence[start:end]
            found.append(FoundCondition(Span(start, end), field, text if value.startswith("$") else value, text))
    return found


def to_conditions(found: Iterable[FoundCondition]) -> Conditions:
    """Gather circumstances; the first of a field fills it, any further, different one is kept in ``note``."""
    filled: dict[str, Quantity | str] = {}
    notes: list[str] = []
    for condition in found:
        field, value = condition.field, condition.value
        if field == "note":
            notes.append(str(value))
        elif field not in filled:
            filled[field] = value
        elif filled[field] != value and field not in ("regime", "mode", "statistic"):
            notes.append(condition.text)
    kept = [
        n
        for i, n in enumerate(notes)
        if not any(n.lower() in o.lower() and (n.lower() != o.lower() or j < i) for j, o in enumerate(notes) if j != i)
    ]
    if kept:
        filled["note"] = "; ".join(kept)
    return Conditions(**filled)  # type: ignore[arg-type]  # the cue and role tables hold each value's type
