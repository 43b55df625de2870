"""Plain text: the decoded file is the text, structure is found in place."""

import pytest

from extractors.readers import read
from tests.readers.conftest import check_spans, cited, quoted, shared

LIST = "\n\nReferences\n\n" + "\n".join(
    f"{n}. A. Author and B. Other, J. Test, 20{n:02d}, 1, {n}." for n in range(1, 13)
)


def test_text_keeps_the_file_character_for_character(reading):
    content = "\ufeffTitle\r\n\r\nA pair 𝛼 ﬁnds LiPF₆\x00 here.\r\nAnd more.\r\n"
    assert reading(content).text == content


@pytest.mark.parametrize(
    ("words", "shown", "keys"),
    [
        ("capacity fades.^{1–3} Then", "^{1–3}", ("1", "2", "3")),
        ("as shown.⁷ Then", "⁷", ("7",)),
        ("as shown (Fig. 1d).²⁻⁴ Then", "²⁻⁴", ("2", "3", "4")),
        ("the anode^{1,12} swells", "^{1,12}", ("1", "12")),
        ("was reported [3,5–6] before", "[3,5–6]", ("3", "5", "6")),
    ],
)
def test_text_marks_numbered_call_outs(reading, words, shown, keys):
    assert cited(reading(f"Introduction\n\nThe {words} it ends.{LIST}")) == [(shown, keys)]


@pytest.mark.parametrize(
    "words",
    [
        "by ⁷Li NMR",
        "an area of 4 cm² only",
        "of 500 mA h g⁻¹ here",
        "about 10^{12} cells",
        "sp³-type carbon",
        "SO₄²⁻ ions",
        "$x^{2}$ grows",
        "to 3 m^{2} now",
        "the PF₆⁻ anion",
    ],
)
def test_text_takes_no_exponent_isotope_or_charge_for_a_call_out(reading, words):
    assert cited(reading(f"Introduction\n\nWe saw {words} in it.{LIST}")) == []


def test_text_resolves_author_and_year_to_the_list(reading):
    refs = (
        "References\n\nLi, Q., and Xu, K. (2020). On silicon. J. Test 1, 2.\n\nKim, N. (2019). On carbon. J. Test 3.\n"
    )
    body = "Introduction\n\nSilicon swells (Li and Xu, 2020; Kim, 2019). Kim (2019) saw it.\n\n"
    assert [keys for _, keys in cited(reading(body + refs))] == [("Li 2020", "Kim 2019"), ("Kim 2019",)]


def test_text_joins_a_paragraph_cut_by_a_figure(reading):
    content = (
        "Introduction\n\nThe first sentence ends. The second goes on over the\n\n"
        "Fig. 1 A cell. (a) Its anode.\n\nfigure and ends here.\n\nAnother paragraph."
    )
    document = reading(content)
    assert quoted(document, "paragraph")[0].endswith("goes on over the|figure and ends here.")
    assert quoted(document, "caption") == ["Fig. 1 A cell. (a) Its anode."]


def test_text_takes_a_sentence_about_a_figure_for_text(reading):
    document = reading("Results\n\nFig. 1 shows the cell.\n\nFigures 2(a)–(c) are images.")
    assert quoted(document, "caption") == []


@pytest.mark.parametrize(
    "words",
    [
        "In-depth density functional theory.",
        "The division of labour.",
        "Published data of 12 cells agree.",
        "A college of facts.",
    ],
)
def test_text_takes_no_sentence_for_furniture(reading, words):
    assert quoted(reading(f"Results\n\n{words}\n\nMore of it."), "paragraph")[0] == words


@pytest.mark.parametrize(
    "words", ["^a School of Chemistry, Test University", "Received 19th March 2025", "© 2025 The Authors"]
)
def test_text_sets_furniture_apart(reading, words):
    assert words in quoted(reading(f"Results\n\nText of it.\n\n{words}\n\nMore of it."), "furniture")


def test_text_reads_the_founding_review():
    document = read(shared("seed.txt"))
    check_spans(document)
    assert document.text == shared("seed.txt").read_text(encoding="utf-8")
    assert (document.doi, document.year, document.article_type) == ("10.1039/d5ee01568e", 2025, "perspective")
    assert document.title.startswith("Micro-sized CVD-derived")
    assert len(document.authors) == 11
    assert [reference.key for reference in document.references] == [str(n) for n in range(1, 112)]
    assert len(document.citations) == 97
    assert {key for one in document.citations for key in one.keys} <= {str(n) for n in range(1, 112)}
    assert len(quoted(document, "caption")) == 5
    paragraphs = quoted(document, "paragraph")
    assert sum("|" in paragraph for paragraph in paragraphs) >= 15
    assert not any(
        "View Article" in one or "School of Chemistry" in one or "financial support" in one for one in paragraphs
    )
    roles = {block.role for block in document.blocks if block.kind == "paragraph"}
    assert {"abstract", "introduction", "conclusion"} <= roles
    sections = {block.section for block in document.blocks}
    assert any(section.endswith("4.2 External regulation > 4.2.3 Functional binder design") for section in sections)


def test_text_reads_one_sentence_a_line():
    document = read(shared("real/text/S0040609012014393.txt"))
    check_spans(document)
    assert {"abstract", "introduction", "methods", "results", "conclusion"} <= {block.role for block in document.blocks}
