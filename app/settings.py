"""Where a library lies when nobody says so, and who may judge its claims on the page."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

LIBRARY_VARIABLE = "ANODEKG_LIBRARY"
CURATOR_VARIABLE = "ANODEKG_CURATOR"
WARM_VARIABLE = "ANODEKG_WARM"


def library_folder(option: Path | None = None) -> Path:
    """Return the library's folder: the option, else ``$ANODEKG_LIBRARY``, else the user's data folder."""
    if option is not None:
        return option
    named = os.environ.get(LIBRARY_VARIABLE)
    return Path(named) if named else _data_folder() / "library"


def curator() -> str:
    """Return in whose name the page records judgements: ``$ANODEKG_CURATOR``; empty where the page may not curate."""
    return os.environ.get(CURATOR_VARIABLE, "").strip()


def warming_wanted() -> bool:
    """Say whether a server is to fill its caches ahead of being asked: ``$ANODEKG_WARM``, set by ``anodekg serve``."""
    return bool(os.environ.get(WARM_VARIABLE))


def demo_folder() -> Path:
    """Return the folder of the demonstration's library, apart from the user's own."""
    return _data_folder() / "demo"


def _data_folder() -> Path:
    return user_data_path("anodekg", appauthor=False)
