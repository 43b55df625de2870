"""Keep document texts as files named by their hash, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from ontology.errors import StoreError

__all__ = ["has_text", "read_text", "sweep", "write_text"]


_DRAFT = ".new-"


def write_text(folder: Path, text: str) -> str:
    """Write a text below ``folder`` unless it lies there already; return its sha256 (hex, of UTF-8)."""
    data = text.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    target = _place(folder, sha256)
    if target.exists():
        return sha256
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_DRAFT)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror}; free space or choose another --library") from error
    return sha256


def read_text(folder: Path, sha256: str) -> str:
    """Return the text with this hash; raise StoreError where it is missing or was altered."""
    path = _place(folder, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}; ingest the paper again") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(f"{path} was altered since it was read; delete it and ingest the paper again")
    return data.decode("utf-8", "surrogatepass")


def has_text(folder: Path, sha256: str) -> bool:
    """Tell whether a text with this hash lies here: what was imported came without."""
    return bool(sha256) and _place(folder, sha256).is_file()


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written below ``folder``."""
    for draft in folder.glob(f"*/{_DRAFT}*"):
        draft.unlink(missing_ok=True)


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256}.txt"


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # other systems cannot open a folder, and rename is durable enough there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
