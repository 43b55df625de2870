"""Say which licences let a full text be fetched."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractors.readers.front import licence_name

__all__ = ["OPEN", "is_open", "short_name"]

# Licences under which a copy may be made and read; what may be republished is another question.
OPEN: tuple[str, ...] = (
    "CC0",
    "CC BY",
    "CC BY-SA",
    "CC BY-ND",
    "CC BY-NC",
    "CC BY-NC-SA",
    "CC BY-NC-ND",
    "public domain",
)
_SLUG = re.compile(r"\A\s*cc[ _-]?(0|zero|by(?:[ _-](?:nc|nd|sa))*)(?:[ _-]?v?(\d\.\d))?\s*\Z", re.I)


def short_name(stated: str) -> str:
    """Return a licence's short name from an address, a slug or a name; "" for one that is not open.

    >>> short_name("cc by"), short_name("cc-by-nc-nd"), short_name("http://creativecommons.org/licenses/by/4.0/")
    ('CC BY', 'CC BY-NC-ND', 'CC BY 4.0')
    """
    slug = _SLUG.match(stated)
    if slug:
        kind = re.sub(r"[ _]", "-", slug[1]).upper()
        return f"{'CC0' if kind in ('0', 'ZERO') else f'CC {kind}'} {slug[2] or ''}".strip()
    if re.search(r"publicdomain/mark|public[ _-]domain", stated, re.I):
        return "public domain"
    return licence_name(stated)


def is_open(licence: str, *, allowed: Collection[str] = OPEN) -> bool:
    """Say whether a licence, by its short name and whatever its version, is among those allowed."""
    return bool(licence) and re.sub(r"\s+\d\.\d\Z", "", licence) in allowed
