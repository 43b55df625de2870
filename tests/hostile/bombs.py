"""Files built to exhaust a reader: depth, width, expansion, loops."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

from tests.hostile import pdf_bombs
from tests.hostile.valid import HTML, JATS, MARKDOWN, TEI, TEXT

_MANY = 20_000  # wide enough to show whatever grows with the square
_MILLION = 1_000_000
_BODY = ("<html><body><p>" + "Words of a paper. " * 20, "</body></html>")


def _markup(form: str, inside: str) -> Callable[[], bytes]:
    """Put something into the body of a valid file."""
    whole, mark = {"jats": (JATS, "<sec>"), "tei": (TEI, "<body>"), "html": (HTML, "<h2>Abstract")}[form]
    return lambda: whole.replace(mark, inside + mark, 1).encode("utf-8")


def _nested(form: str, name: str, depth: int) -> Callable[[], bytes]:
    return _markup(form, f"<{name}>" * depth + "deep" + f"</{name}>" * depth)


def _entities(form: str, declared: str, used: str) -> Callable[[], bytes]:
    body = {"jats": f"<article>{{}}<body><p>{used}</p></body></article>", "tei": f"<TEI><text>{used}</text></TEI>"}[
        form
    ]
    return lambda: f"<?xml version='1.0'?><!DOCTYPE x [{declared}]>{body}".encode()


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 20_000_000)
    return held.getvalue()


def _text(content: str) -> Callable[[], bytes]:
    return lambda: content.encode("utf-8", "surrogatepass")


_LAUGHS = "<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(14))
_TABLE = "<table>{}</table>"
_CITED = "<xref ref-type='bibr' rid='b1'>1</xref>"

_XML = {
    "jats, a billion laughs": _entities("jats", _LAUGHS, "&o;"),
    "tei, a billion laughs": _entities("tei", _LAUGHS, "&o;"),
    "jats, quadratic expansion": _entities("jats", f"<!ENTITY a '{'a' * 100_000}'>", "&a;" * 20_000),
    "jats, a file entity": _entities("jats", "<!ENTITY x SYSTEM 'file:///etc/hostname'>", "&x;"),
    "jats, a network entity": _entities("jats", "<!ENTITY % p SYSTEM 'http://192.0.2.1/x.dtd'> %p;", "words"),
    "jats, an entity in itself": _entities("jats", "<!ENTITY a '&b;'><!ENTITY b '&a;'>", "&a;"),
    "jats, attribute bomb": _entities("jats", f"{_LAUGHS}<!ATTLIST p x CDATA '&o;'>", "words"),
    "jats, sections in sections": _nested("jats", "sec", _MANY),
    "jats, 240 sections deep": _nested("jats", "sec", 240),
    "jats, italics in italics": _nested("jats", "italic", 200),
    "tei, divisions in divisions": _nested("tei", "div", _MANY),
    "jats, many attributes": _markup("jats", "<p " + " ".join(f"a{n}='1'" for n in range(_MANY)) + ">x</p>"),
    "jats, many namespaces": _markup("jats", "<p " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(20_000)) + ">x</p>"),
    "jats, many paragraphs": _markup("jats", "<sec>" + "<p>Words of it.</p>" * _MANY + "</sec>"),
    "jats, many citations": _markup("jats", f"<sec><p>{f'Words {_CITED}. ' * _MANY}</p></sec>"),
    "jats, absurd spans": _markup(
        "jats", _TABLE.format("<tr><td rowspan='999999999' colspan='999999999'>1</td></tr>" * 50)
    ),
    "jats, negative spans": _markup("jats", _TABLE.format("<tr><td rowspan='-7' colspan='nan'>1</td></tr>" * 50)),
    "jats, many cells": _markup("jats", _TABLE.format(f"<tr>{'<td>1</td>' * 1000}</tr>" * 100)),
    "jats, tables in tables": _nested("jats", "table><tr><td", 60),
    "jats, a million characters": _markup("jats", f"<sec><p>{'a' * _MILLION}</p></sec>"),
    "jats, many references": lambda: JATS.replace(
        "</ref-list>",
        "".join(f"<ref id='x{n}'><mixed-citation>A. B., 2020.</mixed-citation></ref>" for n in range(_MANY))
        + "</ref-list>",
    ).encode(),
    "jats, deep formula": _markup(
        "jats",
        f"<sec><p><math xmlns='http://www.w3.org/1998/Math/MathML'>{'<msup>' * 200}{'</msup>' * 200}</math></p></sec>",
    ),
    "jats, a comment without end": lambda: (JATS[:900] + "<!--" + "-" * _MILLION).encode(),
    "jats, included files": _markup(
        "jats", "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/hostname' parse='text'/>"
    ),
}

_PAGES = {
    "html, many divisions deep": _nested("html", "div", _MANY),
    "html, many unclosed spans": _markup("html", "<span>x" * _MANY),
    "html, tables in tables": _nested("html", "table><tr><td", 3000),
    "html, lists in lists": _nested("html", "ul><li", 3000),
    "html, superscripts in superscripts": _nested("html", "sup", 3000),
    "html, absurd spans": _markup("html", _TABLE.format("<tr><td rowspan=99999999 colspan=99999999>1</td></tr>" * 200)),
    "html, many rows": _markup("html", _TABLE.format("<tr><td>1<td>2</tr>" * _MANY)),
    "html, many columns": _markup("html", _TABLE.format("<tr>" + "<td>1" * _MANY)),
    "html, many links": _markup("html", "<p>" + "<a href='#r1'>[1]</a> " * _MANY + "</p>"),
    "html, many superscripts": _markup("html", "<p>" + "x<sup>1,2</sup> " * _MANY + "</p>"),
    "html, many headings": _markup("html", "<h3>Heading</h3>" * _MANY),
    "html, many meta tags": lambda: HTML.replace(
        "<title>", "<meta name='citation_author' content='A B'>" * _MANY + "<title>"
    ).encode(),
    "html, a million characters": _markup("html", f"<p>{'a' * _MILLION}</p>"),
    "html, a script": _markup("html", f"<script>{'<p>x</p>' * _MANY}</script>"),
    "html, no end of attributes": _markup("html", "<p " + "a " * _MILLION),
    "html, redirect": _markup("html", "<meta http-equiv='refresh' content='0;url=http://192.0.2.1/'>"),
    "html, brackets": lambda: ("<html><body><p>" + "<" * 300_000 + "</p></body></html>").encode(),
    "html, mathematics": _markup("html", "<math>" + "<mrow>" * 5000 + "<mi>x</mi>" + "</math>"),
}

_LINES = {
    "text, a word of a million characters": _text("a" * _MILLION),
    "text, a line of a million characters": _text("The anode swells and the capacity fades by 12 mA h g⁻¹ " * 18_000),
    "text, a sentence of a million characters": _text(
        TEXT + "\n\n" + "and the coating improves the capacity " * 26_000 + "."
    ),
    "text, a million digits": _text(TEXT + "\n\n" + "1" * _MILLION),
    "text, numbers and commas": _text(TEXT + "\n\n[" + "1," * 400_000 + "]"),
    "text, superscript digits": _text(TEXT + "\n\nThe anode" + "⁵¹" * 300_000 + "."),
    "text, brackets in brackets": _text("(" * 300_000 + "[" * 300_000),
    "text, closed brackets": _text(TEXT + "[1" * 200_000 + "]" * 200_000),
    "text, names": _text("Title of a paper\n\n" + "Li, Xu, Kim and Lee, A. B. " * 8000),
    "text, author and year": _text(TEXT + "(Li et al., 2020; " * 50_000),
    "text, many headings": _text("1.1.1 Heading\n\n" * _MANY),
    "text, many captions": _text("Fig. 1 The anode.\n\n" * 6000),
    "text, many references": _text(
        TEXT + "\n".join(f"{n}. A. Author, J. Test, 2020, 1, {n}." for n in range(3, _MANY))
    ),
    "text, blank lines": _text("words" + "\n" * _MILLION + "words"),
    "text, spaces": _text("words" + " " * _MILLION + "words"),
    "text, full stops": _text("A." * 300_000),
    "text, combining marks": _text("a" + "\u0301" * 500_000),
    "text, direction marks": _text(TEXT + "\u202e\u2066" * 100_000),
    "text, NULs": _text(TEXT + "\0" * _MILLION),
    "text, carriage returns": _text("Words of it.\r" * 10_000),
    "text, surrogates": lambda: TEXT.encode() + "\ud800\udc00\udfff".encode("utf-8", "surrogatepass") * 1000,
    "text, code points without end": lambda: TEXT.encode() + b"\xf4\x90\x80\x80" * 1000,
    "text, UTF-16 of odd length": lambda: TEXT.encode("utf-16") + b"\x00",
    "text, half a surrogate in UTF-16": lambda: TEXT.encode("utf-16") + b"\x00\xd8",
    "text, marks of two encodings": lambda: b"\xff\xfe\xef\xbb\xbf" + TEXT.encode(),
    "markdown, alias bomb": _text(
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12))
        + "title: *m\nauthors: *m\n---\n\nWords of a paper.\n"
    ),
    "markdown, an alias of itself": _text("---\ntitle: &a [*a]\nauthors: &b {x: *b}\n---\n\nWords of a paper.\n"),
    "markdown, objects": _text("---\ntitle: !!python/object/apply:os.system ['true']\n---\n\nWords of a paper.\n"),
    "markdown, deep front matter": _text("---\ntitle: " + "[" * _MANY + "\n---\n\nWords.\n"),
    "markdown, endless front matter": _text("---\n" + "a: b\n" * _MANY),
    "markdown, a date that is none": _text("---\ndate: 2024-99-99\nyear: 99999999999999999999\n---\n\nWords of it.\n"),
    "markdown, many columns": _text(MARKDOWN + "\n| " + "a | " * _MANY + "\n|" + "---|" * _MANY + "\n| 1 |\n"),
    "markdown, many rows": _text(MARKDOWN + "\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 6000),
    "markdown, hashes": _text("#" * _MILLION),
    "markdown, stars": _text(MARKDOWN + "*" * 500_000 + "a" + "_" * 500_000),
    "markdown, backticks": _text(MARKDOWN + "```\n" * _MANY),
    "markdown, images": _text(MARKDOWN + "![" * 200_000),
    "markdown, keys": _text(MARKDOWN + "[@a; " * 200_000),
    "markdown, lists in lists": _text(MARKDOWN + "".join(" " * (n % 2000) + "- x\n" for n in range(4000))),
    "a zip bomb": _zip,
    "a gzip bomb": lambda: gzip.compress(b"\0" * 50_000_000),
    "nothing": lambda: b"",
    "one byte": lambda: b"<",
    "only a mark": lambda: b"\xef\xbb\xbf",
}

ALL: dict[str, Callable[[], bytes]] = _XML | _PAGES | _LINES | pdf_bombs.ALL
