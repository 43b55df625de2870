"""The dial between finding more and being right more often: the least confidence of an effect."""

from __future__ import annotations

from extractors import EXTRACTOR, MIN_CONFIDENCE, extract
from ontology.model import Document, Extraction

_SET = "; effects from "


def dialled(document: Document, dial: float | None) -> Extraction:
    """Extract a document at a dial; None is the default one."""
    return extract(document, min_confidence=MIN_CONFIDENCE if dial is None else dial)


def dialled_version(dial: float | None) -> str:
    """Name the extractor as it stands in the library: with its dial, unless that is the default."""
    return EXTRACTOR if dial is None or dial == MIN_CONFIDENCE else f"{EXTRACTOR}{_SET}{dial:g}"


def dial_alone_differs(one: str, other: str) -> bool:
    """Tell whether two extractor versions are one extractor at two dials."""
    return one != other and one.partition(_SET)[0] == other.partition(_SET)[0]
