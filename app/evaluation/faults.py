"""Sort what went wrong by its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.evaluation.ceiling import Reach
from app.evaluation.judging import METRIC, PAIR, QUANTITY, Judged, agreement
from app.evaluation.naming import Naming
from app.evaluation.readings import Claim
from ontology.model import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one fault: its category, the passage, what is annotated or claimed, and the words or the counterpart."""

    category: str
    passage: str
    what: str
    beside: str


def faults(judged: Judged, reach: Sequence[Reach], naming: Naming) -> Iterator[Finding]:
    """Yield the faults of one passage."""
    passage = judged.passage

    def words(where: Span) -> str:
        return passage.text[where.start : where.end]

    ways = {id(row.gold): row for row in reach}
    for gold in judged.missed_effects:
        yield Finding(f"missed effect: {_why_missed(ways[id(gold)])}", passage.id, gold.label, words(gold.where))
    for gold, claim, grade in judged.effects:
        if grade == PAIR:
            yield Finding(f"wrong {_what_differs(gold, claim, naming)}", passage.id, gold.label, claim.label)
    for claim in judged.spurious_effects:
        why = _why_spurious(claim, passage.said.effects, naming)
        yield Finding(f"spurious effect: {why}", passage.id, claim.label, words(claim.where))
    for figure in judged.missed_figures:
        yield Finding("missed quantity", passage.id, figure.label, words(figure.where))
    for number in judged.spurious_figures:
        yield Finding("spurious quantity", passage.id, number.label, words(number.where))
    for figure, read, level in judged.figures:
        if level in (QUANTITY, METRIC):
            wrong = "wrong metric of a quantity" if level == QUANTITY else "wrong subject of a quantity"
            yield Finding(wrong, passage.id, figure.label, read.label)
    for mention in judged.missed_mentions:
        yield Finding(f"missed {mention.kind.replace('_', ' ')} mention", passage.id, mention.text, "")
    for mention in judged.spurious_mentions:
        yield Finding(f"spurious {mention.kind.replace('_', ' ')} mention", passage.id, mention.text, "")


def _why_missed(way: Reach) -> str:
    if not way.considered:
        if not way.cause_in_text:
            return "cause not named"
        if not way.target_in_sentence:
            return "target not named"
        return "pair not considered" if way.cause_in_sentence else "pair not considered, cause in another sentence"
    return "below the dial" if way.signed else "below the dial, and wrong sign"


def _what_differs(gold: Claim, claim: Claim, naming: Naming) -> str:
    flipped = {"increases": "decreases", "decreases": "increases"}
    opposite = naming.opposite(gold.target, claim.target)
    direction = flipped.get(claim.direction, claim.direction) if opposite else claim.direction
    return "verdict" if direction == gold.direction else "direction"


def _why_spurious(claim: Claim, annotated: Sequence[Claim], naming: Naming) -> str:
    here = [gold for gold in annotated if gold.where.start < claim.where.end and claim.where.start < gold.where.end]
    if not here:
        return "the sentence carries none"
    if any(agreement(gold, claim, naming) for gold in here):
        return "said twice"
    if any(naming.same(gold.target, claim.target) for gold in here):
        return "wrong cause"
    if any(naming.same(gold.cause, claim.cause) for gold in here):
        return "wrong target"
    return "neither cause nor target"
