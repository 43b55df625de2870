"""Choose the media type a client likes best among those we have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["chosen"]


def chosen(accept: str, offered: Sequence[str], *, aliases: Mapping[str, str]) -> str | None:
    """Return the offered type with the highest weight in an Accept header, the first of equals; None where none fits.

    ``aliases`` gives the offered type behind another name. The most specific range of a type gives its weight.

    >>> chosen("text/csv;q=0.5, application/*", ("text/csv", "application/n-triples"), aliases={})
    'application/n-triples'
    """
    if not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    weights = {name: _weight(name, ranges) for name in (*offered, *aliases)}
    best = {name: max([weights[name], *(weights[a] for a, of in aliases.items() if of == name)]) for name in offered}
    name = max(offered, key=lambda item: best[item])
    return name if best[name] > 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _weight(name: str, ranges: list[tuple[str, float]]) -> float:
    for pattern in (name, f"{name.partition('/')[0]}/*", "*/*"):
        found = [weight for written, weight in ranges if written == pattern]
        if found:
            return max(found)
    return 0.0
