"""Query files that ask the replay server, and what the tests look at in a harvest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractors.sources.records import Harvest, SearchReport
from tests.sources.server import Server

PLAN = """
contact = "reader@example.org"
[limits]
seconds = 30
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


def counts(report: SearchReport) -> tuple[int, int, int, int]:
    return report.full, report.abstracts, report.known, report.textless


def full_texts(server: Server) -> list[str]:
    return [path for path in server.paths() if path.endswith("fullTextXML")]
