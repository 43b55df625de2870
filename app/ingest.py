"""Read papers into a library: find files, skip what is known, read, extract, store, project.

The library commits one document at a time and the graphs follow at the end, so an interruption loses at most the
document in hand; whatever the graphs still miss is replayed when the library is next opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.files import find_files
from app.progress import Notify, Step, silent
from extractors import EXTRACTOR, extract, read
from kg import Library, open_library
from ontology.errors import AnodeError, ReadError
from ontology.terms import load_ontology

_CHUNK = 1 << 20  # bytes hashed at a time


@dataclass(frozen=True, slots=True)
class Failure:
    """Say which document could not be read, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Report:
    """Hold what a run did, by path in the order it was met."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    effects: int = 0  # read in this run
    measurements: int = 0
    interrupted: bool = False
    generation: int = 0  # of the library after the run

    def to_json(self) -> dict[str, Any]:
        """Render the report as a JSON object."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [{"path": failure.path, "reason": failure.reason} for failure in self.failed],
            "effects": self.effects,
            "measurements": self.measurements,
            "interrupted": self.interrupted,
            "generation": self.generation,
        }


def ingest(paths: Sequence[Path], library_dir: Path, *, progress: Notify = silent) -> Report:
    """Read papers into the library of a folder and bring its graphs up to date; report what came of each file."""
    report = Report()
    files = list(find_files(paths))
    with Library.open(library_dir) as library:
        run = library.start_run("ingest")
        try:
            for done, path in enumerate(files):
                progress(Step(done, len(files), "reading", path.name))
                try:
                    _ingest_one(path, library, run=run, report=report)
                except AnodeError as error:
                    report.failed.append(Failure(str(path), str(error)))
        except KeyboardInterrupt:
            report.interrupted = True
        report.generation = library.generation
        library.finish_run(run, report=report.to_json())
    if not report.interrupted:
        progress(Step(len(files), len(files), "projecting"))
        with open_library(library_dir) as graph:  # which replays what its stores have missed
            graph.store("cypher")
        progress(Step(len(files), len(files), "done"))
    return report


def _ingest_one(path: Path, library: Library, *, run: int, report: Report) -> None:
    ontology = load_ontology().digest
    stamps = library.stamps(_sha256(path))
    if any(stamp.extractor == EXTRACTOR and stamp.ontology == ontology for stamp in stamps):
        report.unchanged.append(str(path))
        return
    extraction = extract(read(path))
    change = library.add(extraction, run=run, ontology=ontology)
    if change.kind in ("unchanged", "superseded"):
        report.unchanged.append(str(path))
        return
    (report.added if change.kind == "added" else report.changed).append(str(path))
    report.effects += len(extraction.effects)
    report.measurements += len(extraction.measurements)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from None
    return digest.hexdigest()
