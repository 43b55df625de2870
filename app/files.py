"""Find the files a command is to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# What a paper may be called. Its reader goes by content; a name only keeps scripts, tables and pictures in a folder
# from being taken for papers. A file that is named itself is read whatever it is called.
_READ = ("", ".htm", ".html", ".jats", ".markdown", ".md", ".nxml", ".pdf", ".tei", ".text", ".txt", ".xhtml", ".xml")
_REFUSED_WITH_A_REMEDY = (".doc", ".docx", ".epub", ".odt", ".ps", ".rtf")
PAPER_SUFFIXES = frozenset((*_READ, *_REFUSED_WITH_A_REMEDY))


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among paths and the papers in the folders among them: sorted order, hidden ones left out."""
    for path in paths:
        if not path.is_dir():
            yield path  # missing or no regular file: the reader names the remedy
            continue
        for folder, below, files in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if _is_paper(name))


def _is_paper(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in PAPER_SUFFIXES
