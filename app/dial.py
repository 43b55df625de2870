"""The dial between finding more and being right more often: the least confidence of an effect."""

from __future__ import annotations

import inspect

from extractors import EXTRACTOR, extract
from ontology.model import Document, Extraction

_SET = "; effects from "


def default_dial() -> float:
    """Return the confidence from which the extractor keeps an effect when nobody says otherwise."""
    return float(inspect.signature(extract).parameters["min_confidence"].default)


def dialled(document: Document, dial: float | None) -> Extraction:
    """Extract a document at a dial; None is the default one."""
    return extract(document, min_confidence=default_dial() if dial is None else dial)


def dialled_version(dial: float | None) -> str:
    """Name the extractor as it stands in the library: with its dial, unless that is the default."""
    return EXTRACTOR if dial is None or dial == default_dial() else f"{EXTRACTOR}{_SET}{dial:g}"


def dial_alone_differs(one: str, other: str) -> bool:
    """Tell whether two extractor versions are one extractor at two dials."""
    return one != other and one.partition(_SET)[0] == other.partition(_SET)[0]
