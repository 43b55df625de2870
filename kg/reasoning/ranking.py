"""Rank measurements only with comparable ones; list the others apart with the field that is missing or differs.

A number is comparable with another when both say in what cell they were measured and agree on every decisive field.
Prelithiation counts even where it is silent: 91.5 % first efficiency of a half cell, 98.7 % of a prelithiated full cell
and 103 % of a prelithiated half cell are three groups, not a ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.comparability import Fact, compare_fact, show
from kg.measurement_frames import DECISIVE, facts_of_measurement, missing_fields, required_fields
from ontology.model import Measurement

__all__ = ["Apart", "Group", "Ranking", "rank_measurements"]

Cited = tuple[str, Measurement]  # IRI and value


@dataclass(frozen=True, slots=True)
class Group:
    """Hold measurements that may be ranked with one another, best first, and the frame they share."""

    frame: tuple[tuple[str, str], ...]
    members: tuple[Cited, ...]
    differs: tuple[tuple[str, str, str], ...] = ()  # (field, here, in the first group)


@dataclass(frozen=True, slots=True)
class Apart:
    """Hold a measurement that cannot be ranked and the fields it lacks."""

    measurement: Cited
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold the groups, the largest first, and what stands apart."""

    groups: tuple[Group, ...]
    apart: tuple[Apart, ...]


def rank_measurements(
    measurements: Iterable[Cited],
    *,
    best: Literal["highest", "lowest"] = "highest",
    decisive: Sequence[str] = DECISIVE,
) -> Ranking:
    """Group measurements of one metric by comparability; within a group order by canonical value, ties by IRI."""
    groups: list[tuple[dict[str, Fact], list[Cited]]] = []
    apart = []
    for item in sorted(measurements, key=lambda cited: cited[0]):
        if missing := missing_fields(item[1]):
            apart.append(Apart(item, missing))
            continue
        facts, wanted = facts_of_measurement(item[1]), {*required_fields(item[1]), *decisive}
        frame = {name: fact for name, fact in facts.items() if name in wanted}
        home = next((members for shared, members in groups if _comparable(shared, frame)), None)
        if home is None:
            groups.append((frame, [item]))
        else:
            home.append(item)
    ordered = sorted(groups, key=lambda group: (-len(group[1]), _written(group[0])))
    first = ordered[0][0] if ordered else {}
    sign = -1.0 if best == "highest" else 1.0
    return Ranking(
        groups=tuple(
            Group(_written(frame), tuple(sorted(members, key=lambda item: _order(item, sign))), _differs(frame, first))
            for frame, members in ordered
        ),
        apart=tuple(apart),
    )


def _comparable(one: dict[str, Fact], other: dict[str, Fact]) -> bool:
    return one.keys() == other.keys() and all(compare_fact(one[name], other[name]) == "same" for name in one)


def _differs(frame: dict[str, Fact], first: dict[str, Fact]) -> tuple[tuple[str, str, str], ...]:
    """Return the fields in which a frame is not that of the first group; "not stated" where one side is silent."""
    silent = "not stated"
    return tuple(
        (name, show(frame.get(name)) or silent, show(first.get(name)) or silent)
        for name in sorted({*frame, *first})
        if name not in frame or name not in first or compare_fact(frame[name], first[name]) != "same"
    )


def _written(frame: dict[str, Fact]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, show(fact)) for name, fact in frame.items() if show(fact)))


def _order(item: Cited, sign: float) -> tuple[float, str]:
    return sign * (item[1].canonical_value or 0.0), item[0]
