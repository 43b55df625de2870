"""Name the extractor so that any change of its code, words or language model shows in the name."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from extractors.language import MODEL

__all__ = ["extractor_version"]


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Return name, digest of the package's code and words and language model."""
    digest = hashlib.sha256()
    root = resources.files("extractors")
    for file in sorted(
        (f for place in (root, root / "lexicon", root / "readers") for f in place.iterdir() if _counts(f)),
        key=lambda f: f.name,
    ):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"anodekg-rules {digest.hexdigest()[:12]}, {MODEL}"


def _counts(file: Traversable) -> bool:
    return file.is_file() and file.name.endswith((".py", ".yaml", ".tsv", ".txt"))
