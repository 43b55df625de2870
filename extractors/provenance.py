"""Say whose finding a sentence reports: the paper's own, a cited one, a review's synthesis, background, hypothesis."""

from __future__ import annotations

import re

from extractors.text import Sentence
from ontology.model import Assertion, Document, Measurement, SourceKind

__all__ = ["source_kind"]

_HYPOTHESIS = re.compile(
    r"\b(?:hypothesi[sz]e[ds]?|hypothesis|we (?:speculate|propose|suspect|believe)|it is (?:speculated|conceivable))\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|our|this (?:work|study|paper|contribution)|herein|in the present)\b", re.IGNORECASE)


def source_kind(document: Document, sentence: Sentence, claim: Assertion | Measurement) -> SourceKind:
    """Judge by citations in force, wording, section and article type."""
    if _HYPOTHESIS.search(sentence.text):
        return "hypothesis"
    if claim.citations and not _OWN.search(sentence.text):
        return "cited"
    if "review" in document.article_type.lower() or "perspective" in document.article_type.lower():
        return "review_synthesis"
    if sentence.role == "introduction" and not _OWN.search(sentence.text):
        return "background"
    return "own_result"
