"""Keep responses on disk with what proves them unchanged: ETag and Last-Modified.

An entry is two files, the body first and then the head that names the body's hash, each written beside its place and
moved into it; whatever a crash leaves behind is no entry.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Cache", "Stored", "write_atomic"]

_MOST_BYTES = 20_000_000  # a larger body costs less to fetch again than to keep twice


@dataclass(frozen=True, slots=True)
class Stored:
    """Hold the head of a stored response."""

    etag: str
    modified: str  # Last-Modified, as it came
    media_type: str
    sha256: str  # of the body


@dataclass(frozen=True, slots=True)
class Cache:
    """Hold a folder of responses by address."""

    folder: Path

    def find(self, address: str) -> tuple[Stored, bytes] | None:
        """Return what is stored for an address; nothing where it is missing or damaged."""
        head, body = self._files(address)
        try:
            stored = Stored(**json.loads(head.read_text(encoding="utf-8")))
            data = body.read_bytes()
            os.utime(head)
        except (OSError, ValueError, TypeError):
            return None
        return (stored, data) if hashlib.sha256(data).hexdigest() == stored.sha256 else None

    def keep(self, address: str, body: bytes, *, etag: str, modified: str, media_type: str) -> None:
        """Store a response that can be proven unchanged later; drop what is known of one that cannot."""
        head, place = self._files(address)
        if not (etag or modified) or len(body) > _MOST_BYTES:
            head.unlink(missing_ok=True)
            return
        stored = Stored(etag, modified, media_type, hashlib.sha256(body).hexdigest())
        write_atomic(place, body)
        write_atomic(head, json.dumps(asdict(stored)).encode())

    def prune(self, *, days: float) -> int:
        """Delete entries that were not used for so many days; return how many."""
        oldest, gone = time.time() - days * 86_400, 0
        for head in self.folder.glob("??/*.json"):
            if head.stat().st_mtime < oldest:
                head.unlink(missing_ok=True)
                head.with_suffix(".body").unlink(missing_ok=True)
                gone += 1
        return gone

    def _files(self, address: str) -> tuple[Path, Path]:
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
        place = self.folder / name[:2]
        return place / f"{name}.json", place / f"{name}.body"


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file in one step: whole and on the disk, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
