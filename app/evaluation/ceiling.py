"""Say how far each annotated effect gets: its names found, the pair considered, the claim made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.evaluation.gold import Passage
from app.evaluation.judging import PAIR, SIGNED, agreement
from app.evaluation.naming import Name, Naming
from app.evaluation.readings import Claim, Reading
from ontology.model import Extraction, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a name that was found, and where."""

    name: Name
    where: Span


@dataclass(frozen=True, slots=True)
class Reach:
    """Say of one annotated effect how far it gets."""

    gold: Claim
    cause_in_text: bool
    cause_in_sentence: bool
    target_in_sentence: bool
    considered: bool  # the pair was weighed, at whatever confidence
    signed: bool  # with the right direction and verdict


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Count the annotated effects that get so far; recall cannot pass the last."""

    effects: int
    cause_in_text: int
    cause_in_sentence: int
    target_in_sentence: int
    both: int  # cause in the text and target in the sentence
    considered: int
    signed: int

    def to_json(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


def names_in(extraction: Extraction, naming: Naming) -> list[Place]:
    """List what an extraction found by name: its mentions."""
    return [Place(naming.read(m.label, m.text, m.concept), Span(m.start, m.end)) for m in extraction.mentions]


def reached(passage: Passage, all_of_it: Reading, places: Sequence[Place], naming: Naming) -> list[Reach]:
    """Follow each annotated effect of a passage through a reading at confidence 0."""
    found = []
    for gold in passage.said.effects:
        causes = [place for place in places if naming.same(gold.cause, place.name)]
        inside = [
            place for place in places if place.where.start < gold.where.end and gold.where.start < place.where.end
        ]
        grades = [agreement(gold, claim, naming) for claim in all_of_it.effects]
        found.append(
            Reach(
                gold,
                bool(causes),
                any(place in inside for place in causes),
                any(naming.same(gold.target, place.name) for place in inside),
                PAIR in grades or SIGNED in grades,
                SIGNED in grades,
            )
        )
    return found


def ceiling(rows: Sequence[Reach]) -> Ceiling:
    """Sum up."""
    return Ceiling(
        len(rows),
        sum(row.cause_in_text for row in rows),
        sum(row.cause_in_sentence for row in rows),
        sum(row.target_in_sentence for row in rows),
        sum(row.cause_in_text and row.target_in_sentence for row in rows),
        sum(row.considered for row in rows),
        sum(row.signed for row in rows),
    )
