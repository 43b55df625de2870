"""Take from a read question what the catalogue wants: the concepts in its slots, its circumstances."""

from __future__ import annotations

from app.linking import Reading
from app.ranking import Row
from kg import Graph, find_question
from ontology.errors import QuestionError
from ontology.model import Kind


def cause_of(reading: Reading, graph: Graph) -> str | None:
    """Return the cause's concept, else the cause that a paper of this library coined and no concept covers."""
    link = reading.slots.get("cause")
    if link is None or link.concept is not None:
        return concept_of(reading, "cause")
    try:
        return str(graph.bind("edges-of-strategy", {"cause": link.text})["cause"])
    except QuestionError:
        return None


def concept_of(reading: Reading, slot: str) -> str | None:
    """Return the concept that the words in a slot name."""
    link = reading.slots.get(slot)
    return link.concept.iri if link is not None and link.concept is not None else None


def circumstances_of(reading: Reading, question: str) -> dict[str, str]:
    """Return the circumstances a question names that are parameters of a catalogue question."""
    known = {parameter.name for parameter in find_question(question).parameters}
    return {name: value for name, value in reading.circumstances.items() if name in known}


def given(**parameters: str | None) -> dict[str, str]:
    """Return the parameters that have a value."""
    return {name: value for name, value in parameters.items() if value}


def kind_in(graph: Graph, concept: str) -> Kind:
    """Return the kind of a concept; what only a paper names is taken for a strategy, nothing for a material."""
    known = graph.ontology.concepts.get(concept)
    return known.kind if known else "strategy" if concept else "material"


def value_of(row: Row) -> str:
    """Return a measured value as written, else its number or range with the unit."""
    if row["text"]:
        return str(row["text"])
    number = row["value"] if row["value"] is not None else f"{row['low']}–{row['high']}"
    sign = "" if row["qualifier"] in (None, "=") else f"{row['qualifier']} "
    return f"{sign}{number} {row['unit'] or ''}".strip()
