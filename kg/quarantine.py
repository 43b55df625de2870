"""Keep what the shapes refuse out of every graph: it stays in the library with its reason, and is always reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

from kg.claims import WorkClaims
from kg.records import document_claims
from ontology.identity import assertion_iri, measurement_iri, numbered, work_key
from ontology.model import Extraction

__all__ = ["refusals", "without"]

_VALIDATE = "kg.validate"  # loads an SHACL engine, which costs half a second


def refusals(extraction: Extraction) -> dict[str, str]:
    """Return what the shapes have against a reading, by claim IRI; by the work's where the work is malformed."""
    work = work_key(extraction.document)
    claims = document_claims(
        extraction.document,
        work=work,
        extractor=extraction.extractor,
        effects=numbered(work, extraction.effects, assertion_iri),
        measurements=numbered(work, extraction.measurements, measurement_iri),
    )
    reasons: dict[str, str] = import_module(_VALIDATE).violations(claims)
    return reasons


def without(claims: WorkClaims, reasons: Mapping[str, str]) -> WorkClaims:
    """Return a work's claims without the refused ones; none where the work itself is refused."""
    if not reasons:
        return claims
    if claims.iri in reasons:
        return replace(claims, effects=(), measurements=())
    return replace(
        claims,
        effects=tuple(pair for pair in claims.effects if pair[0] not in reasons),
        measurements=tuple(pair for pair in claims.measurements if pair[0] not in reasons),
    )
