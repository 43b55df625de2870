"""The demonstration: the bundled digests, from files to an answer."""

from __future__ import annotations

from pathlib import Path

from app.ingest import Report, ingest
from app.progress import Notify, silent
from app.samples import sample_paths

FLAGSHIP = "Which SEI strategies help calendar life?"


def build_demo(library: Path, *, progress: Notify = silent) -> Report:
    """Read the bundled digests into the library of a folder; what is there already is skipped."""
    return ingest(sample_paths(), library, progress=progress)
