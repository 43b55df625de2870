"""Tell which catalogue questions have an answer now and had none before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.claims import WorkClaims
from kg.library_reader import Reader
from kg.runs_scope import Scope
from ontology import Ontology
from ontology.model import Assembly

__all__ = ["ASKED", "Answerable", "newly_answerable"]

# question of the catalogue -> its parameter that a claim can make answerable
ASKED = {
    "strategies-that-help": "target",
    "causes-and-suppressors": "target",
    "edges-of-strategy": "cause",
    "measurements-of-metric": "metric",
    "double-edged-strategies": "within",
}
# question -> the field of a stored claim that holds the concept asked for, by table
_STORED = {
    "strategies-that-help": ("assertion", "target_concept"),
    "causes-and-suppressors": ("assertion", "target_concept"),
    "edges-of-strategy": ("assertion", "cause_concept"),
    "measurements-of-metric": ("measurement", "metric_concept"),
}


@dataclass(frozen=True, slots=True)
class Answerable:
    """Hold a question with the concept it can now be asked about."""

    question: str
    parameter: str
    concept: str  # IRI
    label: str


def newly_answerable(
    library: Reader, scope: Scope, old: Assembly, new: Assembly, ontology: Ontology
) -> tuple[Answerable, ...]:
    """Return the questions that the changed works made answerable, by question and label."""
    before = {pair for work in scope.before for pair in _answered(work, ontology)}
    after = {pair for work in scope.after if work.work in scope.works for pair in _answered(work, ontology)}
    fresh = {pair for pair in after - before if not _elsewhere(library, scope, *pair, ontology)}
    edges = {edge.cause for edge in new.double_edges} - {edge.cause for edge in old.double_edges}
    fresh |= {("double-edged-strategies", cause) for cause in edges if cause in ontology.concepts}
    lines = [Answerable(name, ASKED[name], iri, ontology.concepts[iri].label) for name, iri in fresh]
    return tuple(sorted(lines, key=lambda line: (line.question, line.label, line.concept)))


def _answered(work: WorkClaims, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Yield (question, concept) for what a work's claims answer."""
    for _, effect in work.effects:
        target = ontology.concepts.get(effect.target_concept or "")
        if target is not None and not effect.negated:
            if target.kind == "metric" and ontology.verdict(target.iri, effect.direction) == "beneficial":
                yield "strategies-that-help", target.iri
            if target.kind == "failure_mode" and effect.direction in ("increases", "decreases"):
                yield "causes-and-suppressors", target.iri
        if effect.cause_concept in ontology.concepts:
            yield "edges-of-strategy", effect.cause_concept or ""
    for _, measurement in work.measurements:
        if measurement.metric_concept in ontology.concepts:
            yield "measurements-of-metric", measurement.metric_concept or ""


def _elsewhere(library: Reader, scope: Scope, question: str, concept: str, ontology: Ontology) -> bool:
    """Say whether a work outside the scope answered a question before; looks until the first that did."""
    table, field = _STORED[question]
    sql = f"""SELECT DISTINCT e.work FROM {table} AS s JOIN extraction AS e ON e.id = s.extraction
              WHERE e.valid_from <= ? AND (e.valid_to IS NULL OR e.valid_to > ?)
              AND instr(s.body, ?) AND json_extract(s.body, '$.{field}') = ?"""
    rows = library._rows(sql, (scope.generation, scope.generation, concept, concept))
    seen = {work.work for work in scope.before}
    return any(
        (question, concept) in set(_answered(work, ontology))
        for keys in _few({row["work"] for row in rows} - seen - scope.works)
        for work in library.claims(as_of=scope.generation, works=keys)
    )


def _few(works: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(works)
    yield from (ordered[at : at + 20] for at in range(0, len(ordered), 20))
