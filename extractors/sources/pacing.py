"""Decide when to ask again: pure, no clock and no sleep of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

__all__ = ["RETRIED", "backoff", "retry_after"]

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})  # answers that another attempt may better
_FIRST, _MOST = 1.0, 60.0  # seconds


def backoff(attempt: int, random: Random) -> float:
    """Return the seconds to wait after a failed attempt, counted from 1: doubled each time, half of it by chance.

    >>> [round(backoff(attempt, Random(7)), 2) for attempt in (1, 2, 3, 9)]
    [0.66, 1.32, 2.65, 39.71]
    """
    whole = min(_MOST, _FIRST * 2.0 ** min(attempt - 1, 30))
    return whole * (0.5 + random.random() / 2)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds a server asks to wait, from seconds or an HTTP date; None where it does not say.

    >>> retry_after({"retry-after": "120"}, now=datetime(2026, 11, 22, tzinfo=UTC))
    120.0
    >>> retry_after({"retry-after": "Sun, 22 Nov 2026 00:00:30 GMT"}, now=datetime(2026, 11, 22, tzinfo=UTC))
    30.0
    """
    stated = headers.get("retry-after", "").strip()
    try:
        seconds = float(stated)
    except ValueError:
        try:
            when = parsedate_to_datetime(stated)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        seconds = (when - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
