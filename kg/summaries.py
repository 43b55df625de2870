"""Say conclusions in one readable line, the same in every store, so that no query joins text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import cache

from ontology import ID_NS, Ontology
from ontology.codec import digest
from ontology.model import Conditions, DoubleEdge, IndirectHelp, Quantity

__all__ = [
    "condition_text",
    "edge_text",
    "flank_text",
    "indirect_iri",
    "label_of",
    "quantity_text",
    "via_label",
]


def quantity_text(quantity: Quantity) -> str:
    """Return a quantity as written, else its value or range with its unit."""
    if quantity.text:
        return quantity.text
    number = f"{quantity.value:g}" if quantity.value is not None else ""
    if not number and (quantity.low is not None or quantity.high is not None):
        number = "–".join(f"{end:g}" if end is not None else "…" for end in (quantity.low, quantity.high))
    sign = "" if quantity.qualifier == "=" else quantity.qualifier.replace("up_to", "up to ")
    return f"{sign}{number} {quantity.unit}".strip()


def condition_text(conditions: Conditions | Iterable[tuple[str, ...]]) -> str:
    """Return conditions in one line: "temperature 45 °C; cell full".

    Pairs hold a field and its text, triples a field with its text on either side ("regime cycling / storage").
    """
    if isinstance(conditions, Conditions):
        stated = [(name, getattr(conditions, name)) for name in _condition_fields()]
        conditions = [
            (name, quantity_text(value) if isinstance(value, Quantity) else value)
            for name, value in stated
            if value is not None
        ]
    return "; ".join(f"{name.replace('_', ' ')} {' / '.join(sides)}" for name, *sides in conditions)


def edge_text(edge: DoubleEdge) -> str:
    """Return what separates the edges in a line; of an optimum the window, and what is told of its sides."""
    if edge.kind != "optimum":
        return condition_text(edge.separated_by)
    window = f"window {quantity_text(edge.window)}" if edge.window else ""
    sides = (f"{side}: {text}" for side in ("below", "above") if (text := flank_text(edge, side)))
    return "; ".join(part for part in (window, *sides) if part)


def flank_text(edge: DoubleEdge, side: str) -> str:
    """Return what is reported on one side of an optimum's window: "helps at 5 wt%; harms at 1 wt%"."""
    row = next((row for row in edge.separated_by if edge.kind == "optimum" and row[0] == side), None)
    if row is None:
        return ""
    return "; ".join(f"{verb} at {where}" for verb, where in zip(("helps", "harms"), row[1:], strict=True) if where)


def via_label(via: tuple[str, ...], ontology: Ontology) -> str:
    """Return the failure modes that help passes through: "HF formation > corrosion"."""
    return " > ".join(label_of(iri, ontology) for iri in via)


def label_of(iri: str, ontology: Ontology) -> str:
    """Return a concept's preferred label, or the IRI of what is none."""
    concept = ontology.concepts.get(iri)
    return concept.label if concept else iri


def indirect_iri(help_: IndirectHelp) -> str:
    """Return the IRI of an inferred help."""
    return f"{ID_NS}indirect/{digest([help_.cause, help_.metric, help_.regime, *help_.via])[:24]}"


@cache
def _condition_fields() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Conditions))
