"""Load the cue words of ``lexicon/`` as lookup tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from ontology.errors import LexiconError

__all__ = ["CueClass", "Cues", "Hedges", "load_cues", "load_hedges"]

CueClass = Literal["raise", "lower", "better", "worse", "suppress", "create", "keep", "possess"]


@dataclass(frozen=True, slots=True)
class Cues:
    """Hold the cue tables: lemma (or lemma and preposition) to class."""

    verbs: dict[str, CueClass]
    verb_preposition: dict[tuple[str, str], CueClass]
    nouns: dict[str, CueClass]
    adjectives: dict[str, CueClass]
    adjective_preposition: dict[tuple[str, str], CueClass]
    adverbs: dict[str, CueClass]
    through: frozenset[str]
    cost_phrases: tuple[str, ...]
    no_change_phrases: tuple[str, ...]
    no_change_adjectives: frozenset[str]
    weak_verbs: frozenset[str]  # whose negation says "no change"
    not_causes: frozenset[str]
    anaphor_heads: frozenset[str]
    causal_links: tuple[str, ...]
    granting: frozenset[str]  # verbs by which a lever gives what it need not grade: "provides conductivity"
    irregular: frozenset[str]  # inflected forms no rule derives
    verb_targets: dict[str, str]  # verbs that carry their target in themselves, to its label


@dataclass(frozen=True, slots=True)
class Hedges:
    """Hold what weakens or negates an assertion."""

    modals: frozenset[str]
    adverbs: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    phrases: tuple[str, ...]
    negation: frozenset[str]


def _yaml(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load(resources.files("extractors").joinpath("lexicon", name).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise LexiconError(f"extractors/lexicon/{name} holds no table; restore it from the distribution")
    return loaded


def _classes(table: dict[str, list[str]]) -> dict[str, CueClass]:
    return {word: name for name, words in table.items() for word in words}  # type: ignore[misc]


def _pairs(table: dict[str, list[str]]) -> dict[tuple[str, str], CueClass]:
    split = ((phrase.rsplit(" ", 1), name) for name, phrases in table.items() for phrase in phrases)
    return {(words[0], words[1]): name for words, name in split}  # type: ignore[misc]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Load ``cues.yaml``; raise LexiconError when it is malformed."""
    raw = _yaml("cues.yaml")
    try:
        return Cues(
            verbs=_classes(raw["verbs"]),
            verb_preposition=_pairs(raw["verb_preposition"]),
            nouns=_classes(raw["nouns"]),
            adjectives=_classes(raw["adjectives"]),
            adjective_preposition=_pairs(raw["adjective_preposition"]),
            adverbs=_classes(raw["adverbs"]),
            through=frozenset(raw["nouns_through"]),
            cost_phrases=tuple(raw["cost_phrases"]),
            no_change_phrases=tuple(raw["no_change"]["phrases"]),
            no_change_adjectives=frozenset(raw["no_change"]["adjectives"]),
            weak_verbs=frozenset(raw["no_change"]["verbs_under_negation"]),
            not_causes=frozenset(raw["not_causes"]),
            anaphor_heads=frozenset(raw["anaphor_heads"]),
            causal_links=tuple(raw["causal_subject_links"]),
            granting=frozenset(raw["granting_verbs"]),
            irregular=frozenset(raw["irregular_forms"]),
            verb_targets={verb: label for label, verbs in raw["verb_targets"].items() for verb in verbs},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"extractors/lexicon/cues.yaml lacks {error}; restore it from the distribution") from error


@lru_cache(maxsize=1)
def load_hedges() -> Hedges:
    """Load ``hedges.yaml``; raise LexiconError when it is malformed."""
    raw = _yaml("hedges.yaml")
    try:
        sets = {k: frozenset(raw[k]) for k in ("modals", "adverbs", "verbs", "adjectives", "nouns", "negation")}
        return Hedges(phrases=tuple(raw["phrases"]), **sets)
    except (KeyError, TypeError) as error:
        raise LexiconError(f"extractors/lexicon/hedges.yaml lacks {error}; restore it from the distribution") from error
