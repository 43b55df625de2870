"""Reword a question that no phrasing fits: misspelt words mended, else the names in it put into a known question.

Nothing is guessed silently: the answer says how the question was read, and which of its words were left out.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import NamedTuple

from app.linking import Reading, mentioned, readings
from app.phrasing import load_phrasings, phrasing_words
from ontology.labels import fold_label
from ontology.terms import Concept, Ontology

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST = 4  # letters of a word that may be misspelt
_CUTOFF = 0.82  # difflib ratio: one letter wrong in five, two in eleven
_SAME = 0.87  # difflib ratio of two names, whole
_ACTS, _CHANGES = ("strategy", "material"), ("metric", "failure_mode")


class Reworded(NamedTuple):
    """Hold a question that can be read, its best reading, and how it came from the words that were typed."""

    question: str
    readings: tuple[Reading, ...]
    notice: str


def reworded(question: str, ontology: Ontology) -> Reworded | None:
    """Return the question in words that can be read; None where its words name too little."""
    mended = _mended(question, ontology)
    for text in dict.fromkeys((mended, _nearly_named(mended, ontology))):
        found = readings(text, ontology) if text != question else ()
        if found and found[0].complete:
            return Reworded(text, found, f"read as “{text}”")
    return _by_names(mended, ontology)


def _nearly_named(question: str, ontology: Ontology) -> str:
    """Return the question with the one name nobody bears replaced by one that is all but the same."""
    near: list[tuple[float, str, str]] = []
    for reading in readings(question, ontology):
        for slot in reading.unknown if len(reading.unknown) == 1 else ():
            text, kinds = reading.slots[slot].text, load_phrasings().slots[slot]
            labels = (label for label, concept in _labels(ontology) if concept.kind in kinds)
            near += [(alike, label, text) for label in labels if (alike := _alike(label, text))]
    _, label, text = max(near, default=(0.0, "", ""))
    return question.replace(text, label) if label else question


def _alike(label: str, text: str) -> float:
    """Return how alike two names are; 0 where they differ in more than a letter or two."""
    if abs(len(label) - len(text)) > 2:
        return 0.0
    ratio = difflib.SequenceMatcher(None, label, fold_label(text).lower()).ratio()
    return ratio if ratio >= _SAME else 0.0


def _mended(question: str, ontology: Ontology) -> str:
    known = _vocabulary(ontology)

    def better(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < _SHORTEST or word[1:] != word[1:].lower() or _known(word, known):
            return word
        near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=_CUTOFF)
        return near[0] if near else word

    return _WORD.sub(better, question)


def _by_names(question: str, ontology: Ontology) -> Reworded | None:
    """Ask what the lever that is named does to the target that is named; one name alone has to be all there is."""
    named = mentioned(question, ontology)
    acts = [concept for concept in named if concept.kind in _ACTS]
    changes = [concept for concept in named if concept.kind in _CHANGES]
    if len(acts) == 1 and len(changes) == 1:
        text = f"How does {acts[0].label} affect {changes[0].label}?"
    elif len(named) == 1 and not _left(question, named[0], ontology):
        text = load_phrasings().suggest[named[0].kind][0].format(label=named[0].label)
    else:
        return None
    found = readings(text, ontology)
    return Reworded(text, found, f"read by the names in it as “{text}”") if found and found[0].complete else None


def _left(question: str, concept: Concept, ontology: Ontology) -> list[str]:
    """Return the words beside a concept's name that are no words of a question."""
    own = {word for name, known in _labels(ontology) if known.iri == concept.iri for word in name.split()}
    asking = phrasing_words() | load_phrasings().fillers | load_phrasings().small
    words = [fold_label(word).lower() for word in _WORD.findall(question)]
    return [word for word in words if word not in own and not _known(word, asking)]


def _known(word: str, words: frozenset[str]) -> bool:
    small = word.lower()
    return small in words or fold_label(small) in words or small.removesuffix("s") in words


@lru_cache(maxsize=2)
def _labels(ontology: Ontology) -> tuple[tuple[str, Concept], ...]:
    return tuple((fold_label(label).lower(), concept) for label, concept in ontology.labels())


@lru_cache(maxsize=2)
def _vocabulary(ontology: Ontology) -> frozenset[str]:
    """Return every word that a name or a phrasing holds."""
    names = {word for label, _ in ontology.labels() for word in _WORD.findall(label.lower()) if len(word) >= _SHORTEST}
    return frozenset(names | phrasing_words() | load_phrasings().fillers | load_phrasings().small)
