"""Say what a quantity is in its sentence: a result, a test condition, or either.

The rows of ``lexicon/quantity_roles.tsv`` are tried in order; they see the words before and after the quantity.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from extractors.patterns import clause_pattern
from extractors.quantities import FoundQuantity
from ontology.errors import LexiconError

__all__ = ["Role", "role_of"]

RoleKind = Literal["measurement", "condition", "either"]
_TABLE = Path(__file__).parent / "lexicon" / "quantity_roles.tsv"
_BEFORE, _AFTER = 70, 45  # characters a row may look at


@dataclass(frozen=True, slots=True)
class Role:
    """Hold what a quantity is and which field of Conditions it would fill ("" for none)."""

    kind: RoleKind
    field: str


@dataclass(frozen=True, slots=True)
class _Row:
    role: Role
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[_Row, ...]]:
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for number, line in enumerate(_TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 5 or cells[1] not in ("measurement", "condition", "either"):
            raise LexiconError(f"{_TABLE.name}:{number}: needs dimension, role, field, before, after between tabs")
        dimension, kind, field, before, after = cells
        role = Role(cast(RoleKind, kind), field)
        found[dimension].append(
            _Row(role, clause_pattern(before) if before else None, clause_pattern(after) if after else None)
        )
    return {dimension: tuple(rows) for dimension, rows in found.items()}


def role_of(text: str, found: FoundQuantity) -> Role:
    """Judge a quantity found in ``text``; a dimension without rows is a measurement.

    >>> from extractors.quantities import find_quantities
    >>> sentence = "It kept 80% after 300 cycles."
    >>> [role_of(sentence, q).kind for q in find_quantities(sentence)]
    ['measurement', 'condition']
    """
    before = text[max(0, found.start - _BEFORE) : found.start]
    after = text[found.end : found.end + _AFTER]
    for row in _rows().get(found.dimension, ()):
        if (row.before is None or row.before.search(before)) and (row.after is None or row.after.match(after)):
            return row.role
    return Role("measurement", "")
