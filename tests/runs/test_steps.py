"""What depends on what: a changed step is done again, alone, and nothing else is."""

import os
import time
from pathlib import Path

import pytest

import app.planning
import app.reading
from app.ingest import ingest
from app.run_settings import RunSettings
from extractors.version import lexicon_version, reader_version
from kg import Intake, Library, open_library
from ontology import load_ontology, ontology_digest
from ontology.model import Document, Extraction
from ontology.terms import Concept, Ontology
from tests.conftest import ROOT
from tests.runs.papers import WORDS, write
from tests.runs.state import quads, state


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = write(tmp_path / "papers", WORDS)
    for file in folder.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read from now on, in order."""
    names: list[str] = []
    real = app.reading.read_guarded

    def counted(path: Path, *, seconds: float) -> object:
        names.append(path.name)
        return real(path, seconds=seconds)

    monkeypatch.setattr(app.reading, "read_guarded", counted)
    return names


def forget_versions() -> None:
    app.planning.current.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_versions():
    forget_versions()
    yield
    forget_versions()


def test_one_more_label_gives_old_papers_exactly_its_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_again: list[str]
) -> None:
    papers = write(
        tmp_path / "papers",
        {
            "old.md": "# Old\n\nZorbexing improves the calendar life.\n",
            "other.md": "# Other\n\nFEC improves the cycle life of silicon anodes.\n",
        },
    )
    library = tmp_path / "library"
    ingest([papers], library)
    before = set(quads(library))
    known = load_ontology()
    coated = known.find("artificial SEI")
    assert coated is not None
    wider: dict[str, Concept] = dict(known.concepts)
    wider[coated.iri] = _with_label(coated, "Zorbexing")
    grown = Ontology(wider, digest="grown")
    for module in ("extractors.pipeline", "kg.graph", "kg.runs"):
        monkeypatch.setattr(f"{module}.load_ontology", lambda: grown)
    for module in ("app.planning", "app.reading", "app.ingest"):
        monkeypatch.setattr(f"{module}.ontology_digest", lambda: "grown")
    forget_versions()
    read_again.clear()
    report = ingest([papers], library)
    assert read_again == []  # the documents of the library served
    assert report.why == {"ontology changed": 2}
    assert [Path(path).name for path in report.changed] == ["old.md"]
    with open_library(library, read_only=True) as graph:
        rows = graph.rows("edges-of-strategy", {"cause": coated.iri}).rows
        assert len(rows) == 1
        claims = {claim for work in graph.claims() for claim, _ in work.effects}
    assert len(claims) >= 2
    news = [quad for quad in quads(library) if quad not in before]
    assert news
    ingest([papers], tmp_path / "anew")
    assert quads(tmp_path / "anew") == quads(library)


def _with_label(concept: Concept, label: str) -> Concept:
    from dataclasses import replace

    return replace(concept, alt=(*concept.alt, label))


@pytest.mark.parametrize(
    ("step", "why", "read"),
    [("reader", "reader changed", 2), ("words", "words changed", 0), ("ontology", "ontology changed", 0)],
)
def test_a_changed_step_is_done_again_alone(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_again: list[str], step: str, why: str, read: int
) -> None:
    ingest([papers / "a.md", papers / "b.md", papers / "d.txt"], tmp_path / "library")
    before = state(tmp_path / "library")
    read_again.clear()
    if step == "reader":
        monkeypatch.setattr(
            app.planning, "reader_version", lambda form: "2" if form == "markdown" else reader_version(form)
        )
    elif step == "words":
        monkeypatch.setattr(app.planning, "lexicon_version", lambda: "2")
    else:
        monkeypatch.setattr(app.planning, "ontology_digest", lambda: "2")
    forget_versions()
    report = ingest([papers / "a.md", papers / "b.md", papers / "d.txt"], tmp_path / "library")
    assert report.why == {why: 2 if step == "reader" else 3}
    assert len(read_again) == read
    assert (report.added, report.changed) == ([], [])  # and to the same result
    after = [line for line in state(tmp_path / "library") if not line.startswith(("intake", "extraction "))]
    assert after == [line for line in before if not line.startswith(("intake", "extraction "))]


def test_unchanged_files_cost_a_hundredth_of_the_first_run(papers: Path, tmp_path: Path) -> None:
    time.sleep(2)  # what was written just now is hashed to be sure
    start = time.perf_counter()
    ingest([papers], tmp_path / "library")
    first = time.perf_counter() - start
    ingest([papers], tmp_path / "library")
    start = time.perf_counter()
    report = ingest([papers], tmp_path / "library")
    assert len(report.unchanged) == 4
    assert (
        time.perf_counter() - start
    ) / first < 0.1  # five tiny papers; tests.benchmarks measures the 1 % on real ones


def test_a_touched_file_is_not_read_again(papers: Path, tmp_path: Path, read_again: list[str]) -> None:
    ingest([papers], tmp_path / "library")
    os.utime(papers / "a.md")
    read_again.clear()
    assert len(ingest([papers], tmp_path / "library").unchanged) == 4
    assert read_again == []


def test_what_fails_waits_in_quarantine_until_something_changes(
    papers: Path, tmp_path: Path, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, bad = tmp_path / "library", papers / "e.txt"
    first = ingest([papers], library)
    assert [Path(failure.path).name for failure in first.failed] == ["e.txt"]
    read_again.clear()
    second = ingest([papers], library)
    assert (second.failed, [failure.attempts for failure in second.quarantined], read_again) == ([], [1], [])
    third = ingest([papers], library, RunSettings(retry_failed=True))
    assert [failure.attempts for failure in third.failed] == [2]
    with Library.open(library, read_only=True) as opened:
        assert [(Path(seen.path).name, seen.attempts) for seen in Intake.of(opened).failed()] == [("e.txt", 2)]
    monkeypatch.setattr(app.planning, "reader_version", lambda form: "2")
    forget_versions()
    assert "reader changed" in ingest([papers], library).why
    bad.write_text("# Mended\n\nFEC improves the cycle life.\n", encoding="utf-8")
    mended = ingest([papers], library)
    assert [Path(path).name for path in mended.added] == ["e.txt"]
    with Library.open(library, read_only=True) as opened:
        assert Intake.of(opened).failed() == ()


def test_a_failure_that_may_pass_is_tried_three_times(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(path: Path, *, seconds: float) -> object:
        from ontology.errors import ReadError

        raise ReadError(f"{path}: takes longer than {seconds:g} s to read; raise the limit or split it.")

    monkeypatch.setattr(app.reading, "read_guarded", dies)
    tries = [ingest([papers / "a.md"], tmp_path / "library") for _ in range(4)]
    assert [len(report.failed) for report in tries] == [1, 1, 1, 0]
    assert [failure.attempts for failure in tries[-1].quarantined] == [3]


def test_a_bug_that_one_paper_uncovers_ends_no_run(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = app.reading.dialled

    def trips(document: Document, min_confidence: float | None) -> Extraction:
        if document.id == "b":
            raise IndexError("list index out of range")
        return real(document, min_confidence)

    monkeypatch.setattr(app.reading, "dialled", trips)
    report = ingest([papers], tmp_path / "library")
    assert len(report.added) == 3
    assert "b.md: extraction failed (IndexError: list index out of range" in report.failed[0].reason


def test_versions_name_only_what_takes_part() -> None:
    assert reader_version("pdf") != reader_version("jats")
    assert "pypdfium2" in reader_version("pdf")
    assert reader_version("no such format").startswith("no such format")
    assert len(lexicon_version()) == 12
    assert ontology_digest() == load_ontology().digest
    assert (ROOT / "extractors" / "version.py").is_file()
