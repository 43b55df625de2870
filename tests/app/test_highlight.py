from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from app.highlight import ROLES, Mark, between_blank_lines, highlight, paragraph
from ontology.model import Block, Document, Span

TEXT = "FEC extends cycle life at 25 °C.\n\nIn storage it releases HF."


def plain(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", rendered))


def document(*blocks: Block) -> Document:
    return Document(id="d", path="d.txt", format="text", text=TEXT, sha256="", text_sha256="", blocks=blocks)


def test_highlight_marks_the_exact_characters_of_each_role() -> None:
    rendered = highlight(TEXT, [Span(0, 32)], [Mark("cause", 0, 3), Mark("target", 12, 22)])
    assert re.findall(r'<mark data-role="(\w+)"[^>]*>([^<]*)</mark>', rendered) == [
        ("cause", "FEC"),
        ("target", "cycle life"),
    ]


def test_highlight_wraps_the_sentence_around_its_marks() -> None:
    rendered = highlight(TEXT, [Span(0, len(TEXT))], [Mark("sentence", 0, 32), Mark("cause", 0, 3)])
    sentence = re.search(r'<span class="ak-sentence">(.*?)</span>', rendered, re.S)
    assert sentence is not None
    assert plain(sentence[1]) == TEXT[:32]


def test_highlight_shows_hostile_text_as_text() -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> **bold** $x$ [a](javascript:1) &lt;"
    rendered = highlight(hostile, [Span(0, len(hostile))], [Mark("cause", 0, 8), Mark("cue", 3, 30)])
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert plain(rendered) == hostile


def test_highlight_lets_cause_win_where_roles_overlap() -> None:
    rendered = highlight("abcdef", [Span(0, 6)], [Mark("cue", 0, 6), Mark("cause", 2, 4)])
    assert re.findall(r'data-role="(\w+)"', rendered) == ["cue", "cause", "cue"]


def test_highlight_says_where_a_page_cuts_the_paragraph() -> None:
    assert highlight(TEXT, [Span(0, 3), Span(4, 11)], []).count("ak-gap") == 1


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(
    text=st.text(min_size=40, max_size=60),
    marks=st.lists(st.tuples(st.sampled_from(["sentence", *ROLES, "unknown"]), spans), max_size=8),
)
def test_highlight_never_changes_a_character(text: str, marks: list[tuple[str, list[int]]]) -> None:
    rendered = highlight(text, [Span(0, len(text))], [Mark(role, *span) for role, span in marks])
    assert plain(rendered) == text


def test_paragraph_is_every_piece_of_the_block_that_holds_the_span() -> None:
    cut = Block(kind="paragraph", pieces=(Span(0, 11), Span(12, 32)))
    other = Block(kind="paragraph", pieces=(Span(34, len(TEXT)),))
    assert paragraph(document(cut, other), Span(13, 20)) == (Span(0, 11), Span(12, 32))


def test_paragraph_falls_back_to_blank_lines_outside_blocks() -> None:
    assert paragraph(document(), Span(40, 45)) == (Span(34, len(TEXT)),)


def test_between_blank_lines_handles_crlf() -> None:
    text = "one\r\n\r\ntwo two\r\n\r\nthree"
    start = text.index("two")
    assert text[slice(*between_blank_lines(text, Span(start, start + 3)))] == "two two"
