"""Tell what a paper is about from what it does: silicon, its SEI and the cell's other parts bear changes."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from ontology import Ontology

__all__ = ["is_bearer"]


def is_bearer(concept: str | None, ontology: Ontology) -> bool:
    """Tell whether a concept is one of ``lexicon/bearers.txt``."""
    return concept in _bearers(ontology)


@lru_cache(maxsize=2)
def _bearers(ontology: Ontology) -> frozenset[str]:
    text = resources.files("extractors").joinpath("lexicon", "bearers.txt").read_text(encoding="utf-8")
    labels = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(c.iri for label in labels if (c := ontology.find(label, kind="material")) is not None)
