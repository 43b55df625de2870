"""An export taken into another library is exported again byte for byte; what is none of ours is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import open_library
from kg.imports import import_file
from kg.library import Library
from ontology.errors import ReadError
from ontology.identity import local_iri
from ontology.model import Reference
from ontology.terms import load_ontology
from tests.app.conftest import Run
from tests.conformance.world import HOSTILE
from tests.kg.builders import at, measures, number, paper, replace, says

FORMS = {"turtle": "ttl", "trig": "trig", "jsonld": "jsonld", "nquads": "nq", "nanopubs": "trig"}
FEC = load_ontology().find("FEC additive")
ICE = load_ontology().find("ICE")
assert FEC is not None
assert ICE is not None
CITES = (Reference("1", "Li 2020", "10.1000/cited"), Reference("2", "Wu 2021", "10.1000/gone"))
HELPS = replace(
    says(HOSTILE, "increases", "ICE", conditions=at(cell="half", temperature=(25.0, "°C"))),
    target_concept=ICE.iri,
    citations=("1",),
    source_kind="cited",
)
HARMS = replace(says("FEC", "decreases", "ICE"), cause_concept=FEC.iri, target_concept=ICE.iri, confidence=0.7)
WRONG = replace(HARMS, target="x", target_concept=None, citations=("2",), source_kind="cited")
NUMBER = replace(measures("ice", 91.5), metric_concept=ICE.iri, quantity=number(91.5, "%"))
PAPERS = (
    paper("one", HELPS, HARMS, WRONG, measurements=(NUMBER,), doi="10.1000/one", references=CITES, title="A \"title\""),
    paper("two", says("S1", "increases", "S2"), title="No DOI, yet a venue", venue="J. X", year=2020, volume="3", first_page="7"),
    paper("three", says("S1", "increases", "S2")),
    paper("four", HELPS, doi="10.1000/four", summary_of="10.1000/four"),
    paper("five", HARMS, doi="10.1000/five"),
)  # fmt: skip


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with curators' words and a retracted work."""
    folder = tmp_path_factory.mktemp("full")
    with Library.open(folder) as library:
        for item in PAPERS:
            library.add(item)
        (helps, _), (harms, _), (wrong, _) = next(library.readings(works=("doi:10.1000/one",))).effects
        library.curate("doi:10.1000/one", harms, "accept", curator="Ada", note="checked")
        library.curate("doi:10.1000/one", wrong, "reject", curator="Ada")
        library.curate("doi:10.1000/one", helps, "correct", curator="Bo", replacement={"direction": "decreases"})
        thing = local_iri("doi:10.1000/one", HOSTILE)
        library.curate("doi:10.1000/one", thing, "correct", curator="Bo", replacement={"label": "our binder"})
        library.mark_retracted("doi:10.1000/five", source="test")
    return folder


