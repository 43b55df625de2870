"""The steps from a document to its claims, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from extractors.cues import load_cues
from extractors.discourse import Memory
from extractors.effects import find_effects
from extractors.evidence import with_text
from extractors.language import MODEL, parse
from extractors.mentions import Definitions, abbreviations, coined_names, matcher
from extractors.provenance import source_kind
from extractors.text import Sentence, sentences
from ontology import Ontology, load_ontology
from ontology.model import Assertion, Document, Extraction, Mention

__all__ = ["EXTRACTOR", "extract"]

EXTRACTOR = f"anodekg-rules 0.1.0, {MODEL}"
TARGETS = frozenset({"metric", "failure_mode"})


def extract(document: Document, *, min_confidence: float = 0.3) -> Extraction:
    """Read a document's mentions, measurements and effects; the same document always gives the same extraction.

    ``min_confidence`` in [0, 1] drops less certain effects.
    """
    ontology = load_ontology()
    read = list(_mentioned(document, ontology))
    effects = [e for e in _effects(document, read, ontology) if e.confidence >= min_confidence]
    mentions = tuple(m for _, found in read for m in found)
    return Extraction(document, mentions, (), tuple(effects), (), EXTRACTOR)


def _mentioned(document: Document, ontology: Ontology) -> Iterator[tuple[Sentence, tuple[Mention, ...]]]:
    find = matcher(ontology).find
    definitions = Definitions()
    for sentence in sentences(document):
        known = find(sentence, definitions)
        for short, long in abbreviations(sentence.text):
            definitions.long.setdefault(short, long)
        yield sentence, tuple(sorted([*known, *coined_names(sentence, known)], key=lambda m: (m.start, m.end)))


def _effects(document: Document, read: list[tuple[Sentence, tuple[Mention, ...]]], ontology: Ontology) -> Iterator[Assertion]:
    carrying = [may_carry(sentence, mentions) for sentence, mentions in read]
    docs = parse(sentence.text for (sentence, _), carries in zip(read, carrying, strict=True) if carries)
    memory = Memory(ontology)
    block = -1
    for (sentence, mentions), carries in zip(read, carrying, strict=True):
        if sentence.block != block:
            memory.forget()
            block = sentence.block
        memory.start_sentence(mentions)
        if carries:
            for effect in find_effects(next(docs), sentence, mentions, memory, ontology):
                placed = replace(effect, source_kind=source_kind(document, sentence, effect), extractor=EXTRACTOR)
                yield with_text(placed, document, sentence)


def may_carry(sentence: Sentence, mentions: Iterable[Mention]) -> bool:
    """Tell cheaply whether a sentence can carry an effect: it names a target and holds a cue word."""
    return any(m.kind in TARGETS for m in mentions) and any(_is_cue(w) for w in sentence.text.lower().replace("-", " ").split())


@lru_cache(maxsize=20_000)
def _is_cue(word: str) -> bool:
    """Tell whether a word, or a regular inflection of it, is a cue."""
    word = word.strip(".,;:()[]'\"")
    stems = {word}
    for ending, ground in (("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + ground
            stems |= {stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem}
    return bool(stems & _cue_words())


@lru_cache(maxsize=1)
def _cue_words() -> frozenset[str]:
    cues = load_cues()
    irregular = {"led", "gave", "given", "gives", "rose", "risen", "fell", "fallen", "sank", "sunk", "brought", "kept", "grew", "grown", "shrank", "lost", "held", "shown", "made", "began", "drove", "driven", "went", "built", "fed", "had", "has", "got", "bore", "let", "cut"}
    paired = {word for pairs in (cues.verb_preposition, cues.adjective_preposition) for word, _ in pairs}
    linked = {link.split()[0] for link in cues.causal_links}
    return frozenset({*cues.verbs, *cues.nouns, *cues.adjectives, *cues.adverbs, *cues.no_change_adjectives, *paired, *linked, *irregular, "at", "without", "no"} - {"at"})
