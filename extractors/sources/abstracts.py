"""Write a record and its abstract as a small JATS document, which the reader reads like any other.

Sources send abstracts as plain text, HTML or JATS fragments, LaTeX indices among them. Subscripts and superscripts
are kept, for a unit without its exponent is another unit; all other markup goes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from extractors.sources.records import Record

__all__ = ["abstract_document"]

_TAG = re.compile(r"<(/?)(?:[a-z]{1,10}:)?([A-Za-z][A-Za-z0-9]{0,30})(?:\s[^<>]{0,2000})?/?>")
_KEPT = frozenset({"sub", "sup"})
_TITLES = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset({"p", "sec", "br", "div", "list", "li", *_TITLES})
_INDEX = re.compile(r"\$\s*(?:\{\})?([_^])(?:\{([^{}$]{1,20})\}|([\w+−-]))\s*\$")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue002-\ufffd\U00010000-\U0010ffff]")
_TITLE_ONLY = re.compile(r"\s*abstract[.:]?\s*", re.I)
_BREAK, _HEADING = "\ue000", "\ue001"  # private characters, taken out of what is sent


def abstract_document(record: Record) -> bytes:
    """Return a record's title page and abstract as JATS."""
    authors = "".join(
        f'<contrib contrib-type="author"><string-name>{_plain(author)}</string-name></contrib>'
        for author in record.authors
    )
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(record.abstract))
    title = " ".join(_paragraphs(record.title))
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<article article-type="{_plain(record.article_type) or "other"}"><front>',
        f"<journal-meta><journal-title-group><journal-title>{_plain(record.venue)}</journal-title></journal-title-group>"
        "</journal-meta>",
        "<article-meta>",
        f'<article-id pub-id-type="doi">{_plain(record.doi)}</article-id>' if record.doi else "",
        f"<title-group><article-title>{title}</article-title></title-group>",
        f"<contrib-group>{authors}</contrib-group>" if authors else "",
        f'<pub-date pub-type="epub"><year>{record.year}</year></pub-date>' if record.year else "",
        f"<volume>{_plain(record.volume)}</volume>" if record.volume else "",
        f"<fpage>{_plain(record.first_page)}</fpage>" if record.first_page else "",
        f"<permissions><license><license-p>{_plain(record.licence)}</license-p></license></permissions>"
        if record.licence
        else "",
        f"<abstract>{paragraphs}</abstract>",
        "</article-meta></front></article>",
    ]
    return ("\n".join(part for part in parts if part) + "\n").encode()


def _plain(text: str) -> str:
    """Return a value without markup, escaped."""
    return escape(" ".join(_NO_XML.sub("", html.unescape(text)).split()), {'"': "&quot;"})


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an abstract as JATS inline content; a heading leads its paragraph."""
    parts = "".join(_pieces(_INDEX.sub(_indexed, _unescaped(text)))).split(_BREAK)
    found: list[str] = []
    lead = ""
    for part in (" ".join(part.split()) for part in parts):
        if part.endswith(_HEADING):
            lead = "" if _TITLE_ONLY.fullmatch(part[:-1]) else f"{part[:-1].rstrip(' .:')}: "
        elif part:
            found.append(lead + _balanced(part))
            lead = ""
    return found


def _unescaped(text: str) -> str:
    """Return text whose own markup was escaped on the way (``&lt;p&gt;``) with that markup in place."""
    return html.unescape(text) if "<" not in text and re.search(r"&lt;/?[A-Za-z]", text) else text


def _indexed(found: re.Match[str]) -> str:
    name = "sub" if found[1] == "_" else "sup"
    return f"<{name}>{found[2] or found[3]}</{name}>"


def _pieces(text: str) -> Iterator[str]:
    """Yield text, escaped, with kept tags as they are and breaks as a separator."""
    at = 0
    for tag in _TAG.finditer(text):
        yield escape(_NO_XML.sub(" ", html.unescape(text[at : tag.start()])))
        name, closes = tag[2].casefold(), bool(tag[1])
        if name in _KEPT:
            yield f"<{tag[1]}{name}>"
        elif name in _TITLES and closes:
            yield f"{_HEADING}{_BREAK}"
        elif name in _BREAKS:
            yield _BREAK
        at = tag.end()
    yield escape(_NO_XML.sub(" ", html.unescape(text[at:])))


def _balanced(paragraph: str) -> str:
    """Return a paragraph as it is where its tags pair up, else without them."""
    open_tags: list[str] = []
    for closes, name in re.findall(r"<(/?)(sub|sup)>", paragraph):
        if not closes:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            open_tags.append("broken")
            break
    return re.sub(r"</?su[bp]>", "", paragraph) if open_tags else paragraph
