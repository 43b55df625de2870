"""Read untrusted JSON: a value of the wrong type is a value that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

__all__ = ["batches", "clean", "number", "objects", "table", "text", "texts", "year_of"]


def table(value: Any, *path: str) -> Mapping[str, Any]:
    """Return the object reached by a path of keys, a list of one counting as what it holds; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
    return value if isinstance(value, dict) else {}


def objects(value: Any, *path: str) -> list[Mapping[str, Any]]:
    """Return the objects in the list reached by a path of keys; a single object counts as a list of one."""
    *before, last = path
    found = table(value, *before).get(last)
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if isinstance(one, dict)]


def text(value: Any, *path: str) -> str:
    """Return the text reached by a path of keys, the first where it is a list; numbers are written out."""
    *before, last = path
    found = table(value, *before).get(last)
    if isinstance(found, list):
        found = found[0] if found else ""
    if isinstance(found, bool):
        return ""
    return clean(str(found)) if isinstance(found, str | int | float) else ""


def texts(value: Any, *path: str) -> tuple[str, ...]:
    """Return the texts in the list reached by a path of keys; a single text counts as a list of one."""
    *before, last = path
    found = table(value, *before).get(last)
    listed = found if isinstance(found, list) else [found]
    return tuple(clean(one) for one in listed if isinstance(one, str) and one.strip())


def clean(found: str) -> str:
    """Return text with white space collapsed and what is no character, a lone surrogate, replaced."""
    return " ".join(found.encode("utf-8", "replace").decode().split())


def number(value: Any, *path: str) -> int | None:
    """Return the whole number reached by a path of keys, also where it is written as text."""
    found = text(value, *path)
    return int(found) if re.fullmatch(r"\d{1,15}", found) else None


def year_of(stated: str) -> int | None:
    """Return the year a date begins with."""
    found = re.match(r"(1[6-9]\d\d|20\d\d)(?!\d)", stated)
    return int(found[1]) if found else None


def batches(items: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield items in tuples of a size, the last as it comes."""
    left = iter(items)
    while some := tuple(islice(left, size)):
        yield some
