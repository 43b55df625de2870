"""Compile the expressions of the lexicon tables."""

from __future__ import annotations

import re

__all__ = ["clause_pattern"]


def clause_pattern(expression: str) -> re.Pattern[str]:
    """Compile without regard to case; ``[^.;]`` stays within a clause, and a decimal point ends none."""
    return re.compile(expression.replace("[^.;]", r"(?:[^.;]|\.(?=\d))"), re.IGNORECASE)
