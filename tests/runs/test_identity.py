"""A work is no file: formats, versions and preprints of one paper meet, and a new version leaves nothing of the old."""

from itertools import permutations
from pathlib import Path

import pytest

from app.ingest import ingest
from extractors import extract, read
from kg import Library, open_library
from ontology.identity import work_key
from tests.runs.papers import write
from tests.runs.state import quads

REAL = Path(__file__).resolve().parents[3] / "shared" / "papers" / "real"
PAIRS = ("PMC7052325", "PMC7065120", "PMC7067258", "PMC7075112")
HEAD = (
    "---\ntitle: Carbon coating of silicon anodes for batteries that last\ndoi: {doi}\nauthors: [Ada Example]\n---\n\n"
)
BODY = "# Results\n\nCarbon coating improves the cycle life of silicon anodes.\n"


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared papers are not beside the project")
@pytest.mark.parametrize("name", PAIRS)
def test_pdf_and_jats_of_a_paper_are_one_work(name: str) -> None:
    assert work_key(read(REAL / "pdf" / f"{name}.pdf")) == work_key(read(REAL / "jats" / f"{name}.xml"))


def test_a_new_version_leaves_the_graph_as_if_it_alone_had_come(tmp_path: Path) -> None:
    papers = write(tmp_path / "papers", {"a.md": HEAD.format(doi="10.1000/a") + BODY, "b.md": BODY})
    library = tmp_path / "library"
    ingest([papers], library)
    (papers / "a.md").write_text(HEAD.format(doi="10.1000/a") + BODY.replace("improves", "shortens"), encoding="utf-8")
    ingest([papers], library)
    ingest([papers], tmp_path / "only-the-new")
    assert quads(library) == quads(tmp_path / "only-the-new")


def test_text_and_markup_of_one_doi_are_one_work(tmp_path: Path) -> None:
    html = (
        '<html><head><title>Carbon coating</title><meta name="citation_doi" content="10.1000/a"></head><body><article>'
        "<h1>Carbon coating</h1><p>Carbon coating improves the cycle life of silicon anodes.</p></article></body></html>"
    )
    papers = write(tmp_path / "papers", {"a.md": HEAD.format(doi="https://doi.org/10.1000/A") + BODY, "b.html": html})
    report = ingest([papers], tmp_path / "library")
    assert len(report.added) == 2
    with open_library(tmp_path / "library", read_only=True) as graph:
        assert [work.work for work in graph.works()] == ["doi:10.1000/a"]


def test_preprint_and_article_are_one_voice(tmp_path: Path) -> None:
    papers = write(
        tmp_path / "papers",
        {
            "article.md": HEAD.format(doi="10.1000/a") + BODY,
            "preprint.md": HEAD.format(doi="10.48550/arXiv.2601.00001v2") + BODY,
        },
    )
    ingest([papers], tmp_path / "library")
    with open_library(tmp_path / "library", read_only=True) as graph:
        rows = graph.rows("strategies-that-help", {"target": "cycle life"})
    assert {dict(zip(rows.columns, row, strict=True))["works"] for row in rows.rows} == {1}


def test_the_same_bytes_elsewhere_are_not_read_again(tmp_path: Path) -> None:
    papers = write(tmp_path / "papers", {"a.md": HEAD.format(doi="10.1000/a") + BODY})
    first = ingest([papers], tmp_path / "library")
    write(tmp_path / "copies", {"copy.md": (papers / "a.md").read_text(encoding="utf-8")})
    again = ingest([papers, tmp_path / "copies"], tmp_path / "library")
    assert (len(first.added), len(again.unchanged), again.why) == (1, 2, {})


VERSIONS = {
    "article.md": HEAD.format(doi="10.1000/a") + BODY,
    "nameless.md": HEAD.replace("doi: {doi}\n", "") + BODY,
    "preprint.md": HEAD.format(doi="10.48550/arXiv.2601.00001v2") + BODY.replace("improves", "shortens"),
}


@pytest.mark.parametrize("order", list(permutations(VERSIONS)))
def test_versions_under_several_keys_are_one_work_in_whatever_order(order: tuple[str, ...], tmp_path: Path) -> None:
    papers = write(tmp_path / "papers", VERSIONS)
    with Library.open(tmp_path / "library") as library:
        for name in order:
            library.add(extract(read(papers / name)))
        assert [work.work for work in library.works()] == ["doi:10.1000/a"]
        library.mark_retracted("doi:10.1000/a")
        library.withdraw("doi:10.1000/a")
        library.add(extract(read(papers / "preprint.md")))
        assert library.works() == ()


def test_an_abstract_of_the_article_leaves_the_full_preprint_standing(tmp_path: Path) -> None:
    abstract = VERSIONS["article.md"].replace("# Results", "# Abstract")
    papers = write(tmp_path / "papers", {"a.md": abstract, "b.md": VERSIONS["preprint.md"]})
    with Library.open(tmp_path / "library") as library:
        for path in sorted(papers.glob("*.md")):
            library.add(extract(read(path)))
        assert len(library.works()) == 2
