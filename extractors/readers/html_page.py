"""Find an article in a web page: its metadata, the element that holds it, and what surrounds it."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from extractors.readers.builder import Meta
from extractors.readers.decode import decode
from extractors.readers.files import Source
from extractors.readers.front import article_type_of, licence_name
from extractors.readers.references import clean_doi
from extractors.readers.safexml import Element, attribute, find, local, words

_LEAVES = ("address", "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "pre")
_PARTS = ("article", "aside", "blockquote", "body", "center", "details", "div", "dl", "fieldset", "figure", "footer")
_MORE = ("form", "header", "main", "nav", "ol", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
BLOCKS = frozenset((*_LEAVES, *_PARTS, *_MORE))
_FORMS = (
    "aside",
    "button",
    "dialog",
    "embed",
    "footer",
    "form",
    "iframe",
    "input",
    "nav",
    "object",
    "select",
    "textarea",
)
_DROPPED_TAGS = frozenset((*_FORMS, "noscript", "script", "style", "svg", "template"))
_DROPPED = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|navbar|menu|menugroup|breadcrumbs?|sidebar|cookie\w*|banner|share|social|advert\w*|ads|"
    r"related\w*|recommend\w*|toolbar|tools|footer|login|search\w*|popup|modal|dropdown|hidden|sr-only|"
    r"visually-hidden|skip|altmetric\w*|citedby|downloads?|summationnavigation|figureviewerarticleinfo|"
    r"tableviewerarticleinfo|print-only|metrics|permissions?|ref-?links|crossref\w*|viewer)(?:[\s_-]|\Z)",
    re.I,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
_DECLARATION = re.compile(r"\A\s*<\?xml.*?\?>", re.S)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a parsed page."""

    root: Element
    main: Element
    holders: frozenset[Element]  # elements with a block inside
    meta: Meta


def load_page(source: Source) -> Page:
    """Parse a page and find its article."""
    text = _DECLARATION.sub("", _text(source)).replace("\x00", "\ufffd")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise source.error("is broken HTML", "save the page again") from error
    if root is None:
        raise source.error("is HTML without any content", "save the page again")
    body = find(root, "body")
    body = body if body is not None else root
    holders = frozenset(up for block in body.iter(*BLOCKS) for up in block.iterancestors())
    return Page(root, _main(body), holders, _meta(root))


def _text(source: Source) -> str:
    """Decode a page as it declares itself, else as any text."""
    declared = _CHARSET.search(source.data[:4096])
    if declared and not source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = (declared.group(1) or declared.group(2)).decode("ascii", "replace").lower()
        name = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name
        try:
            return source.data.decode(codecs.lookup(name).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # a wrong declaration is common; the general rules decide
    return decode(source).lstrip("\ufeff")


def dropped(element: Element) -> bool:
    """Say whether an element belongs to the page and not to the article."""
    name = local(element)
    if name in _DROPPED_TAGS:
        return True
    if name in ("body", "html", "a") or attribute(element, "role") in ("main", "article"):
        return False
    if attribute(element, "aria-hidden") == "true" or "display:none" in attribute(element, "style").replace(" ", ""):
        return name != "span" and name not in BLOCKS
    named = f"{attribute(element, 'class')} {attribute(element, 'id')}"
    return len(named) > 1 and _DROPPED.search(named) is not None and not _is_folded_table(element)


def _is_folded_table(element: Element) -> bool:
    """Say whether an element hides a captioned table, which the page's program shows on demand."""
    folded = "hidden" in attribute(element, "class").lower().split()
    return folded and any(find(table, "caption") is not None for table in element.iter("table"))


def _main(body: Element) -> Element:
    """Return the deepest element that holds nearly all long paragraphs, call lists of references left out."""
    weight: dict[Element, int] = {}
    total = 0
    for block in _text_blocks(body):
        size = len(words(block))
        if size < 80 or any(dropped(up) for up in (block, *block.iterancestors())):
            continue
        total += size
        for up in block.iterancestors():
            weight[up] = weight.get(up, 0) + size
    best = body
    for element in body.iter():
        if local(element) and weight.get(element, 0) >= 0.97 * total > 0 and not dropped(element):
            best = element  # document order: the last one is the deepest
    return best


def _text_blocks(body: Element) -> Iterable[Element]:
    paragraphs = list(body.iter("p"))
    if sum(len(words(one)) for one in paragraphs) > 500:
        return paragraphs
    leaves = body.iter("p", "div", "td", "section", "article")
    return [one for one in leaves if not any(local(inner) in BLOCKS for inner in one.iterdescendants())]


def _meta(root: Element) -> Meta:
    stated: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = (attribute(tag, "name") or attribute(tag, "property")).lower()
        if name and attribute(tag, "content"):
            stated.setdefault(name, []).append(" ".join(attribute(tag, "content").split()))

    def first(*names: str) -> str:
        return next((stated[name][0] for name in names if name in stated), "")

    doi = clean_doi(
        first("citation_doi", "dc.identifier", "prism.doi", "doi", "dc.identifier.doi", "bepress_citation_doi")
    )
    if not doi:
        links = (attribute(link, "href") for link in root.iter("link") if attribute(link, "rel") == "canonical")
        doi = clean_doi(next(links, "") or first("og:url"))
    return Meta(
        title=first("citation_title", "dc.title", "og:title") or words(find(root, "head", "title")),
        doi=doi,
        authors=tuple(_authors(stated)),
        year=_year(
            first(
                "citation_publication_date",
                "citation_date",
                "citation_year",
                "citation_online_date",
                "dc.date",
                "dc.date.issued",
                "prism.publicationdate",
                "article:published_time",
            )
        ),
        venue=first("citation_journal_title", "prism.publicationname", "citation_journal_abbrev", "dc.source"),
        licence=_licence(root, first("dc.rights", "licence", "license", "dc.rights.license")),
        article_type=_type(first("citation_article_type", "article_type", "dc.type", "prism.section")),
        summary_of=clean_doi(first("summary_of")),
        volume=first("citation_volume", "prism.volume"),
        first_page=first("citation_firstpage", "citation_first_page", "prism.startingpage"),
    )


def _type(stated: str) -> str:
    """Return an article type under the name that JATS gives it; "" for a word that says nothing."""
    return article_type_of(stated) or ("" if stated.lower() == "text" else re.sub(r"\s+", "-", stated.lower()))


def _authors(stated: dict[str, list[str]]) -> list[str]:
    listed = (
        stated.get("citation_author")
        or [name for line in stated.get("citation_authors", []) for name in line.split(";")]
        or stated.get("dc.creator", [])
        or stated.get("author", [])
    )
    names = []
    for name in listed:
        surname, _, given = name.partition(",")
        names.append(" ".join(f"{given} {surname}".split()))
    return [name for name in dict.fromkeys(names) if name]


def _year(text: str) -> int | None:
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(found.group(1)) if found else None


def _licence(root: Element, stated: str) -> str:
    if licence_name(stated):
        return licence_name(stated)
    for link in root.iter("a", "link"):
        href = attribute(link, "href")
        if "creativecommons.org/licenses/" in href or "creativecommons.org/publicdomain/" in href:
            return licence_name(href)
    return ""
