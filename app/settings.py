"""Where a library lies when nobody says so."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

LIBRARY_VARIABLE = "ANODEKG_LIBRARY"


def library_folder(option: Path | None = None) -> Path:
    """Return the library's folder: the option, else ``$ANODEKG_LIBRARY``, else the user's data folder."""
    if option is not None:
        return option
    named = os.environ.get(LIBRARY_VARIABLE)
    return Path(named) if named else _data_folder() / "library"


def demo_folder() -> Path:
    """Return the folder of the demonstration's library, apart from the user's own."""
    return _data_folder() / "demo"


def _data_folder() -> Path:
    return user_data_path("anodekg", appauthor=False)
