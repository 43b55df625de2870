"""PDF: running text out of drawn glyphs."""

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from extractors.readers import read
from tests.readers.conftest import SHARED, check_spans, quoted, shared

# The Wiley pair stays below .96: of what it lacks, 49 runs are no part of the PDF, and 74 are numbers of figures and indices
# that the yardstick leaves out or parts.
PAIRS = {"PMC7052325": 0.985, "PMC7065120": 0.957, "PMC7067258": 0.975, "PMC7075112": 0.96}


def _draw(path: Path, lines: list[str], *, keywords: str = "") -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setKeywords(keywords)
    canvas.setFont("Times-Roman", 11)
    for number, line in enumerate(lines):
        canvas.drawString(70, 760 - 14 * number, line)
    canvas.save()
    return path


def test_pdf_joins_lines_and_hyphens(tmp_path):
    lines = [
        "The anode swells when lithium enters it, and the elec-",
        "trode cracks. The long-",
        "term capacity fades.",
    ]
    document = read(_draw(tmp_path / "x.pdf", lines, keywords="summary_of: 10.1000/Y.2"))
    check_spans(document)
    assert "the electrode cracks. The long-term capacity fades." in document.text
    assert (document.format, document.summary_of) == ("pdf", "10.1000/y.2")
    assert {block.page for block in document.blocks} == {1}


def test_pdf_draws_exponents_and_formulas(tmp_path):
    path = tmp_path / "x.pdf"
    style = getSampleStyleSheet()["BodyText"]
    text = (
        "It gave 500 mA h g<super>-1</super> in LiPF<sub>6</sub> over 4 cm<super>2</super> in all of the cells tested."
    )
    SimpleDocTemplate(str(path)).build([Paragraph(text, style)])
    assert "500 mA h g⁻¹ in LiPF₆ over 4 cm² in all of the cells" in " ".join(read(path).text.split())


@pytest.mark.parametrize("name", PAIRS)
def test_pdf_matches_its_jats_twin(tmp_path, name):
    pdf, jats = shared(f"real/pdf/{name}.pdf"), shared(f"real/jats/{name}.xml")
    document = read(pdf)
    check_spans(document)
    text = tmp_path / "text.txt"
    text.write_text(document.text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(SHARED / "fidelity.py"), str(jats), str(text)], capture_output=True, text=True, check=True
    )
    assert float(run.stdout.split()[0]) >= PAIRS[name], run.stdout


@pytest.mark.parametrize(
    ("name", "doi", "least"),
    [
        ("PMC7067258", "10.1039/c9sc04175c", 58),
        ("PMC7075112", "10.3390/nano10020346", 55),
        ("PMC7052325", "10.3389/fchem.2020.00125", 45),
        ("s41467-023-44678-x", "10.1038/s41467-023-44678-x", 20),
        ("s12984-016-0129-6", "10.1186/s12984-016-0129-6", 40),
        ("metabo4040932", "10.3390/metabo4040932", 40),
    ],
)
def test_pdf_reads_publishers(name, doi, least):
    document = read(shared(f"real/pdf/{name}.pdf"))
    check_spans(document)
    assert document.doi == doi
    assert document.title
    assert document.year
    assert len(document.references) >= least
    assert {key for one in document.citations for key in one.keys} <= {one.key for one in document.references}


def test_pdf_mends_signs_of_the_founding_reviews_publisher():
    text = read(shared("real/pdf/PMC7067258.pdf")).text
    assert "288 mA h g⁻¹ at 500 mA g⁻¹" in text
    assert "°C" in text
    assert "6.73 × 10⁻¹¹ cm² s⁻¹" in text
    assert "\x01" not in text
    assert "\ue103" not in text
    assert "¼" not in text


def test_pdf_reads_a_table_of_the_text_layer():
    document = read(shared("real/pdf/PMC7075112.pdf"))
    (table,) = document.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    assert ["Coir pith waste (porous carbon)", "100", "50", "837", "[27]"] in rows.values()
    assert table.page == 7
    assert table.cells[0].header


