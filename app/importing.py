"""Take what was exported into a library: a file as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.progress import Notify, Step
from kg import Imported, Library, adopt, fit, import_file, is_projected, open_library, recall, violations
from ontology import ontology_digest
from ontology.errors import ReadError

_LONGEST = 80  # characters of the command that a run is listed under


@dataclass(slots=True)
class Imports:
    """Hold what became of each work, by key, and how many curators' words came along."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # the library has read, or withdrawn, the paper itself
    refused: list[tuple[str, str]] = field(default_factory=list)  # claim and what the shapes have against it
    words: int = 0
    run: int = 0
    before: int = 0
    generation: int = 0

    def to_json(self) -> dict[str, Any]:
        """Render the outcome as a JSON object."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "kept": self.kept,
            "refused": [{"claim": claim, "reason": reason} for claim, reason in self.refused],
            "words": self.words,
            "run": self.run,
            "before": self.before,
            "generation": self.generation,
        }


def import_exports(paths: Sequence[Path], folder: Path, *, wait: float, progress: Notify) -> Imports:
    """Take the works and curators' words of some exports into a library, made where missing, and project it."""
    read = [(path, import_file(path)) for path in paths]
    done, total = 0, sum(len(imported.works) for _, imported in read)
    report = Imports()
    with Library.open(folder, wait=wait) as library:
        report.before = library.generation
        report.run = library.start_run(f"import {' '.join(path.name for path in paths)}"[:_LONGEST])
        try:
            for path, imported in read:
                _take(library, path, imported, report)
                done += len(imported.works)
                progress(Step(done, total, "imported", path.name))
        finally:
            report.generation = library.generation
            library.finish_run(report.run, report=report.to_json())
    if not is_projected(folder, ontology_digest()):
        progress(Step(total, total, "projecting"))
        with open_library(folder) as graph:
            graph.store("cypher")
    progress(Step(total, total, "done"))
    return report


def _take(library: Library, path: Path, imported: Imported, report: Imports) -> None:
    found: dict[str, list[str]] = {"added": report.added, "replaced": report.changed, "kept": report.kept}
    try:
        with library.batch(run=report.run):
            for claims in imported.works:
                fit(claims, imported.words)
            report.words += recall(library, imported.words, run=report.run)
            moments = imported.moments
            for claims in sorted(imported.works, key=lambda claims: moments.get(claims.iri, "")):
                at, refused = moments.get(claims.iri, ""), violations(claims)
                change = adopt(library, claims, refused=refused, at=at, run=report.run, note=path.name)
                found.get(change.kind, report.unchanged).append(claims.work)
                report.refused += change.refused
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
