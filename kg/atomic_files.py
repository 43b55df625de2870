"""Write a file or a folder beside its place and put it there in one step, so that nobody ever sees half of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ontology.errors import StoreError

__all__ = ["replaced_file", "replaced_folder"]


@contextmanager
def replaced_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a stream whose content becomes the file at the end of the block; nothing changes where that fails."""
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise StoreError(f"cannot write {path} ({error.strerror}); choose another --output") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path} ({error.strerror or error}); choose another --output") from error
    finally:
        Path(draft).unlink(missing_ok=True)


@contextmanager
def replaced_folder(path: Path, *, ours: frozenset[str]) -> Iterator[Path]:
    """Yield an empty folder that takes the place of another one, which may hold no files but those named ``ours``."""
    try:
        strange = sorted(item.name for item in path.iterdir() if item.name not in ours) if path.exists() else []
        if strange:
            raise StoreError(f"{path} holds other files ({strange[0]}); choose a new folder as --output")
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    except OSError as error:
        raise StoreError(f"cannot write {path} ({error.strerror}); choose another --output") from None
    try:
        inner = draft / path.name
        inner.mkdir()
        yield inner
        if path.exists():
            path.rename(draft / "before")
        inner.rename(path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
