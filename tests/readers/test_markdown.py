"""Markdown: front matter, headings, lists, tables and citation keys, in place."""

from extractors.readers import read
from tests.readers.conftest import check_spans, cited, quoted, shared

PAPER = """---
title: "Digest: a coated anode"
summary_of: https://doi.org/10.1000/ABC.1
authors: [Ada Lovelace, {name: Grace Hopper}]
date: 2025-03-01
licence: CC-BY-4.0
---
# Results

Coating helps [@kim2020; @li-2021] as @xu2019 says.

- first item
- second item

Table 1. Capacity.

| Anode | Capacity (mA h g⁻¹) |
|-------|--------------------:|
| Si    | 1200 \\| 1300 |

## Experimental

```
not text
```
"""


def test_markdown_reads_front_matter(reading):
    document = reading(PAPER)
    assert document.format == "markdown"
    assert (document.title, document.summary_of) == ("Digest: a coated anode", "10.1000/abc.1")
    assert (document.authors, document.year) == (("Ada Lovelace", "Grace Hopper"), 2025)
    assert document.licence == "CC BY-4.0"


def test_markdown_finds_structure_and_keys(reading):
    document = reading(PAPER)
    assert quoted(document, "heading") == ["Results", "Experimental"]
    assert quoted(document, "list_item") == ["- first item", "- second item"]
    assert [keys for _, keys in cited(document)] == [("kim2020", "li-2021"), ("xu2019",)]
    assert not any("not text" in one for one in quoted(document, "paragraph"))


def test_markdown_places_table_cells(reading):
    document = reading(PAPER.replace("\n", "\r\n"))
    table = document.tables[0]
    cells = {(cell.row, cell.column): document.text[cell.start : cell.end] for cell in table.cells}
    assert cells == {(0, 0): "Anode", (0, 1): "Capacity (mA h g⁻¹)", (1, 0): "Si", (1, 1): "1200 \\| 1300"}
    assert [cell.header for cell in table.cells] == [True, True, False, False]
    assert table.caption
    assert document.text[table.caption.start : table.caption.end] == "Table 1. Capacity."


def test_markdown_reads_a_published_paper():
    document = read(shared("real/markdown/joss-04451.md"))
    check_spans(document)
    assert document.title.startswith("`pygetpapers`")
    assert document.year == 2022
    assert len(document.references) == 12
