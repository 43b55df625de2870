"""JATS: formulas, call-outs, tables with spans, and metadata of several publishers."""

import pytest

from extractors.readers import read
from tests.readers.conftest import check_spans, cited, quoted, shared

ARTICLE = """<?xml version="1.0"?>
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta>
<journal-title>J. Test</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1000/X.1</article-id>
<title-group><article-title>On LiCoO<sub>2</sub></article-title></title-group>
<contrib-group><contrib contrib-type="author">
<name><surname>Xu</surname><given-names>Kang</given-names></name></contrib>
</contrib-group><pub-date><year>2024</year></pub-date>
<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions>
<custom-meta-group><custom-meta><meta-name>summary_of</meta-name><meta-value>10.1000/Y.2</meta-value></custom-meta>
</custom-meta-group></article-meta></front><body><sec><title>Results</title>
<p>It gave 500 mA h g<sup>−1</sup> in LiPF<sub>6</sub>.<sup><xref ref-type="bibr" rid="r1">1</xref>–<xref
ref-type="bibr" rid="r3">3</xref></sup> Next <fig id="f1"><label>Fig. 1</label><caption>
<p>A cell.</p></caption></fig>sentence
here [<xref ref-type="bibr" rid="r2">2</xref>].</p>
<table-wrap><label>Table 1</label><caption><p>Values.</p></caption><table><thead><tr><th rowspan="2">Anode</th>
<th colspan="2">Capacity</th></tr><tr><th>first</th><th>last</th></tr></thead><tbody>
<tr><td>Si</td><td>1</td><td>2</td></tr>
</tbody></table></table-wrap></sec></body><back><ref-list>
<ref id="r1"><label>1</label><mixed-citation>A. B., 2001.</mixed-citation></ref>
<ref id="r2"><label>2</label><mixed-citation>C. D., 2002,
<pub-id pub-id-type="doi">10.1000/c.d</pub-id>.</mixed-citation></ref>
<ref id="r3"><label>3</label><mixed-citation>E. F., 2003.</mixed-citation></ref></ref-list></back></article>"""


def test_jats_renders_units_and_call_outs(reading):
    document = reading(ARTICLE, name="paper.bin")
    assert quoted(document, "paragraph") == ["It gave 500 mA h g⁻¹ in LiPF₆.[1–3] Next sentence here [2]."]
    assert cited(document) == [("[1–3]", ("1", "2", "3")), ("[2]", ("2",))]
    assert [(one.key, one.doi) for one in document.references] == [("1", ""), ("2", "10.1000/c.d"), ("3", "")]


def test_jats_reads_metadata(reading):
    document = reading(ARTICLE)
    assert (document.format, document.title, document.doi) == ("jats", "On LiCoO₂", "10.1000/x.1")
    assert (document.authors, document.year, document.venue) == (("Kang Xu",), 2024, "J. Test")
    assert (document.licence, document.summary_of) == ("CC BY 4.0", "10.1000/y.2")


def test_jats_keeps_row_and_column_spans(reading):
    document = reading(ARTICLE)
    shown = [
        (document.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span, c.header)
        for c in document.tables[0].cells
    ]
    assert shown == [
        ("Anode", 0, 0, 2, 1, True),
        ("Capacity", 0, 1, 1, 2, True),
        ("first", 1, 1, 1, 1, True),
        ("last", 1, 2, 1, 1, True),
        ("Si", 2, 0, 1, 1, False),
        ("1", 2, 1, 1, 1, False),
        ("2", 2, 2, 1, 1, False),
    ]


@pytest.mark.parametrize(
    ("name", "references", "tables"),
    [
        ("PMC7040742", 234, 5),
        ("PMC7052325", 51, 0),
        ("PMC7055568", 141, 3),
        ("PMC7065120", 32, 2),
        ("PMC7067258", 58, 0),
        ("PMC7075112", 62, 1),
        ("springer-response-s11671-021-03631-x", 179, 2),
    ],
)
def test_jats_reads_publishers(name, references, tables):
    document = read(shared(f"real/jats/{name}.xml"))
    check_spans(document)
    assert (len(document.references), len(document.tables)) == (references, tables)
    assert document.doi
    assert document.year
    assert document.licence
    assert document.authors
    assert document.venue
    assert len(document.citations) > 20
    assert {key for one in document.citations for key in one.keys} <= {one.key for one in document.references}


def test_jats_says_that_a_correction_is_one():
    assert read(shared("real/jats/elife07586-correction.xml")).article_type == "correction"


def test_elsevier_reads_cals_tables_and_labels():
    document = read(shared("real/elsevier/S0040609012014393.norm.xml"))
    check_spans(document)
    assert (document.doi, len(document.references), len(document.tables)) == ("10.1016/j.tsf.2012.10.110", 35, 1)
    assert document.licence == "CC BY 3.0"
    assert len(document.citations) == 29


@pytest.mark.parametrize(("name", "least"), [("s12984-016-0129-6", 45), ("N18-3011", 25), ("s41598-023-32039-z", 45)])
def test_tei_reads_grobid(name, least):
    document = read(shared(f"real/tei/{name}.tei.xml"))
    check_spans(document)
    assert document.format == "tei"
    assert len(document.references) >= least
    assert document.title
    assert document.authors
    assert sum(block.kind == "paragraph" for block in document.blocks) > 20


def test_jats_takes_a_line_end_before_an_index_for_layout(reading):
    jats = "<article><front/><body><p>The size <italic>D</italic>\n<sub>50</sub> of the silicon was 43 nm.</p></body></article>"
    assert "The size D₅₀ of the silicon" in reading(jats, name="x.xml").text
