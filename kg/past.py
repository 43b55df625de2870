"""Keep the stores of past states of a library: a few beside it, or for as long as they are asked where it is read only."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ontology.errors import StoreError

__all__ = ["PastStores"]

_FOLDER = "as-of"
_KEPT = 4  # past states whose stores stay, those asked last


class PastStores:
    """Name the folder in which one past generation has its stores."""

    def __init__(self, library: Path, generation: int, *, kept: bool) -> None:
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        try:
            if kept:
                self.folder = library / _FOLDER / str(generation)
                self.folder.mkdir(parents=True, exist_ok=True)
                self.folder.touch()
                _prune(library / _FOLDER)
            else:
                self._scratch = tempfile.TemporaryDirectory(prefix="anodekg-", ignore_cleanup_errors=True)
                self.folder = Path(self._scratch.name)
        except OSError as error:
            raise StoreError(f"cannot keep a past state in {library} ({error.strerror}); open it read-only") from error

    def close(self) -> None:
        """Forget what was kept for this asking alone."""
        if self._scratch is not None:
            self._scratch.cleanup()


def _prune(folder: Path) -> None:
    past = sorted((place for place in folder.iterdir() if place.is_dir()), key=lambda place: -place.stat().st_mtime_ns)
    for place in past[_KEPT:]:
        shutil.rmtree(place, ignore_errors=True)
