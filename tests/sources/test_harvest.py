from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from extractors import Moment, described, read, settle
from extractors.sources.records import Retraction
from ontology.errors import SourceError
from tests.sources import shapes
from tests.sources.plans import Go, counts, full_texts
from tests.sources.server import Asked, Reply, Server


def test_harvest_fetches_open_texts_and_keeps_abstracts_of_the_rest(server: Server, go: Go) -> None:
    works = [
        shapes.Work(1),
        shapes.Work(2, is_open=False),
        shapes.Work(3, licence="publisher's own"),
        shapes.Work(4, is_open=False, abstract=""),
    ]
    shapes.EuropePmc(server, works)
    found = go("europepmc")
    assert counts(found.searches[0]) == (1, 2, 0, 1)
    assert full_texts(server) == ["/europepmc/PMC1/fullTextXML"]
    documents = [described(read(path)) for path in found.paths]
    assert [document.doi for document in documents] == ["10.5555/work.1", "10.5555/work.2", "10.5555/work.3"]
    assert ["FEC improves" in document.text for document in documents] == [True, False, False]
    assert all(document.format == "jats" for document in documents)


def test_harvest_starts_over_where_an_old_place_breaks_the_service(server: Server, go: Go) -> None:
    service = shapes.EuropePmc(server, shapes.works(5))
    go("europepmc", limit=4)
    server.route(
        "/europepmc/search",
        lambda asked: Reply(500) if asked.query["cursorMark"] == "AoJ3" else service.search(asked),
    )
    assert "answered 500" in go("europepmc").failures[0]
    server.route("/europepmc/search", service.search)
    assert counts(go("europepmc").searches[0]) == (1, 0, 4, 0)


def test_harvest_again_asks_for_no_text_twice(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, shapes.works(7))
    first = go("europepmc")
    again = go("europepmc")
    assert (counts(first.searches[0]), counts(again.searches[0])) == ((7, 0, 0, 0), (0, 0, 7, 0))
    assert len(full_texts(server)) == 7
    assert again.paths == first.paths


def test_harvest_goes_on_in_mid_page_where_the_limit_stopped_it(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, shapes.works(7))
    taken = [counts(go("europepmc", limit=2).searches[0])[0] for _ in range(4)]
    assert taken == [2, 2, 2, 1]
    assert len(full_texts(server)) == 7
    cursors = [asked.query["cursorMark"] for asked in server.asked if asked.path.endswith("search")]
    assert cursors == ["*", "*", "AoJ3", "AoJ3", "AoJ3", "AoJ6", "AoJ7"]


def test_harvest_starts_over_where_the_service_forgot_the_place(server: Server, go: Go) -> None:
    service = shapes.EuropePmc(server, shapes.works(5))
    go("europepmc", limit=4)

    def forgetful(asked: Asked) -> Reply:
        return Reply(400) if asked.query["cursorMark"] == "AoJ3" and not starts else _began(service.search(asked))

    starts: list[int] = []

    def _began(reply: Reply) -> Reply:
        starts.append(1)
        return reply

    server.route("/europepmc/search", forgetful)
    found = go("europepmc")
    assert (counts(found.searches[0]), found.failures) == ((1, 0, 4, 0), [])


def test_harvest_passes_over_pages_that_repeat(server: Server, go: Go) -> None:
    works = shapes.works(4)
    pages = {"*": (works[:2], "b"), "b": (works[:2], "c"), "c": (works[2:], "d"), "d": ([], "d")}

    def search(asked: Asked) -> Reply:
        some, following = pages[asked.query["cursorMark"]]
        return Reply.of_json(shapes.EuropePmc.page(some, following, 4))

    shapes.EuropePmc(server, works)
    server.route("/europepmc/search", search)
    found = go("europepmc")
    assert (found.searches[0].found, found.searches[0].complete) == (4, True)


def test_harvest_leaves_a_service_that_goes_in_circles(server: Server, go: Go) -> None:
    works = shapes.works(2)
    shapes.EuropePmc(server, works)
    turn = iter(range(10**6))
    server.route("/europepmc/search", lambda asked: Reply.of_json(shapes.EuropePmc.page(works, f"c{next(turn)}", 9)))
    found = go("europepmc")
    assert "the same records again and again" in found.failures[0]
    places = {"*": "a", "a": "b", "b": "*"}

    def circle(asked: Asked) -> Reply:
        return Reply.of_json(shapes.EuropePmc.page(works, places[asked.query["cursorMark"]], 9))

    server.route("/europepmc/search", circle)
    assert "circle" in go("europepmc", more='none_of = ["x"]').failures[0]


