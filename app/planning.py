"""Decide what is to be done about each file: nothing, extract anew, or read and extract.

An unchanged file costs one look at its size and times. What a reading depends on is known step by step, so a changed
reader asks for its own formats again, and changed words or concepts ask for the extraction alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from app.dial import dial_alone_differs, dialled_version
from app.reading import Task
from extractors import lexicon_version, reader_version, sidecar
from kg import Intake, Library, Seen, Stamp
from ontology import ontology_digest
from ontology.errors import ReadError

ATTEMPTS = 3  # a failure that may pass by itself is tried so many times in all
_CHUNK = 1 << 20  # bytes hashed at a time
_TICK = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use (FAT)
_NAMES: Mapping[str, str] = MappingProxyType({"lexicon": "words", "extractor": "extractor", "ontology": "ontology"})


@dataclass(frozen=True, slots=True)
class Plan:
    """Say what is to be done about a file, and why."""

    path: Path
    action: Literal["skip", "quarantined", "missing", "work"]
    why: str  # new | file changed | reader changed | words changed | … | tried again
    signature: str = ""
    file: str = ""  # sha256 of the bytes
    beside: str = ""  # and of what is told beside them
    seen: Seen | None = None  # what is known of these bytes
    keep: bool = False  # the file is to be remembered at this place without being read
    task: Task | None = None


def plan(
    path: Path, library: Library, intake: Intake, *, retry_failed: bool, min_confidence: float | None = None
) -> Plan:
    """Decide about one file; reads its bytes only where its size or times are new."""
    task = Task(path, min_confidence=min_confidence)
    signature = signature_of(path)
    before = intake.seen(place(path))
    if before is not None and signature and before.signature == signature:
        found = Plan(path, "skip", "unchanged", signature, before.file, before.beside, before)
        return _known(found, intake, retry_failed, task)
    try:
        file, told = _sha256(path), sidecar(path)
        beside = _sha256(told) if told.is_file() else ""
    except ReadError as error:
        return Plan(path, "missing", str(error))
    found = Plan(path, "skip", "unchanged", signature, file, beside, keep=True)
    if before is not None and (before.file, before.beside) == (file, beside):
        return _known(replace(found, seen=before), intake, retry_failed, task)
    if library.stamps(file):
        for twin in intake.twins(file):
            if twin.state == "read" and twin.beside == beside:
                return _known(replace(found, seen=twin), intake, retry_failed, task)
    why = "new" if before is None else "file changed"
    return replace(found, action="work", why=why, keep=False, task=task)


def _known(found: Plan, intake: Intake, retry_failed: bool, task: Task) -> Plan:
    """Decide about bytes that were tried before."""
    seen = found.seen
    if seen is None:
        return found
    act = partial(replace, found, action="work", keep=False)
    now = current(seen.format, task.min_confidence)
    if seen.versions.reader != now.reader:
        return act(why="reader changed", task=task)
    if seen.state == "failed":
        if retry_failed or (seen.passing and seen.attempts < ATTEMPTS):
            return act(why="tried again", task=task)
        if seen.versions != now and "extraction failed" in seen.reason:
            return act(why="extractor changed", task=task)
        return replace(found, action="quarantined", why=seen.reason)
    for name, word in _NAMES.items():
        if getattr(seen.versions, name) != getattr(now, name):
            dial = name == "extractor" and dial_alone_differs(seen.versions.extractor, now.extractor)
            told = "dial" if dial else word
            return act(why=f"{told} changed", task=replace(task, document=intake.document(found.file)))
    return found


@lru_cache(maxsize=32)
def current(form: str, min_confidence: float | None = None) -> Stamp:
    """Return the versions by which a file of some format would be read now; of all readers where it is unknown."""
    return Stamp(reader_version(form), dialled_version(min_confidence), lexicon_version(), ontology_digest())


def place(path: Path) -> str:
    """Return the absolute spelling under which a file is remembered."""
    return str(path.absolute()).encode("utf-8", "backslashreplace").decode()


def signature_of(path: Path) -> str:
    """Return size, times and inode of a file and of what is told beside it; "" where they cannot tell a change."""
    parts = []
    for file in (path, sidecar(path)):
        try:
            told = file.stat()
        except (OSError, ValueError):
            continue
        if time.time_ns() - max(told.st_mtime_ns, told.st_ctime_ns) < _TICK:
            return ""  # written just now: a second write may leave the same times
        parts.append(f"{told.st_size}:{told.st_mtime_ns}:{told.st_ctime_ns}:{told.st_ino}")
    return " ".join(parts)


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from None
    except ValueError as error:
        raise ReadError(f"{path!r}: is no path ({error}); check its spelling") from None
    return found.hexdigest()
