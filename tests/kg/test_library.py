import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Stamp
from kg.library import Library, read_generation
from ontology.errors import StoreError
from tests.kg.builders import measures, paper, says

DOI = "10.1234/one"
FIRST = paper("one", says("fec", "increases", "cycle-life"), measurements=(measures("ice", 0.0),), doi=DOI)
SECOND = paper("one-v2", says("fec", "decreases", "cycle-life"), doi=DOI, path="other/one-v2.txt")


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path) as opened:
        yield opened


def directions(library, **options):
    return [effect.direction for work in library.claims(**options) for _, effect in work.effects]


def test_library_gives_back_what_was_added(library):
    assert library.add(FIRST).kind == "added"
    assert library.extraction(f"doi:{DOI}") == FIRST
    (work,) = library.claims()
    assert (work.doi, work.effects[0][1], work.measurements[0][1]) == (DOI, FIRST.effects[0], FIRST.measurements[0])
    assert library.works()[0].effects == 1


def test_library_adding_twice_changes_nothing(library):
    library.add(FIRST)
    again = replace(FIRST, document=replace(FIRST.document, id="copy", path="elsewhere/copy.txt"))
    assert library.add(again).kind == "unchanged"
    assert library.generation == 1


def test_library_new_version_replaces_the_old_and_keeps_its_past(library):
    library.add(FIRST)
    assert library.add(SECOND).kind == "replaced"
    assert directions(library) == ["decreases"]
    assert directions(library, as_of=1) == ["increases"]
    assert library.extraction(f"doi:{DOI}", as_of=1).document.text == FIRST.document.text


def test_library_old_version_does_not_come_back_by_itself(library):
    library.add(FIRST)
    library.add(SECOND)
    assert library.add(FIRST).kind == "superseded"
    assert directions(library) == ["decreases"]


def test_library_file_changed_back_is_read_again(library):
    library.add(FIRST)
    library.add(replace(SECOND, document=replace(SECOND.document, path=FIRST.document.path)))
    assert library.stamps(FIRST.document.sha256) == ()  # so that ingest reads it instead of skipping it
    assert library.add(FIRST).kind == "replaced"
    assert directions(library) == ["increases"]


def test_library_withdrawing_ends_a_work_but_not_its_past(library):
    library.add(FIRST)
    assert library.withdraw(f"doi:{DOI}").kind == "withdrawn"
    assert directions(library) == []
    assert directions(library, as_of=1) == ["increases"]
    assert library.withdraw(f"doi:{DOI}").kind == "unknown"
    assert library.add(FIRST).kind == "added"
    assert directions(library) == ["increases"]


def test_library_marked_up_text_counts_before_pdf_and_digest_in_any_order(library):
    jats = paper("x", says("fec", "increases", "ice"), doi=DOI, format="jats")
    pdf = paper("y", says("fec", "mixed", "ice"), doi=DOI, format="pdf")
    summary = paper("z", says("fec", "no_change", "ice"), summary_of=DOI, format="jats")
    for extraction, counts in ((summary, "no_change"), (jats, "increases"), (pdf, "increases")):
        library.add(extraction)
        assert directions(library) == [counts]
    assert len(library.works()) == 1
    assert {work.summary_of for work in library.claims()} == {""}


def test_library_edited_nameless_text_replaces_itself(library):
    library.add(paper("note", says("fec", "increases", "ice"), text="a"))
    library.add(paper("note", says("fec", "decreases", "ice"), text="b"))
    assert directions(library) == ["decreases"]


def test_library_new_extractor_replaces_the_reading(library):
    library.add(FIRST, ontology="o1")
    better = replace(FIRST, effects=(replace(FIRST.effects[0], direction="mixed"),), extractor="test 2")
    assert library.add(better, ontology="o2", lexicon="l").kind == "replaced"
    assert directions(library) == ["mixed"]
    assert library.add(better, ontology="o3").kind == "unchanged"
    assert library.stamps(FIRST.document.sha256) == (Stamp("", "test 2", "", "o3"), Stamp("", "test 1", "", "o1"))


def test_library_tells_projections_what_changed(library):
    other = paper("two", says("coating", "increases", "ice"), doi="10.1234/two")
    library.add(FIRST)
    library.add(other)
    assert library.changed_since(1) == (("doi:10.1234/two", "changed"),)
    library.withdraw(f"doi:{DOI}")
    assert library.changed_since(0) == ((f"doi:{DOI}", "withdrawn"), ("doi:10.1234/two", "changed"))
    assert library.changed_since(library.generation) == ()


