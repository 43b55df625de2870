"""HTML: the article without its page; call-outs never glue to words."""

import pytest

from extractors.readers import read
from tests.readers.conftest import check_spans, cited, quoted, shared

PAGE = """<!DOCTYPE html><html><head><title>x</title><meta name="citation_title" content="A coated anode">
<meta name="citation_author" content="Xu, Kang"><meta name="citation_doi" content="10.1000/X.1">
<meta name="citation_publication_date" content="2024/05/01"><meta name="summary_of" content="10.1000/Y.2"></head><body>
<nav>Home | Journals | {junk}</nav><script>var x = "<p>no</p>";</script><main><h1>A coated anode</h1>
<h2>Introduction</h2><p>Silicon swells<sup>1,2</sup> and gives 500 mA h g<sup>&#8722;1</sup> over 4 cm<sup>2</sup>.
It cracks <a href="#r3">[3]</a> in LiPF<sub>6</sub>, says Table <a href="#t1">1</a>.</p>
<table id="t1"><caption>Table 1. Values.</caption>
<tr><th rowspan="2">Anode</th><th>C</th></tr><tr><td>5</td></tr></table>
<h2>References</h2><ol>
<li id="r1">A. Author, J. Test, 2001, a long title here.</li><li id="r2">B. Author, J. Test, 2002, a
long title.</li><li id="r3">C. Author, J. Test, 2003, <a href="https://doi.org/10.1000/c">a long title</a>.</li></ol>
</main><footer>Cookies</footer></body></html>"""


def test_html_reads_superscripts_and_links(reading):
    document = reading(PAGE, name="page.pdf")
    expected = "Silicon swells [1,2] and gives 500 mA h g⁻¹ over 4 cm². It cracks [3] in LiPF₆, says Table 1."
    assert quoted(document, "paragraph") == [expected]
    assert cited(document) == [("[1,2]", ("1", "2")), ("[3]", ("3",))]
    assert [(one.key, one.doi) for one in document.references] == [("1", ""), ("2", ""), ("3", "10.1000/c")]


def test_html_reads_metadata_and_drops_the_page(reading):
    document = reading(PAGE)
    assert (document.format, document.title, document.doi) == ("html", "A coated anode", "10.1000/x.1")
    assert (document.authors, document.year, document.summary_of) == (("Kang Xu",), 2024, "10.1000/y.2")
    assert "Cookies" not in document.text
    assert "Journals" not in document.text


def test_html_keeps_table_spans(reading):
    document = reading(PAGE)
    shown = [(document.text[c.start : c.end], c.row, c.column, c.row_span) for c in document.tables[0].cells]
    assert shown == [("Anode", 0, 0, 2), ("C", 0, 1, 1), ("5", 1, 1, 1)]


def test_html_believes_the_bytes_before_a_wrong_charset(reading):
    page = (
        "<html><head><meta charset='ascii'></head><body><p>"
        + "Capacity 500 mA h g⁻¹ at 25 °C. " * 5
        + "</p></body></html>"
    )
    assert "500 mA h g⁻¹ at 25 °C." in reading(page).text


@pytest.mark.parametrize(
    ("name", "references"),
    [
        ("hindawi-2014-247835", 31),
        ("iop-0953-8984-28-22-224009", 52),
        ("mdpi-metabo4040932", 44),
        ("tf-20550308.2015.1135230", 34),
        ("wiley-advs.201500314", 36),
    ],
)
def test_html_reads_publishers(name, references):
    document = read(shared(f"real/html/{name}.html"))
    check_spans(document)
    assert len(document.references) == references
    assert document.doi
    assert document.title
    assert {key for one in document.citations for key in one.keys} <= {one.key for one in document.references}
    assert max(len(one) for one in quoted(document, "paragraph")) > 500
    assert not any("cookie" in one.lower() for one in quoted(document, "paragraph"))


def test_html_reads_a_table_that_the_page_shows_on_demand(reading):
    said = "<p>" + "The cell kept its capacity over many cycles. " * 4 + "</p>"
    table = "<table><caption>Table 1 Capacities</caption><tr><th>Anode</th><th>mA h</th></tr><tr><td>Si</td><td>1200</td></tr></table>"
    document = reading(
        f"<html><body><article>{said}<div class='hidden'>{table}</div><div class='hidden'>Sign in</div></article></body></html>"
    )
    assert [document.text[cell.start : cell.end] for cell in document.tables[0].cells] == [
        "Anode",
        "mA h",
        "Si",
        "1200",
    ]
    assert "Sign in" not in document.text
