"""Generate works of a stated size on the shipped ontology: facts by chance, the same for the same seed.

A work has three to six assertions and one or two measurements; a third of the sentences cite one of the works before it.
Levers, targets and failure modes are drawn from short lists, so that works agree, clash and complement each other.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from kg.claims import WorkClaims
from ontology import Concept, Ontology, load_ontology
from ontology.model import (
    Assertion,
    CauseChange,
    Comparator,
    Conditions,
    Evidence,
    Kind,
    Measurement,
    MechanismLink,
    Quantity,
    Span,
)
from tests.kg.builders import at, work

_LEVERS, _METRICS, _FAILURES = 40, 24, 16
_CONDITIONS = (
    Conditions(),
    at(cell="half"),
    at(cell="full", temperature=(60.0, "°C")),
    at(regime="storage", storage_time=(30.0, "d")),
    at(regime="cycling", cycles=(500.0, ""), charge_rate=(3.0, "C"), cell="full"),
    at(dose=(5.0, "wt%"), process_temperature=(500.0, "°C")),
)
_COMPARATORS = (None, None, Comparator("untreated", "bare silicon"), Comparator("material", "graphite"))
_KINDS = ("own_result", "own_result", "cited", "review_synthesis", "background", "hypothesis")
_CHANGES = ("applied",) * 6 + ("removed", "increased", "excess", "level")
_DIRECTIONS = ("increases",) * 4 + ("decreases",) * 4 + ("no_change", "optimum")


def generated(count: int, *, seed: int = 20261122) -> tuple[WorkClaims, ...]:
    """Return so many works."""
    ontology, chance = load_ontology(), Random(seed)
    levers = _some(ontology, "strategy", _LEVERS, chance) + _some(ontology, "material", 6, chance)
    metrics = _some(ontology, "metric", _METRICS, chance)
    failures = [item for item in ontology.of_kind("failure_mode") if item.degrades]
    failures = chance.sample(failures, _FAILURES)
    works = tuple(_work(number, chance, levers, metrics, failures) for number in range(count))
    return *works, _rarity(count, ontology, {item.iri for item in levers}, metrics)


def levers_of(works: tuple[WorkClaims, ...]) -> list[str]:
    """Return the causes of works that are strategies, the most frequent first."""
    causes = [item.cause_concept for claims in works for _, item in claims.effects if item.cause_kind == "strategy"]
    return sorted({cause for cause in causes if cause}, key=lambda cause: (-causes.count(cause), cause))


def _some(ontology: Ontology, kind: Kind, count: int, chance: Random) -> list[Concept]:
    return chance.sample(sorted(ontology.of_kind(kind), key=lambda item: item.iri), count)


def _work(
    number: int, chance: Random, levers: list[Concept], metrics: list[Concept], failures: list[Concept]
) -> WorkClaims:
    effects = tuple(_assertion(f"{number}.{k}", chance, levers, metrics, failures) for k in range(chance.randint(3, 6)))
    values = tuple(_measurement(f"{number}.{k}", chance, levers, metrics) for k in range(chance.randint(1, 2)))
    return work(
        f"10.1000/g{number}",
        *effects,
        measurements=values,
        cites={"1": f"10.1000/g{chance.randrange(number)}"} if number else {},
        title=f"Work {number}",
        year=2000 + number % 26,
        document=f"g{number}",
        text_sha256=f"{number:064x}",
        extractor="generated 1",
    )


def _rarity(number: int, ontology: Ontology, known: set[str], metrics: list[Concept]) -> WorkClaims:
    """Return a work on a lever that no other names, in half cells, on one metric alone: however many there are, a gap."""
    lever = next(item for item in ontology.of_kind("strategy") if item.iri not in known)
    name, quote = f"{number}.0", f"Sentence {number}.0 on {lever.label}."
    said = _assertion(name, Random(number), [lever], metrics[:1], metrics[:1])
    only = replace(
        said, negated=False, conditions=at(cell="half"), evidence=(Evidence("sentence", 0, len(quote), quote),)
    )
    return work(f"10.1000/g{number}", only, document=f"g{number}", extractor="generated 1")


def _assertion(
    name: str, chance: Random, levers: list[Concept], metrics: list[Concept], failures: list[Concept]
) -> Assertion:
    cause = chance.choice(levers if chance.random() < 0.85 else failures)
    target = chance.choice(metrics if chance.random() < 0.7 else failures)
    direction, change = chance.choice(_DIRECTIONS), chance.choice(_CHANGES)
    dose = Quantity(value=float(chance.choice((1, 5, 10, 25))), unit="wt%")
    quote = f"Sentence {name} on {cause.label} and {target.label}."
    start = chance.choice((10, 20, 30))
    return Assertion(
        cause=cause.label,
        cause_concept=cause.iri,
        cause_kind=cause.kind,
        cause_span=Span(0, 5),
        target=target.label,
        target_concept=target.iri,
        target_kind=target.kind,
        target_span=Span(start, start + 5),
        direction=direction,  # type: ignore[arg-type]
        verdict=chance.choice(("beneficial", "detrimental", "undetermined")),  # type: ignore[arg-type]
        cause_change=CauseChange(change, dose if change == "level" else None),  # type: ignore[arg-type]
        comparator=chance.choice(_COMPARATORS),
        conditions=chance.choice(_CONDITIONS),
        magnitude=Quantity(value=5.0, unit="%", text="5 %") if chance.random() < 0.2 else None,
        window=Quantity(low=400.0, high=600.0, unit="°C", text="400–600 °C") if direction == "optimum" else None,
        mechanism=(MechanismLink("a step", None, "decreases", 1, 2),) if chance.random() < 0.1 else (),
        hedged=chance.random() < 0.2,
        negated=chance.random() < 0.05,
        source_kind=chance.choice(_KINDS),  # type: ignore[arg-type]
        citations=("1",) if chance.random() < 0.33 else (),
        evidence=(Evidence("sentence", 0, len(quote), quote),),
        confidence=chance.choice((0.5, 0.75, 1.0)),
    )


def _measurement(name: str, chance: Random, levers: list[Concept], metrics: list[Concept]) -> Measurement:
    metric, subject = chance.choice(metrics), chance.choice(levers)
    value = float(chance.randint(1, 100))
    quote = f"Measurement {name} of {metric.label}."
    return Measurement(
        metric=metric.label,
        metric_concept=metric.iri,
        quantity=Quantity(value=value, unit="%", text=f"{value:g} %"),
        unit_iri=None,
        canonical_value=value,
        canonical_unit="%",
        value_span=Span(3, 5),
        subject=subject.label,
        subject_concept=subject.iri,
        mode=chance.choice(("measured", "measured", "simulated")),  # type: ignore[arg-type]
        conditions=chance.choice(_CONDITIONS),
        source_kind=chance.choice(_KINDS),  # type: ignore[arg-type]
        citations=("1",) if chance.random() < 0.33 else (),
        evidence=(Evidence("sentence", 0, len(quote), quote),),
    )
