from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors import Moment, described, harvest, read, read_plan, settle, sidecar
from extractors.sources.records import Harvest, Retraction, SearchReport
from ontology.errors import SourceError
from tests.sources import shapes
from tests.sources.papers import pdf
from tests.sources.server import Asked, Reply, Server

PLAN = """
contact = "reader@example.org"
[limits]
seconds = 5
attempts = 3
[retractions]
check = {check}
[[search]]
name = "anodes"
sources = [{sources}]
terms = ["silicon anode"]
{more}
[service.europepmc]
base = "{base}/europepmc"
requests_per_second = 1000
[service.openalex]
base = "{base}/openalex"
requests_per_second = 1000
[service.crossref]
base = "{base}/crossref"
requests_per_second = 1000
[service.arxiv]
base = "{base}/arxiv"
requests_per_second = 1000
"""
Go = Callable[..., Harvest]


def query_file(folder: Path, base: str, *sources: str, more: str = "", check: str = "false") -> Path:
    named = ", ".join(f'"{source}"' for source in sources)
    path = folder / "sources.toml"
    path.write_text(PLAN.format(base=base, sources=named, more=more, check=check), encoding="utf-8")
    return path


@pytest.fixture
def go(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Go:
    monkeypatch.setattr("extractors.sources.full_text._PAUSE", 0.0)
    monkeypatch.setattr("extractors.sources.pacing._FIRST", 0.01)

    def run(*sources: str, more: str = "", check: str = "false", into: str = "fetched", **options: object) -> Harvest:
        plan = read_plan(query_file(tmp_path, server.base, *sources, more=more, check=check))
        return harvest(plan, tmp_path / into, **options)  # type: ignore[arg-type]

    return run


def counts(report: SearchReport) -> tuple[int, int, int, int]:
    return report.full, report.abstracts, report.known, report.textless


def full_texts(server: Server) -> list[str]:
    return [path for path in server.paths() if path.endswith("fullTextXML")]


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


def test_harvest_fetches_by_the_licences_of_the_plan(tmp_path: Path, server: Server) -> None:
    shapes.EuropePmc(server, [shapes.Work(1, licence="cc by-nc-nd")])
    path = query_file(tmp_path, server.base, "europepmc")
    path.write_text('licences = ["CC BY", "CC0"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert counts(harvest(read_plan(path), tmp_path / "fetched").searches[0])[:2] == (0, 1)


def test_harvest_fetches_texts_once_they_are_wanted_or_allowed(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    wishes = ("full_text = false", "full_text = false", "", "", "full_text = false", "")
    assert [counts(go("europepmc", more=wish).searches[0])[:3] for wish in wishes] == [
        (0, 1, 0),
        (0, 0, 1),
        (1, 0, 0),
        (0, 0, 1),
        (0, 0, 1),
        (0, 0, 1),
    ]
    assert len(full_texts(server)) == 1


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


def test_harvest_puts_a_changed_text_in_the_place_of_the_old(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    (old,) = go("europepmc").paths
    shapes.EuropePmc(server, [shapes.Work(1, abstract="Other words.", body="Nothing helps.")])
    server.route(
        "/europepmc/PMC1/fullTextXML",
        Reply.of(shapes.JATS.format(doi="x", title="t", abstract="a", body="b"), "text/xml"),
    )
    found = go("europepmc")
    assert counts(found.searches[0]) == (1, 0, 0, 0)
    assert found.paths != [old]
    assert not old.exists()
    assert not sidecar(old).exists()


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


@pytest.mark.parametrize(
    ("reply", "wrong"),
    [
        (Reply.of("<!DOCTYPE html><html><body>Sign in</body></html>", "text/html"), "sent a web page instead of XML"),
        (Reply.of(b"%PDF-1.7 x", "application/pdf"), "sent pdf instead of XML"),
        (Reply.of(b"\x00\x01\x02", "application/octet-stream"), "instead of XML"),
        (Reply(403), "answered 403"),
        (Reply(302, headers={"Location": "file:///etc/passwd"}), "not followed"),
        (Reply(302, headers={"Location": "http://10.0.0.1/x"}), "private network"),
        (Reply.of(b"x" * 60_000_000, "application/xml"), "larger than 50 MB"),
    ],
    ids=["web-page", "pdf", "noise", "forbidden", "file", "private", "oversize"],
)
def test_harvest_takes_the_abstract_where_the_text_is_none(reply: Reply, wrong: str, server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    server.route("/europepmc/PMC1/fullTextXML", reply)
    found = go("europepmc")
    assert counts(found.searches[0]) == (0, 1, 0, 0)
    assert wrong in found.searches[0].missed[0]
    assert counts(go("europepmc").searches[0])[2] == 1
    assert len(full_texts(server)) == 1


def test_harvest_tries_a_text_again_that_could_come_later(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    whole = server.routes["/europepmc/PMC1/fullTextXML"]
    server.route("/europepmc/PMC1/fullTextXML", Reply(503))
    assert counts(go("europepmc").searches[0]) == (0, 1, 0, 0)
    server.route("/europepmc/PMC1/fullTextXML", whole)
    found = go("europepmc")
    assert counts(found.searches[0]) == (1, 0, 0, 0)
    assert len(found.paths) == 1


def test_harvest_keeps_one_document_a_work_from_several_sources(server: Server, go: Go) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    both = [shapes.openalex_result(shapes.Work(1)), shapes.openalex_result(shapes.Work(2))]
    server.route("/openalex/works", Reply.of_json({"meta": {"count": 2}, "results": both}))
    for order in (("europepmc", "openalex"), ("openalex", "europepmc")):
        found = go(*order, into=order[0])
        assert [read(path).doi for path in found.paths] == ["10.5555/work.1", "10.5555/work.2"]
        assert "FEC improves" in read(found.paths[0]).text


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


def test_sidecar_makes_a_pdf_known_by_its_record(tmp_path: Path, server: Server, go: Go) -> None:
    server.route(
        "/pdf/2501.00001v2",
        Reply.of(
            pdf(*["Silicon anodes swell when they take up lithium, which breaks their surface film."] * 12),
            "application/pdf",
        ),
    )
    server.route(
        "/arxiv/api/query", Reply.of(shapes.arxiv_feed(shapes.works(1), base=server.base, total=1), "text/xml")
    )
    by = "http://creativecommons.org/licenses/by/4.0/"
    server.route("/arxiv/oai", Reply.of(shapes.arxiv_licence(by), "text/xml"))
    (path,) = go("arxiv").paths
    document = described(read(path))
    assert (document.format, document.doi, document.licence) == ("pdf", "10.48550/arxiv.2501.00001", "CC BY 4.0")
    assert (document.title, document.authors, document.year) == ("Silicon anode study 1", ("Jane Doe",), 2025)
    assert json.loads(sidecar(path).read_text(encoding="utf-8"))["source"] == "arxiv"


_KILLED = """
import sys
from pathlib import Path
import extractors.sources.full_text, extractors.sources.harvesting
from extractors.sources import harvest, read_plan
extractors.sources.full_text._PAUSE = 0.0
harvest(read_plan(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def shelf(folder: Path) -> dict[str, bytes]:
    files = folder / "files"
    return {path.relative_to(files).as_posix(): path.read_bytes() for path in sorted(files.rglob("*.*"))}


def test_harvest_killed_again_and_again_ends_like_an_undisturbed_one(tmp_path: Path, server: Server) -> None:
    works = shapes.works(40)
    shapes.EuropePmc(server, works, rows=9)
    plan = query_file(tmp_path, server.base, "europepmc")
    whole = harvest_with_pause(plan, tmp_path / "whole")
    assert whole == 0
    once = len(full_texts(server))
    kills = 0
    for attempt in range(40):
        process = subprocess.Popen([sys.executable, "-c", _KILLED, str(plan), str(tmp_path / "torn")], cwd=Path.cwd())
        before = len(full_texts(server))
        while process.poll() is None and len(full_texts(server)) < before + 3 + attempt % 5:
            time.sleep(0.002)
        if process.poll() is not None:
            assert process.returncode == 0
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills >= 5
    assert shelf(tmp_path / "torn") == shelf(tmp_path / "whole")
    assert len(full_texts(server)) - once <= len(works) + 2 * kills


def harvest_with_pause(plan: Path, folder: Path) -> int:
    return subprocess.run([sys.executable, "-c", _KILLED, str(plan), str(folder)], check=False).returncode
