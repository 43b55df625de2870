"""The shelf: fetched documents under the hash of their bytes, what their records say in a sidecar beside each.

A PDF seldom states its DOI where a program finds it; its record does. The sidecar lets the work be known by it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractors.sources.cache import write_atomic
from extractors.sources.records import Record, TextKind
from extractors.sources.shape import number, text, texts
from ontology.errors import ReadError
from ontology.model import Document

__all__ = ["Shelf", "described", "sidecar"]

_SIDECAR = ".about.json"
_STATES_ITSELF = frozenset({"elsevier", "jats", "tei"})  # formats whose own metadata is the better
_SUFFIXES: dict[TextKind, str] = {"xml": ".xml", "html": ".html", "pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold a folder of documents."""

    folder: Path

    def put(self, record: Record, body: bytes, kind: TextKind) -> str:
        """Store a document with its sidecar and return its place below the folder; the same again changes nothing."""
        sha256 = hashlib.sha256(body).hexdigest()
        slug = re.sub(r"[^a-z0-9]+", "-", (record.doi or record.id).casefold()).strip("-")[:60] or "work"
        place = f"{sha256[:2]}/{slug}-{sha256[:16]}{_SUFFIXES[kind]}"
        path = self.folder / place
        _write_anew(sidecar(path), json.dumps(_about(record), sort_keys=True).encode())
        _write_anew(path, body)
        return place

    def path(self, place: str) -> Path:
        """Return where a document lies."""
        return self.folder / place

    def keep_only(self, places: Collection[str]) -> int:
        """Delete every file but these documents and their sidecars; return how many went."""
        kept = {self.path(place) for place in places}
        kept |= {sidecar(path) for path in kept}
        gone = [path for path in self.folder.glob("??/*") if path not in kept]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def sidecar(path: Path) -> Path:
    """Return where the sidecar of a document would lie."""
    return path.with_name(path.name + _SIDECAR)


def described(document: Document) -> Document:
    """Return a document with what its record says of the work; unchanged where it has no sidecar.

    DOI and licence are the record's; title, authors, year and venue too unless the format states them itself.
    """
    path = sidecar(Path(document.path))
    try:
        if not path.is_file():
            return document
        about: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ReadError(f"{path}: is no sidecar of a fetched paper; delete it and run `anodekg run` again") from None
    own = document.format in _STATES_ITSELF
    return replace(
        document,
        doi=text(about, "doi") or document.doi,
        licence=text(about, "licence") or document.licence,
        article_type=document.article_type or text(about, "article_type"),
        title=(own and document.title) or text(about, "title") or document.title,
        authors=(own and document.authors) or texts(about, "authors") or document.authors,
        year=(own and document.year) or number(about, "year") or document.year,
        venue=(own and document.venue) or text(about, "venue") or document.venue,
    )


def _write_anew(path: Path, data: bytes) -> None:
    """Write a file unless it holds these bytes already."""
    if not path.is_file() or path.read_bytes() != data:
        write_atomic(path, data)


def _about(record: Record) -> dict[str, Any]:
    return {
        "doi": record.doi,
        "licence": record.licence,
        "article_type": record.article_type,
        "title": re.sub(r"<[^<>]{0,100}>", "", record.title),
        "authors": list(record.authors),
        "year": record.year,
        "venue": record.venue,
        "source": record.source,
        "id": record.id,
    }