def test_library_batch_is_one_generation_or_nothing(library, tmp_path):
    with library.batch():
        library.add(FIRST)
        library.add(paper("two", doi="10.1234/two"))
    assert (library.generation, len(library.works())) == (1, 2)
    with pytest.raises(sqlite3.Error):
        _withdraw_and_fail(library)
    assert (read_generation(tmp_path), len(library.works())) == (1, 2)


def _withdraw_and_fail(library):
    with library.batch():
        library.withdraw(f"doi:{DOI}")
        raise sqlite3.Error


def test_library_answers_as_of_a_run_or_a_date(tmp_path):
    clock = iter(datetime(2026, 11, day, 12, tzinfo=UTC) for day in range(1, 28))
    with Library.open(tmp_path, now=lambda: next(clock)) as library:
        library.add(FIRST, run=library.start_run("ingest one"))  # 1st and 2nd of November
        library.add(SECOND, run=library.start_run("ingest two"))  # 3rd and 4th
        library.withdraw(f"doi:{DOI}")  # 5th
        assert directions(library, as_of="run 1") == ["increases"] == directions(library, as_of="2026-11-02")
        assert directions(library, as_of="2") == ["decreases"] == directions(library, as_of="2026-11-04T13:00")
        assert directions(library, as_of="2026-11-01") == [] == directions(library, as_of="2026-11-20")
        with pytest.raises(StoreError, match="neither a run nor a date"):
            library.generation_at("yesterday")


def test_library_records_its_runs(library, tmp_path):
    run = library.start_run("ingest")
    library.finish_run(run, report={"added": 1})
    with sqlite3.connect(tmp_path / "library.sqlite") as raw:
        assert raw.execute("SELECT command, report FROM run").fetchall() == [("ingest", '{"added":1}')]
    raw.close()


def test_library_finds_evidence_sentences(library):
    library.add(FIRST)
    assert library.search("fec cycle") == ((f"doi:{DOI}", "fec applied increases cycle-life."),)
    assert library.search('") OR *') == library.search("") == library.search("nothing") == ()
    library.withdraw(f"doi:{DOI}")
    assert library.search("fec") == ()


def test_library_has_one_writer_and_many_readers(library, tmp_path):
    library.add(FIRST)
    with pytest.raises(StoreError, match="being written by process"):
        Library.open(tmp_path)
    with Library.open(tmp_path, read_only=True) as reader:
        assert directions(reader) == ["increases"]
        with pytest.raises(StoreError, match="readonly"):
            reader.withdraw(f"doi:{DOI}")


@pytest.mark.parametrize("damage", ["rubbish", "foreign", "newer", "cut"])
def test_library_refuses_what_is_not_its_own(tmp_path, damage):
    file = tmp_path / "library.sqlite"
    if damage == "rubbish":
        file.write_bytes(b"not a database at all, but long enough to have a header" * 20)
    elif damage == "foreign":
        raw = sqlite3.connect(file)
        raw.execute("CREATE TABLE t (x)")
        raw.close()
    else:
        Library.open(tmp_path).close()
        if damage == "newer":
            raw = sqlite3.connect(file)
            raw.execute("PRAGMA user_version = 99")
            raw.close()
        else:
            file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(StoreError) as refused, Library.open(tmp_path) as library:
        library.works()
    assert "\n" not in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_library_says_where_none_is(tmp_path):
    with pytest.raises(StoreError, match="no library in"):
        Library.open(tmp_path / "none", read_only=True)
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(StoreError, match="cannot write in"):
        Library.open(blocked / "library")


def test_library_notices_an_altered_text(library, tmp_path):
    library.add(FIRST)
    (file,) = (tmp_path / "texts").rglob("*.txt")
    file.write_text("forged")
    with pytest.raises(StoreError, match="altered"):
        library.text(FIRST.document.text_sha256)
    file.unlink()
    with pytest.raises(StoreError, match="ingest the paper again"):
        library.text(FIRST.document.text_sha256)


STEPS = st.lists(st.tuples(st.sampled_from(["add", "withdraw"]), st.integers(0, 3)), max_size=12)
WORKS = [paper(f"p{n}", says("fec", "increases", "ice"), doi=f"10.1234/{n}", format="jats") for n in range(4)]


@given(STEPS)
@settings(max_examples=25, deadline=timedelta(seconds=5))
def test_library_holds_what_the_last_step_left_whatever_came_before(tmp_path_factory, steps):
    expected = {}
    with Library.open(tmp_path_factory.mktemp("library")) as library:
        for step, n in steps:
            if step == "add":
                library.add(WORKS[n])
                expected[n] = WORKS[n]
            else:
                library.withdraw(f"doi:10.1234/{n}")
                expected.pop(n, None)
        assert [work.document for work in library.claims()] == [f"p{n}" for n in sorted(expected)]
