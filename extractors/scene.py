"""Hold what is known while one sentence is read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.discourse import Memory
from extractors.language import Doc
from extractors.text import Sentence
from ontology import Ontology
from ontology.model import Measurement, Mention

__all__ = ["Scene"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold a parsed sentence, what it names and measures, and the paragraph's memory."""

    doc: Doc
    sentence: Sentence
    mentions: tuple[Mention, ...]
    measurements: tuple[Measurement, ...]
    memory: Memory
    ontology: Ontology
