"""Tell a file's format from its content."""

import re

from extractors.readers.decode import decode
from extractors.readers.files import Source

_WINDOW = 65_536  # characters looked at; licences and comments may stand before a root element

_MAGIC = (
    (b"PK\x03\x04", "a ZIP, Word or EPUB file", "export it as PDF, HTML or text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "export it as PDF, HTML or text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x89PNG", "an image", "give the paper itself"),
    (b"\xff\xd8\xff", "an image", "give the paper itself"),
    (b"GIF8", "an image", "give the paper itself"),
    (b"II*\x00", "an image", "give the paper itself"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"{\\rtf", "an RTF file", "export it as PDF, HTML or text"),
    (b"\x7fELF", "a program", "give the paper itself"),
    (b"MZ\x90", "a program", "give the paper itself"),
    (b"version https://git-lfs", "a Git LFS pointer", "fetch the file itself"),
)
_SKIP = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b(?:[^\[\]>]|\[.*?\]\s*(?=>))*>)", re.S | re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_DOCTYPE_HTML = re.compile(r"\s*<!DOCTYPE\s+html\b", re.I)
_ROOTS = {
    "article": "jats",
    "pmc-articleset": "jats",
    "response": "jats",
    "tei": "tei",
    "teicorpus": "tei",
    "doc": "elsevier",
    "full-text-retrieval-response": "elsevier",
    "simple-article": "elsevier",
    "converted-article": "elsevier",
    "html": "html",
}
_HTML_START = frozenset(("head", "body", "div", "p", "main", "section", "h1", "meta", "title", "table", "span"))
_MARKDOWN = re.compile(
    r"\A---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*\r?$"
    r"|^#{1,6}[ \t]+\S|\[@[\w:.#$%&+?<>~/-]+|^```|^\|[ \t]*:?-{3,}",
    re.M,
)


def detect(source: Source) -> str:
    """Return the name of the reader for these bytes; raise ReadError for what no reader can read."""
    head = source.data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic):
            raise source.error(f"is {what}", remedy)
    text = _window(source).lstrip("\ufeff")
    if not text.lstrip().startswith("<"):
        return "markdown" if _MARKDOWN.search(text) else "text"
    return _markup(source, text)


def _window(source: Source) -> str:
    """Decode the beginning: markup by its ASCII skeleton (its parser decodes), anything else in full."""
    if source.data.lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"<"):
        return source.data[:_WINDOW].decode("utf-8", "replace")
    return decode(source)[:_WINDOW]


def _markup(source: Source, text: str) -> str:
    at = 0
    while (skipped := _SKIP.match(text, at)) is not None:
        if _DOCTYPE_HTML.match(text, at):
            return "html"
        at = skipped.end()
    root = _ROOT.match(text, at)
    name = root.group(1).lower() if root else ""
    if name in _ROOTS:
        return _ROOTS[name]
    if name in _HTML_START or re.search(r"<(?:html|body)\b", text, re.I):
        return "html"
    if not root:
        if "<!DOCTYPE" in text or "<?xml" in text:
            raise source.error("is XML without a root element", "download it again")
        return "text"
    if text.startswith("<?xml") or "xmlns" in text or text.rstrip().endswith(f"</{root.group(1)}>"):
        raise source.error(
            f"is XML of an unknown kind (root <{root.group(1)}>)", "give JATS, TEI, Elsevier XML or HTML"
        )
    return "text"
