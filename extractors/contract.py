"""Print an extraction as the stable contract that outside tools read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ontology.model import Assertion, Conditions, Evidence, Extraction, Measurement, Mention, Quantity

__all__ = ["to_contract"]


def to_contract(extraction: Extraction) -> dict[str, Any]:
    """Return the JSON object of one document; offsets half-open, in characters of its text."""
    document = extraction.document
    return {
        "document": {
            "id": document.id,
            "path": document.path,
            "title": document.title,
            "doi": document.doi,
            "format": document.format,
            "sha256": document.sha256,
            "text_sha256": document.text_sha256,
            "chars": len(document.text),
        },
        "mentions": [_mention(m) for m in extraction.mentions],
        "measurements": [_measurement(m) for m in extraction.measurements],
        "effects": [_effect(e) for e in extraction.effects],
    }


def _mention(m: Mention) -> dict[str, Any]:
    return {
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "kind": m.kind,
        "concept": m.concept,
        "label": m.label,
        "score": m.score,
    }


def _measurement(m: Measurement) -> dict[str, Any]:
    return {
        "metric": m.metric,
        "metric_concept": m.metric_concept,
        "value": m.quantity.value,
        "low": m.quantity.low,
        "high": m.quantity.high,
        "qualifier": m.quantity.qualifier,
        "unit": m.quantity.unit,
        "unit_iri": m.unit_iri,
        "canonical_value": m.canonical_value,
        "canonical_unit": m.canonical_unit,
        "basis": m.basis,
        "statistic": m.statistic,
        "mode": m.mode,
        "subject": m.subject,
        "subject_concept": m.subject_concept,
        "conditions": _conditions(m.conditions),
        "source_kind": m.source_kind,
        "hedged": m.hedged,
        "citations": list(m.citations),
        "section": m.section,
        "value_span": list(m.value_span),
        "evidence": [_evidence(e) for e in m.evidence],
        "confidence": m.confidence,
    }


def _effect(e: Assertion) -> dict[str, Any]:
    comparator = e.comparator and {
        "type": e.comparator.type,
        "concept": e.comparator.concept,
        "text": e.comparator.text,
    }
    return {
        "cause": e.cause,
        "cause_concept": e.cause_concept,
        "cause_kind": e.cause_kind,
        "cause_change": e.cause_change.kind,
        "cause_level": _quantity(e.cause_change.quantity),
        "cause_span": list(e.cause_span),
        "target": e.target,
        "target_concept": e.target_concept,
        "target_span": list(e.target_span),
        "direction": e.direction,
        "verdict": e.verdict,
        "comparator": comparator,
        "conditions": _conditions(e.conditions),
        "magnitude": _quantity(e.magnitude),
        "window": _quantity(e.window),
        "mechanism": [
            {
                "name": link.name,
                "concept": link.concept,
                "direction": link.direction,
                "start": link.start,
                "end": link.end,
            }
            for link in e.mechanism
        ],
        "hedged": e.hedged,
        "negated": e.negated,
        "source_kind": e.source_kind,
        "citations": list(e.citations),
        "section": e.section,
        "evidence": [_evidence(piece) for piece in e.evidence],
        "confidence": e.confidence,
    }


def _conditions(conditions: Conditions) -> dict[str, Any]:
    stated = ((f.name, getattr(conditions, f.name)) for f in fields(conditions))
    return {name: value if isinstance(value, str) else _quantity(value) for name, value in stated if value is not None}


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    given = ((f.name, getattr(quantity, f.name)) for f in fields(quantity))
    return {name: value for name, value in given if value not in (None, "") and (name, value) != ("qualifier", "=")}


def _evidence(e: Evidence) -> dict[str, Any]:
    return {"role": e.role, "start": e.start, "end": e.end, "text": e.text}
