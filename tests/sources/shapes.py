"""Responses of the documented shapes, written by hand around invented works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from tests.sources.server import Asked, Reply, Server

JATS = """<?xml version="1.0"?>
<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="doi">{doi}</article-id><title-group><article-title>{title}</article-title></title-group>
<permissions><license><license-p>CC BY 4.0</license-p></license></permissions>
<abstract><p>{abstract}</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>{body}</p></sec></body></article>
"""


@dataclass(frozen=True)
class Work:
    number: int
    doi: str = ""
    title: str = "Silicon anode study"
    abstract: str = "An artificial SEI improves the calendar life of silicon anodes."
    body: str = "FEC improves the cycle life of silicon anodes."
    is_open: bool = True
    licence: str = "cc by"
    retracted: bool = False
    retracts: str = ""

    @property
    def name(self) -> str:
        return self.doi or f"10.5555/work.{self.number}"


def works(count: int, **fields: Any) -> list[Work]:
    return [Work(number, title=f"Silicon anode study {number}", **fields) for number in range(1, count + 1)]


def europepmc_result(work: Work) -> dict[str, Any]:
    kinds = ["research-article", "Journal Article"]
    result: dict[str, Any] = {
        "id": str(work.number),
        "source": "MED",
        "doi": work.name,
        "title": f"{work.title}.",
        "authorString": "Doe J, Roe R.",
        "authorList": {"author": [{"firstName": "Jane", "lastName": "Doe"}, {"fullName": "Roe R"}]},
        "journalInfo": {"volume": "7", "journal": {"title": "Journal of Anodes"}},
        "pubYear": "2025",
        "pageInfo": "11-19",
        "abstractText": work.abstract,
        "isOpenAccess": "Y" if work.is_open else "N",
        "license": work.licence,
        "pubTypeList": {"pubType": kinds},
    }
    if work.is_open:
        result["pmcid"] = f"PMC{work.number}"
    if work.retracted:
        kinds.append("Retracted Publication")
        notice = {"id": "999", "source": "MED", "type": "Retraction in"}
        result["commentCorrectionList"] = {"commentCorrection": [notice]}
    return result


class EuropePmc:
    """A small Europe PMC: cursors, full texts, the question for retracted publications."""

    def __init__(self, server: Server, holdings: Sequence[Work], *, rows: int = 3) -> None:
        self.works, self.rows = list(holdings), rows
        server.route("/europepmc/search", self.search)
        for work in holdings:
            server.route(f"/europepmc/PMC{work.number}/fullTextXML", self.full_text(work))

    def full_text(self, work: Work) -> Reply:
        fields = {"doi": work.name, "title": work.title, "abstract": work.abstract, "body": work.body}
        return Reply.of(JATS.format(**fields), "application/xml", ETag=f'"{work.number}"')

    def search(self, asked: Asked) -> Reply:
        if "retracted publication" in asked.query["query"]:
            hits = [work for work in self.works if work.retracted and f'DOI:"{work.name}"' in asked.query["query"]]
            return Reply.of_json(self.page(hits, "*", len(hits)))
        cursor = asked.query["cursorMark"]
        start = 0 if cursor == "*" else int(cursor.removeprefix("AoJ"))
        some = self.works[start : start + self.rows]
        following = f"AoJ{start + len(some)}" if some else cursor
        return Reply.of_json(self.page(some, following, len(self.works)))

    @staticmethod
    def page(some: Sequence[Work], following: str, hits: int) -> dict[str, Any]:
        results = {"result": [europepmc_result(work) for work in some]}
        return {"version": "6.9", "hitCount": hits, "nextCursorMark": following, "resultList": results}


def openalex_result(work: Work, *, pdf: str = "") -> dict[str, Any]:
    index: dict[str, list[int]] = {}
    for at, word in enumerate(work.abstract.split()):
        index.setdefault(word, []).append(at)
    return {
        "id": f"https://openalex.org/W{work.number}",
        "doi": f"https://doi.org/{work.name}",
        "title": work.title,
        "publication_year": 2025,
        "type": "article",
        "authorships": [{"author": {"display_name": "Jane Doe"}}],
        "primary_location": {"source": {"display_name": "Journal of Anodes"}, "license": None},
        "best_oa_location": {"is_oa": True, "license": work.licence.replace(" ", "-"), "pdf_url": pdf} if pdf else None,
        "biblio": {"volume": "7", "first_page": "11"},
        "is_retracted": work.retracted,
        "abstract_inverted_index": index,
    }


def crossref_item(work: Work, *, link: str = "") -> dict[str, Any]:
    item: dict[str, Any] = {
        "DOI": work.name.upper(),
        "type": "journal-article",
        "title": [work.title],
        "author": [{"given": "Jane", "family": "Doe"}, {"name": "The Anode Group"}],
        "container-title": ["Journal of Anodes"],
        "volume": "7",
        "page": "11-19",
        "published": {"date-parts": [[2025, 3, 1]]},
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{work.abstract}</jats:p>",
    }
    if link:
        by = {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor", "delay-in-days": 0}
        item["license"] = [by]
        text_mining = {"intended-application": "text-mining", "content-version": "vor"}
        item["link"] = [
            {"URL": f"{link}.pdf", "content-type": "application/pdf", **text_mining},
            {"URL": f"{link}.xml", "content-type": "application/xml", **text_mining},
            {"URL": f"{link}.sim", "content-type": "application/pdf", "intended-application": "similarity-checking"},
        ]
    if work.retracts:
        item["update-to"] = [{"DOI": work.retracts, "type": "retraction", "label": "Retraction", "source": "publisher"}]
    if work.retracted:
        item["updated-by"] = [{"DOI": "10.5555/notice", "type": "retraction", "source": "retraction-watch"}]
    return item


def crossref_list(items: Sequence[dict[str, Any]], *, following: str = "") -> dict[str, Any]:
    message: dict[str, Any] = {"items": list(items), "total-results": 2_531_297, "items-per-page": 100}
    if following:
        message["next-cursor"] = following
    return {"status": "ok", "message-type": "work-list", "message": message}


def arxiv_feed(some: Sequence[Work], *, base: str, total: int) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2501.{work.number:05}v2</id><title>{escape(work.title)}</title>"
        f"<published>2025-01-02T00:00:00Z</published><summary>{escape(work.abstract)}</summary>"
        f'<author><name>Jane Doe</name></author><link title="pdf" href="{base}/pdf/2501.{work.number:05}v2"/></entry>'
        for work in some
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><title>query</title>'
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"
    )


def arxiv_licence(licence: str) -> str:
    stated = f"<license>{licence}</license>" if licence else ""
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>'
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2501.00001</id>{stated}</arXiv>'
        "</metadata></record></GetRecord></OAI-PMH>"
    )
