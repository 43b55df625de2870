"""Take a work out of the library for good, and put it back: its past stays under ``--as-of``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg import Intake, Library, is_projected, open_library
from ontology import ontology_digest
from ontology.errors import StoreError
from ontology.identity import normalise_doi

OPERATOR = "operator"  # source of the mark that keeps a work from coming back by itself


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Say what became of a work."""

    work: str
    state: str  # withdrawn | reinstated
    generation: int


def withdraw(name: str, folder: Path, *, note: str = "", wait: float = 0.0) -> Withdrawal:
    """Close a work, named by DOI, key, file or document name; no later run brings it back."""
    with Library.open(folder, wait=wait) as library:
        work = _find(name, library)
        run = library.start_run("withdraw")
        before = library.generation
        with library.batch(run=run):
            library.withdraw(work, run=run)
            library.mark_retracted(work, source=OPERATOR, note=note, run=run)
        library.finish_run(run, report={"before": before, "generation": library.generation, "withdrawn": [work]})
        done = Withdrawal(work, "withdrawn", library.generation)
    _project(folder)
    return done


def reinstate(name: str, folder: Path, *, wait: float = 0.0) -> Withdrawal:
    """Let a withdrawn work in again: the next run over its files reads them anew."""
    with Library.open(folder, wait=wait) as library:
        marked = {mark.work for mark in library.retractions() if mark.source == OPERATOR}
        work = next((key for key in _keys(name) if key in marked), "")
        if not work:
            listed = ", ".join(sorted(marked)) or "none"
            raise StoreError(f"{name!r} was not withdrawn from {folder}; withdrawn are: {listed}")
        run = library.start_run("withdraw --undo")
        before = library.generation
        with library.batch(run=run):
            library.unmark_retracted(work, run=run)
            Intake.of(library).forget(work)
        library.finish_run(run, report={"before": before, "generation": library.generation, "reinstated": [work]})
        done = Withdrawal(work, "reinstated", library.generation)
    _project(folder)
    return done


def _find(name: str, library: Library) -> str:
    works = library.works()
    keys = {work.work for work in works}
    for key in _keys(name):
        if key in keys:
            return key
    found = {work.work for work in works if name in (work.document, work.path, Path(work.path).name)}
    if len(found) == 1:
        return found.pop()
    what = "names several works" if found else "names no work"
    raise StoreError(f"{name!r} {what} in {library.folder}; give its DOI or its key (`anodekg query` shows both)")


def _keys(name: str) -> tuple[str, ...]:
    doi = normalise_doi(name)
    return (f"doi:{doi}", name) if doi else (name,)


def _project(folder: Path) -> None:
    if not is_projected(folder, ontology_digest()):
        with open_library(folder) as graph:
            graph.store("cypher")
