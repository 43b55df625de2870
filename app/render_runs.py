"""Lay the difference between two generations out for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from app.plain import plain
from kg import RunReport

_SHOWN = 20  # lines of each kind; the rest is counted


def lines(report: RunReport) -> Iterator[str]:
    """Yield the report line by line, each kind under its heading; what did not happen is left out."""
    yield f"from generation {report.before} to {report.after}"
    for title, found in _parts(report):
        if found:
            yield ""
            yield f"{title}: {len(found)}"
            yield from (f"  {plain(line)}" for line in islice(found, _SHOWN))
            if len(found) > _SHOWN:
                yield f"  … and {len(found) - _SHOWN} more (--format json shows all)"
    if not any(found for _, found in _parts(report)):
        yield "nothing changed"


def _parts(report: RunReport) -> tuple[tuple[str, list[str]], ...]:
    return (
        ("works added", [f"{work.title} ({work.claims} claims) {work.work}" for work in report.works_added]),
        ("works changed", [f"{work.title} ({work.claims} claims) {work.work}" for work in report.works_changed]),
        ("works withdrawn", [f"{work.title} {work.work}" for work in report.works_withdrawn]),
        ("claims added", [f"{claim.says} — {claim.quote}" for claim in report.claims_added]),
        ("claims changed", [f"{claim.says}: {_fields(claim.fields)}" for claim in report.claims_changed]),
        ("claims withdrawn", [f"{claim.says} — {claim.quote}" for claim in report.claims_withdrawn]),
        ("questions newly answerable", [one.written for one in report.answerable]),
        (
            "signs flipped",
            [f"{one.cause} on {one.target} ({one.regime}): {one.before} -> {one.after}" for one in report.flipped],
        ),
        (
            "a second independent work",
            [f"{one.cause} on {one.target} ({one.regime}): {', '.join(one.works)}" for one in report.supported],
        ),
        (
            "new contradictions",
            [f"{one.cause} on {one.target}: {one.first} against {one.second}" for one in report.contradictions],
        ),
        ("unknown strategies to curate", [f"{one.name}: {one.quote}" for one in report.unknown]),
    )


def _fields(fields: Iterable[tuple[str, str, str]]) -> str:
    return "; ".join(f"{name} {before or 'nothing'} -> {after or 'nothing'}" for name, before, after in fields)
