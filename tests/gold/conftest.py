"""Read the annotated passages once a session, for all tests that measure."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.evaluating import own_gold, read_samples
from app.evaluation import Evaluation, Naming, Sample, evaluate, load_passages
from extractors import MIN_CONFIDENCE
from ontology import load_ontology


@pytest.fixture(scope="session")
def naming() -> Naming:
    return Naming(load_ontology())


@pytest.fixture(scope="session")
def samples(naming: Naming) -> list[Sample]:
    return read_samples(load_passages(own_gold(), naming), min_confidence=MIN_CONFIDENCE)


@pytest.fixture(scope="session")
def halves(samples: list[Sample]) -> Mapping[str, list[Sample]]:
    return {half: [s for s in samples if s.passage.split == half] for half in ("train", "test")}


@pytest.fixture(scope="session")
def evaluations(halves: Mapping[str, list[Sample]], naming: Naming) -> Mapping[str, Evaluation]:
    return {half: evaluate(read, naming, min_confidence=MIN_CONFIDENCE) for half, read in halves.items()}
