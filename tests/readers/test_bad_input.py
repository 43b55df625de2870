"""Bad input: one line that names the file and the remedy, quickly, and nothing fetched."""

import contextlib
import gzip
import re
import time

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import read
from ontology.errors import ReadError
from tests.readers.conftest import check_spans, shared

BOMB = "<!DOCTYPE article [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(12)
)
CASES = {
    "empty": b"",
    "white space": b" \n\t\r\n \xef\xbb\xbf",
    "binary": bytes((n * 7919 + n * n) % 256 for n in range(5000)),
    "zip": b"PK\x03\x04" + b"x" * 500,
    "gzip": gzip.compress(b"<article/>"),
    "image": b"\x89PNG\r\n\x1a\n" + b"x" * 100,
    "truncated XML": b"<article><body><p>Text",
    "no article": b"<?xml version='1.0'?><pmc-articleset/>",
    "unknown XML": b"<?xml version='1.0'?><invoice><p>1</p></invoice>",
    "entity bomb": (BOMB + "]><article><body><p>&m;</p></body></article>").encode(),
    "external entity": b"<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><article><body><p>&x;</p></body></article>",
    "deep XML": b"<article><body>" + b"<sec>" * 5000 + b"</sec>" * 5000 + b"</body></article>",
    "damaged PDF": b"%PDF-1.7\n" + b"garbage " * 100,
    "login page": b"<!DOCTYPE html><html><body><form>Log in</form></body></html>",
    "damaged UTF-8": ("Größe und Wärme, schön und süß. " * 20).encode()[:-1] + b"\xc3\xc3 \xff" + "ü".encode() * 5,
    "UTF-16 without a mark": "A paper about silicon anodes and their swelling. ".encode("utf-16-le") * 20,
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_gets_one_line_with_its_file(tmp_path, case):
    path = tmp_path / "paper.txt"
    path.write_bytes(CASES[case])
    with pytest.raises(ReadError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    assert re.search(r": .+; .+\.$", message), message


@pytest.mark.parametrize(("name", "words"), [("missing.txt", "no such file"), (".", "folder")])
def test_bad_input_names_missing_files_and_folders(tmp_path, name, words):
    with pytest.raises(ReadError, match=words):
        read(tmp_path / name)


def test_bad_input_refuses_a_large_file_before_reading_it(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    started = time.perf_counter()
    with pytest.raises(ReadError, match="above the limit"):
        read(path)
    assert time.perf_counter() - started < 0.5


def test_bad_input_never_shows_an_external_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    path = tmp_path / "x.xml"
    path.write_text(f"<!DOCTYPE article [<!ENTITY x SYSTEM '{secret}'>]><article><body><p>a &x; b</p></body></article>")
    with pytest.raises(ReadError, match="never resolved"):
        read(path)


def test_bad_input_knows_html_entities_in_xml(reading):
    document = reading(
        b"<!DOCTYPE article SYSTEM 'x.dtd'><article><body><p>25&#160;&deg;C and more words</p></body></article>"
    )
    assert "25 °C and more words" in document.text


def test_bad_input_names_the_password(tmp_path):
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("open sesame", canPrint=0))
    canvas.drawString(50, 700, "secret words")
    canvas.save()
    with pytest.raises(ReadError, match="password"):
        read(path)
    with pytest.raises(ReadError, match="password"):
        read(shared("real/pdf/odd-open-password.pdf"))


def test_bad_input_names_a_scan(tmp_path):
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.save()
    with pytest.raises(ReadError, match="OCR"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1252"])
def test_bad_input_reads_other_encodings_right(reading, encoding):
    words = "The café’s cells kept 71.9 % ± 0.5 % at 25 °C – as expected in µm layers. " * 5
    content = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + words.encode(encoding)
    assert words in reading(content).text


@pytest.mark.parametrize(
    "content",
    [
        "word " * 250_000,
        "a" * 1_000_000,
        "(" * 300_000,
        "[1" * 200_000,
        "# " * 300_000,
        "$" * 300_000,
        "(Li, Li, Li, " * 60_000,
        "| a " * 200_000,
        "- \n" * 100_000,
        "^{" * 200_000,
        "1.1.1.1 " * 100_000,
        "<" * 300_000,
        "\x00" * 10_000 + "words " * 5,
        "---\n" + "a: [" * 20_000,
    ],
    ids=lambda content: repr(content[:8]),
)
def test_bad_input_does_not_hang_on_long_lines(tmp_path, content):
    path = tmp_path / "long.txt"
    path.write_text(content)
    started = time.perf_counter()
    with contextlib.suppress(ReadError):
        check_spans(read(path))
    assert time.perf_counter() - started < 10


def test_bad_input_survives_deep_html(reading):
    page = (
        "<html><body>"
        + "<div>" * 3000
        + "<p>"
        + "Words of a paper. " * 20
        + "</p>"
        + "</div>" * 3000
        + "</body></html>"
    )
    with contextlib.suppress(ReadError):
        reading(page)
