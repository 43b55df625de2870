"""A library of generated assertions and numbers, as skewed as a literature is: few levers much studied, many little."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from kg import Library, open_library
from ontology.model import Assertion, Conditions, Document, Evidence, Extraction, Measurement, Quantity, Regime, Span
from ontology.terms import Concept, Ontology, load_ontology

_EACH = 20  # assertions a work
_BATCH = 500  # works a commit
_REGIMES: tuple[Regime | None, ...] = ("cycling", "storage", None, None)
_CELLS = ("full", "half", None)


def generated_library(folder: Path, *, assertions: int, seed: int = 7) -> Path:
    """Fill a library with so many assertions, and a number beside every fifth, and project it."""
    chance, ontology = random.Random(seed), load_ontology()
    with Library.open(folder) as library:
        count = max(assertions // _EACH, 1)
        for start in range(0, count, _BATCH):
            with library.batch():
                for number in range(start, min(start + _BATCH, count)):
                    library.add(_work(number, chance, ontology))
    open_library(folder).close()
    return folder


def _work(number: int, chance: random.Random, ontology: Ontology) -> Extraction:
    levers, targets = ontology.of_kind("strategy"), (*ontology.of_kind("metric"), *ontology.of_kind("failure_mode"))
    text, effects, measurements = "", [], []
    for place in range(_EACH):
        lever, target = _skewed(levers, chance), _skewed(targets, chance)
        start = len(text)
        text += f"Here {lever.label} changes {target.label} in work {number}, case {place}.\n"
        effects.append(_assertion(lever, target, text, start, chance, ontology))
        if place % 5 == 0 and target.kind == "metric":
            measurements.append(_measurement(lever, target, text, start, chance))
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"10.5555/generated.{number}"
    document = Document(id=name, path=f"{number}.txt", format="text", text=text, sha256=digest, text_sha256=digest,
                        title=f"Generated work {number}", doi=name, year=2000 + number % 25)  # fmt: skip
    return Extraction(document, effects=tuple(effects), measurements=tuple(measurements), extractor="generated")


def _skewed(concepts: tuple[Concept, ...], chance: random.Random) -> Concept:
    return concepts[min(int(len(concepts) * chance.random() ** 3), len(concepts) - 1)]


def _assertion(
    lever: Concept, target: Concept, text: str, start: int, chance: random.Random, ontology: Ontology
) -> Assertion:
    sentence = text[start:].rstrip("\n")
    cause_at, target_at = start + 5, start + sentence.index(" changes ") + 9
    direction = chance.choices(("increases", "decreases", "no_change"), (6, 3, 1))[0]
    cause, goal = Span(cause_at, cause_at + len(lever.label)), Span(target_at, target_at + len(target.label))
    return Assertion(
        cause=lever.label, cause_concept=lever.iri, cause_kind=lever.kind, cause_span=cause,
        target=target.label, target_concept=target.iri, target_kind=target.kind, target_span=goal,
        direction=direction, verdict=ontology.verdict(target.iri, direction),  # type: ignore[arg-type]
        conditions=Conditions(regime=chance.choice(_REGIMES), cell=chance.choice(_CELLS)),
        evidence=(
            Evidence("sentence", start, start + len(sentence), sentence),
            Evidence("cause", *cause, lever.label),
            Evidence("target", *goal, target.label),
        ),
        confidence=0.9, extractor="generated",
    )  # fmt: skip


def _measurement(lever: Concept, target: Concept, text: str, start: int, chance: random.Random) -> Measurement:
    sentence, value = text[start:].rstrip("\n"), round(chance.uniform(50, 100), 1)
    cycles = Quantity(value=chance.choice((100.0, 200.0, 500.0)), unit="cycles", text="")
    return Measurement(
        metric=target.label, metric_concept=target.iri, quantity=Quantity(value=value, unit="%", text=f"{value} %"),
        unit_iri=None, canonical_value=value, canonical_unit="%", value_span=Span(start, start + 4),
        subject=lever.label, subject_concept=lever.iri,
        conditions=Conditions(cell=chance.choice(_CELLS), cycles=cycles),
        evidence=(Evidence("sentence", start, start + len(sentence), sentence),), extractor="generated",
    )  # fmt: skip
