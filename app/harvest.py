"""One literature run: fetch what a query file asks for, mark what was retracted, read what is new.

Everything fetched lies in the library's folder ``sources``: documents, cache, ledger. Each step is finished before the
next begins and each may be killed: the same command goes on where it stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.ingest import ingest
from app.progress import Notify, silent
from app.reports import Report
from app.run_settings import RunSettings
from extractors import Harvest, Moment, Plan, Retraction, harvest, settle
from kg import Library, library_generation
from ontology.errors import SourceError

__all__ = ["Outcome", "run_sources", "sources_folder"]

_DEFAULT = RunSettings()
_OTHER_WRITER = 600.0  # seconds to wait for a process that writes the same library


@dataclass(slots=True)
class Outcome:
    """Hold what a run did: what was fetched, which works of the library were marked, what came of each document."""

    harvest: Harvest
    retracted: list[str] = field(default_factory=list)  # work keys, newly marked
    report: Report | None = None  # None where nothing was read: a dry run
    before: int = 0  # generation of the library before the run

    @property
    def failures(self) -> list[str]:
        """Return what went wrong, one line each."""
        read = [failure.reason for failure in self.report.failed] if self.report else []
        return self.harvest.failures + read

    @property
    def summary(self) -> str:
        """Say in one line what a run did."""
        full = sum(search.full for search in self.harvest.searches)
        abstracts = sum(search.abstracts for search in self.harvest.searches)
        known = sum(search.known for search in self.harvest.searches)
        counts = [f"{full} full texts", f"{abstracts} abstracts", f"{known} known", f"{len(self.retracted)} retracted"]
        read = [f"{len(self.report.added)} added", f"{len(self.report.changed)} changed"] if self.report else []
        waiting = [f"{len(self.report.quarantined)} in quarantine"] if self.report and self.report.quarantined else []
        return ", ".join([*counts, *read, f"{len(self.failures)} failed", *waiting])

    def to_json(self) -> dict[str, Any]:
        """Render as a JSON object."""
        return {
            "searches": [search.to_json() for search in self.harvest.searches],
            "problems": self.harvest.problems,
            "retracted": self.retracted,
            "ingest": self.report.to_json() if self.report else None,
        }


def sources_folder(library_dir: Path) -> Path:
    """Return the folder of fetched documents in a library."""
    return library_dir / "sources"


def run_sources(
    plan: Plan,
    library_dir: Path,
    settings: RunSettings = _DEFAULT,
    *,
    notify: Callable[[Moment], None],
    progress: Notify = silent,
) -> Outcome:
    """Run a query file once into the library of a folder; raise SourceError where another run is under way.

    The limit ends fetching: what was fetched is read. A dry run asks the sources, counts, and writes nothing.
    """
    limit = settings.limit
    folder = sources_folder(library_dir)
    if settings.dry_run:
        return Outcome(harvest(plan, folder, dois=_dois(library_dir), limit=limit, dry_run=True, notify=notify))
    with _alone(folder, settings.wait):
        found = harvest(plan, folder, dois=_dois(library_dir), limit=limit, notify=notify)
        before = library_generation(library_dir) if _is_there(library_dir) else 0
        outcome = Outcome(found, _mark(found.retractions, library_dir), before=before)
        settle(folder, found.retractions)
        reading = replace(
            settings,
            limit=None,
            wait=max(settings.wait, _OTHER_WRITER),
            command=settings.command or f"run {plan.path.name}",
        )
        outcome.report = ingest(found.paths, library_dir, reading, progress=progress)
        return outcome


def _is_there(library_dir: Path) -> bool:
    return (library_dir / "library.sqlite").is_file()


def _dois(library_dir: Path) -> list[str]:
    if not _is_there(library_dir):
        return []
    with Library.open(library_dir, read_only=True) as library:
        return sorted({work.doi for work in library.works() if work.doi and not work.retracted})


def _mark(retractions: Sequence[Retraction], library_dir: Path) -> list[str]:
    """Mark works in the library; return the keys of those that were not marked before."""
    if not retractions:
        return []
    with Library.open(library_dir, wait=_OTHER_WRITER) as library:
        run = library.start_run("retractions")
        marked = []
        with library.batch(run=run):
            for item in retractions:
                work = f"doi:{item.doi}"
                if library.mark_retracted(work, notice=item.notice, source=item.source, run=run).kind == "retracted":
                    marked.append(work)
        library.finish_run(run, report={"retracted": marked})
    return marked


@contextmanager
def _alone(folder: Path, wait: float) -> Iterator[None]:
    """Be the only run of a library, waiting so many seconds for another one; name it where it goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "run.holder"
    lock = FileLock(folder / "run.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        name = holder.read_text(encoding="utf-8") if holder.is_file() else "another process"
        raise SourceError(f"{folder} is in use by a run ({name}); wait for it to end") from None
    try:
        holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        lock.release()
