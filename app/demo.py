"""The demonstration: the bundled digests, from files to an answer."""

from __future__ import annotations

from pathlib import Path

from app.ingest import Report, ingest
from app.progress import Notify, silent
from app.samples import sample_paths
from kg import Library

FLAGSHIP = "Which SEI strategies help calendar life?"
_BUNDLE = ("app", "samples")  # the folders that bundled digests lie in, wherever the project is installed


def build_demo(library: Path, *, progress: Notify = silent) -> Report:
    """Read the bundled digests into the library of a folder; what is there already is skipped.

    Works read from digests that an earlier version bundled, and this one does not, are withdrawn.
    """
    _withdraw_former(library)
    return ingest(sample_paths(), library, progress=progress)


def _withdraw_former(library: Path) -> None:
    bundled = {path.name for path in sample_paths()}
    with Library.open(library) as opened:
        for work in opened.works():
            path = Path(work.path)
            if path.parts[-3:-1] == _BUNDLE and path.name not in bundled:
                opened.withdraw(work.work)