def test_pdf_resolves_author_and_year_to_its_list():
    document = read(shared("real/pdf/N18-3011.pdf"))
    assert {key for one in document.citations for key in one.keys} <= {one.key for one in document.references}
    assert len(document.citations) >= 10


def test_pdf_lifts_call_outs_out_of_the_words():
    document = read(shared("real/pdf/PMC7067258.pdf"))
    first = document.citations[0]
    assert first.start == first.end
    assert first.keys == ("1", "2", "3", "4")
    assert document.text[: first.start].endswith("long life.")


def test_pdf_keeps_letters_under_their_accents_and_greek_signs():
    text = read(shared("real/pdf/PMC7067258.pdf")).text
    assert "was 3.27 Å, suggesting" in text
    assert "HAT-CN (146 Ω)" in text
    assert "the π–π planes" in text or "the π planes" in text or "π–" in text


def test_pdf_parts_a_number_from_its_unit_at_a_thin_space():
    assert "more than 2 Li" in " ".join(read(shared("real/pdf/PMC7065120.pdf")).text.split())


def test_pdf_keeps_a_statement_below_the_reference_list():
    text = read(shared("real/pdf/PMC7052325.pdf")).text
    assert "could be construed as a potential conflict of interest." in text


def test_pdf_takes_no_value_at_the_beginning_of_a_line_for_a_heading():
    document = read(shared("real/pdf/PMC7065120.pdf"))
    assert not any("1.6 V" in one for one in quoted(document, "heading"))
    assert any("theoretical voltage of 1.6 V (1.1 V) in a LIB" in one for one in quoted(document, "paragraph"))


def test_pdf_drops_running_heads():
    paragraphs = " ".join(quoted(read(shared("real/pdf/PMC7067258.pdf")), "paragraph"))
    assert "This journal is" not in paragraphs
    assert "View Article Online" not in paragraphs


def test_pdf_reads_a_damaged_file_that_still_opens():
    assert "test" in read(shared("real/pdf/odd-one-byte-missing.pdf")).text


def test_pdf_keeps_the_words_of_a_widely_set_line_at_the_page_edge(tmp_path):
    path = tmp_path / "x.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in range(3):
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(70, 815, "Journal of Anodes, vol. 7")
        for number in range(40):
            canvas.drawString(
                70, 760 - 16 * number, f"The anode of cell {page}.{number} swells when it takes up lithium, and"
            )
        for x, word in ((70, "inferior"), (140, "performance"), (220, "and"), (270, f"cracks{page}.")):
            canvas.drawString(x, 760 - 16 * 40, word)
        canvas.showPage()
    canvas.save()
    text = " ".join(read(path).text.split())
    assert [text.count(f"inferior performance and cracks{page}.") for page in range(3)] == [1, 1, 1]
    assert "Journal of Anodes" not in text


@pytest.mark.parametrize(
    ("lines", "read_as"),
    [
        (["The as-", "prepared anode lasts."], "as-prepared"),
        (["A co-", "precipitated oxide."], "co-precipitated"),
        (["It is elec-", "tronic."], "electronic"),
        (["One electron moves. An electron-", "deficient core."], "electron-deficient"),
        (["It is ra-", "dioactive."], "radioactive"),
    ],
)
def test_pdf_tells_a_compound_from_a_syllable(tmp_path, lines, read_as):
    assert read_as in read(_draw(tmp_path / "x.pdf", ["The cells were cycled for a hundred days.", *lines])).text


def test_pdf_lifts_raised_lists_whose_commas_are_not(tmp_path):
    path = tmp_path / "x.pdf"
    style = getSampleStyleSheet()["BodyText"]
    said = "Silicon swells.<super>1</super>, <super>2</super> It cracks as it does so, and its film grows anew on each cycle."
    listed = [f"{n}. A. Author, J. Tests, 20{n:02}, {n}, 1." for n in range(1, 5)]
    SimpleDocTemplate(str(path)).build([Paragraph(text, style) for text in (said, "<b>References</b>", *listed)])
    document = read(path)
    assert "Silicon swells. It cracks" in document.text
    assert [one.keys for one in document.citations] == [("1",), ("2",)]
