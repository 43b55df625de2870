"""Choose which of a sentence's circumstances hold for which of its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.conditions import FoundCondition
from extractors.pairing import Ordinal, partner_of
from extractors.quantities import FoundQuantity
from ontology.model import Quantity

__all__ = ["conditions_of"]


def conditions_of(
    text: str,
    value: FoundQuantity,
    stated: Sequence[FoundCondition],
    places: Sequence[tuple[int, int]],
    ordinal: Ordinal | None,
) -> list[FoundCondition]:
    """Return the circumstances in force for a value; ``places`` are where all values of the sentence stand."""
    applying = [c for c in stated if _applies(c, value, stated, places, text) and not _overlap(c, value)]
    return _paired_conditions(text, ordinal, applying, stated) if ordinal else applying


def _applies(
    condition: FoundCondition,
    value: FoundQuantity,
    found: Sequence[FoundCondition],
    values: Sequence[tuple[int, int]],
    text: str,
) -> bool:
    """Tell whether a circumstance holds for a value: the nearest of its field, and none shut in other brackets."""
    bracket = _bracket(text, condition.span.start)
    if bracket is not None and bracket != _bracket(text, value.start) and text[value.end : bracket].strip(" %"):
        return False
    if condition.field in ("note", "regime", "mode", "statistic", "basis"):
        return True
    rivals = [c for c in found if c.field == condition.field and c.span != condition.span and not _overlap(c, value)]
    mine = _reach(condition, value, values)
    return all(mine <= _reach(rival, value, values) for rival in rivals)


def _reach(condition: FoundCondition, value: FoundQuantity, values: Sequence[tuple[int, int]]) -> float:
    if condition.span.start >= value.end:
        crossed = sum(value.end <= v[0] < condition.span.start for v in values)
        return condition.span.start - value.end + 40 * crossed
    crossed = sum(condition.span.end <= v[0] < value.start for v in values)
    return value.start - condition.span.end + 12 + 40 * crossed


def _bracket(text: str, at: int) -> int | None:
    """Return where the bracket around a place opens, or None outside brackets."""
    opened = text.rfind("(", 0, at)
    return opened if opened >= 0 and text.find(")", opened) >= at else None


def _paired_conditions(
    text: str, ordinal: Ordinal, applying: list[FoundCondition], found: Sequence[FoundCondition]
) -> list[FoundCondition]:
    """Give each of several values the circumstance in its position, from a list or from as many single ones."""
    kept = [c for c in applying if len(c.parts) != ordinal.count]
    kept += [replace(c, value=c.parts[ordinal.index]) for c in applying if len(c.parts) == ordinal.count]
    for field in dict.fromkeys(c.field for c in found if isinstance(c.value, Quantity)):
        rivals = [c for c in found if c.field == field]
        index = partner_of(text, ordinal, [(c.span.start, c.span.end) for c in rivals])
        if index is not None:
            kept = [c for c in kept if c.field != field] + [rivals[index]]
    return kept


def _overlap(condition: FoundCondition, value: FoundQuantity) -> bool:
    return condition.span.start < value.end and value.start < condition.span.end
