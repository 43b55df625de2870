"""What each real file yields: sections, references, call-outs, tables, captions, pages and metadata.

``real_files.tsv`` holds a row a file, with what is still read wrongly in the last column.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractors.readers import read
from tests.readers.conftest import check_spans, quoted, shared

_TABLE = Path(__file__).with_name("real_files.tsv").read_text(encoding="utf-8")
TRAITS = list(csv.DictReader(_TABLE.splitlines(), delimiter="\t"))
_PLACED = ("jats", "elsevier", "html", "tei", "pdf")


def rows(*forms: str) -> pytest.MarkDecorator:
    chosen = [row for row in TRAITS if row["file"].partition("/")[0] in forms or not forms]
    return pytest.mark.parametrize("row", chosen, ids=lambda row: row["file"])


@rows()
def test_real_file_shows_its_traits(row: dict[str, str]) -> None:
    document = read(shared(f"real/{row['file']}"))
    check_spans(document)
    counts = {
        "headings": len(quoted(document, "heading")),
        "references": len(document.references),
        "calls": len(document.citations),
        "tables": len(document.tables),
        "captions": len(quoted(document, "caption")),
        "pages": max((block.page or 0 for block in document.blocks), default=0),
        "doi": document.doi,
        "authors": len(document.authors),
        "year": document.year or "",
        "venue": document.venue,
        "licence": document.licence,
        "article_type": document.article_type,
    }
    assert {name: str(value) for name, value in counts.items()} == {name: row[name] for name in counts}


@rows("pdf")
def test_real_pdf_keeps_a_page_for_every_block(row: dict[str, str]) -> None:
    document = read(shared(f"real/{row['file']}"))
    assert all(block.page and 1 <= block.page <= int(row["pages"]) for block in document.blocks)
    assert all(table.page for table in document.tables)


@rows(*_PLACED)
def test_real_file_cites_only_what_it_lists(row: dict[str, str]) -> None:
    document = read(shared(f"real/{row['file']}"))
    listed = {reference.key for reference in document.references}
    assert {key for call in document.citations for key in call.keys} <= listed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pdf/PMC7067258.pdf", ("288 mA h g⁻¹ at 500 mA g⁻¹", "3.27 Å", "6.73 × 10⁻¹¹ cm² s⁻¹", "°C")),
        ("pdf/PMC7075112.pdf", ("581.2 mAh g⁻¹", "1714.83 m² g⁻¹", "0.1 mV s⁻¹")),
        ("pdf/PMC7065120.pdf", ("Li⁺/Li⁰", "4.2 V")),
        ("jats/PMC7075112.xml", ("581.2 mAh g⁻¹", "1714.83 m² g⁻¹")),
        ("jats/PMC7067258.xml", ("288 mA h g⁻¹ at 500 mA g⁻¹",)),
        ("html/tf-20550308.2015.1135230.html", ("°C", "LiCoO₂")),
    ],
)
def test_real_file_keeps_signs_degrees_and_exponents(name: str, words: tuple[str, ...]) -> None:
    text = " ".join(read(shared(f"real/{name}")).text.split())
    assert [one for one in words if one not in text] == []
