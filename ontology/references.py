"""Say which work a reference names where it states no DOI: by first author, year, and place or title.

A work and a reference that names it bear a key in common: ``ref:author:year:volume:page``, or the author, the year and
the longest stretch of the title. A year counts as the same one year off, since papers appear online before they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ontology.codec import digest
from ontology.identity import fold_title

__all__ = ["named_by", "names_of"]

_TELLING = 24  # letters below which a stretch of a title is no name
_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
_NUMBER = re.compile(r"[A-Za-z]{0,5}\d[\w.]*\w|\d")
_RANGE = re.compile(r"(?<=\w)\s*[-‐-―−]+\s*(?=[A-Za-z]?\d)[\w.]*")
_ISSUE = re.compile(r"(?<=\d)\s*\([^()]*\)(?=\s*[:,])")
_MARKUP = re.compile(r"[*_`^{}$\\]+|</?\w+>")
_STOP = re.compile(r"[.,;:?!()\[\]“”\"‘’'–—|/]+")
_END_OF_AUTHOR = re.compile(r",|;|:|\band\b|&|\bet al\b")
_NAME = 5  # words of a name
_MOST = 24  # keys of one reference


def names_of(
    title: str, authors: Sequence[str], *, year: int | None, volume: str = "", first_page: str = ""
) -> tuple[str, ...]:
    """Return the keys by which references may name a work; none without first author and year."""
    if not authors or year is None:
        return ()
    family = authors[0].split(",")[0] if "," in authors[0] else (authors[0].split() or [""])[-1]
    author, stretch = fold_title(family), _stretch(title)
    if not author:
        return ()
    keys = []
    for each in (year, year - 1, year + 1):
        if first_page and (volume or len(first_page) > 5):
            keys.append(_place(author, each, volume, first_page))
        if stretch:
            keys.append(_titled(author, each, stretch))
    return tuple(keys)


def named_by(text: str) -> tuple[str, ...]:
    """Return the keys of the works that a reference's text may name, the likeliest first.

    >>> named_by("L. Sun, Y. Liu and Z. Jin, *Adv. Funct. Mater.*, 2024, **34**, 2403032.")[0]
    'ref:sun:2024:34:2403032'
    >>> named_by("Sun L, Liu Y. A title. Adv Funct Mater. 2024;34(2):2403032-9")[0]
    'ref:sun:2024:34:2403032'
    """
    plain = _MARKUP.sub("", text)
    return tuple(islice(dict.fromkeys(_named(plain)), _MOST))


def _named(plain: str) -> Iterator[str]:
    authors = list(_authors(plain))
    body = _ISSUE.sub("", _RANGE.sub("", plain))
    tokens = _NUMBER.findall(body)
    years = [place for place, token in enumerate(tokens) if _YEAR.fullmatch(token)]
    stretch = _stretch(plain)
    for author in authors:
        for place in years:
            year = int(tokens[place][:4])
            for volume, page in _places(tokens, place):
                yield _place(author, year, volume, page)
            if stretch:
                yield _titled(author, year, stretch)


def _places(tokens: Sequence[str], year: int) -> Iterator[tuple[str, str]]:
    """Yield the (volume, first page) that may stand around a year: "2024, 34, 2403032", "34, 2024, 2403032"."""
    before, after = tokens[:year], tokens[year + 1 :]
    if len(after) > 1:
        yield after[0], after[1]
    if before and after:
        yield before[-1], after[0]
    if len(before) > 1:
        yield before[-2], before[-1]
    if after and len(after[0]) > 5:
        yield "", after[0]


def _authors(plain: str) -> Iterator[str]:
    """Yield what the first author's family name may be: "L. Sun", "Sun L", "van der Meer, J."."""
    first = _END_OF_AUTHOR.split(plain.lstrip(" \t\n0123456789[]().†‡"), maxsplit=1)[0]
    words = [word for word in re.split(r"[\s.]+", first) if len(fold_title(word)) > 1]
    if 0 < len(words) <= _NAME:
        yield from dict.fromkeys((fold_title(words[-1]), fold_title(words[0]), fold_title("".join(words))))
    elif words:  # a lone author with the title behind
        yield fold_title(words[0])


def _stretch(text: str) -> str:
    """Return the longest stretch between stops, folded; "" where it is too short to tell."""
    longest = max((fold_title(part) for part in _STOP.split(text)), key=len, default="")
    return longest if len(longest) >= _TELLING else ""


def _place(author: str, year: int, volume: str, page: str) -> str:
    return f"ref:{author}:{year}:{fold_title(volume)}:{fold_title(page)}"


def _titled(author: str, year: int, stretch: str) -> str:
    return f"ref:{author}:{year}:{digest(stretch)[:16]}"
