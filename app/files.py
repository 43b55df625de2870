"""Find the files a command is to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among paths and in the folders among them: sorted order, hidden ones left out."""
    for path in paths:
        if not path.is_dir():
            yield path  # missing or no regular file: the reader names the remedy
            continue
        for folder, below, files in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))
