"""What a run brought: works, claims, answers, signs, support, contradictions, unknown strategies."""

import json
import shutil
from pathlib import Path

import pytest

from app.ingest import ingest
from kg import Library, RunReport, find_question, open_library, recorded_runs, run_report
from kg.runs_answers import ASKED
from ontology import load_ontology
from tests.app.conftest import Run, run  # noqa: F401 - the fixture
from tests.runs.papers import write

FIRST = {
    "fec.md": "---\ndoi: 10.1000/fec\n---\n\n# About FEC\n\nFEC increases the cycle life of silicon anodes.\n",
    "sei.md": "# About coatings\n\nCarbon coating improves the rate capability.\n",
    "gone.md": "# To be withdrawn\n\nPrelithiation improves the energy density.\n",
}
SECOND = {
    "fec.md": "---\ndoi: 10.1000/fec\n---\n\n# About FEC\n\nFEC decreases the cycle life of silicon anodes.\n",
    "second.md": "# A second voice\n\nThe carbon coating improves the rate capability here too.\n",
    "new.md": "# New\n\nAn artificial SEI improves the calendar life. Zorbex treatment improves the cycle life.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library after two runs, the second over changed papers."""
    folder = tmp_path_factory.mktemp("reports")
    ingest([write(folder / "papers", FIRST)], folder / "library")
    shutil.copytree(folder / "library", folder / "before")
    ingest([write(folder / "papers", SECOND)], folder / "library")
    return folder / "library"


@pytest.fixture(scope="module")
def report(library: Path) -> RunReport:
    with Library.open(library, read_only=True) as opened:
        second = recorded_runs(opened)[-1]
        return run_report(opened, second.before, second.after)


def test_report_names_the_works_that_came_and_changed(report: RunReport) -> None:
    assert sorted(work.title for work in report.works_added) == ["A second voice", "New"]
    assert [work.title for work in report.works_changed] == ["About FEC"]
    assert report.works_withdrawn == ()


def test_report_tells_added_claims_from_changed_and_withdrawn_ones(report: RunReport) -> None:
    assert any(claim.quote.startswith("An artificial SEI") for claim in report.claims_added)
    assert any("FEC increases" in claim.quote for claim in report.claims_withdrawn)


def test_report_says_which_signs_flipped(report: RunReport) -> None:
    assert [(one.before, one.after) for one in report.flipped] == [("increases", "decreases")]
    assert "FEC" in report.flipped[0].cause


def test_report_names_the_second_independent_support(report: RunReport) -> None:
    assert [len(one.works) for one in report.supported] == [2]
    assert report.supported[0].cause == "carbon coating"


def test_report_lists_questions_that_have_their_first_answer(report: RunReport, library: Path) -> None:
    asked = {one.written for one in report.answerable}
    assert 'strategies-that-help target="calendar life"' in asked
    assert 'does-it-help cause="artificial SEI" target="calendar life"' in asked
    assert 'strategies-that-help target="rate performance"' not in asked
    with open_library(library, read_only=True) as now, open_library(library.parent / "before") as before:
        for one in report.answerable:
            given = {name: iri for name, iri, _ in one.parameters}
            assert now.rows(one.question, given).rows
            assert not before.rows(one.question, given).rows


@pytest.mark.parametrize("question", [name for name, parameters in ASKED.items() if len(parameters) == 1])
def test_report_leaves_out_no_question_that_has_its_first_answer(
    report: RunReport, library: Path, question: str
) -> None:
    listed = {iri for one in report.answerable if one.question == question for _, iri, _ in one.parameters}
    with Library.open(library, read_only=True) as opened:
        claims = [effect for work in opened.claims() for _, effect in work.effects]
    named = {iri for effect in claims for iri in (effect.cause_concept, effect.target_concept) if iri}
    if question == "causes-and-suppressors":  # of a metric, strategies-that-help is asked
        named = {iri for iri in named if load_ontology().get(iri).kind == "failure_mode"}
    (parameter,) = ASKED[question]
    with open_library(library, read_only=True) as now, open_library(library.parent / "before") as before:
        first = {
            iri
            for iri in named
            if now.rows(question, {parameter: iri}).rows and not before.rows(question, {parameter: iri}).rows
        }
    assert first <= listed


def test_questions_of_the_report_are_in_the_catalogue() -> None:
    for name, parameters in ASKED.items():
        assert set(parameters) <= {known.name for known in find_question(name).parameters}


def test_report_of_the_way_back_withdraws_what_came(library: Path, report: RunReport) -> None:
    with Library.open(library, read_only=True) as opened:
        back = run_report(opened, report.after, report.before)
    assert {work.work for work in back.works_withdrawn} == {work.work for work in report.works_added}
    assert {claim.iri for claim in back.claims_withdrawn} == {claim.iri for claim in report.claims_added}


def test_report_of_nothing_is_empty(library: Path) -> None:
    with Library.open(library, read_only=True) as opened:
        assert run_report(opened, opened.generation, opened.generation) == RunReport(
            opened.generation, opened.generation
        )


def test_runs_and_diff_print_the_same_report(library: Path, run: Run) -> None:  # noqa: F811
    status, out, _ = run("runs", "2", "--library", library, "--format", "json")
    brought = json.loads(out)["brought"]
    assert (status, len(brought["works_added"])) == (0, 2)
    status, out, _ = run("diff", "run 1", "run 2", "--library", library, "--format", "json")
    assert json.loads(out) == brought
    status, out, _ = run("diff", "1", "2", "--library", library)
    assert "signs flipped: 1" in out
    status, out, _ = run("runs", "--library", library, "--format", "json")
    assert [entry["run"] for entry in json.loads(out)] == [1, 2]
