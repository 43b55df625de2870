"""Numbers set against a condition or another metric: comparable ones placed, the rest apart with what is missing.

Pure. Numbers compare only within one frame (cell, basis, mode, prelithiation, reference cycle, host, unit). A number
of another metric belongs to the same point where one work reports both on one subject in one kind of cell.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from app.rows import Reported
from kg import canonical_interval, frame_text, missing_text
from ontology.model import Conditions, Quantity

CONDITIONS = tuple(field.name for field in fields(Conditions) if field.name not in ("note", "mode", "basis"))


class Axis(NamedTuple):
    """Name what numbers are set against: a condition by its field, or another metric by its label."""

    label: str
    condition: str = ""
    metric: str = ""


class Point(NamedTuple):
    """Hold a number that can be compared and drawn: its frame, and where it stands along the axis."""

    number: Reported
    frame: str
    along: float | str
    unit: str  # of the axis


class Apart(NamedTuple):
    """Hold a number that cannot be drawn, and what is missing for it."""

    number: Reported
    missing: str


def axes(numbers: Sequence[Reported], metric: str) -> tuple[Axis, ...]:
    """Return what the numbers of a metric can be set against: conditions that differ first, the most stated first."""
    own = [number for number in numbers if number.said.metric == metric]
    stated = Counter(name for number in own for name in CONDITIONS if _stated(number.said.conditions, name))
    varied = {name for name in stated if len({getattr(number.said.conditions, name) for number in own} - {None}) > 1}
    groups = {_group(number) for number in own}
    others = Counter(
        number.said.metric for number in numbers if number.said.metric != metric and _group(number) in groups
    )
    return (
        *(
            Axis(name.replace("_", " "), condition=name)
            for name, _ in sorted(stated.most_common(), key=lambda item: item[0] not in varied)
        ),
        *(Axis(f"{name} (metric)", metric=name) for name, _ in others.most_common()),
    )


def placed(numbers: Sequence[Reported], metric: str, axis: Axis | None) -> tuple[list[Point], list[Apart]]:
    """Return the comparable numbers of a metric along an axis, and the others with what each lacks."""
    points, apart = [], []
    partners = _partners(numbers, axis.metric) if axis and axis.metric else {}
    for number in numbers:
        if number.said.metric != metric:
            continue
        missing = missing_text(number.said)
        at = ("", "") if axis is None else _along(number, axis, partners)
        if axis is not None and at is None:
            missing = "; ".join(part for part in (missing, f"{axis.label} not stated") if part)
        if missing or at is None:
            apart.append(Apart(number, missing))
        else:
            points.append(Point(number, frame_text(number.said), *at))
    return _in_one_unit(points, apart, axis)


def frames(points: Iterable[Point]) -> list[tuple[str, int]]:
    """Return the frames with how many numbers stand in each, the fullest first."""
    counted = Counter(point.frame for point in points)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _along(
    number: Reported, axis: Axis, partners: Mapping[tuple[str, ...], list[Reported]]
) -> tuple[float | str, str] | None:
    if axis.metric:
        fitting = partners.get(_group(number), [])
        cycles = number.said.conditions.cycles
        same = [other for other in fitting if other.said.conditions.cycles == cycles] or fitting
        values = {(other.said.canonical_value, other.said.canonical_unit) for other in same}
        value, unit = values.pop() if len(values) == 1 else (None, "")
        return (value, unit) if value is not None else None
    stated = getattr(number.said.conditions, axis.condition)
    if not isinstance(stated, Quantity):
        return (str(stated), "") if stated is not None else None
    interval = canonical_interval(stated)
    if interval is None:
        return None
    ends = [end for end in interval[:2] if not math.isinf(end)]
    return (sum(ends) / len(ends), interval[2]) if ends else None


def _in_one_unit(points: list[Point], apart: list[Apart], axis: Axis | None) -> tuple[list[Point], list[Apart]]:
    """Keep the points in the commonest unit of the axis; the others stand apart."""
    units = Counter(point.unit for point in points)
    if axis is None or len(units) < 2:
        return points, apart
    common = units.most_common(1)[0][0]
    kept = [point for point in points if point.unit == common]
    strange = [
        Apart(point.number, f"{axis.label} in {point.unit or 'no unit'}") for point in points if point not in kept
    ]
    return kept, [*apart, *strange]


def _partners(numbers: Iterable[Reported], metric: str) -> dict[tuple[str, ...], list[Reported]]:
    found: defaultdict[tuple[str, ...], list[Reported]] = defaultdict(list)
    for number in numbers:
        if number.said.metric == metric and number.said.canonical_value is not None:
            found[_group(number)].append(number)
    return dict(found)


def _group(number: Reported) -> tuple[str, ...]:
    said = number.said
    return number.work.work, said.subject_concept or said.subject or "", said.conditions.cell or ""


def _stated(conditions: Conditions, name: str) -> Any:
    return getattr(conditions, name) is not None
