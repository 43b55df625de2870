"""The dial between finding more and being right more often: the least confidence of an effect."""

from __future__ import annotations

import inspect

from extractors import extract


def default_dial() -> float:
    """Return the confidence from which the extractor keeps an effect when nobody says otherwise."""
    return float(inspect.signature(extract).parameters["min_confidence"].default)
