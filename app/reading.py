"""Read and extract one paper: the same function in this process, in a worker and on a cluster.

Whatever is wrong with a paper comes back as a value, so that no paper ends a run. Reading happens in a limited child
process (:mod:`extractors.sandbox`), extraction under a clock.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.dial import dialled
from extractors import EXTRACTOR, described, lexicon_version, read_guarded
from kg import refusals
from ontology import ontology_digest
from ontology.errors import AnodeError
from ontology.model import Document, Extraction

READ_SECONDS = 60.0  # a 600-page book takes some 10
EXTRACT_SECONDS = 600.0  # a 600-page book takes some 60
_LIMIT_WORDS = ("takes longer than", "needs more than", "ends the process", "does not start")


@dataclass(frozen=True, slots=True)
class Task:
    """Name a file to read; ``document`` is given where only the extraction is to be done anew."""

    path: Path
    document: Document | None = None
    read_seconds: float = READ_SECONDS
    extract_seconds: float = EXTRACT_SECONDS
    min_confidence: float | None = None  # None: the extractor's own


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of a file: an extraction, or the reason why there is none."""

    versions: str  # of the process that did it
    extraction: Extraction | None = None
    reason: str = ""
    passing: bool = False  # another time, or another machine, may succeed
    refused: tuple[tuple[str, str], ...] = ()  # claims the shapes refuse, by IRI, with the reason


def versions() -> str:
    """Return what an extraction depends on in this process, readers apart."""
    return f"{EXTRACTOR}; words {lexicon_version()}; ontology {ontology_digest()}"


def process(task: Task) -> Outcome:
    """Read a file and extract its claims; a failure is an outcome like any other."""
    try:
        if task.document is None:
            document = described(read_guarded(task.path, seconds=task.read_seconds))
        else:
            document = replace(task.document, id=task.path.stem, path=str(task.path))
        with _deadline(task.extract_seconds):
            extraction = dialled(document, task.min_confidence)
        return Outcome(versions(), extraction, refused=tuple(sorted(refusals(extraction).items())))
    except AnodeError as error:
        reason = str(error)
        return Outcome(versions(), reason=reason, passing=any(words in reason for words in _LIMIT_WORDS))
    except _LateError:
        return late(task)
    except Exception as error:  # a bug that one paper uncovers must not end the run for all others
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error}"[:200]
        told = f"{task.path}: extraction failed ({what}, {Path(place.filename).name} line {place.lineno})"
        return Outcome(versions(), reason=f"{told}; report the paper")


def late(task: Task) -> Outcome:
    """Return the outcome of a paper whose extraction passed its limit."""
    told = f"{task.path}: takes longer than {task.extract_seconds:g} s to extract; split it or raise the limit"
    return Outcome(versions(), reason=told, passing=True)


class _LateError(Exception):
    """Say that the clock ran out."""


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise _LateError in the block after so many seconds; without effect outside the main thread or POSIX."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def strike(_number: int, _frame: object) -> None:
        raise _LateError

    before = signal.signal(signal.SIGALRM, strike)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
