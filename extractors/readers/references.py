"""Read entries of a reference list: key, DOI, and the author and year that author–year citations name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ontology.model import Reference

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^\[\]]+")
_NUMBER = re.compile(r"\A\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})(?:[.):]|(?=\s)))\s*")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)([a-z]?)\b")
_SURNAME = re.compile(r"(?:(?:[vV]an|[vV]on|[dD]e[rn]?|[dD]i|[lL][ea]|[tT]en) ){0,2}[^\W\d_][\w'’-]+")
_GIVEN = re.compile(  # "Waleed Ammar, ...": given names in full, then the surname
    r"(?:[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-Z][a-zà-ÿ]+)? )(?:[A-Z]\. )*([A-ZÀ-Þ][a-zà-ÿ'’-]{2,})(?:,| and\b|\. (?:19|20)\d\d)"
)
_INITIALS = re.compile(r"\A(?:[^\W\d_]\.[-\s]?)+")


def find_doi(text: str) -> str:
    """Return the first DOI in a text, lower-cased and without closing punctuation; "" where there is none."""
    found = _DOI.search(text)
    return clean_doi(found.group()) if found else ""


def clean_doi(text: str) -> str:
    """Return a DOI without resolver, prefix and closing punctuation; "" where the text is none.

    >>> clean_doi("https://doi.org/10.1039/D5EE01568E.")
    '10.1039/d5ee01568e'
    """
    found = _DOI.search(text.replace("%2F", "/").replace("%2f", "/"))
    if not found:
        return ""
    doi = found.group().partition("&")[0].rstrip(".,;:'’”*_")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return doi.lower()


def entry_number(text: str) -> str:
    """Return the number an entry opens with, as ``12.``, ``[12]``, ``(12)`` or ``12 ``; "" where there is none."""
    found = _NUMBER.match(text)
    return next(group for group in found.groups() if group) if found else ""


def parse_entry(text: str, *, key: str = "") -> Reference:
    """Read one entry; its key is its number, else the one given, else surname and year."""
    body = " ".join(text.split())
    number = entry_number(body)
    body = _NUMBER.sub("", body)
    return Reference(number or key or author_year(body), body, find_doi(body))


def author_year(text: str) -> str:
    """Return "Surname Year" of an entry; shorter where one of them is missing.

    >>> author_year("K. Xu and L. Xing, J. Power Sources, 2025, 18, 40.")
    'Xu 2025'
    """
    bare = re.sub(r"[*_]", "", text)
    named = _GIVEN.match(bare)
    surname = _SURNAME.search(named.group(1) if named else _INITIALS.sub("", bare).lstrip())
    year = _YEAR.search(bare[:400]) or _YEAR.search(bare)
    return f"{surname.group() if surname else ''} {''.join(year.groups()) if year else ''}".strip()


def fold(name: str) -> str:
    """Fold a surname for comparing: no accents, no case, no hyphens."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if c.isalpha()).lower()


def author_year_index(references: Iterable[Reference]) -> Mapping[tuple[str, str], str]:
    """Map (folded surname, year) to a key; an ambiguous pair maps to its first reference."""
    index: dict[tuple[str, str], str] = {}
    for reference in references:
        surname, _, year = author_year(reference.text or reference.key).rpartition(" ")
        if surname and year:
            index.setdefault((fold(surname), year), reference.key)
            index.setdefault((fold(surname), year.rstrip("abcdefghij")), reference.key)
    return MappingProxyType(index)


def unique(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return one reference a key, in order; entries that share a number (1a, 1b) become one."""
    kept: dict[str, Reference] = {}
    for reference in references:
        first = kept.get(reference.key)
        if first is not None and reference.text not in first.text:
            text = "; ".join(filter(None, (first.text, reference.text)))
            kept[reference.key] = Reference(reference.key, text, first.doi or reference.doi)
        elif reference.key:
            kept.setdefault(reference.key, reference)
    return tuple(kept.values())