def test_harvest_lives_through_a_night_of_faults(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, shapes.works(6))
    cut = Reply(200, b'{"hitCount": 6, "resultL', {"Content-Type": "application/json"}, cut=True)
    server.first("/europepmc/search", Reply(503), cut, Reply.of_json(shapes.EuropePmc.page([], "", 0), Retry_After="0"))
    server.first("/europepmc/search")
    server.first("/europepmc/PMC2/fullTextXML", Reply(429, headers={"Retry-After": "0"}), Reply(502))
    server.first("/europepmc/PMC3/fullTextXML", Reply(200, b"<article", {"Content-Type": "text/xml"}, cut=True))
    found = go("europepmc")
    again = go("europepmc")
    assert found.failures == again.failures == []
    assert found.searches[0].full + again.searches[0].full == 6


def test_harvest_goes_on_with_other_sources_where_one_fails(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    found = go("openalex", "europepmc")
    assert [report.complete for report in found.searches] == [False, True]
    assert found.failures == [f"anodes, openalex: {server.base}/openalex/works: answered 404; it is not there"]


def test_harvest_dry_counts_and_writes_nothing(tmp_path: Path, server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1), shapes.Work(2, is_open=False)])
    found = go("europepmc", dry_run=True)
    assert (counts(found.searches[0]), found.paths, full_texts(server)) == ((1, 1, 0, 0), [], [])
    assert not (tmp_path / "fetched").exists()
    go("europepmc")
    before = {path: path.read_bytes() for path in (tmp_path / "fetched" / "files").rglob("*.*")}
    assert counts(go("europepmc", dry_run=True).searches[0]) == (0, 0, 2, 0)
    assert before == {path: path.read_bytes() for path in (tmp_path / "fetched" / "files").rglob("*.*")}


def test_harvest_marks_what_a_record_says_is_retracted(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1), shapes.Work(2, retracted=True)])
    notice = shapes.Work(9, title="Retraction: silicon anode", abstract="", retracts="10.5555/elsewhere")
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([shapes.crossref_item(notice)])))
    found = go("europepmc", "crossref")
    assert [item.doi for item in found.retractions] == ["10.5555/elsewhere", "10.5555/work.2"]
    assert [read(path).doi for path in found.paths] == ["10.5555/work.1"]


def test_harvest_checks_known_works_once_in_so_many_days(server: Server, go: Go, tmp_path: Path) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    go("europepmc")
    retracted = shapes.EuropePmc(server, [shapes.Work(1, retracted=True), shapes.Work(5, retracted=True)])
    retracted.rows = 0  # found by the check alone
    found = go("europepmc", check="true", dois=["10.5555/work.5"])
    assert found.retractions == tuple(Retraction(f"10.5555/work.{number}", "MED/999", "europepmc") for number in (1, 5))
    asked = len(server.asked)
    assert go("europepmc", check="true", dois=["10.5555/work.5"]).retractions == found.retractions
    assert len(server.asked) == asked + 1
    settle(tmp_path / "fetched", found.retractions)
    assert go("europepmc", check="true").retractions == ()


def test_harvest_reads_folders_where_they_lie(tmp_path: Path, go: Go) -> None:
    (tmp_path / "papers").mkdir()
    assert go("folder", more='paths = ["papers"]').paths == [tmp_path / "papers"]
    assert "does not exist; mend paths" in go("folder", more='paths = ["gone"]').failures[0]


def test_harvest_names_a_damaged_ledger(tmp_path: Path, server: Server, go: Go) -> None:
    (tmp_path / "fetched").mkdir()
    (tmp_path / "fetched" / "ledger.sqlite").write_bytes(b"not SQLite" * 500)
    with pytest.raises(SourceError, match="delete it and run again"):
        go("europepmc")


def test_harvest_names_a_ledger_of_another_version(tmp_path: Path, server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [])
    go("europepmc")
    with contextlib.closing(sqlite3.connect(tmp_path / "fetched" / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    for dry_run in (False, True):
        with pytest.raises(SourceError, match="has version 99, this anodekg knows 1; update anodekg"):
            go("europepmc", dry_run=dry_run)


def test_harvest_tells_what_it_does(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, shapes.works(2))
    moments: list[Moment] = []
    go("europepmc", notify=moments.append)
    assert [moment.what for moment in moments] == ["record", "full text", "record", "full text"]
