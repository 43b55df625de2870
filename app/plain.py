"""Text that cannot steer a terminal, and complaints of one line."""

from __future__ import annotations

import sys
import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs"})  # control, format (bidirectional overrides among them), surrogates


def plain(text: str) -> str:
    """Return text with all that could steer a terminal shown as a replacement character; newlines and tabs stay."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in _STEERING else "\ufffd" for c in text)


def complain(message: str) -> None:
    """Print one line on stderr."""
    print(f"anodekg: {plain(' '.join(message.split()))}", file=sys.stderr, flush=True)
