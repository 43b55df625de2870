"""Build small claims for the tests of kg: facts only, no text of any paper."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from kg.claims import WorkClaims
from ontology.identity import assertion_iri, measurement_iri, normalise_doi, numbered, work_iri
from ontology.model import (
    Assertion,
    CauseChange,
    Conditions,
    Document,
    Evidence,
    Extraction,
    Measurement,
    Quantity,
    Reference,
    Span,
)
from ontology.terms import Concept, Degrades, Ontology
from ontology.vocabulary import CONCEPT_NS


def iri(slug: str) -> str:
    return CONCEPT_NS + slug


def concept(slug: str, kind: str, desirability: str = "", **fields: Any) -> Concept:
    return Concept(iri(slug), kind, slug.replace("-", " "), desirability=desirability, **fields)


CONCEPTS = (
    concept("fec", "strategy", broader=(iri("additive"),)),
    concept("additive", "strategy"),
    concept("coating", "strategy"),
    concept("artificial-sei", "strategy"),
    concept("prelithiation", "strategy"),
    concept("libob", "material"),
    concept("lipf6", "material"),
    concept("cycle-life", "metric", "higher_better", regime="cycling"),
    concept("calendar-life", "metric", "higher_better", regime="storage"),
    concept("storage-performance", "metric", "higher_better", broader=(iri("calendar-life"),)),
    concept("shelf-life", "metric", "higher_better", quantity=iri("calendar-life")),
    concept("capacity-retention", "metric", "higher_better"),
    concept("capacity-fade", "metric", "lower_better", quantity=iri("capacity-retention"), polarity=-1),
    concept("ice", "metric", "higher_better"),
    concept("energy-density", "metric", "higher_better"),
    concept("porosity", "metric", "context"),
    concept(
        "sei-cracking",
        "failure_mode",
        "lower_better",
        degrades=(Degrades(iri("cycle-life"), "cycling", "10.1/x"),),
    ),
    concept(
        "sei-dissolution",
        "failure_mode",
        "lower_better",
        degrades=(Degrades(iri("calendar-life"), "storage", "10.1/x"),),
    ),
    concept("lithium-inventory", "metric", "higher_better"),
    concept(
        "lithium-loss",
        "failure_mode",
        "lower_better",
        quantity=iri("lithium-inventory"),
        polarity=-1,
        degrades=(Degrades(iri("shelf-life"), "storage", "10.1/x"),),
    ),
    concept("sei-thickness", "metric", "context"),
    concept("sei-growth", "failure_mode", "lower_better", quantity=iri("sei-thickness")),
    concept("hf-corrosion", "failure_mode", "lower_better"),
    concept(
        "side-reactions",
        "failure_mode",
        "lower_better",
        degrades=(
            Degrades(iri("cycle-life"), "cycling", "10.1/x"),
            Degrades(iri("calendar-life"), "storage", "10.1/x"),
        ),
    ),
    concept(
        "dead-silicon",
        "failure_mode",
        "lower_better",
        broader=(iri("sei-dissolution"),),
        degrades=(Degrades(iri("cycle-life"), "cycling", "10.1/x"),),
    ),
)


def ontology() -> Ontology:
    return Ontology({item.iri: item for item in CONCEPTS}, digest="test")


KINDS = {item.iri: item.kind for item in CONCEPTS}


def says(
    cause: str, direction: str, target: str, *, quote: str = "", change: str = "applied", **fields: Any
) -> Assertion:
    """Build an assertion; a cause or target known to the test ontology is grounded, any other is a bare name."""
    known = {slug: iri(slug) for slug in (cause, target) if iri(slug) in KINDS}
    quote = quote or f"{cause} {change} {direction} {target}."
    level = fields.pop("level", None)
    return Assertion(
        cause=cause,
        cause_concept=known.get(cause),
        cause_kind=KINDS.get(iri(cause), "strategy"),  # type: ignore[arg-type]
        cause_span=Span(0, 1),
        target=target,
        target_concept=known.get(target),
        target_kind=KINDS.get(iri(target), "metric"),  # type: ignore[arg-type]
        target_span=Span(2, 3),
        direction=direction,  # type: ignore[arg-type]
        verdict=fields.pop("verdict", "undetermined"),
        cause_change=CauseChange(change, level),  # type: ignore[arg-type]
        evidence=(Evidence("sentence", 0, len(quote), quote),),
        **fields,
    )


def measures(metric: str, value: float, unit: str = "%", **fields: Any) -> Measurement:
    quote = f"{metric} {value} {unit}"
    return Measurement(
        metric=metric,
        metric_concept=iri(metric),
        quantity=Quantity(value=value, unit=unit, text=f"{value} {unit}"),
        unit_iri=None,
        canonical_value=value,
        canonical_unit=unit,
        value_span=Span(0, 1),
        evidence=(Evidence("sentence", 0, len(quote), quote),),
        **fields,
    )


def paper(name: str, *effects: Assertion, measurements: tuple[Measurement, ...] = (), **fields: Any) -> Extraction:
    """Build an extraction whose text is made of its evidence."""
    text = fields.pop("text", " ".join(effect.evidence[0].text for effect in effects) or name)
    data = text.encode()
    document = Document(
        id=name,
        path=fields.pop("path", f"{name}.txt"),
        format=fields.pop("format", "text"),
        text=text,
        sha256=hashlib.sha256(name.encode() + data).hexdigest(),
        text_sha256=hashlib.sha256(data).hexdigest(),
        **fields,
    )
    return Extraction(document, effects=effects, measurements=measurements, extractor="test 1")


def work(
    doi: str,
    *effects: Assertion,
    measurements: tuple[Measurement, ...] = (),
    cites: dict[str, str] | None = None,
    **fields: Any,
) -> WorkClaims:
    key = f"doi:{normalise_doi(doi)}"
    references = tuple(Reference(name, doi=cited) for name, cited in (cites or {}).items())
    return WorkClaims(
        key,
        work_iri(key),
        doi=doi,
        references=references,
        effects=numbered(key, effects, assertion_iri),
        measurements=numbered(key, measurements, measurement_iri),
        **fields,
    )


def at(**fields: Any) -> Conditions:
    """Build conditions; a number with unit may be written as a pair."""
    return Conditions(**{name: number(*value) if isinstance(value, tuple) else value for name, value in fields.items()})


def number(value: float, unit: str) -> Quantity:
    return Quantity(value=value, unit=unit, text=f"{value:g} {unit}")


__all__ = ["CONCEPTS", "at", "concept", "iri", "measures", "number", "ontology", "paper", "replace", "says", "work"]
