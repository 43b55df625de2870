from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.sources import SOURCES
from extractors.sources import arxiv as arxiv_source
from extractors.sources import crossref as crossref_source
from extractors.sources import europepmc as europepmc_source
from extractors.sources import openalex as openalex_source
from extractors.sources.records import Link, Page, Record, Retraction, Search, Source
from extractors.sources.service import Service
from ontology.errors import SourceError
from tests.sources import shapes
from tests.sources.server import Asked, Reply, Server

Serve = Callable[..., Service]
SEARCH = Search("s", ("crossref",), terms=("silicon anode",))


def records(pages: list[Page]) -> list[Record]:
    return [record for page in pages for record in page.records]


@pytest.mark.parametrize("name", SOURCES)
def test_sources_keep_their_contract(name: str) -> None:
    module = importlib.import_module(SOURCES[name])
    source: Source = module
    assert source.BASE == "" or source.BASE.startswith("https://")
    assert source.PAUSE >= 0
    assert all(callable(getattr(source, function)) for function in ("pages", "complete", "retractions"))


def test_sources_table_lists_every_module_that_is_a_source() -> None:
    folder = Path(importlib.import_module("extractors.sources").__file__ or "").parent
    found = {path.stem for path in folder.glob("*.py") if "\nBASE = " in path.read_text(encoding="utf-8")}
    assert found == set(SOURCES)


# --- Europe PMC -------------------------------------------------------------------------------------------------


def test_europepmc_pages_until_the_cursor_repeats(server: Server, service: Serve) -> None:
    shapes.EuropePmc(server, shapes.works(7))
    pages = list(europepmc_source.pages(SEARCH, service("europepmc")))
    assert [len(page.records) for page in pages] == [3, 3, 1, 0]
    assert [page.cursor for page in pages] == ["*", "AoJ3", "AoJ6", "AoJ7"]
    assert (pages[-1].following, pages[0].total) == ("", 7)


def test_europepmc_goes_on_from_a_cursor(server: Server, service: Serve) -> None:
    shapes.EuropePmc(server, shapes.works(7))
    assert len(records(list(europepmc_source.pages(SEARCH, service("europepmc"), cursor="AoJ6")))) == 1


def test_europepmc_reads_a_record(server: Server, service: Serve) -> None:
    shapes.EuropePmc(server, [shapes.Work(5)])
    asked = service("europepmc")
    record = records(list(europepmc_source.pages(SEARCH, asked)))[0]
    assert (record.doi, record.authors, record.year, record.venue) == (
        "10.5555/work.5",
        ("Jane Doe", "Roe R"),
        2025,
        "Journal of Anodes",
    )
    assert (record.licence, record.links) == ("CC BY", (Link(f"{asked.base}/PMC5/fullTextXML", "xml"),))
    assert (record.title, record.volume, record.first_page) == ("Silicon anode study", "7", "11")


def test_europepmc_links_no_text_that_is_not_open(server: Server, service: Serve) -> None:
    shapes.EuropePmc(server, [shapes.Work(5, is_open=False)])
    assert records(list(europepmc_source.pages(SEARCH, service("europepmc"))))[0].links == ()


def test_europepmc_finds_what_is_retracted(server: Server, service: Serve) -> None:
    holdings = [shapes.Work(1), shapes.Work(2, retracted=True)]
    shapes.EuropePmc(server, holdings)
    found = list(europepmc_source.retractions([work.name for work in holdings], service("europepmc")))
    assert found == [Retraction("10.5555/work.2", "MED/999", "europepmc")]


# --- OpenAlex ---------------------------------------------------------------------------------------------------


def openalex(server: Server, holdings: list[shapes.Work]) -> None:
    def works(asked: Asked) -> Reply:
        chosen = asked.query.get("filter", "")
        if "is_retracted:true" in chosen:
            hits = [work for work in holdings if work.retracted and work.name in chosen]
            return Reply.of_json({"meta": {"count": len(hits)}, "results": [*map(shapes.openalex_result, hits)]})
        at = asked.query.get("cursor", asked.query.get("page", ""))
        start = {"*": 0, "1": 0}.get(at, 100 if at in ("2", "next") else 200)
        some = holdings[start : start + 100]
        meta = {"count": len(holdings), "next_cursor": "next" if "cursor" in asked.query and start == 0 else None}
        return Reply.of_json({"meta": meta, "results": [*map(shapes.openalex_result, some)]})

    server.route("/openalex/works", works)


