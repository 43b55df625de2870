"""Say what one claim holds in readable lines, the same in every store: they are projected, never read back."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims import WorkClaims
from kg.measurement_frames import frame_text, missing_text
from kg.summaries import condition_text, quantity_text
from ontology.model import Assertion, Measurement, Quantity

__all__ = ["claim_texts", "process_text", "source_text"]

# Conditions of making and dosing: what a person would set to repeat it.
_PROCESS = [
    "dose",
    "process_temperature",
    "particle_size",
    "domain_size",
    "thickness",
    "loading",
    "pore_volume",
    "silicon_of_composite",
    "binder",
    "prelithiation",
    "additive",
    "salt",
    "solvents",
]


def claim_texts(claim: Assertion | Measurement) -> Iterator[tuple[str, str]]:
    """Yield the lines about a claim that are not empty, each with the name of its RDF property."""
    lines = [("conditionText", condition_text(claim.conditions)), ("citationText", ", ".join(claim.citations))]
    if isinstance(claim, Measurement):
        lines += ("frameText", frame_text(claim)), ("missingText", missing_text(claim))
    else:
        lines.append(("processText", process_text(claim)))
    return (line for line in lines if line[1])


def process_text(assertion: Assertion) -> str:
    """Return how the cause was applied, in one line: its level, dose, temperature of making, size, thickness …"""
    level = assertion.cause_change.quantity
    pairs = [("level", quantity_text(level))] if level else []
    for name in _PROCESS:
        value = getattr(assertion.conditions, name)
        if value is not None:
            pairs.append((name, quantity_text(value) if isinstance(value, Quantity) else value))
    return condition_text(pairs)


def source_text(work: WorkClaims) -> str:
    """Return where a work's sentences stand: its DOI, "summary of" one, else the document's name."""
    if work.summary_of:
        return f"summary of {work.doi or work.summary_of}"
    return work.doi or work.document or work.work
