from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors import described, harvest, read, read_plan, sidecar
from tests.sources import shapes
from tests.sources.papers import pdf
from tests.sources.plans import Go, counts, full_texts, query_file
from tests.sources.server import Reply, Server


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


# --- web pages --------------------------------------------------------------------------------------------------

SAID = "The alumina coating keeps the particles together during the first hundred cycles of the pouch cells. "
OPEN_SITE = Reply.of("User-agent: *\nDisallow: /search\n", "text/plain")


def page(*, paragraphs: int = 40) -> Reply:
    body = "".join(f"<p>{number}. {SAID}</p>" for number in range(paragraphs))
    abstract = "<h2>Abstract</h2><p>FEC improves the cycle life of silicon anodes.</p>"
    return Reply.of(
        f"<!DOCTYPE html><html><head><title>Anodes</title></head><body><article><h1>Anodes</h1>{abstract}"
        f"<h2>Results</h2>{body}</article></body></html>",
        "text/html",
    )


def crossref(
    server: Server, *links: tuple[str, str], licence: str = "https://creativecommons.org/licenses/by/4.0/"
) -> None:
    item = shapes.crossref_item(shapes.Work(1), link=f"{server.base}/crossref/x")
    mining = {"intended-application": "text-mining", "content-version": "vor"}
    item["link"] = [{"URL": f"{server.base}{path}", "content-type": kind, **mining} for path, kind in links]
    item["license"][0]["URL"] = licence
    server.route("/crossref/works", Reply.of_json(shapes.crossref_list([item])))


def test_harvest_fetches_the_page_that_a_source_names(server: Server, go: Go) -> None:
    crossref(server, ("/paper.pdf", "application/pdf"), ("/paper", "text/html"))
    server.route("/paper", page())
    server.first("/paper", Reply(429, headers={"Retry-After": "0"}), Reply(503))
    found = go("crossref")
    assert (counts(found.searches[0])[:2], found.failures) == ((1, 0), [])
    assert [path for path in server.paths() if "paper" in path] == ["/paper"] * 3
    (path,) = found.paths
    document = described(read(path))
    assert (path.suffix, document.format, document.doi, document.licence) == (
        ".html",
        "html",
        "10.5555/work.1",
        "CC BY 4.0",
    )
    assert SAID.strip() in document.text
    assert counts(go("crossref").searches[0])[2] == 1
    assert server.paths().count("/paper") == 3


@pytest.mark.parametrize(
    ("reply", "wrong"),
    [(page(paragraphs=0), "no whole paper"), (Reply.of(pdf("x"), "application/pdf"), "sent pdf instead of a web page")],
    ids=["abstract", "pdf"],
)
def test_harvest_takes_no_page_without_the_paper(reply: Reply, wrong: str, server: Server, go: Go) -> None:
    crossref(server, ("/paper", "text/html"))
    server.route("/paper", reply)
    found = go("crossref")
    assert counts(found.searches[0])[:2] == (0, 1)
    assert wrong in found.searches[0].missed[0]


def test_harvest_takes_the_pdf_where_the_page_is_none(server: Server, go: Go) -> None:
    crossref(server, ("/paper", "text/html"), ("/paper.pdf", "application/pdf"))
    server.route("/paper", Reply(403))
    server.route("/paper.pdf", Reply.of(pdf(SAID), "application/pdf"))
    assert [path.suffix for path in go("crossref").paths] == [".pdf"]


def test_harvest_fetches_no_page_that_is_not_open(server: Server, go: Go) -> None:
    crossref(server, ("/paper", "text/html"), licence="https://publisher.example/terms")
    server.route("/paper", page())
    assert counts(go("crossref").searches[0])[:2] == (0, 1)
    assert "/paper" not in server.paths()


def test_harvest_keeps_to_what_a_site_asks_of_programs(server: Server, go: Go) -> None:
    crossref(server, ("/search/paper", "text/html"))
    server.route("/search/paper", page())
    server.route("/robots.txt", OPEN_SITE)
    found = go("crossref")
    assert "is closed to programs" in found.searches[0].missed[0]
    assert "/search/paper" not in server.paths()


def test_harvest_keeps_to_it_behind_a_redirect(server: Server, go: Go) -> None:
    crossref(server, ("/doi/1", "text/html"))
    server.route("/robots.txt", OPEN_SITE)
    server.route("/doi/1", Reply(302, headers={"Location": "/search/paper"}))
    server.route("/search/paper", page())
    assert counts(go("crossref").searches[0])[:2] == (0, 1)
    assert (server.paths().count("/robots.txt"), "/search/paper" in server.paths()) == (1, False)


def test_harvest_asks_again_next_time_where_a_site_cannot_say(server: Server, go: Go) -> None:
    crossref(server, ("/paper", "text/html"))
    server.route("/paper", page())
    server.route("/robots.txt", Reply(503))
    assert counts(go("crossref").searches[0])[:2] == (0, 1)
    server.route("/robots.txt", OPEN_SITE)
    assert counts(go("crossref").searches[0])[:2] == (1, 0)


def test_harvest_fetches_an_open_landing_page_where_there_is_no_pdf(server: Server, go: Go) -> None:
    result = shapes.openalex_result(shapes.Work(1), pdf="x")
    result["best_oa_location"] |= {"pdf_url": None, "landing_page_url": f"{server.base}/doi/1"}
    server.route("/openalex/works", Reply.of_json({"meta": {"count": 1}, "results": [result]}))
    server.route("/doi/1", Reply(302, headers={"Location": "/articles/1"}))
    server.route("/articles/1", page())
    assert [path.suffix for path in go("openalex").paths] == [".html"]
