"""Read papers into a library: find files, skip what is known, read, extract, store, project.

Each document is one commit, with the note of what became of its file, in the order of the files, whoever extracted it.
So a run that is killed has lost at most what was in hand, and the same command goes on to the same library; whatever
the graphs still miss is replayed when the library is next opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.files import find_files
from app.interrupts import undisturbed
from app.planning import Plan, current, place, plan
from app.progress import Notify, Step, silent
from app.reading import Outcome, Task
from app.reports import Failure, Report
from app.run_settings import RunSettings
from app.withdrawing import OPERATOR
from app.workers import crew, in_order, settled
from kg import Intake, Library, Seen, Stamp, is_projected, open_library
from ontology import ontology_digest
from ontology.errors import AnodeError, StoreError
from ontology.identity import work_key
from ontology.model import Extraction

__all__ = ["Failure", "Report", "ingest"]

_DEFAULT = RunSettings()
_NOTES = 500  # notes on files that were merely looked at, written in one commit


def ingest(
    paths: Sequence[Path],
    library_dir: Path,
    settings: RunSettings = _DEFAULT,
    *,
    progress: Notify = silent,
) -> Report:
    """Read papers into the library of a folder and bring its graphs up to date; report what came of each file.

    Effects less likely than the settings' confidence are left out; what was read at another dial is read anew.
    """
    files = list(find_files(paths))
    planning = partial(plan, retry_failed=settings.retry_failed, min_confidence=settings.min_confidence)
    if settings.dry_run:
        return _rehearsed(files, library_dir, planning, limit=settings.limit)
    report = Report()
    with Library.open(library_dir, wait=settings.wait) as library:
        Intake.of(library).prepare()
        report.before = library.generation
        report.run = library.start_run(settings.command or "ingest")
        work = _Work(library, report, progress, total=len(files), min_confidence=settings.min_confidence)
        try:
            with crew(settings.workers, settings.dask) as (submit, ahead):
                chosen = _chosen(files, library, report, planning, limit=settings.limit)
                for planned, pending in in_order(chosen, submit, ahead=ahead):
                    work.announce(planned)
                    outcome = settled(pending)
                    with undisturbed():
                        work.settle(planned, outcome)
        except KeyboardInterrupt as stop:
            report.interrupted, report.signal = True, getattr(stop, "number", report.signal)
            report.left += len(files) - work.done - report.left
        except AnodeError as error:
            report.error = str(error)
            raise
        finally:
            with undisturbed():
                work.finish()
    if not report.interrupted:
        _project(library_dir, report, progress, total=len(files))
    return report


def _project(library_dir: Path, report: Report, progress: Notify, *, total: int) -> None:
    """Bring the graphs up to date; interrupted, they are when the library is next opened."""
    try:
        if not is_projected(library_dir, ontology_digest()):
            progress(Step(total, total, "projecting"))
            with open_library(library_dir) as graph:  # which replays what its stores have missed
                graph.store("cypher")
        progress(Step(total, total, "done"))
    except KeyboardInterrupt as stop:
        report.interrupted, report.signal = True, getattr(stop, "number", report.signal)


def _chosen(
    files: Iterable[Path], library: Library, report: Report, planning: Callable[..., Plan], *, limit: int | None
) -> Iterator[tuple[Plan, Task | None]]:
    """Plan each file when its turn comes; what lies beyond the limit is counted and left."""
    started, intake = 0, Intake.of(library)
    for path in files:
        planned = planning(path, library, intake)
        if planned.task is not None and limit is not None and started >= limit:
            report.left += 1
            continue
        started += planned.task is not None
        yield planned, planned.task


def _rehearsed(files: Sequence[Path], folder: Path, planning: Callable[..., Plan], *, limit: int | None) -> Report:
    """Say what a run would do; a library that is not there yet stays so."""
    report = Report(dry_run=True)
    if not (folder / "library.sqlite").is_file():
        report.added = [str(path) for path in files[:limit]]
        report.left = len(files) - len(report.added)
        report.why.update({"new": len(report.added)} if report.added else {})
        return report
    with Library.open(folder, read_only=True) as library:
        report.before = report.generation = library.generation
        for planned, task in _chosen(files, library, report, planning, limit=limit):
            if task is not None:
                report.why[planned.why] += 1
                (report.added if planned.why == "new" else report.changed).append(str(planned.path))
            else:
                _note_skipped(planned, report)
    return report


def _note_skipped(planned: Plan, report: Report) -> None:
    path = str(planned.path)
    match planned.action:
        case "missing":
            report.failed.append(Failure(path, planned.why))
        case "quarantined":
            report.quarantined.append(Failure(path, planned.why, planned.seen.attempts if planned.seen else 1))
        case _:
            report.unchanged.append(path)


class _Work:
    """Write what came of each file: the one place where a run touches the library."""

    def __init__(
        self, library: Library, report: Report, progress: Notify, *, total: int, min_confidence: float | None
    ) -> None:
        self._min_confidence = min_confidence
        self._library = library
        self._intake = Intake.of(library)
        self._report = report
        self._progress = progress
        self._total = total
        self._withdrawn = {mark.work for mark in library.retractions() if mark.source == OPERATOR}
        self._notes: list[Seen] = []
        self.done = 0

    def announce(self, planned: Plan) -> None:
        """Say which file is waited for."""
        if planned.task is not None:
            self._progress(Step(self.done, self._total, "reading", planned.path.name))

    def settle(self, planned: Plan, outcome: Outcome | None) -> None:
        """Store an outcome, or note that there was nothing to do."""
        if outcome is None:
            _note_skipped(planned, self._report)
            if planned.keep and planned.seen is not None:
                self._remember(planned, planned.seen)
            state: str = planned.action
        else:
            self._report.why[planned.why] += 1
            state = self._store(planned, outcome)
        self.done += 1
        if state not in ("skip", "quarantined"):
            reason = self._report.failed[-1].reason if state in ("failed", "missing") else ""
            self._progress(Step(self.done, self._total, state, planned.path.name, reason))

    def finish(self) -> None:
        """Write what is still to be noted, and the report."""
        self._flush()
        self._report.generation = self._library.generation
        self._library.finish_run(self._report.run, report=self._report.to_record())

    def _store(self, planned: Plan, outcome: Outcome) -> str:
        if outcome.extraction is None:
            return self._fail(planned, outcome.reason, passing=outcome.passing)
        try:
            return self._add(planned, outcome.extraction, dict(outcome.refused))
        except StoreError as error:
            return self._fail(planned, str(error), passing=True)

    def _add(self, planned: Plan, extraction: Extraction, refused: dict[str, str]) -> str:
        document, report = extraction.document, self._report
        stamp = current(document.format, self._min_confidence)
        signature = planned.signature if document.sha256 == planned.file else ""  # it changed while it was read
        note = self._seen(planned, stamp, signature=signature, file=document.sha256, form=document.format)
        if work_key(document) in self._withdrawn:
            self._intake.record(note)
            report.unchanged.append(str(planned.path))
            return "unchanged"
        with self._library.batch(run=report.run):
            change = self._library.add(
                extraction, run=report.run, lexicon=stamp.lexicon, ontology=stamp.ontology, refused=refused
            )
            self._intake.record(note)
        if change.kind not in ("added", "replaced"):
            report.unchanged.append(str(planned.path))
            return "unchanged"
        state = "added" if change.kind == "added" else "changed"
        (report.added if state == "added" else report.changed).append(str(planned.path))
        report.refused += [Failure(str(planned.path), f"{iri}: {reason}") for iri, reason in change.refused]
        report.effects += len(extraction.effects)
        report.measurements += len(extraction.measurements)
        return state

    def _fail(self, planned: Plan, reason: str, *, passing: bool) -> str:
        note = self._seen(
            planned, current("", self._min_confidence), signature=planned.signature, file=planned.file, reason=reason
        )
        with self._library.batch(run=self._report.run):
            attempts = self._intake.record(replace(note, passing=passing))
        self._report.failed.append(Failure(str(planned.path), reason, attempts))
        return "failed"

    def _seen(
        self, planned: Plan, stamp: Stamp, *, signature: str, file: str, form: str = "", reason: str = ""
    ) -> Seen:
        return Seen(
            path=place(planned.path),
            signature=signature,
            file=file,
            beside=planned.beside,
            format=form,
            state="failed" if reason else "read",
            reason=reason,
            passing=False,
            attempts=1 if reason else 0,
            versions=stamp,
            run=self._report.run,
        )

    def _remember(self, planned: Plan, seen: Seen) -> None:
        self._notes.append(replace(seen, path=place(planned.path), signature=planned.signature))
        if len(self._notes) >= _NOTES:
            self._flush()

    def _flush(self) -> None:
        if self._notes:
            with self._library.batch(run=self._report.run):
                for note in self._notes:
                    self._intake.remember(note)
            self._notes.clear()
