"""Small valid papers, one of each format, from which the hostile files are made."""

from __future__ import annotations

import io

from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

_CLAIM = "Fluoroethylene carbonate increases the capacity retention of silicon anodes to 80% after 200 cycles [1]."
_MORE = "Without the coating the cell loses 12 mA h g⁻¹ at 25 °C, because the surface layer grows and cracks (Fig. 1)."
_ROWS = (("Anode", "Capacity (mA h g⁻¹)", "Cycles"), ("Si–C", "1200", "500"), ("Graphite", "350", "1000"))
_LIST = ("A. Author, B. Other, J. Test 1 (2020) 1–9.", "C. Third, J. Test 2 (2021) 3–8. doi:10.5555/test.2")

TEXT = "\n\n".join(
    (
        "A paper about silicon anodes and their electrolytes",
        "Ada Author, Ben Other",
        "Abstract",
        f"{_CLAIM} {_MORE}",
        "1. Introduction",
        f"{_MORE} {_CLAIM}",
        "Fig. 1 The anode before and after.",
        "2. Results",
        _CLAIM * 3,
        "References",
        "\n".join(f"{number}. {entry}" for number, entry in enumerate(_LIST, 1)),
    )
)

MARKDOWN = f"""---
title: A paper about silicon anodes
authors: [Ada Author, Ben Other]
doi: 10.5555/test.1
date: 2024-05-01
---
# Abstract

{_CLAIM}

# Results

{_MORE} [@other2020]

| {" | ".join(_ROWS[0])} |
|---|---:|---:|
| {" | ".join(_ROWS[1])} |
| {" | ".join(_ROWS[2])} |

- {_CLAIM}

# References

1. {_LIST[0]}
2. {_LIST[1]}
"""

_CELLS = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)

HTML = f"""<!DOCTYPE html><html><head><meta name="citation_title" content="A paper about silicon anodes">
<meta name="citation_doi" content="10.5555/test.1"><title>x</title></head><body><article><h1>A paper about silicon anodes</h1>
<h2>Abstract</h2><p>{_CLAIM} {_MORE}</p><h2>Results</h2><p>It holds 500 mA h g<sup>&minus;1</sup>.<sup>1,2</sup> {_MORE}</p>
<figure><figcaption>Figure 1. The anode.</figcaption></figure><table><caption>Table 1. Capacity.</caption>{_CELLS}</table>
<h2>References</h2><ol><li id="r1">{_LIST[0]}</li><li id="r2">{_LIST[1]}</li></ol></article></body></html>"""

JATS = f"""<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">10.5555/test.1</article-id><title-group><article-title>A paper about silicon anodes</article-title></title-group>
<pub-date><year>2024</year></pub-date><abstract><p>{_CLAIM}</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>{_MORE} <xref ref-type="bibr" rid="b1">1</xref></p>
<table-wrap><caption><p>Capacity.</p></caption><table>{_CELLS}</table></table-wrap></sec></body>
<back><ref-list><ref id="b1"><label>1</label><mixed-citation>{_LIST[0]}</mixed-citation></ref>
<ref id="b2"><label>2</label><mixed-citation>{_LIST[1]}</mixed-citation></ref></ref-list></back></article>"""

TEI = f"""<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title level="a">A paper about silicon anodes</title></titleStmt></fileDesc><profileDesc><abstract><p>{_CLAIM}</p></abstract></profileDesc>
</teiHeader><text><body><div><head n="1">Results</head><p>{_MORE} <ref type="bibr" target="#b0">[1]</ref></p>
<figure type="table"><head>Table 1</head><table><row><cell>Anode</cell><cell>Cycles</cell></row><row><cell>Si</cell><cell>5</cell></row>
</table></figure></div></body><back><div type="references"><listBibl><biblStruct xml:id="b0"><note type="raw_reference">{_LIST[0]}</note>
</biblStruct></listBibl></div></back></text></TEI>"""

ELSEVIER = f"""<?xml version="1.0" encoding="UTF-8"?><xocs:doc xmlns:xocs="http://www.elsevier.com/xml/xocs/dtd"
xmlns:ce="http://www.elsevier.com/xml/common/dtd" xmlns:ja="http://www.elsevier.com/xml/ja/dtd"><xocs:serial-item><ja:article>
<ja:item-info><ce:doi>10.5555/test.1</ce:doi></ja:item-info><ja:head><ce:title>A paper about silicon anodes</ce:title>
<ce:abstract><ce:abstract-sec><ce:simple-para>{_CLAIM}</ce:simple-para></ce:abstract-sec></ce:abstract></ja:head>
<ja:body><ce:sections><ce:section><ce:label>1</ce:label><ce:section-title>Results</ce:section-title><ce:para>{_MORE}</ce:para>
</ce:section></ce:sections></ja:body></ja:article></xocs:serial-item></xocs:doc>"""


def pdf() -> bytes:
    """Draw the paper on three pages, with a table."""
    styles = getSampleStyleSheet()
    held = io.BytesIO()
    table = Table(_ROWS, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    body = [Paragraph(_CLAIM * 6, styles["BodyText"]), PageBreak()] * 2
    entries = [Paragraph(f"{number}. {entry}", styles["BodyText"]) for number, entry in enumerate(_LIST, 1)]
    SimpleDocTemplate(held, invariant=1).build(
        [
            Paragraph("A paper about silicon anodes", styles["Title"]),
            Paragraph("Abstract", styles["Heading2"]),
            *body,
            Paragraph("Table 1. Capacity.", styles["BodyText"]),
            table,
            Paragraph("References", styles["Heading2"]),
            *entries,
        ]
    )
    return held.getvalue()


def papers() -> dict[str, bytes]:
    """Return the papers by format."""
    written = {"text": TEXT, "markdown": MARKDOWN, "html": HTML, "jats": JATS, "tei": TEI, "elsevier": ELSEVIER}
    return {"pdf": pdf()} | {name: words.encode("utf-8") for name, words in written.items()}
