"""Link the words of a question to concepts and to a catalogue question: by names and phrasings, never by a guess.

Names are compared as the ontology compares them (plurals, hyphens, subscripts, British spelling); the longest name
wins. What no label names stays text, and words that were not read are said.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.extent import WHOLE, Extent
from app.phrasing import Phrasing, Phrasings, load_phrasings
from ontology.labels import fold_label
from ontology.model import Kind, Verdict
from ontology.terms import Concept, Ontology

_WORD = re.compile(r"\S+")
_NAMING = re.compile(r"[^\W\d_][^%]*$")  # a word before a name that makes it another name
_EDGES = "?!.,;:\"'“”‘’"
_OPEN_SLOTS = frozenset({"subject", "cause", "since"})  # a sample or an additive coined in one paper is in no ontology
_CUTOFF = 0.75  # difflib ratio below which a label no longer looks like the words


@dataclass(frozen=True, slots=True)
class Link:
    """Hold the concept a stretch of words names, and the words before and after it that were not read."""

    text: str
    concept: Concept | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the words beside the name."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one way a question can be read."""

    phrasing: Phrasing
    slots: Mapping[str, Link]
    circumstances: Mapping[str, str]  # parameter -> value: regime, cell
    verdict: Verdict | Literal["any"] | None = None  # asked for in place of what the phrasing's verb asks for
    extent: Extent = WHOLE  # how much of the answer is wanted

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the words that the reading leaves out of account."""
        return tuple(word for slot in self.slots.values() if slot.concept for word in slot.unread)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the slots whose words name no concept."""
        return tuple(name for name, slot in self.slots.items() if slot.concept is None)

    @property
    def complete(self) -> bool:
        """Say whether every slot is linked or may stay text."""
        return all(name in _OPEN_SLOTS for name in self.unknown)


def readings(question: str, ontology: Ontology) -> tuple[Reading, ...]:
    """Return the ways to read a question, best first: complete, fewest unknown names, fewest unread words."""
    phrasings = load_phrasings()
    text, circumstances = phrasings.take_circumstances(question)
    found = [
        Reading(
            phrasing=phrasing,
            slots={slot: _link_slot(slot, words, ontology, phrasings) for slot, words in texts.items()},
            circumstances=circumstances,
        )
        for phrasing, texts in phrasings.fits(text)
    ]
    return tuple(sorted(found, key=lambda r: (not r.complete, len(r.unknown), len(r.unread))))


def _link_slot(slot: str, words: str, ontology: Ontology, phrasings: Phrasings) -> Link:
    endings = ("", *phrasings.endings.get(slot, ()))
    found = link(words, ontology, kinds=phrasings.slots[slot], endings=endings, fillers=phrasings.fillers)
    if slot in _OPEN_SLOTS and any(_NAMING.match(word) for word in found.before):
        return Link(text=words.strip(_EDGES), concept=None)  # "ZQ-17 binder" is not the binder; "5 wt% FEC" is FEC
    return found


def link(
    text: str,
    ontology: Ontology,
    *,
    kinds: Sequence[Kind],
    endings: Iterable[str] = ("",),
    fillers: frozenset[str] = frozenset(),
) -> Link:
    """Return the longest name of a concept of these kinds in a text; an ending may complete the name.

    Among names of equal length the kind that stands first wins, then the name that needs no ending, then the name
    that stands last: the head.
    """
    words = tuple(word for word in (found.strip(_EDGES) for found in _WORD.findall(text)) if word)

    def narrowing(rest: Iterable[str]) -> tuple[str, ...]:
        return tuple(word for word in rest if word.lower() not in fillers)

    endings = tuple(endings)
    for length in range(len(words), 0, -1):
        for kind in kinds:
            for ending in endings:
                for start in range(len(words) - length, -1, -1):
                    name = words[start : start + length]
                    concept = ontology.find(" ".join((*name, ending)).strip(), kind=kind) if narrowing(name) else None
                    if concept is not None:
                        before, after = narrowing(words[:start]), narrowing(words[start + length :])
                        return Link(" ".join(name), concept, before=before, after=after)
    return Link(text.strip(_EDGES + " "), None, after=narrowing(words))


def mentioned(question: str, ontology: Ontology, *, most: int = 3) -> tuple[Concept, ...]:
    """Return the concepts a text names anywhere, longest names first."""
    phrasings = load_phrasings()
    found: dict[str, Concept] = {}
    left = question
    while len(found) < most:
        named = link(
            left, ontology, kinds=("strategy", "failure_mode", "metric", "material"), fillers=phrasings.fillers
        )
        if named.concept is None:
            break
        found[named.concept.iri] = named.concept
        left = " ".join(named.unread)
    return tuple(found.values())


def close_names(text: str, ontology: Ontology, *, kinds: Sequence[Kind], most: int = 3) -> tuple[str, ...]:
    """Return preferred labels of the concepts whose names look most like a text, best first."""
    wanted = fold_label(text).lower()
    names: dict[str, Concept] = {}
    for name, concept in _names(ontology):
        if concept.kind in kinds:
            names.setdefault(name, concept)
    found = difflib.get_close_matches(wanted, names, n=4 * most, cutoff=_CUTOFF)
    if not found:  # the head of the words, as "blue widget coating" names some coating
        head = wanted.split()[-1:]
        found = sorted((name for name in names if name.split()[-1:] == head), key=lambda name: (len(name), name))
    return tuple(dict.fromkeys(names[name].label for name in found))[:most]


@lru_cache(maxsize=2)
def _names(ontology: Ontology) -> tuple[tuple[str, Concept], ...]:
    return tuple((fold_label(label).lower(), concept) for label, concept in ontology.labels())
