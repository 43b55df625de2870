"""Turn verdicts on passages into figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.evaluation.calibration import Bin, calibration_error, reliability
from app.evaluation.ceiling import Ceiling, Reach, ceiling, names_in, reached
from app.evaluation.faults import Finding, faults
from app.evaluation.gold import Passage
from app.evaluation.judging import METRIC, SIGNED, SUBJECT, Judged, judge
from app.evaluation.naming import Naming, informative
from app.evaluation.readings import Claim, Reading, reading
from app.evaluation.tally import Tally
from ontology.model import Extraction

DIALS = tuple(round(0.05 * step, 2) for step in range(1, 20))  # at which the curve is drawn


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold an annotated passage with all that was read of it, and with what the dial lets through."""

    passage: Passage
    everything: Extraction  # at confidence 0
    shown: Extraction  # at the dial


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold all figures of one evaluation."""

    passages: int
    min_confidence: float
    table: Mapping[str, Tally]  # "sign" and "conditions" have a recall only
    phenomena: Mapping[str, Mapping[str, Tally]]  # phenomenon -> row of the table
    ceiling: Ceiling
    bins: tuple[Bin, ...]
    calibration_error: float
    curve: tuple[tuple[float, Tally], ...]  # (dial, signed effect)
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def faults(self) -> dict[str, int]:
        """Count the findings by category, the most frequent first."""
        counts: dict[str, int] = {}
        for finding in self.findings:
            counts[finding.category] = counts.get(finding.category, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def to_json(self) -> dict[str, Any]:
        """Return every figure, findings apart."""
        return {
            "passages": self.passages,
            "min_confidence": self.min_confidence,
            "table": {name: tally.to_json() for name, tally in self.table.items()},
            "phenomena": {
                name: {row: tally.to_json() for row, tally in rows.items()} for name, rows in self.phenomena.items()
            },
            "ceiling": self.ceiling.to_json(),
            "faults": self.faults,
            "calibration": {
                "error": round(self.calibration_error, 4),
                "bins": [
                    {"low": b.low, "high": b.high, "count": b.count, "confidence": round(b.confidence, 4), "true": round(b.true, 4)}
                    for b in self.bins
                ],
            },
            "curve": [{"min_confidence": dial, **tally.to_json()} for dial, tally in self.curve],
        }  # fmt: skip


def evaluate(samples: Sequence[Sample], naming: Naming, *, min_confidence: float) -> Evaluation:
    """Measure a reading of annotated passages."""
    judged, whole, ways, findings = list[Judged](), list[Judged](), list[Reach](), list[Finding]()
    for sample in samples:
        everything = reading(sample.everything, naming)
        judged.append(judge(sample.passage, reading(sample.shown, naming), naming))
        whole.append(judge(sample.passage, everything, naming))
        reach = reached(sample.passage, everything, names_in(sample.everything, naming), naming)
        findings += faults(judged[-1], reach, naming)
        ways += reach
    bins = reliability([(claim.confidence, is_true) for one in whole for claim, is_true in one.true])
    return Evaluation(
        passages=len(samples),
        min_confidence=min_confidence,
        table=table(judged),
        phenomena=by_phenomenon(judged),
        ceiling=ceiling(ways),
        bins=bins,
        calibration_error=calibration_error(bins),
        curve=curve([(s.passage, reading(s.everything, naming).effects) for s in samples], naming),
        findings=tuple(findings),
    )


def table(judged: Sequence[Judged]) -> dict[str, Tally]:
    """Sum the verdicts of passages up, row by row."""
    rows = {name: Tally() for name in (*_COUNTS, *_OF_RIGHT_PAIRS)}
    for one in judged:
        for name, count in _COUNTS.items():
            rows[name] += count(one)
        for gold, claim, grade in one.effects:
            for name, compare in _OF_RIGHT_PAIRS.items():
                rows[name] += compare(gold, claim, grade)
    return rows


def by_phenomenon(judged: Sequence[Judged]) -> dict[str, dict[str, Tally]]:
    """Sum signed effects and quantities up over the passages that show a phenomenon."""
    names = sorted({name for one in judged for name in one.passage.phenomena})
    rows = ("signed effect", "quantity")
    return {
        name: {
            row: sum((_COUNTS[row](one) for one in judged if name in one.passage.phenomena), Tally()) for row in rows
        }
        for name in names
    }


def curve(
    claims: Sequence[tuple[Passage, Sequence[Claim]]], naming: Naming, dials: Sequence[float] = DIALS
) -> tuple[tuple[float, Tally], ...]:
    """Return signed effects by dial; ``claims`` are those at confidence 0."""
    return tuple(
        (
            dial,
            sum(
                (
                    _signed(judge(passage, Reading(effects=tuple(c for c in said if c.confidence >= dial)), naming))
                    for passage, said in claims
                ),
                Tally(),
            ),
        )
        for dial in dials
    )


def _entities(one: Judged) -> Tally:
    return Tally(len(one.mentions), len(one.spurious_mentions), len(one.missed_mentions))


def _figures(one: Judged, least: int) -> Tally:
    right = sum(grade >= least for _, _, grade in one.figures)
    less = len(one.figures) - right
    return Tally(right, len(one.spurious_figures) + less, len(one.missed_figures) + less)


def _signed(one: Judged) -> Tally:
    right = sum(grade == SIGNED for _, _, grade in one.effects)
    less = len(one.effects) - right
    return Tally(right, len(one.spurious_effects) + less, len(one.missed_effects) + less)


_COUNTS: Mapping[str, Callable[[Judged], Tally]] = {
    "entities": _entities,
    "quantity": lambda one: _figures(one, 1),
    "… + metric": lambda one: _figures(one, METRIC),
    "… + subject": lambda one: _figures(one, SUBJECT),
    "pair": lambda one: Tally(len(one.effects), len(one.spurious_effects), len(one.missed_effects)),
    "signed effect": _signed,
    "mechanism link": lambda one: Tally(len(one.links), 0, len(one.passage.links) - len(one.links)),
}


def _comparator(gold: Claim, claim: Claim, _: int) -> Tally:
    if not gold.comparator or not claim.comparator:
        return Tally(0, bool(claim.comparator), bool(gold.comparator))
    wanted = informative(gold.comparator)
    return Tally(1) if not wanted or wanted & informative(claim.comparator) else Tally(0, 1, 1)


def _conditions(gold: Claim, claim: Claim, _: int) -> Tally:
    said = informative(" ".join((*claim.conditions, claim.comparator)))
    found = sum(len(informative(c) & said) >= max(1, len(informative(c)) // 2) for c in gold.conditions)
    return Tally(found, 0, len(gold.conditions) - found)


def _flag(gold: bool, claim: bool) -> Tally:
    return Tally(gold and claim, claim and not gold, gold and not claim)


_OF_RIGHT_PAIRS: Mapping[str, Callable[[Claim, Claim, int], Tally]] = {
    "sign": lambda _gold, _claim, grade: Tally(grade == SIGNED, 0, grade != SIGNED),
    "comparator": _comparator,
    "conditions": _conditions,
    "hedged": lambda gold, claim, _: _flag(gold.hedged, claim.hedged),
    "negated": lambda gold, claim, _: _flag(gold.negated, claim.negated),
}