@pytest.mark.parametrize(
    ("key", "places"), [("k", [("cursor", "*"), ("cursor", "next")]), ("", [("page", "1"), ("page", "2")])]
)
def test_openalex_pages_by_cursor_with_a_key_and_by_number_without(
    key: str, places: list[tuple[str, str]], server: Server, service: Serve
) -> None:
    openalex(server, shapes.works(130))
    pages = list(openalex_source.pages(SEARCH, service("openalex", key=key)))
    assert len(records(pages)) == 130
    assert [(name, asked.query[name]) for asked, (name, _) in zip(server.asked, places, strict=True)] == places
    assert all(asked.query["mailto"] == "reader@example.org" for asked in server.asked)


def test_openalex_writes_out_the_inverted_abstract(server: Server, service: Serve) -> None:
    openalex(server, [shapes.Work(1, abstract="the anode and the binder")])
    assert records(list(openalex_source.pages(SEARCH, service("openalex"))))[0].abstract == "the anode and the binder"


def test_openalex_finds_what_is_retracted(server: Server, service: Serve) -> None:
    openalex(server, [shapes.Work(1), shapes.Work(2, retracted=True)])
    found = list(openalex_source.retractions(["10.5555/work.1", "10.5555/work.2"], service("openalex")))
    assert [retraction.doi for retraction in found] == ["10.5555/work.2"]


@pytest.mark.parametrize(
    "index", [{"a": [0, 10**12], "b": ["x"], "c": 3}, {"a": [-1, 0]}, {}], ids=["far", "negative", "empty"]
)
def test_openalex_takes_no_harm_from_a_strange_index(index: dict[str, object]) -> None:
    assert len(openalex_source.words_of(index).split()) <= 2


# --- Crossref ---------------------------------------------------------------------------------------------------


def test_crossref_keeps_what_fits_and_stops_where_nothing_does(server: Server, service: Serve) -> None:
    barren = [shapes.crossref_item(shapes.Work(n, title="Lead paint", abstract="Walls.")) for n in range(100)]
    good = [shapes.crossref_item(shapes.Work(n)) for n in range(100, 200)]

    def works(asked: Asked) -> Reply:
        place = asked.query["cursor"]
        items = good if place == "*" else barren
        return Reply.of_json(shapes.crossref_list(items, following=f"{place}x"))

    server.route("/crossref/works", works)
    found = list(crossref_source.pages(SEARCH, service("crossref")))
    assert (len(records(found)), len(server.asked)) == (100, 4)


def test_crossref_reads_a_record(server: Server, service: Serve) -> None:
    item = shapes.crossref_item(shapes.Work(1), link="https://publisher.example/1")
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([item]), packed=True))
    record = records(list(crossref_source.pages(SEARCH, service("crossref"))))[0]
    assert (record.doi, record.authors, record.year) == ("10.5555/work.1", ("Jane Doe", "The Anode Group"), 2025)
    assert record.licence == "CC BY 4.0"
    assert [link.kind for link in record.links] == ["xml", "pdf"]


def test_crossref_says_which_work_a_notice_retracts(server: Server, service: Serve) -> None:
    notice = shapes.Work(9, title="Retraction: a study", abstract="", retracts="10.5555/WORK.1")
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([shapes.crossref_item(notice)])))
    record = records(list(crossref_source.pages(SEARCH, service("crossref"))))[0]
    assert record.is_notice
    assert record.notices == (Retraction("10.5555/work.1", "10.5555/work.9", "crossref"),)
    found = list(crossref_source.retractions(["10.5555/work.1"], service("crossref")))
    assert found == [Retraction("10.5555/work.1", "10.5555/work.9", "crossref")]
    assert server.asked[-1].query["filter"] == "updates:10.5555/work.1"


def test_crossref_takes_a_correction_for_no_retraction(server: Server, service: Serve) -> None:
    item = shapes.crossref_item(shapes.Work(9, retracts="10.5555/work.1"))
    item["update-to"][0]["type"] = "correction"
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([item])))
    assert list(crossref_source.retractions(["10.5555/work.1"], service("crossref"))) == []


# --- arXiv ------------------------------------------------------------------------------------------------------


def test_arxiv_pages_by_number_and_asks_for_the_licence(server: Server, service: Serve) -> None:
    holdings = shapes.works(130)

    def query(asked: Asked) -> Reply:
        start = int(asked.query["start"])
        feed = shapes.arxiv_feed(holdings[start : start + 100], base=server.base, total=130)
        return Reply.of(feed, "application/atom+xml")

    server.route("/arxiv/api/query", query)
    by = "http://creativecommons.org/licenses/by/4.0/"
    server.route("/arxiv/oai", Reply.of(shapes.arxiv_licence(by), "text/xml"))
    asked = service("arxiv")
    found = records(list(arxiv_source.pages(SEARCH, asked)))
    assert (len(found), found[0].doi, found[0].licence) == (130, "10.48550/arxiv.2501.00001", "")
    assert arxiv_source.complete(found[0], asked).licence == "CC BY 4.0"
    server.route(
        "/arxiv/oai", Reply.of(shapes.arxiv_licence("http://arxiv.org/licenses/nonexclusive-distrib/1.0/"), "text/xml")
    )
    assert arxiv_source.complete(found[1], service("arxiv")).licence == ""


