"""Tell which catalogue questions have an answer now and had none before.

Listed are the questions that claims can give a first answer to: about a target, a lever, a metric, or a lever and a
target. Left out are those about what is missing or doubtful (``no-evidence``, ``known-here-not-there``,
``half-cells-only``, ``confounded-findings``), about claims themselves (``evidence-of-claim``, ``new-since``), and those
that join findings of the whole library (``partners``, ``mechanism-path``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.library_reader import Reader
from kg.measurement_frames import frame_text
from kg.readings import readings
from kg.runs_scope import Scope, works_naming
from ontology import Ontology
from ontology.model import Assembly, Effect

__all__ = ["ASKED", "Answerable", "newly_answerable"]

# question of the catalogue -> its parameters that claims can make answerable, in the order of the report
ASKED: Mapping[str, tuple[str, ...]] = {
    "strategies-that-help": ("target",),
    "raises-and-costs": ("target",),
    "causes-and-suppressors": ("target",),
    "who-measured": ("target",),
    "measurements-of-metric": ("metric",),
    "best-comparable": ("metric",),
    "edges-of-strategy": ("cause",),
    "gains-and-costs": ("cause",),
    "failure-modes-of-strategy": ("cause",),
    "double-edged-strategies": ("within",),
    "optimum-windows": ("within",),
    "contradictions": ("within",),
    "unexplained-oppositions": ("within",),
    "does-it-help": ("cause", "target"),
}
_JUDGED = ("beneficial", "detrimental")
_AT_ONCE = 20  # works looked at together
Asked = tuple[str, tuple[str, ...]]  # question, IRIs of the concepts it is asked about


@dataclass(frozen=True, slots=True)
class Answerable:
    """Hold a question with what it can now be asked about."""

    question: str
    parameters: tuple[tuple[str, str, str], ...]  # (name, IRI, label) of each concept
    label: str  # of the concepts

    @property
    def written(self) -> str:
        """Return the question as ``anodekg query`` takes it."""
        return " ".join([self.question, *(f'{name}="{label}"' for name, _, label in self.parameters)])


def newly_answerable(
    library: Reader, scope: Scope, old: Assembly, new: Assembly, ontology: Ontology
) -> tuple[Answerable, ...]:
    """Return the questions that the changed works made answerable, in the order of ``ASKED``, then by label.

    A question about a concept counts as answered where one about a narrower concept was.
    """
    before = {*_pooled(old.effects, ontology), *_helped(old), *_measured(scope.before), *_opposed(old, ontology)}
    brought = [effect for effect in new.effects if not scope.works.isdisjoint(effect.works)]
    changed = [work for work in scope.after if work.work in scope.works]
    after = {*_pooled(brought, ontology), *_helped(new), *_measured(changed), *_opposed(new, ontology)}
    fresh = {asked for asked in after if before.isdisjoint(_narrower(asked, ontology))}
    fresh -= _elsewhere(library, scope, fresh, ontology)
    order = list(ASKED)
    lines = [_line(asked, ontology) for asked in fresh]
    return tuple(sorted(lines, key=lambda line: (order.index(line.question), line.label, line.parameters)))


def _line(asked: Asked, ontology: Ontology) -> Answerable:
    question, concepts = asked
    labels = [ontology.concepts[iri].label for iri in concepts]
    return Answerable(question, tuple(zip(ASKED[question], concepts, labels, strict=True)), ", ".join(labels))


def _pooled(effects: Iterable[Effect], ontology: Ontology) -> Iterator[Asked]:
    """Yield what pooled findings answer."""
    for effect in effects:
        cause = effect.key.cause
        known = cause in ontology.concepts
        for reading in readings(effect, ontology):
            judged, turned = reading.verdict in _JUDGED, reading.direction in ("increases", "decreases")
            failing = reading.kind == "failure_mode" and turned
            if reading.target in ontology.concepts and known:
                yield "who-measured", (reading.target,)
                if reading.verdict == "beneficial":
                    yield "strategies-that-help", (reading.target,)
                    if effect.cause_kind != "failure_mode":
                        yield "raises-and-costs", (reading.target,)
                if failing:
                    yield "causes-and-suppressors", (reading.target,)
                if reading.own and judged:
                    yield "does-it-help", (cause, reading.target)
            if known:
                yield "edges-of-strategy", (cause,)
                if judged and reading.target in ontology.concepts:
                    yield "gains-and-costs", (cause,)
                if failing:
                    yield "failure-modes-of-strategy", (cause,)


def _helped(assembly: Assembly) -> Iterator[Asked]:
    """Yield what help through a failure mode answers."""
    return (("strategies-that-help", (item.metric,)) for item in assembly.indirect)


def _measured(works: Iterable[WorkClaims]) -> Iterator[Asked]:
    """Yield what measurements answer."""
    for work in works:
        for _, measurement in work.measurements:
            if measurement.metric_concept:
                metric = (measurement.metric_concept,)
                yield from (("measurements-of-metric", metric), ("who-measured", metric))
                if frame_text(measurement):
                    yield "best-comparable", metric


def _opposed(assembly: Assembly, ontology: Ontology) -> Iterator[Asked]:
    """Yield what double edges and opposed findings answer."""
    effects = {effect.iri: effect for effect in assembly.effects}
    for edge in assembly.double_edges:
        if edge.cause in ontology.concepts:
            yield "double-edged-strategies", (edge.cause,)
            if edge.kind == "optimum":
                yield "optimum-windows", (edge.cause,)
    for item in assembly.contradictions:
        cause = effects[item.first].key.cause
        if cause in ontology.concepts:
            yield "contradictions", (cause,)
            if item.status != "explained":
                yield "unexplained-oppositions", (cause,)


def _narrower(asked: Asked, ontology: Ontology) -> Iterator[Asked]:
    """Yield a question about each concept or one below it."""
    question, concepts = asked
    for chosen in product(*[(iri, *sorted(ontology.descendants(iri))) for iri in concepts]):
        yield question, chosen


def _elsewhere(library: Reader, scope: Scope, fresh: Iterable[Asked], ontology: Ontology) -> set[Asked]:
    """Return the questions that a work outside the scope answered before; each is looked at until the first that did."""
    open_ = {asked: set(_narrower(asked, ontology)) for asked in fresh if ASKED[asked[0]] != ("within",)}
    named = {iri for several in open_.values() for _, concepts in several for iri in concepts}
    seen = {work.work for work in scope.before} | scope.works
    naming = works_naming(library, _alike(named, ontology), scope.generation)
    answers: dict[str, set[Asked]] = {}
    found: set[Asked] = set()
    for asked, several in open_.items():
        concepts = _alike({iri for _, chosen in several for iri in chosen}, ontology)
        works = sorted({work for iri in concepts for work in naming.get(iri, ())} - seen)
        for at in range(0, len(works), _AT_ONCE):
            some = works[at : at + _AT_ONCE]
            missing = [work for work in some if work not in answers]
            for work in library.claims(as_of=scope.generation, works=missing) if missing else ():
                alone = assemble([work], ontology)
                answers[work.work] = {*_pooled(alone.effects, ontology), *_helped(alone), *_measured([work])}
            if any(not several.isdisjoint(answers.get(work, ())) for work in some):
                found.add(asked)
                break
    return found


def _alike(concepts: Iterable[str], ontology: Ontology) -> set[str]:
    """Add what stands for the same quantity, and the failure modes that bear on it: they are read for it too."""
    named = {iri for iri in concepts if iri in ontology.concepts}
    named |= {iri for iri, one in ontology.concepts.items() if any(link.metric in named for link in one.degrades)}
    quantities = {ontology.concepts[iri].quantity or iri for iri in named}
    return {iri for iri, concept in ontology.concepts.items() if (concept.quantity or iri) in quantities}