def exported(run: Run, library: Path, form: str, path: Path) -> bytes:
    assert run("export", "--format", form, "--output", path, "--library", library)[0] == 0
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_import_then_export_is_the_identity(run: Run, full: Path, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"there.{FORMS[form]}"
    there = exported(run, full, form, path)
    assert run("import", path, "--library", tmp_path / "new")[0] == 0
    assert exported(run, tmp_path / "new", form, tmp_path / f"here.{FORMS[form]}") == there
    status, out, _ = run("import", path, "--library", tmp_path / "new", "--format", "json")
    told = json.loads(out)
    works = 5 if form != "nanopubs" else 4  # a retracted work makes no claim to publish
    assert (status, told["added"], len(told["unchanged"]) + len(told["kept"])) == (0, [], works)
    assert told["before"] == told["generation"]


def test_import_answers_like_the_library_it_comes_from(run: Run, full: Path, tmp_path: Path) -> None:
    exported(run, full, "trig", tmp_path / "all.trig")
    run("import", tmp_path / "all.trig", "--library", tmp_path / "new")
    for question in ("edges-of-strategy", "measurements-of-metric", "who-measured"):
        asked = ("query", question, *{"edges-of-strategy": ("cause=FEC",), "measurements-of-metric": ("metric=ICE",),
                                      "who-measured": ("target=ICE",)}[question])  # fmt: skip
        here, there = (run(*asked, "--library", library, "--format", "json")[1] for library in (tmp_path / "new", full))
        assert json.loads(here) == json.loads(there) != []


def test_import_shows_a_sentence_where_its_text_is_not(run: Run, full: Path, tmp_path: Path) -> None:
    exported(run, full, "nquads", tmp_path / "all.nq")
    run("import", tmp_path / "all.nq", "--library", tmp_path / "new")
    status, out, _ = run("ask", "What does FEC do?", "--library", tmp_path / "new", "--no-queries")
    assert (status, "FEC applied decreases ICE." in out) == (0, True)
    for library, expected in ((full, True), (tmp_path / "new", False)):
        with open_library(library) as graph:
            assert {graph.has_text(work.text_sha256) for work in graph.works()} == {expected}


def test_import_yields_to_the_paper_itself(full: Path, run: Run, tmp_path: Path) -> None:
    path, new = tmp_path / "all.nq", tmp_path / "new"
    exported(run, full, "nquads", path)
    with Library.open(new) as library:
        library.add(PAPERS[1])
    told = json.loads(run("import", path, "--library", new, "--format", "json")[1])
    assert (len(told["added"]), len(told["kept"])) == (4, 1)
    with Library.open(new) as library:
        assert library.add(PAPERS[2]).kind == "replaced"
        assert library.extraction(library.works()[-1].work).document.text


def test_import_keeps_the_curators_word_for_the_paper_that_comes_later(full: Path, run: Run, tmp_path: Path) -> None:
    path, new = tmp_path / "all.nq", tmp_path / "new"
    exported(run, full, "nquads", path)
    run("import", path, "--library", new)
    with Library.open(new) as library, Library.open(full, read_only=True) as there:
        library.add(PAPERS[0])
        assert list(library.claims(works=("doi:10.1000/one",))) == list(there.claims(works=("doi:10.1000/one",)))
        assert [word.at for word in library.curations()] == [word.at for word in there.curations()]


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        (lambda text: text[: len(text) // 2].rpartition(" ")[0], "export it again"),
        (lambda text: text.replace('ontology#direction> "decreases"', 'ontology#direction> "sideways"'), "sideways"),
        (lambda text: text.replace("/id/assertion/", "/id/effect/"), "names no assertion"),
        (lambda text: text.replace('ontology#key> "doi:10.1000/four"', 'ontology#key> "doi:10.1000/other"'), "key"),
        (lambda text: text.replace('ontology#action> "accept"', 'ontology#action> "reject"'), "is not the name"),
        (lambda text: "", "tells of no work"),
        (lambda text: "<a:a> <a:b> _:c .\n", "blank nodes"),
        (lambda text: "not RDF at all", "no whole nquads"),
    ],
)
def test_import_refuses_what_is_not_ours_in_one_line(
    run: Run, full: Path, tmp_path: Path, change: Callable[[str], str], remedy: str
) -> None:
    path = tmp_path / "all.nq"
    text = exported(run, full, "nquads", path).decode("utf-8")
    path.write_text(change(text), encoding="utf-8")
    status, out, err = run("import", path, "--library", tmp_path / "new")
    assert (status, out, err.count("\n"), (tmp_path / "new").exists()) == (1, "", 1, False)
    assert remedy in err
    assert str(path) in err


def test_import_refuses_conclusions_without_their_claims(run: Run, full: Path, tmp_path: Path) -> None:
    path = tmp_path / "end.trig"
    assert run("export", "-f", "trig", "--what", "conclusions", "-o", path, "--library", full)[0] == 0
    with pytest.raises(ReadError, match="--what all or claims"):
        import_file(path)


def test_import_lets_no_file_take_the_name_of_another_works_claim(run: Run, full: Path, tmp_path: Path) -> None:
    path, new = tmp_path / "all.nq", tmp_path / "new"
    text = exported(run, full, "nquads", path).decode("utf-8")
    run("import", path, "--library", new)
    path.write_text(text.replace("doi:10.1000/one", "doi:10.1000/eins"), encoding="utf-8")
    status, _, err = run("import", path, "--library", new)
    assert (status, err.count("\n")) == (1, 1)
    with open_library(new) as graph:
        assert "doi:10.1000/eins" not in {work.work for work in graph.works()}
