"""Spell units one way: powers, slashes, superscripts, and the words for times and ratios."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = {
    "percent": "%", "wt.%": "wt%", "weight%": "wt%", "times": "fold", "-fold": "fold", "x": "fold", "hour": "h", "hours": "h", "hr": "h", "hrs": "h",
    "day": "d", "days": "d", "minute": "min", "minutes": "min", "mins": "min", "second": "s", "seconds": "s", "year": "a", "years": "a",
    "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "cycles": "cycle", "ohm": "ω", "ohms": "ω", "degc": "°c",
}  # fmt: skip


@lru_cache(maxsize=5_000)
def unit_key(unit: str) -> str:
    """Return the spelling in which two units are compared.

    >>> unit_key("mA h g−1") == unit_key("mAh/g") == unit_key("mAh·g⁻¹")
    True
    >>> unit_key("% per cycle") == unit_key("%/cycle"), unit_key("mV") == unit_key("V")
    (True, False)
    """
    plain = re.sub(r"[‐-―−]", "-", unicodedata.normalize("NFKC", unit)).lower().replace("micro", "μ")
    plain = re.sub(r"\bper\b|/", " / ", plain)
    plain = re.sub(r"[()^_{}$\\*·⋅.]", " ", plain)
    above, *below = (part.split() for part in plain.split("/"))
    parts = ["".join(_SAME.get(word, word) for word in above)]
    for divisor in below:
        bottom = "".join(_SAME.get(word, word) for word in divisor)
        parts.append(bottom if "-" in bottom else re.sub(r"(?<=[^\W\d])([23])$|$", _below, bottom, count=1))
    joined = "".join(parts)
    return re.sub(r"(?<=[a-z])([123])(?=$|[a-z])", _power, joined) if "-" not in joined else joined


def _below(power: re.Match[str]) -> str:
    """Turn what stands under a slash: "cm2" into "cm-2", "g" into "g-1"."""
    return f"-{power[1] or 1}"


def _power(digit: re.Match[str]) -> str:
    """Read "mAhg1", a minus lost in print, as "mAhg-1"; squares and cubes stay."""
    return f"-{digit[1]}" if digit[1] == "1" else digit[1]
