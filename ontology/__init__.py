"""The nouns: claim model, vocabulary and concepts; imports nothing else of the project."""

from ontology.errors import AnodeError, LexiconError, QuestionError, ReadError, SourceError, StoreError
from ontology.labels import fold_label, fold_word
from ontology.terms import (
    CONCEPT_NS,
    ID_NS,
    ONTOLOGY_NS,
    VOCABULARY,
    Concept,
    Degrades,
    Desirability,
    Ontology,
    Vocabulary,
    load_ontology,
    ontology_digest,
)

__all__ = [
    "CONCEPT_NS",
    "ID_NS",
    "ONTOLOGY_NS",
    "VOCABULARY",
    "AnodeError",
    "Concept",
    "Degrades",
    "Desirability",
    "LexiconError",
    "Ontology",
    "QuestionError",
    "ReadError",
    "SourceError",
    "StoreError",
    "Vocabulary",
    "fold_label",
    "fold_word",
    "load_ontology",
    "ontology_digest",
]
