"""Claims of a library as table rows, and one claim as the quote behind it: pure, from works to values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.answer import Quote
from app.cards import SOURCES
from app.ranking import texts
from kg import WorkClaims, WorkSummary, condition_text, quantity_text
from ontology.model import Assertion, Evidence, Measurement, Span


class Claim(NamedTuple):
    """Hold one statement of one work under its IRI."""

    iri: str
    work: WorkClaims | WorkSummary
    said: Assertion


class Reported(NamedTuple):
    """Hold one number of one work under its IRI."""

    iri: str
    work: WorkClaims
    said: Measurement


class Place(NamedTuple):
    """Say where a claim stands: its text, its sentence, and what tells it from others of that sentence."""

    text_sha256: str
    sentence: Span
    cause: Span | None
    target: Span | None
    value: Span | None


def claims(works: Iterable[WorkClaims]) -> Iterator[Claim]:
    """Yield every statement of every work, in the order of the works and of their texts."""
    for work in works:
        for iri, said in work.effects:
            yield Claim(iri, work, said)


def measurements(works: Iterable[WorkClaims]) -> Iterator[Reported]:
    """Yield every reported number of every work."""
    for work in works:
        for iri, said in work.measurements:
            yield Reported(iri, work, said)


def quote(claim: Claim | Reported) -> Quote:
    """Return the words behind a claim and where they stand."""
    work, said = claim.work, claim.said
    sentence = said.evidence[0]
    return Quote(
        document=work.document,
        doi=work.doi,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        hedged=said.hedged,
        source_kind=said.source_kind,
        citations=said.citations,
        section=said.section,
        summary_of=work.summary_of,
        title=work.title,
        text_sha256=work.text_sha256,
        marks=said.evidence[1:],
    )


def marks(works: Sequence[WorkClaims]) -> dict[Place, tuple[Evidence, ...]]:
    """Return all words that carry each claim, by where it stands."""
    said: list[Claim | Reported] = [*claims(works), *measurements(works)]
    return {place(quote(one)): one.said.evidence[1:] for one in said if one.said.evidence}


def place(found: Quote) -> Place:
    """Return where a claim stands: its text, its sentence, and its cause, target and value in it."""
    spans = {mark.role: Span(mark.start, mark.end) for mark in found.marks}
    cause, target, value = (spans.get(role) for role in ("cause", "target", "value"))
    return Place(found.text_sha256, Span(found.start, found.end), cause, target, value)


def work_label(work: WorkClaims | WorkSummary) -> str:
    """Name a work in a line; a digest says that it is one."""
    if work.summary_of:
        return f"summary of DOI {work.summary_of}"
    year = f" ({work.year})" if work.year else ""
    return f"{work.title or work.document}{year}"


MEASUREMENT_COLUMNS = {
    "metric": "What was measured",
    "subject": "Of what; empty where the sentence does not say",
    "value": "As the work writes it",
    "canonical": "The same in the metric's own unit; the middle of a range",
    "unit": "Unit of the canonical value",
    "basis": "What the value is counted by, such as per gram of silicon; empty where the work does not say",
    "mode": "Measured, simulated, extrapolated or projected",
    "source": "Whether the work reports its own result or repeats another's",
    "conditions": "Every condition the work states for this number",
    "work": "Where it is said; a digest is named as the summary it is",
}


def measurement_row(number: Reported) -> dict[str, object]:
    """Return a number as a table row with MEASUREMENT_COLUMNS."""
    said = number.said
    return {
        "metric": said.metric,
        "subject": said.subject or "",
        "value": quantity_text(said.quantity),
        "canonical": said.canonical_value,
        "unit": said.canonical_unit,
        "basis": said.basis or "",
        "mode": said.mode,
        "source": SOURCES[said.source_kind] + (", hedged" if said.hedged else ""),
        "conditions": "; ".join(texts(condition_text(said.conditions))),
        "work": work_label(number.work),
    }
