"""Know the headings of papers: their roles, and which open parts that are not running text."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from ontology.model import SectionRole

_AND = r"(?: (?:and|&) [\w -]+)?"
_PART = r"(?: (?:section|details?|procedures?|methods?|part|setup|materials))?"
_ROLES: tuple[tuple[SectionRole, str], ...] = (
    ("abstract", r"(?:graphical |structured )?abstract|summary|highlights|significance(?: statement)?"),
    (
        "introduction",
        rf"(?:general )?introduction(?:{_AND}|:.*)|background{_AND}|broader context|motivation|state of the art",
    ),
    (
        "conclusion",
        rf"(?:[\w-]+ ){{0,4}}conclu(?:sions?|ding remarks){_AND}|(?:summary|discussion|results),? and conclusions?|"
        r"summary and [\w ]+|(?:future )?(?:perspectives?|outlook)(?: (?:and|for|on) [\w -]+)?|future directions?",
    ),
    (
        "methods",
        rf"materials? (?:and|&) methods?|methods?{_AND}|methodology|experiment(?:s|al)?{_PART}{_AND}|"
        r"(?:computational|simulation) (?:details|methods?)|(?:statistical|data) analysis|"
        r"(?:[\w-]+ ){1,2}(?:experimental section|methods section)",
    ),
    ("results", rf"(?:main |key )?results?{_AND}|findings"),
    ("discussion", rf"(?:general )?discussions?{_AND}"),
)
_ROLE_PATTERNS = tuple((role, re.compile(rf"(?:{pattern})\Z", re.I)) for role, pattern in _ROLES)
_REFERENCES = re.compile(
    r"(?:notes and )?(?:references?|bibliography|literature(?: cited)?|works cited)(?: and notes)?\Z", re.I
)
_BACK = re.compile(
    r"(?:acknowled?ge?ments?.*|(?:author|authors['’]?|credit)[- ].*|.*contributions?|contribution statement|"
    r"conflicts? of interests?.*|competing (?:financial )?interests?.*|"
    r"declarations?|declaration of .*|disclosures?|disclaimer|"
    r"(?:data|code|materials?)\b.*availability.*|availability of .*|sample availability|fund(?:ing|ers)\b.*|"
    r"financial support|(?:electronic |appendix .*)?suppl?ement(?:ary|al).*|supporting information.*|"
    r"ethic(?:s|al)\b.*|additional information|publisher[’']?s note|peer review.*|reporting summary|open access|"
    r"rights and permissions|about this article|consent .*|informed consent.*|institutional review board.*|"
    r"keywords?|key words|abbreviations?|nomenclature|footnotes?|notes|biograph(?:y|ies)|citation|copyright.*|"
    r"licen[cs]e|article history|correspondence|affiliations?|related articles?|cited by|metrics|share|"
    r"author information)\Z",
    re.I,
)
_NUMBER = re.compile(r"\A\s*(?:(\d+(?:\.\d+)*)\.?|([IVX]+)\.|\(?[a-z]\))\s+", re.I)

_MARKED = frozenset("*_`#")
_MARKS = re.compile(r"[*_`#]+")

Part = Literal["body", "back", "references"]


def plain_heading(heading: str) -> str:
    """Strip number, markup and closing punctuation off a heading.

    >>> plain_heading("4.1 **Internal control**.")
    'Internal control'
    """
    bare = _MARKS.sub("", heading).strip() if not _MARKED.isdisjoint(heading) else heading.strip()
    return _NUMBER.sub("", bare).strip(" .:–—").strip()


@lru_cache(maxsize=4096)
def role_of(heading: str) -> SectionRole | None:
    """Return the role a heading names, or None where it names none."""
    bare = plain_heading(heading)
    return next((role for role, pattern in _ROLE_PATTERNS if len(bare) < 90 and pattern.match(bare)), None)


@lru_cache(maxsize=4096)
def part_of(heading: str) -> Part:
    """Say whether a heading opens running text, back matter or the reference list."""
    bare = plain_heading(heading)
    if _REFERENCES.match(bare):
        return "references"
    return "back" if len(bare) < 90 and _BACK.match(bare) else "body"


def is_known_heading(line: str) -> bool:
    """Say whether a whole line is the usual name of a section."""
    return len(line) < 60 and (part_of(line) != "body" or role_of(line) is not None)


def level_of(heading: str) -> int:
    """Return the level a heading's number gives: 1 for ``2.``, 3 for ``4.1.2``, 1 where it has none."""
    number = _NUMBER.match(heading)
    return number.group(1).count(".") + 1 if number and number.group(1) else 1


@dataclass
class Outline:
    """Follow the headings of a paper in reading order."""

    section: str = ""  # the heading path, outermost first
    role: SectionRole = "other"  # of the innermost heading that names one
    part: Part = "body"  # what the innermost telling heading opens
    _path: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, heading: str, *, level: int) -> None:
        """Open a section, closing those of the same or a deeper level."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, " ".join(heading.split())))
        self._look()

    def leave(self) -> None:
        """Close the innermost section."""
        if self._path:
            self._path.pop()
            self._look()

    def _look(self) -> None:
        inwards = [heading for _, heading in self._path]
        self.section = " > ".join(inwards)
        self.role = next((role for heading in reversed(inwards) if (role := role_of(heading))), "other")
        self.part = next((part for heading in reversed(inwards) if (part := part_of(heading)) != "body"), "body")
