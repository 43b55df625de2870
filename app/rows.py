"""Claims of a library as table rows, and one claim as the quote behind it: pure, from works to values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import NamedTuple

from app.answer import Quote
from kg import WorkClaims
from ontology.model import Assertion, Conditions, Measurement, Quantity


class Claim(NamedTuple):
    """Hold one statement of one work under its IRI."""

    iri: str
    work: WorkClaims
    said: Assertion


class Reported(NamedTuple):
    """Hold one number of one work under its IRI."""

    iri: str
    work: WorkClaims
    said: Measurement


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


def work_label(work: WorkClaims) -> str:
    """Name a work in a line; a digest says that it is one."""
    if work.summary_of:
        return f"summary of DOI {work.summary_of}"
    year = f" ({work.year})" if work.year else ""
    return f"{work.title or work.document}{year}"


def condition_texts(conditions: Conditions) -> tuple[str, ...]:
    """Return every stated condition as ``field: text``, in the order of the claim model."""
    stated = ((field.name.replace("_", " "), getattr(conditions, field.name)) for field in fields(conditions))
    return tuple(f"{name}: {_shown(value)}" for name, value in stated if value is not None)


def quantity_text(quantity: Quantity) -> str:
    """Write a quantity as its paper does; without a wording, from its parts."""
    if quantity.text:
        return quantity.text
    if quantity.value is not None:
        number = f"{quantity.value:g}"
    else:
        number = "–".join(f"{bound:g}" for bound in (quantity.low, quantity.high) if bound is not None)
    qualifier = "" if quantity.qualifier == "=" else quantity.qualifier.replace("_", " ") + " "
    return f"{qualifier}{number} {quantity.unit}".strip()


def _shown(value: Quantity | str) -> str:
    return quantity_text(value) if isinstance(value, Quantity) else str(value).replace("_", " ")
