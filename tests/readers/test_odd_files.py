"""Odd but real files: scans, locked PDFs, other encodings, nested tables, cells of several paragraphs, huge texts."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import read
from ontology.errors import ReadError
from ontology.model import Document, Table

SAID = "Adding 5 wt% FEC raises the capacity retention of Si/C anodes from 62 % to 85 % after 200 cycles at 45 °C."
Reading = Callable[..., Document]


def cells(document: Document, table: Table) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, document.text[cell.start : cell.end]) for cell in table.cells]


@pytest.mark.parametrize("stamp", ["", "Downloaded by a library"], ids=["bare", "stamped"])
def test_scan_is_told_from_a_paper(tmp_path: Path, stamp: str) -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    page = Canvas(str(tmp_path / "scan.pdf"))
    for _ in range(5):
        page.drawImage(ImageReader(picture), 0, 0, 600, 800)
        page.drawString(50, 20, stamp)
        page.showPage()
    page.save()
    with pytest.raises(ReadError, match=r"\(a scan\); run OCR on it first"):
        read(tmp_path / "scan.pdf")


def test_locked_pdf_is_read_unless_it_takes_a_password_to_open(tmp_path: Path) -> None:
    for user in ("", "secret"):
        page = Canvas(str(tmp_path / "x.pdf"), encrypt=StandardEncryption(user, ownerPassword="owner"))
        page.drawString(72, 700, SAID)
        page.save()
        if user:
            with pytest.raises(ReadError, match="needs a password"):
                read(tmp_path / "x.pdf")
        else:
            assert "after 200 cycles at 45 °C." in read(tmp_path / "x.pdf").text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_keeps_its_signs_in_any_encoding(reading: Reading, encoding: str) -> None:
    assert SAID in reading(f"{SAID} It cycled well.".encode(encoding)).text


def test_huge_markdown_is_read_in_seconds(reading: Reading) -> None:
    start = time.process_time()
    document = reading("# Huge\n\n" + "".join(f"## Section {n}\n\n{SAID * 20}\n\n" for n in range(1500)), name="x.md")
    assert sum(block.kind == "heading" for block in document.blocks) == 1500
    assert time.process_time() - start < 20


def test_nested_tables_are_words_of_their_cells(reading: Reading) -> None:
    inner = "<row><cell>high</cell><cell>7</cell></row>"
    table = f"<table><row><cell>Si<table>{inner}</table></cell><cell>1200</cell></row></table>"
    tei = f"<TEI><text><body><div><p>{SAID}</p><figure type='table'><head>Table 1</head>{table}</figure></div></body></text></TEI>"
    document = reading(tei, name="x.xml")
    (found,) = document.tables
    assert cells(document, found) == [(0, 0, "Si high 7"), (0, 1, "1200")]


@pytest.mark.parametrize("form", ["html", "jats"])
def test_paragraphs_and_items_in_a_cell_stay_apart(reading: Reading, form: str) -> None:
    listed = (
        "<ul><li>1</li><li>2</li></ul>"
        if form == "html"
        else "<list><list-item><p>1</p></list-item><list-item><p>2</p></list-item></list>"
    )
    nested = "<table><tr><td>in</td><td>out</td></tr></table>"
    rows = f"<tr><th>Anode</th><th>Cell</th></tr><tr><td><p>one</p><p>two</p></td><td>{listed}</td></tr><tr><td>{nested}</td><td>x</td></tr>"
    pages = {
        "html": f"<html><body><p>{SAID} {SAID}</p><table>{rows}</table></body></html>",
        "jats": f"<article><front/><body><p>{SAID}</p><table-wrap><table>{rows}</table></table-wrap></body></article>",
    }
    document = reading(pages[form], name="x.xml")
    (found,) = document.tables
    assert [words for _, _, words in cells(document, found)] == ["Anode", "Cell", "one two", "1 2", "in out", "x"]


def test_rows_that_span_push_their_neighbours_aside(reading: Reading) -> None:
    head = (
        "<thead><tr><th rowspan='2'>Anode</th><th colspan='2'>Capacity</th></tr><tr><th>1</th><th>100</th></tr></thead>"
    )
    body = "<tr><td rowspan='2'>Si/C</td><td>1200</td><td>900</td></tr><tr><td>1100</td><td>850</td></tr>"
    jats = f"<article><front/><body><p>{SAID}</p><table-wrap><table>{head}<tbody>{body}</tbody></table></table-wrap></body></article>"
    document = reading(jats, name="x.xml")
    placed = cells(document, document.tables[0])
    assert placed[2:4] == [(1, 1, "1"), (1, 2, "100")]
    assert placed[7:] == [(3, 1, "1100"), (3, 2, "850")]


def test_page_without_an_article_is_read(reading: Reading) -> None:
    document = reading(
        f"<html><title>Blog</title><div id=x><h2>Anodes</h2><div>{SAID}<br><br>{SAID}</div></div></html>"
    )
    assert document.format == "html"
    assert document.text.count(SAID) == 2
