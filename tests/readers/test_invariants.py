"""What holds for every Document, whatever the file says."""

import contextlib
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import readers
from extractors.readers import read
from ontology.errors import ReadError
from tests.readers.conftest import check_spans, shared

PIECES = st.sampled_from(
    [
        "The anode swells",
        ".",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "\r",
        "# ",
        "## Results\n",
        "References\n\n",
        "1. A. Author, 2020, x.\n",
        "^{1,2}",
        "⁵¹",
        "[1]",
        "[@key]",
        "(Li et al., 2020)",
        "$x^{2}$",
        "| a | b |\n",
        "|---|---|\n",
        "- ",
        "Fig. 1 A cell.\n\n",
        "\ufeff",
        "\x00",
        "𝛼",
        "ﬁ",
        "‐",
        "4.1.2 Run in heading. Text",
        "Abstract\n",
        "---\n",
        "title: x\n",
        "```\n",
        "\u2028",
        "\x0c",
        "é",
    ]
)
MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<sec><title>Results</title>",
        "</sec>",
        "words and more ",
        "<sup>2</sup>",
        "<sub>x</sub>",
        "&amp;",
        "<table>",
        "<tr>",
        "<td rowspan='3'>",
        "<th colspan='2'>",
        "</td>",
        "</tr>",
        "</table>",
        "<h2>",
        "</h2>",
        "<li>",
        "<ul>",
        "<br>",
        "<a href='#r1'>[1]</a>",
        "<sup>1,2</sup>",
        "<div>",
        "</div>",
        "<figure>",
        "<figcaption>",
        "<caption>",
        "<ol>",
        "\n",
        "é",
    ]
)


def _read(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(content)
        try:
            document = read(path)
        except ReadError as error:
            if "\n" in str(error):
                pytest.fail(f"an error of more than one line: {error}")
        else:
            check_spans(document)
            if document.format in ("text", "markdown"):
                assert document.text == content.decode("utf-8")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join))
def test_invariants_hold_for_text_and_markdown(content):
    _read(content.encode())


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKUP, min_size=1, max_size=50).map("".join))
def test_invariants_hold_for_html(content):
    _read(f"<!DOCTYPE html><html><body><p>{'A paragraph of a paper. ' * 6}</p>{content}</body></html>".encode())


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"<article>", b"<html><p>", b"\xff\xfe", b"---\n"])
)
def test_invariants_hold_for_rubbish(content, head):
    with contextlib.suppress(UnicodeDecodeError):  # read as another encoding than UTF-8
        _read(head + content)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize(
    "name", ["real/jats/PMC7075112.xml", "real/html/mdpi-metabo4040932.html", "real/pdf/N18-3011.pdf"]
)
def test_invariants_hold_for_truncated_files(name, share):
    data = shared(name).read_bytes()
    _read(data[: int(share * len(data))])


@pytest.mark.parametrize("seed", range(24))
def test_invariants_hold_for_mutated_files(seed):
    names = ["pdf/N18-3011.pdf", "jats/PMC7052325.xml", "html/mdpi-metabo4040932.html", "tei/N18-3011.tei.xml"]
    data = bytearray(shared(f"real/{names[seed % 4]}").read_bytes())
    random = Random(seed)
    for _ in range(random.randrange(1, 120)):
        at = random.randrange(len(data))
        data[at : at + random.choice((0, 1, 40))] = random.randbytes(random.choice((1, 1, 3)))
    _read(bytes(data))


def test_readers_table_is_complete():
    folder = Path(readers.__file__).parent
    for module in readers.READERS.values():
        assert (folder / f"{module.rpartition('.')[2]}.py").is_file()
    assert list(readers.READERS) == sorted(readers.READERS)


def test_reading_twice_gives_the_same():
    path = shared("real/pdf/PMC7065120.pdf")
    assert read(path) == read(path)
