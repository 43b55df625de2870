"""Publishers' pages: the same small paper, however a page wraps it."""

from __future__ import annotations

import pytest

from extractors import extract
from tests.readers.conftest import cited, quoted
from tests.readers.publisher_pages import PAGES


@pytest.fixture(params=PAGES)
def document(request, reading):
    return reading(PAGES[request.param], name=f"{request.param}.html")


def test_pages_give_sections_and_running_text(document):
    headings = [heading.lstrip("12. ") for heading in quoted(document, "heading")]
    assert [one for one in headings if one in ("Abstract", "Introduction", "Results", "References")] == [
        "Abstract", "Introduction", "Results", "References",
    ]  # fmt: skip
    assert {"abstract", "introduction", "results"} <= {block.role for block in document.blocks}
    running = quoted(document, "paragraph")
    assert len(running) == 3
    assert all(one.startswith("The alumina coating keeps") for one in running)


def test_pages_keep_units_formulas_and_call_outs(document):
    (sentence,) = [one for one in quoted(document, "paragraph") if "It gives" in one]
    assert "It gives 1200 mA h g⁻¹ at 25 °C" in sentence
    assert "LiPF₆ decomposes" in sentence
    keys = [key for _, keys in cited(document) for key in keys]
    assert keys == [reference.key for reference in document.references[:2]]


def test_pages_set_captions_apart(document):
    captions = " ".join(quoted(document, "caption"))
    assert captions.count("The coated anode.") == 1
    assert captions.count("Capacities.") == 1


def test_pages_give_tables_with_spanning_heads(document):
    (table,) = document.tables
    shown = [
        (document.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span, c.header) for c in table.cells
    ]
    assert shown == [
        ("Anode", 0, 0, 2, 1, True),
        ("Capacity (mA h g⁻¹)", 0, 1, 1, 2, True),
        ("First", 1, 1, 1, 1, True),
        ("Last", 1, 2, 1, 1, True),
        ("Si@Al₂O₃", 2, 0, 1, 1, False),
        ("1200", 2, 1, 1, 1, False),
        ("900", 2, 2, 1, 1, False),
    ]
    assert table.caption
    assert "Capacities." in document.text[table.caption.start : table.caption.end]


def test_pages_turn_table_cells_into_measurements(document):
    found = [(m.quantity.value, m.quantity.unit, m.subject) for m in extract(document).measurements]
    assert any(value == 900.0 and unit.startswith("mA") and "Al" in subject for value, unit, subject in found), found


def test_pages_give_references(document):
    assert len(document.references) == 3
    assert document.references[0].doi == "10.5555/ref.1"
    assert not any("Google Scholar" in one.text or "CrossRef" in one.text for one in document.references)


def test_pages_give_metadata(document):
    assert (document.doi, document.title) == ("10.5555/page.1", "Coated silicon in pouch cells")
    assert (document.authors, document.year) == (("Ada Author", "Ben Other"), 2024)
    assert (document.venue, document.volume, document.first_page) == ("Journal of Tests", "12", "345")
    assert document.article_type == "research-article"


def test_pages_drop_what_surrounds_the_article(document):
    running = " ".join((*quoted(document, "paragraph"), *quoted(document, "list_item")))
    for noise in ("Privacy", "Explore", "Google Scholar", "Received", "by others", "declare", "Home", "This journal"):
        assert noise not in running
