"""The steps from a document to its claims, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.causes import main_subjects
from extractors.chains import standing_steps
from extractors.cues import load_cues
from extractors.discourse import Memory
from extractors.effects import find_effects
from extractors.evidence import with_text
from extractors.language import parse
from extractors.measurements import find_measurements
from extractors.mentions import Definitions, abbreviations, bound_names, coined_names, matcher
from extractors.optima import find_optima, may_hold_optimum
from extractors.property_words import is_property_word
from extractors.provenance import source_kind
from extractors.scene import Scene
from extractors.tables import find_in_table
from extractors.text import Sentence, sentences
from extractors.verbal_targets import may_live_in_verb
from extractors.version import extractor_version
from extractors.wordings import is_wording
from ontology import Ontology, load_ontology
from ontology.model import Assertion, Document, Extraction, Measurement, Mention, Refusal, Span

__all__ = ["MIN_CONFIDENCE", "extract", "scenes"]

MIN_CONFIDENCE = 0.38  # chosen by cross-validation: tests/gold/README.md
_POINTING = frozenset({"it", "they", "its", "their", "this", "these", "such", "which"})
_TARGETS = frozenset({"metric", "failure_mode"})


@dataclass(frozen=True, slots=True)
class _Read:
    """Hold a sentence with what it names."""

    sentence: Sentence
    mentions: tuple[Mention, ...]


def extract(document: Document, *, min_confidence: float = MIN_CONFIDENCE) -> Extraction:
    """Read a document's mentions, measurements and effects; the same document always gives the same extraction.

    ``min_confidence`` in [0, 1] drops less certain effects.
    """
    ontology = load_ontology()
    read = list(_mentioned(document, ontology))
    measured, refused = _measurements(document, read, ontology)
    effects = standing_steps(e for e in _effects(document, read, measured, ontology) if e.confidence >= min_confidence)
    named = sorted([*(m for r in read for m in r.mentions), *_named_by(effects, read)], key=lambda m: (m.start, m.end))
    mentions = tuple(replace(m, text=document.text[m.start : m.end]) for m in named)
    return Extraction(document, mentions, measured, effects, refused, extractor_version())


def _named_by(effects: Iterable[Assertion], read: Sequence[_Read]) -> list[Mention]:
    """Make mentions of what only effects name: causes of the open class, targets that live in a verb or an adjective."""
    taken = {at for one in read for m in one.mentions for at in range(m.start, m.end)}
    found: dict[Span, Mention] = {}
    for e in effects:
        for span, kind, concept, label in (
            (e.cause_span, e.cause_kind, e.cause_concept, e.cause),
            (e.target_span, e.target_kind, e.target_concept, e.target),
        ):
            if taken.isdisjoint(range(*span)):
                taken.update(range(*span))
                found[span] = Mention(span.start, span.end, "", kind, concept, label, e.confidence)
    return list(found.values())


def _mentioned(document: Document, ontology: Ontology) -> Iterator[_Read]:
    find = matcher(ontology).find
    definitions = Definitions()
    for sentence in sentences(document):
        for short, long in abbreviations(sentence.text):
            definitions.long.setdefault(short, long)
        for short, kind in bound_names(sentence.text, ontology):
            if short not in definitions.long or ontology.find(definitions.long[short]) is None:
                definitions.coined.setdefault(short, kind)
        known = find(sentence, definitions)
        coined = coined_names(sentence, known, definitions)
        yield _Read(sentence, tuple(sorted([*known, *coined], key=lambda m: (m.start, m.end))))


def _measurements(
    document: Document, read: Sequence[_Read], ontology: Ontology
) -> tuple[tuple[Measurement, ...], tuple[Refusal, ...]]:
    found: list[Measurement] = []
    refused: list[Refusal] = []
    block, first, named = -1, 0, list[Mention]()
    for one in read:
        if one.sentence.block != block:
            block, first, named = one.sentence.block, len(found), []
        reading = find_measurements(
            one.sentence, one.mentions, document=document, ontology=ontology, earlier=named, before=found[first:]
        )
        found += [
            replace(m, source_kind=source_kind(document, one.sentence, m), extractor=extractor_version())
            for m in reading.measurements
        ]
        refused += reading.refusals
        named += one.mentions
    for table in document.tables:
        reading = find_in_table(document, table, ontology)
        found += [replace(m, extractor=extractor_version()) for m in reading.measurements]
        refused += reading.refusals
    return tuple(found), tuple(refused)


def _effects(
    document: Document, read: Sequence[_Read], measured: Sequence[Measurement], ontology: Ontology
) -> Iterator[Assertion]:
    for scene in _scenes(read, measured, ontology):
        for effect in (*find_effects(scene), *find_optima(scene)):
            placed = replace(
                effect, source_kind=source_kind(document, scene.sentence, effect), extractor=extractor_version()
            )
            yield with_text(placed, document, scene.sentence)


def scenes(document: Document) -> Iterator[Scene]:
    """Yield what is known of each sentence that may carry an effect; read each before the next is taken."""
    ontology = load_ontology()
    read = list(_mentioned(document, ontology))
    yield from _scenes(read, _measurements(document, read, ontology)[0], ontology)


def _scenes(read: Sequence[_Read], measured: Sequence[Measurement], ontology: Ontology) -> Iterator[Scene]:
    contrasting = {m.value_span.start for m in measured}
    carrying = [
        may_carry(one.sentence, one.mentions, ontology)
        or _contrasts(one.sentence, contrasting)
        or may_hold_optimum(one.sentence.text)
        for one in read
    ]
    parsed = [carries or _introduces(read, carrying, at) for at, carries in enumerate(carrying)]
    docs = parse(one.sentence.text for one, wanted in zip(read, parsed, strict=True) if wanted)
    memory = Memory(ontology)
    block = -1
    for one, carries, wanted in zip(read, carrying, parsed, strict=True):
        if one.sentence.block != block:
            memory.forget()
            block = one.sentence.block
        memory.start_sentence(one.sentence, one.mentions)
        if wanted:
            start, end = one.sentence.source
            inside = tuple(m for m in measured if start <= m.value_span.start < end)
            scene = Scene(next(docs), one.sentence, one.mentions, inside, memory, ontology)
            if carries:
                yield scene
            memory.note_subjects(main_subjects(scene))


def _introduces(read: Sequence[_Read], carrying: Sequence[bool], at: int) -> bool:
    """Tell whether the next sentence of the paragraph may point back at this one, so that its subject matters."""
    if at + 1 >= len(read) or not carrying[at + 1] or read[at + 1].sentence.block != read[at].sentence.block:
        return False
    return not _POINTING.isdisjoint(read[at + 1].sentence.text.lower().split()[:8])


def may_carry(sentence: Sentence, mentions: Iterable[Mention], ontology: Ontology) -> bool:
    """Tell cheaply whether a sentence can carry an effect: it names a target, in a noun or a verb, and holds a cue word."""
    words = sentence.text.lower().replace("-", " ").split()
    if any(is_property_word(w) for w in words) or is_wording(words):
        return True
    if any(m.kind in _TARGETS for m in mentions):
        return any(_is_cue(w) or _is_verb_target(w) for w in words)
    return any(_is_verb_target(w) for w in words) or may_live_in_verb([w.strip(".,;:()") for w in words], ontology)


def _contrasts(sentence: Sentence, values: set[int]) -> bool:
    """Tell whether a sentence holds at least two measured values."""
    start, end = sentence.source
    return sum(start <= value < end for value in values) > 1


@lru_cache(maxsize=50_000)
def _is_cue(word: str) -> bool:
    return not _stems(word).isdisjoint(_cue_words())


@lru_cache(maxsize=50_000)
def _is_verb_target(word: str) -> bool:
    return not _stems(word).isdisjoint(load_cues().verb_targets)


def _stems(word: str) -> set[str]:
    """Return a word and what regular inflection may have come from."""
    word = word.strip(".,;:()[]'\"")
    stems = {word}
    for ending, ground in (
        ("s", ""),
        ("es", ""),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ies", "y"),
        ("ied", "y"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + ground
            stems |= {stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem}
    return stems


@lru_cache(maxsize=1)
def _cue_words() -> frozenset[str]:
    cues = load_cues()
    paired = {word for pairs in (cues.verb_preposition, cues.adjective_preposition) for word, _ in pairs}
    linked = {link.split()[0] for link in cues.causal_links}
    return frozenset(
        {
            *cues.verbs,
            *cues.nouns,
            *cues.adjectives,
            *cues.adverbs,
            *cues.no_change_adjectives,
            *paired,
            *linked,
            *cues.irregular,
            "without",
            "no",
            "from",
        }
    )
