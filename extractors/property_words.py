"""Find targets that a property word names together with its direction: "thinner", "stiffens", "preserves the structure".

The word alone is no mention of a metric; its noun decides which one is meant ("the SEI is thinner": SEI thickness).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

import yaml

from extractors.clauses import (
    Agent,
    agents,
    children,
    coordinated,
    head_of_conjuncts,
    instruments,
    is_passive,
    subjects,
)
from extractors.cues import load_cues
from extractors.language import Token
from extractors.loose import BREAKS
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.signs import Change
from ontology import Concept, Ontology
from ontology.errors import LexiconError
from ontology.model import Mention

__all__ = ["is_property_word", "property_targets"]

_ROW = 12  # words back from an adjective to the verb that makes a thing so
_LESS = frozenset({"less", "hardly", "barely", "least", "not", "no", "never"})
_MADE = frozenset({"make", "render", "keep", "leave", "turn"})
_COPULAS = frozenset({"be", "become", "remain", "get", "turn", "grow", "stay", "prove", "appear", "seem", "look"})
_BRINGS = frozenset({"create", "raise", "possess", "keep"})  # classes of verbs that bring a product about

Readings = Mapping[str, Mapping[str, tuple[int, str]]]


def is_property_word(word: str) -> bool:
    """Tell cheaply whether a lower-case word may be a form of a property word."""
    return word[:5] in _stems()


def property_targets(scene: Scene) -> Iterator[tuple[Mention, Token, Predication]]:
    """Yield a mention made of the property word, its token and what the clause says of it."""
    taken = [(m.start, m.end) for m in scene.mentions if m.kind in ("metric", "failure_mode")]
    for token in scene.doc:
        readings = _table("adjectives" if token.pos_ == "ADJ" else "verbs").get(token.lemma_.lower())
        if readings is None or token.pos_ not in ("ADJ", "VERB"):
            continue
        start, end = scene.sentence.span(token.idx, token.idx + len(token.text))
        if any(s < end and start < e for s, e in taken):
            continue
        if token.pos_ == "ADJ":
            said = list(_of_adjective(token)) or list(_in_row(token))
        else:
            said = list(_of_verb(token))
        for noun, change, who, rule in said:
            sign, label = readings.get(_class_of(noun, token)) or readings.get("") or (0, "")
            concept = _concept(label, scene.ontology)
            if concept is None or _named(noun, scene):
                continue
            mention = Mention(start, end, token.text, concept.kind, concept.iri, concept.label, 0.8)
            yield mention, token, Predication(Change(sign=sign * change), [token], _predicate(token), who, rule)


def _of_adjective(adjective: Token) -> Iterator[tuple[Token, int, list[Agent], str]]:
    """Yield the noun an adjective grades, the sign of the grade, who is responsible, and the way of saying it."""
    less = -1 if any(c.lower_ in _LESS for c in adjective.children) else 1
    first = head_of_conjuncts(adjective)
    head = first.head
    if first.dep_ in ("acomp", "oprd", "attr", "ccomp", "xcomp") and head.pos_ in ("VERB", "AUX"):
        own = children(first, "nsubj")
        if head.lemma_ in _MADE and own:
            yield own[0], less, subjects(head), "property-made"
        elif head.lemma_ in _MADE and (objects := children(head, "dobj")):
            yield objects[0], less, subjects(head), "property-made"
        elif head.lemma_ in _COPULAS:
            if any(c.dep_ == "neg" for c in head.children):
                less = -less
            for agent in subjects(head)[:2]:
                yield agent.token, less, instruments(head) or [agent], "property-is"
    elif first.dep_ == "amod" and head.pos_ in ("NOUN", "PROPN"):
        outer = head_of_conjuncts(head)
        if outer.dep_ not in ("dobj", "pobj", "nsubjpass", "attr"):
            return
        verb = outer.head.head if outer.dep_ == "pobj" and outer.head.lower_ in ("of", "in", "to") else outer.head
        if verb.pos_ == "NOUN" and load_cues().nouns.get(verb.lemma_) == "raise":
            verb = verb.head  # "promotes the formation of a thin film"
        if verb.pos_ == "VERB" and (
            load_cues().verbs.get(verb.lemma_) in _BRINGS or verb.lemma_ in ("lead", "result", "favor", "favour")
        ):
            yield head, less, agents(verb) if is_passive(verb) else subjects(verb), "property-of-product"


def _in_row(adjective: Token) -> Iterator[tuple[Token, int, list[Agent], str]]:
    """Read an adjective of "makes the film thinner, denser and stiffer" by order, for rows the parser takes apart."""
    doc, row = adjective.doc, adjective.i
    for at in range(adjective.i - 1, max(-1, adjective.i - 1 - _ROW), -1):
        word = doc[at]
        if word.lemma_ in _MADE and word.pos_ in ("VERB", "AUX"):
            noun = next((t for t in reversed(doc[at + 1 : row]) if t.pos_ in ("NOUN", "PROPN")), None)
            if noun is not None:
                turned = any(t.lower_ in _LESS for t in doc[max(at, adjective.i - 2) : adjective.i])
                yield noun, -1 if turned else 1, subjects(word), "property-made"
            return
        if word.lower_ in BREAKS or word.pos_ in ("VERB", "AUX", "ADP"):
            return
        if word.pos_ in ("ADJ", "ADV", "CCONJ", "PUNCT"):
            row = at if row == at + 1 else row


def _of_verb(verb: Token) -> Iterator[tuple[Token, int, list[Agent], str]]:
    less = -1 if any(c.lower_ in _LESS or c.dep_ == "neg" for c in verb.children) else 1
    anchor = verb.head if verb.dep_ in ("pcomp", "pobj") and verb.head.lower_ == "from" else None
    if anchor is not None and load_cues().verbs.get(anchor.head.lemma_) == "suppress":
        for noun in children(anchor.head, "dobj"):
            yield noun, -1, subjects(anchor.head), "property-prevented"
        return
    if is_passive(verb):
        for agent in subjects(verb)[:2]:
            yield agent.token, less, agents(verb) or instruments(verb), "property-passive"
        return
    objects = [t for c in children(verb, "dobj") for t in coordinated(c)]
    for noun in objects:
        yield noun, less, subjects(verb), "property-verb"
    if not objects:
        for agent in subjects(verb)[:2]:
            yield agent.token, less, instruments(verb), "property-itself"


def _named(noun: Token, scene: Scene) -> bool:
    """Tell whether the noun is itself a named target, whose change other rules read."""
    at = scene.sentence.offsets[noun.idx]
    return any(m.start <= at < m.end and m.kind in ("metric", "failure_mode") for m in scene.mentions)


def _predicate(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _class_of(noun: Token, word: Token) -> str:
    """Name the noun's class; an adverb ("structurally stable") tells more than the noun."""
    nouns = _nouns()
    for near in (*children(word, "advmod"), noun, *children(noun, "compound", "amod")):
        if (found := nouns.get(near.lemma_.lower())) is not None:
            return found
    return noun.lemma_.lower()


@lru_cache(maxsize=1)
def _raw() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files("extractors").joinpath("lexicon", "properties.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    if not isinstance(loaded, dict) or not {"adjectives", "verbs", "nouns"} <= loaded.keys():
        raise LexiconError("extractors/lexicon/properties.yaml lacks a table; restore it from the distribution")
    return loaded


@lru_cache(maxsize=2)
def _table(name: str) -> Readings:
    def read(said: str) -> tuple[int, str]:
        return (1 if said[0] == "+" else -1), said[1:]

    return {word: {noun: read(said) for noun, said in nouns.items()} for word, nouns in _raw()[name].items()}


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return {noun: name for name, nouns in _raw()["nouns"].items() for noun in nouns}


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(word[:5] for name in ("adjectives", "verbs") for word in _table(name))


@lru_cache(maxsize=512)
def _concept(label: str, ontology: Ontology) -> Concept | None:
    return ontology.find(label) if label else None
