from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import described, read, sidecar
from extractors.sources.abstracts import abstract_document
from extractors.sources.licences import OPEN, is_open, short_name
from extractors.sources.records import Record
from extractors.sources.shelf import Shelf
from ontology.errors import ReadError
from ontology.model import Document

RECORD = Record(
    "crossref",
    "10.5555/a",
    doi="10.5555/a",
    title="Binders for Si<sub>x</sub>C anodes &amp; more",
    authors=("Jane Doe", "Anne O'Neil <x>"),
    year=2025,
    venue="Journal of Anodes",
    volume="7",
    first_page="11",
    article_type="review-article",
    licence="CC BY 4.0",
    abstract="<p>It holds.</p>",
)


def text_of(folder: Path, abstract: str) -> Document:
    path = folder / "a.xml"
    path.write_bytes(abstract_document(Record("crossref", "a", title="A title", abstract=abstract)))
    return read(path)


@pytest.mark.parametrize(
    ("abstract", "read_as"),
    [
        ("Plain words.", "Plain words."),
        ("At 300 mAh g<sup>-1</sup> it holds.", "At 300 mAh g⁻¹ it holds."),
        ("<jats:title>Abstract</jats:title><jats:p>SiO<jats:sub>x</jats:sub> swells.</jats:p>", "SiOₓ swells."),
        ("&lt;p&gt;Escaped &amp;amp; kept.&lt;/p&gt;", "Escaped & kept."),
        ("Below 5 % & above x < 3 > 1", "Below 5 % & above x < 3 > 1"),
        ("Alloys Li$_{15}$Si$_4$ form at 10 mA cm$^{-2}$.", "Alloys Li₁₅Si₄ form at 10 mA cm⁻²."),
        ("<h4>Methods</h4>We cycled it.<h4>Results</h4>It held.", "Methods: We cycled it.\nResults: It held."),
        ("Broken <sup>markup</i> here", "Broken markup here"),
        ("Nulls\x00 and \ud800 surrogates", "Nulls and surrogates"),
    ],
)
def test_abstract_is_read_as_it_was_meant(abstract: str, read_as: str, tmp_path: Path) -> None:
    document = text_of(tmp_path, abstract)
    paragraphs = [block for block in document.blocks if block.kind == "paragraph"]
    shown = "\n".join(" ".join(document.text[a:b] for a, b in block.pieces) for block in paragraphs)
    assert shown == read_as
    assert {block.role for block in paragraphs} == {"abstract"}


def test_abstract_carries_its_record(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(abstract_document(RECORD))
    document = read(path)
    assert (document.doi, document.year, document.venue) == ("10.5555/a", 2025, "Journal of Anodes")
    assert (document.volume, document.first_page, document.licence) == ("7", "11", "CC BY 4.0")
    assert document.authors == ("Jane Doe", "Anne O'Neil <x>")
    assert document.article_type == "review-article"
    assert document.title.startswith("Binders for Si")


@given(st.text(), st.text())
def test_abstract_of_any_text_is_a_document(
    tmp_path_factory: pytest.TempPathFactory, title: str, abstract: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xml"
    path.write_bytes(abstract_document(Record("arxiv", "1", title=f"T {title}", abstract=f"A {abstract}")))
    assert read(path).text


def test_shelf_keeps_the_same_bytes_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    place = shelf.put(RECORD, b"<article/>", "xml")
    stamp = shelf.path(place).stat().st_mtime_ns
    assert shelf.put(RECORD, b"<article/>", "xml") == place
    assert shelf.path(place).stat().st_mtime_ns == stamp
    assert Path(place).name.startswith("10-5555-a-")


def test_shelf_mends_a_damaged_document(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    place = shelf.put(RECORD, b"<article/>", "xml")
    shelf.path(place).write_bytes(b"half")
    shelf.put(RECORD, b"<article/>", "xml")
    assert shelf.path(place).read_bytes() == b"<article/>"


def test_shelf_clears_what_nothing_names(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    kept, gone = shelf.put(RECORD, b"<a/>", "xml"), shelf.put(RECORD, b"<b/>", "xml")
    assert shelf.keep_only([kept]) == 2
    assert shelf.path(kept).is_file()
    assert sidecar(shelf.path(kept)).is_file()
    assert not shelf.path(gone).exists()


def test_sidecar_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nFEC helps.\n", encoding="utf-8")
    document = read(tmp_path / "a.md")
    assert described(document) is document
    sidecar(tmp_path / "a.md").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match="no sidecar of a fetched paper"):
        described(document)


@pytest.mark.parametrize(
    ("stated", "name", "open_"),
    [
        ("cc by", "CC BY", True),
        ("cc-by-nc-nd", "CC BY-NC-ND", True),
        ("CC0", "CC0", True),
        ("http://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0", True),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", True),
        ("public-domain", "public domain", True),
        ("https://www.elsevier.com/tdm/userlicense/1.0/", "", False),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "", False),
        ("publisher-specific-oa", "", False),
        ("", "", False),
    ],
)
def test_licences_are_told_apart(stated: str, name: str, open_: bool) -> None:
    assert (short_name(stated), is_open(short_name(stated))) == (name, open_)
    assert not is_open(name, allowed=())
    assert len(OPEN) == len(set(OPEN))


@pytest.mark.parametrize("module", ["arxiv", "crossref", "europepmc", "openalex", "licences", "pacing"])
def test_sources_examples_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"extractors.sources.{module}"))
    assert (found.failed, found.attempted > 0) == (0, True)
