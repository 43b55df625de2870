"""Tell cheaply whether the graphs of a library show all of it, without opening an engine."""

from __future__ import annotations

from pathlib import Path

from kg.library import Library
from kg.store import PROJECTION, Watermark
from kg.stores.published import current

__all__ = ["is_projected"]

_EMBEDDED = ("oxigraph", "ladybug")  # the folders of the stores that every library carries


def is_projected(folder: Path, ontology_digest: str) -> bool:
    """Say whether every embedded store has published the library's last generation under this ontology."""
    with Library.open(folder, read_only=True) as library:
        wanted = Watermark(library.generation, ontology_digest, PROJECTION)
    published = [current(folder / name) for name in _EMBEDDED]
    return all(found is not None and found[1] == wanted for found in published)