def test_arxiv_repeats_what_the_service_complains_of(server: Server, service: Serve) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title><summary>bad range</summary></entry></feed>'
    server.route("/arxiv/api/query", Reply.of(feed, "application/atom+xml"))
    with pytest.raises(SourceError, match="bad range"):
        list(arxiv_source.pages(SEARCH, service("arxiv")))


# --- strange answers, and real ones -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["europepmc", "openalex", "crossref"])
@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"results": None},
        {"message": []},
        {"message": {"items": [None, 3, "x", {}]}},
        {"results": [[], {"id": 5}]},
        {"resultList": {"result": [{"title": ["a"], "authorList": 5, "pubYear": "soon", "pmcid": {}}]}},
    ],
)
def test_services_take_no_harm_from_strange_json(
    name: str, answer: dict[str, object], server: Server, service: Serve
) -> None:
    path = {"europepmc": "/europepmc/search"}.get(name, f"/{name}/works")
    server.route(path, Reply.of_json(answer))
    source: Source = importlib.import_module(SOURCES[name])
    assert len(records(list(source.pages(SEARCH, service(name))))) <= 4


def recording(shared: Path, name: str) -> bytes:
    path = shared / "papers" / "real" / "api" / name
    if not path.is_file():
        pytest.skip(f"the recording {name} is not beside this repository")
    return path.read_bytes()


def test_crossref_reads_the_recordings(shared: Path, server: Server, service: Serve) -> None:
    server.route("/crossref/works", Reply.of(recording(shared, "crossref-work-list.json"), "application/json"))
    search = Search("s", ("crossref",), terms=("large language models",))
    record = records(list(crossref_source.pages(search, service("crossref"))))[0]
    assert (record.doi, record.licence, record.venue) == (
        "10.1038/s42256-024-00832-8",
        "CC BY 4.0",
        "Nature Machine Intelligence",
    )
    page = "https://www.nature.com/articles/s42256-024-00832-8"
    assert record.links == (Link(page, "html"), Link(f"{page}.pdf", "pdf"))
    single = json.loads(recording(shared, "crossref-work.json"))["message"]
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([single])))
    search = Search("s", ("crossref",), terms=("antisense oligonucleotides",))
    record = records(list(crossref_source.pages(search, service("crossref"))))[0]
    assert (record.year, record.licence, [link.kind for link in record.links]) == (2015, "CC BY-NC-ND 4.0", ["xml"])


def test_openalex_reads_the_recording(shared: Path, server: Server, service: Serve) -> None:
    work = json.loads(recording(shared, "openalex-work.json"))
    server.route("/openalex/works", Reply.of_json({"meta": {"count": 1}, "results": [work]}))
    record = records(list(openalex_source.pages(SEARCH, service("openalex"))))[0]
    assert (record.id, record.doi, record.licence) == ("W2033425827", "10.1016/j.addr.2015.01.008", "CC BY-NC-ND")
    assert record.abstract.startswith("Pharmacokinetic properties of oligonucleotides are largely driven")
    page = Link("https://doi.org/10.1016/j.addr.2015.01.008", "html")
    assert (record.links, record.article_type, record.is_retracted) == ((page,), "review-article", False)


def test_europepmc_reads_the_recordings(shared: Path, server: Server, service: Serve) -> None:
    server.route("/europepmc/search", Reply.of(recording(shared, "europepmc-search-empty.json"), "application/json"))
    assert records(list(europepmc_source.pages(SEARCH, service("europepmc")))) == []
    page = json.loads(recording(shared, "europepmc-search-lite.json"))
    page["nextCursorMark"] = "*"
    server.route("/europepmc/search", Reply.of_json(page))
    found = records(list(europepmc_source.pages(SEARCH, service("europepmc"))))
    assert (found[0].doi, found[0].year, found[0].authors[0]) == (
        "10.1016/s0140-6736(24)02600-x",
        2025,
        "Schoenfeld JD",
    )
    core = json.loads(recording(shared, "getpapers-eupmc-PMC7075112.json"))
    server.route("/europepmc/search", Reply.of_json({"hitCount": 1, "resultList": {"result": [core]}}))
    record = records(list(europepmc_source.pages(SEARCH, service("europepmc"))))[0]
    assert (record.doi, record.licence, record.year) == ("10.3390/nano10020346", "CC BY", 2020)
    assert [link.kind for link in record.links] == ["xml", "pdf"]  # its own page is a program
    assert record.links[0].url.endswith("/PMC7075112/fullTextXML")
