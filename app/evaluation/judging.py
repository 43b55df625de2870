"""Hold what was read of a passage against its annotation: what is right, invented, missed, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.evaluation.gold import Passage
from app.evaluation.naming import Naming
from app.evaluation.readings import Claim, Figure, Named, Reading
from app.evaluation.units import unit_key
from ontology.model import Span

# How far a reading agrees with the annotation.
PAIR, SIGNED = 1, 2  # of an effect: cause and target; direction and verdict as well
QUANTITY, METRIC, SUBJECT = 1, 2, 3  # of a measurement: value and unit; metric as well; subject as well

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold the verdicts on one passage; a match is (annotated, read, grade)."""

    passage: Passage
    mentions: tuple[Named, ...]  # right ones, as annotated
    missed_mentions: tuple[Named, ...]
    spurious_mentions: tuple[Named, ...]
    effects: tuple[tuple[Claim, Claim, int], ...]
    missed_effects: tuple[Claim, ...]
    spurious_effects: tuple[Claim, ...]
    figures: tuple[tuple[Figure, Figure, int], ...]
    missed_figures: tuple[Figure, ...]
    spurious_figures: tuple[Figure, ...]
    links: tuple[Claim, ...] = ()  # annotated mechanism links that were read
    true: tuple[tuple[Claim, bool], ...] = ()  # each judged claim, and whether the passage says so


def judge(passage: Passage, read: Reading, naming: Naming) -> Judged:
    """Judge a reading of a passage."""
    right, missed, spurious = _mentions(passage.said.mentions, read.mentions)
    effects = _assign(passage.said.effects, read.effects, lambda a, b: agreement(a, b, naming), _surest)
    figures = _assign(passage.said.measurements, read.measurements, lambda a, b: _figure(a, b, naming), lambda _: 0.0)
    used = {id(claim) for _, claim, _ in effects}
    left = [claim for claim in read.effects if id(claim) not in used]
    links = _assign(passage.links, left, lambda a, b: agreement(a, b, naming), _surest)
    return Judged(
        passage=passage,
        mentions=right,
        missed_mentions=missed,
        spurious_mentions=spurious,
        effects=effects,
        missed_effects=_without(passage.said.effects, (gold for gold, _, _ in effects)),
        spurious_effects=tuple(claim for claim in left if not _is_neither(claim, passage, naming)),
        figures=figures,
        missed_figures=_without(passage.said.measurements, (gold for gold, _, _ in figures)),
        spurious_figures=tuple(
            f
            for f in _without(read.measurements, (f for _, f, _ in figures))
            if not any(_touch(f.where, o.where) and _same_values(f.values, o.values) for o in passage.optional.measurements)
        ),
        links=tuple(gold for gold, _, grade in links if grade == SIGNED or not gold.verdict),
        true=tuple(
            (claim, is_true) for claim in read.effects if (is_true := truth(claim, passage, naming)) is not None
        ),
    )  # fmt: skip


def agreement(annotated: Claim, claim: Claim, naming: Naming) -> int:
    """Return 0, PAIR or SIGNED: how far a claim says what is annotated, in the sentence where it is."""
    if not _touch(annotated.where, claim.where):
        return 0
    if not naming.same(annotated.cause, claim.cause) or not naming.same(annotated.target, claim.target):
        return 0
    direction = claim.direction
    if naming.opposite(annotated.target, claim.target):
        direction = {"increases": "decreases", "decreases": "increases"}.get(direction, direction)
    if direction != annotated.direction:
        return PAIR
    return SIGNED if direction == "no_change" or annotated.verdict in ("", claim.verdict) else PAIR


def truth(claim: Claim, passage: Passage, naming: Naming) -> bool | None:
    """Tell whether a passage says what is claimed, links of a mechanism included; None where it is left open.

    A second claim of the same thing is as true as the first, so this is kinder than precision.
    """
    grades = [agreement(gold, claim, naming) for gold in (*passage.said.effects, *passage.links)]
    if SIGNED in grades:
        return True
    if PAIR not in grades and any(agreement(gold, claim, naming) for gold in passage.optional.effects):
        return None
    return False


def _is_neither(claim: Claim, passage: Passage, naming: Naming) -> bool:
    """Tell what counts neither way: optional rows, and causes that are themselves failures or metrics."""
    if claim.cause_kind in ("failure_mode", "metric"):
        return True
    return any(agreement(gold, claim, naming) for gold in (*passage.optional.effects, *passage.links))


def _mentions(
    annotated: Sequence[Named], read: Sequence[Named]
) -> tuple[tuple[Named, ...], tuple[Named, ...], tuple[Named, ...]]:
    """Part mentions: a reading is right at any place where an annotated surface of its kind stands."""

    def meet(one: Named, other: Named) -> bool:
        return one.kind == other.kind and any(_touch(a, b) for a in one.places for b in other.places)

    right = tuple(one for one in annotated if any(meet(one, other) for other in read))
    spurious = tuple(other for other in read if not any(meet(one, other) for one in annotated))
    return right, _without(annotated, right), spurious


def _figure(annotated: Figure, read: Figure, naming: Naming) -> int:
    if not _touch(annotated.where, read.where) or not _same_values(annotated.values, read.values):
        return 0
    if unit_key(annotated.unit) != unit_key(read.unit):
        return 0
    if not naming.same(annotated.metric, read.metric):
        return QUANTITY
    if annotated.subject is None or (read.subject is not None and naming.same(annotated.subject, read.subject)):
        return SUBJECT
    return METRIC


def _assign(
    annotated: Sequence[T], read: Sequence[T], grade: Callable[[T, T], int], surety: Callable[[T], float]
) -> tuple[tuple[T, T, int], ...]:
    """Pair each annotated row with at most one reading, the best and surest pairs first."""
    found = [
        (-level, -surety(claim), at, other)
        for at, gold in enumerate(annotated)
        for other, claim in enumerate(read)
        if (level := grade(gold, claim))
    ]
    taken: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for level, _, at, other in sorted(found):
        if at not in taken and other not in used:
            taken[at] = other, -level
            used.add(other)
    return tuple((annotated[at], read[other], level) for at, (other, level) in sorted(taken.items()))


def _surest(claim: Claim) -> float:
    return claim.confidence


def _without(rows: Iterable[T], gone: Iterable[T]) -> tuple[T, ...]:
    taken = {id(row) for row in gone}
    return tuple(row for row in rows if id(row) not in taken)


def _same_values(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= 1e-6 * max(1.0, abs(x)) for x, y in zip(a, b, strict=True))


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
