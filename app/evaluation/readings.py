"""Hold what a text says in the one form in which annotation and extraction are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from app.evaluation.naming import Name, Naming
from ontology.model import Assertion, Conditions, Evidence, Extraction, Measurement, Quantity, Span

_JUDGED_KINDS = ("strategy", "material", "metric", "failure_mode")


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a thing that is named, and all the places where it is."""

    kind: str
    text: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one effect, asserted in the sentence at ``where``; conditions and comparator are words."""

    cause: Name
    target: Name
    direction: str
    verdict: str
    where: Span
    label: str  # for people: "FEC additive -> capacity retention"
    cause_kind: str = ""
    hedged: bool = False
    negated: bool = False
    comparator: str = ""
    conditions: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one measurement; ``values`` is one number or the two ends of a range."""

    metric: Name
    values: tuple[float, ...]
    unit: str
    where: Span
    label: str
    subject: Name | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that one text says."""

    mentions: tuple[Named, ...] = ()
    effects: tuple[Claim, ...] = ()
    measurements: tuple[Figure, ...] = ()


def reading(extraction: Extraction, naming: Naming) -> Reading:
    """Bring an extraction into the form of an annotation."""
    text = extraction.document.text
    return Reading(
        tuple(Named(m.kind, m.text, (Span(m.start, m.end),)) for m in extraction.mentions if m.kind in _JUDGED_KINDS),
        tuple(_claim(e, text, naming) for e in extraction.effects),
        tuple(_figure(m, naming) for m in extraction.measurements),
    )


def _claim(e: Assertion, text: str, naming: Naming) -> Claim:
    level = _words_of(e.cause_change.quantity)
    return Claim(
        cause=naming.read(e.cause, text[slice(*e.cause_span)], e.cause_concept),
        target=naming.read(e.target, text[slice(*e.target_span)], e.target_concept),
        direction=e.direction,
        verdict="neutral" if e.verdict == "undetermined" else e.verdict,
        where=_sentence(e.evidence),
        label=f"{e.cause} -> {e.target} {e.direction} {e.verdict}",
        cause_kind=e.cause_kind,
        hedged=e.hedged,
        negated=e.negated,
        comparator=e.comparator.text if e.comparator else "",
        conditions=(*_stated(e.conditions), *([level] if level else [])),
        confidence=e.confidence,
    )


def _figure(m: Measurement, naming: Naming) -> Figure:
    quantity = m.quantity
    ends = (quantity.value,) if quantity.value is not None else (quantity.low, quantity.high)
    return Figure(
        metric=naming.read(m.metric, "", m.metric_concept),
        values=tuple(end for end in ends if end is not None),
        unit=quantity.unit,
        where=_sentence(m.evidence),
        label=f"{m.metric} {quantity.text or quantity.value} {quantity.unit} ({m.subject or 'no subject'})",
        subject=naming.read(m.subject, "", m.subject_concept) if m.subject else None,
    )


def _sentence(evidence: Sequence[Evidence]) -> Span:
    whole = next((e for e in evidence if e.role == "sentence"), evidence[0])
    return Span(whole.start, whole.end)


def _stated(conditions: Conditions) -> list[str]:
    values = [(f.name, getattr(conditions, f.name)) for f in fields(conditions)]
    return [value if isinstance(value, str) else _words_of(value) for _, value in values if value is not None]


def _words_of(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    numbers = [f"{n:g}" for n in (quantity.value, quantity.low, quantity.high) if n is not None]
    return " ".join([quantity.text, *numbers, quantity.unit])
