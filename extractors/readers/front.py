"""Know what stands around a paper's running text: title page, authors, dates, publisher's furniture."""

import re
from dataclasses import dataclass

from extractors.readers.references import find_doi

_ARTICLE_TYPES = {
    "perspective": "perspective",
    "perspectives": "perspective",
    "review": "review-article",
    "review article": "review-article",
    "reviews": "review-article",
    "mini review": "review-article",
    "progress report": "review-article",
    "article": "research-article",
    "articles": "research-article",
    "research articles": "research-article",
    "communications": "rapid-communication",
    "research": "research-article",
    "research article": "research-article",
    "original article": "research-article",
    "original research": "research-article",
    "full paper": "research-article",
    "paper": "research-article",
    "communication": "rapid-communication",
    "letter": "letter",
    "edge article": "research-article",
    "editorial": "editorial",
    "correction": "correction",
    "erratum": "correction",
    "corrigendum": "correction",
    "retraction": "retraction",
}
_PLACES = r"(?:universit|institut|school|department|dept\b|laborator|college|academy|facult|cent(?:er|re)\b"
_PLACES += r"|corp\b|gmbh|ltd|inc\b|company|division\b)"
_FURNITURE = re.compile(
    r"\[?view (?:article online|journal|issue|pdf)|cite this:|check for updates|open access\b|"
    r"downloaded (?:from|on|by)|(?:first )?"
    r"(?:received|accepted|revised|published|available online|handling editor|editor|edited by|"
    r"reviewed by)\b[^.]{0,40}\b(?:19|20)\d\d\b|(?:handling editor|editor|edited by|reviewed by):|(?:article )?doi:?\s*(?:https?://\S*)?10\.|https?://\S+\s*\Z|www\.\S+\s*\Z|rsc\.li/\S+\s*\Z|"
    r"©|\(c\) \d{4}|copyright ©?|all rights reserved|licensee\b|creative commons|these authors contributed|"
    r"this (?:journal is|article is licensed|is an open access|work is licensed)|"
    r"(?:key ?words|e-?mail|correspondence|corresponding author|\*?\s*correspondence to|pacs|issn|tel|fax)\b\s*[:*(]|"
    r"†? ?electronic supplementary information|"
    r"supplementary (?:information|data|material)s?\b.{0,40}(?:available|found|online)|"
    r"page \d+(?: of \d+)?\s*\Z|\d{1,5}\s*\Z|\|\s*\d+\s*\Z|"
    r"(?:\^\{?[a-z*†‡§¶\d,]{1,6}\}?\s*|[ᵃᵇᶜᵈᵉᶠᵍʰ⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§¶]{1,4}\s*|(?-i:[a-z])(?:\)\s*|\s+))(?=(?-i:[A-Z]))(?=[^.]{0,120}\b"
    + _PLACES
    + ")",
    re.I,
)
_AFFILIATION = re.compile(
    r"(?:\d{0,2}\s*)(?:[\w&'’.-]+ ){0,4}(?:state key lab\w*|school|department|dept\.?|university|institute?|faculty|"
    r"laboratory|college|academy|cent(?:er|re)|corp\.?|gmbh)\b",
    re.I,
)
_PLACE = re.compile(
    r",\s*(?:[A-Z][\w.' -]+ ?)?(?:\d{4,6})?[,\s]*(?:[A-Z]\w+|P\. ?R\. China|USA|UK)\.?\s*(?:E-?mail.*)?\Z", re.S
)
_LONGEST = 500  # characters; longer groups are running text, notices of rights apart
_NOTICE = re.compile(r"©|\(c\) \d{4}|copyright\b|this (?:article is|is an open|work is) |open access\W", re.I)
_CITE = re.compile(
    r"cite this:?\s*\*?(?P<venue>[^*,\d]+)\*?,\s*(?P<year>(?:19|20)\d\d)"
    r"(?:,\s*\**(?P<volume>\d+)\**,\s*(?P<page>\w+))?",
    re.I,
)
_DATE = re.compile(r"(?:accepted|published|available online|received)[^.\n]{0,30}?\b((?:19|20)\d\d)\b", re.I)
_LICENCE = re.compile(r"\bCC[ -]BY(?:-[A-Z]{2})*(?: \d\.\d)?|creativecommons\.org/licenses/([\w-]+/\d\.\d)", re.I)
_MARKS = re.compile(r"\^\{[^}]{0,12}\}|[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ*†‡§¶]+|\[\d+\]|\$\^[^$]{0,12}\$|\([^)]{0,30}\)")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}[^\W\d_][\w.'’-]+\Z")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass
class Front:
    """Collect metadata that a title page states."""

    title: str = ""
    doi: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    licence: str = ""
    article_type: str = ""
    volume: str = ""
    first_page: str = ""
    closed: bool = True  # the last paragraph ended with its sentence
    colon: bool = False

    def note(self, text: str) -> bool:
        """Take metadata out of a group; say whether the group is nothing but the name of an article type."""
        if article_type_of(text):
            self.article_type = self.article_type or article_type_of(text)
            return True
        short = text[:2000]
        if is_furniture(short):
            self.doi = self.doi or find_doi(short)
        cite = _CITE.search(short)
        if cite:
            self.venue = self.venue or cite["venue"].strip(" *_")
            self.year = self.year or int(cite["year"])
            self.volume, self.first_page = cite["volume"] or "", cite["page"] or ""
        date = _DATE.search(short) if is_furniture(short) else None
        if date and self.year is None:
            self.year = int(date.group(1))
        licence = _LICENCE.search(short)
        if licence and not self.licence:
            self.licence = licence_name(licence.group())
        return False


def article_type_of(text: str) -> str:
    """Return the type a line names when it says nothing else; "" for other lines."""
    return _ARTICLE_TYPES.get(text.strip(" *_#|.").lower(), "")


def is_furniture(text: str) -> bool:
    """Say whether a group belongs to the page and not to the paper's text."""
    bare = text[:600]
    bare = (_LINK.sub(r"\1", bare) if "](" in bare else bare).strip(" *_|")
    if len(text) > _LONGEST:
        return _NOTICE.match(bare) is not None
    if not bare or _FURNITURE.match(bare):
        return True
    return len(text) < 500 and "," in bare and _AFFILIATION.match(bare) is not None and _PLACE.search(bare) is not None


def is_author_line(text: str) -> bool:
    """Say whether a group lists persons."""
    names = names_of(text)
    parts = [part for part in _parts(text) if part]
    return bool(names) and len(text) < 4000 and len(names) >= 0.7 * len(parts) and not text.rstrip().endswith(".")


def names_of(text: str) -> tuple[str, ...]:
    """Return the persons a line lists, without affiliation marks."""
    return tuple(part for part in _parts(text) if _NAME.match(part) and part[0].isupper() and len(part) < 60)


def _parts(text: str) -> list[str]:
    bare = _MARKS.sub(",", text)
    return [" ".join(part.split()).strip(" .") for part in re.split(r",|;|\band\b|&|\n|·", bare) if part.strip(" .")]


def licence_name(text: str) -> str:
    """Return a licence's short name, from a name or an address.

    >>> licence_name("https://creativecommons.org/licenses/by/4.0/")
    'CC BY 4.0'
    """
    address = re.search(r"creativecommons\.org/(?:licenses|publicdomain)/([\w-]+)(?:/(\d\.\d))?", text, re.I)
    if address:
        kind, version = address.group(1).lower(), address.group(2) or ""
        return f"{'CC0' if kind == 'zero' else 'CC ' + kind.upper()} {version}".strip()
    name = re.search(r"\bCC[ -](?:BY(?:-[A-Z]{2})*|0)(?:[ -](\d\.\d))?", text, re.I)
    if name:
        return re.sub(r"^CC[ -]", "CC ", name.group(), flags=re.I).upper()
    return ""
