"""Hold the bundled digests: texts in our own words about published works, see docs/sources.md."""

from importlib.resources import files
from pathlib import Path

__all__ = ["sample_paths"]

SUFFIXES = (".html", ".md", ".pdf", ".xml")


def sample_paths() -> tuple[Path, ...]:
    """Return the paths of the bundled digests, sorted by file name."""
    entries = (Path(str(entry)) for entry in files(__name__).iterdir())
    return tuple(sorted(path for path in entries if path.suffix in SUFFIXES))
