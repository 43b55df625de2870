"""Find citation call-outs in plain text: superscripts, brackets, Pandoc keys, author and year.

Numbers that are not citations look the same: exponents (cm², 10¹³), isotopes (⁷Li), charges (SO₄²⁻), crystal
directions ([110]). A call-out stands after a word or punctuation and names a reference of the list.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.readers.references import author_year_index, fold
from ontology.model import Citation, Reference, Span

_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_DIGITS = r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
_LIST = r"\d{1,3}[a-z]?(?:\s*[,;–‐‑—-]\s*\d{1,3}[a-z]?)*"
_RAISED = re.compile(
    rf"\^\{{\s*(?P<caret>{_LIST})\s*\}}|\^(?P<pandoc>{_LIST})\^"
    rf"|(?P<unicode>{_DIGITS}(?:\s?[,˒،⸴][ ]?{_DIGITS}|[–⁻‐-]{_DIGITS})*)"
)
_BRACKET = re.compile(rf"\[(?P<list>{_LIST})\](?![(\[])")
_KEYS = re.compile(r"\[(?=[^\[\]]*@)[^\[\]]+\]|(?<![\w.@/])@(?P<bare>[A-Za-z][\w:.+-]*\w)")
_KEY = re.compile(r"(?<!\w)-?@\{?([\w][\w:.#$%&+?<>~/-]*\w)")
_PARTICLE = r"(?:[vV]an|[vV]on|[dD]e[rn]?|[dD]i|[lL][ae]|[eE]l|[tT]en)"
_NAME = rf"(?:{_PARTICLE} ){{0,2}}[A-ZÀ-ÖØ-ÞŁŠŽČĆ][\w'’-]+(?: (?:[A-Z]\.-?){{1,3}}(?!\w))?"
_MORE = rf"(?:,? et al\.?,?|(?:, {_NAME}){{0,12}},? (?:and|&) {_NAME})?"
_YEARS = r"(?:19|20)\d\d[a-z]?(?:, ?(?:(?:19|20)\d\d[a-z]?|[a-z](?!\w))){0,9}"
_IN_PARENTHESES = re.compile(
    rf"\((?:[^()]{{0,40}}?\b)?(?P<list>{_NAME}{_MORE},? {_YEARS}(?:; ?[^();]{{3,90}}){{0,40}})\)"
)
_ONE = re.compile(rf"(?P<name>{_NAME}){_MORE},? (?P<years>{_YEARS})")
_NARRATIVE = re.compile(rf"(?P<name>{_NAME}){_MORE} \((?P<years>{_YEARS})\)")
_MATH = re.compile(r"\$\$.{1,2000}?\$\$|\$[^$\n]{1,400}\$", re.S)
_UNITS = re.compile(  # what carries an exponent
    r"(?:[cmndkp]|µ|μ)?m|in|ft|m?s|h|min|[kmµμ]?g|[mk]?v|m?a|k|m?l|å|hz|mol|[km]?wh|m?ah|[kmg]?pa|ev|d?sp|r|chi|[xyze]",
    re.I,
)
_CRYSTAL = re.compile(r"\s*(?:direction|plane|zone|orient|axis|axes|facet|surface|crystal|lattice)")


@dataclass(frozen=True, slots=True)
class Known:
    """Hold a document's references in the form that finding citations needs."""

    references: tuple[Reference, ...]
    keys: frozenset[str]
    numbered: bool
    index: "dict[tuple[str, str], str]"

    @classmethod
    def of(cls, references: Sequence[Reference]) -> "Known":
        """Index a reference list."""
        keys = frozenset(reference.key for reference in references)
        return cls(tuple(references), keys, any(key.isdigit() for key in keys), dict(author_year_index(references)))

    def all_known(self, numbers: Collection[str]) -> bool:
        """Say whether every number can be a citation: in the list, or no numbered list is known."""
        if self.numbered:
            return bool(numbers) and all(number in self.keys for number in numbers)
        return bool(numbers) and not self.references and all(0 < int(number) < 1000 for number in numbers)


@lru_cache(maxsize=4096)
def expand(numbers: str) -> tuple[str, ...]:
    """Expand a list of numbers with ranges.

    >>> expand("4,39–41")
    ('4', '39', '40', '41')
    """
    keys: list[str] = []
    for part in re.split(r"\s*[,;˒،⸴]\s*", numbers.strip()):
        ends = [end.strip().rstrip("abcdefghij") for end in re.split(r"[–‐‑—⁻-]", part)]
        if not all(end.isdigit() for end in ends):
            continue
        low, high = int(ends[0]), int(ends[-1])
        keys += [str(number) for number in range(low, high + 1)] if low <= high <= low + 200 else [str(low), str(high)]
    return tuple(dict.fromkeys(str(int(key)) for key in keys))


def find_citations(text: str, spans: Iterable[Span], known: Known) -> tuple[Citation, ...]:
    """Find the call-outs in the given spans of a text, in order, without overlap."""
    found: list[Citation] = []
    for start, end in spans:
        piece = text[start:end]
        math = [match.span() for match in _MATH.finditer(piece)] if "$" in piece else []
        hits = sorted({*_raised(piece, known), *_brackets(piece, known), *_keys(piece), *_author_year(piece, known)})
        last = 0
        for low, high, keys in hits:
            if low >= last and not any(a <= low < b for a, b in math):
                found.append(Citation(start + low, start + high, keys))
                last = high
    return tuple(found)


_Hit = tuple[int, int, tuple[str, ...]]


def _raised(text: str, known: Known) -> Iterator[_Hit]:
    if "^" not in text and not re.search(_DIGITS, text):
        return
    for match in _RAISED.finditer(text):
        raised = match["caret"] or match["pandoc"] or (match["unicode"] or "").translate(_SUPERSCRIPT_DIGITS)
        keys = expand(raised)
        if known.all_known(keys) and _may_follow(text, match.start(), keys) and _may_precede(text, match.end()):
            yield match.start(), match.end(), keys


def _may_follow(text: str, at: int, keys: tuple[str, ...]) -> bool:
    """Say whether a raised number at ``at`` can be a call-out, by what stands before it."""
    before = text[at - 1] if at else " "
    if before.isspace():
        # "conditions ¹²." is a call-out set off by mistake; " ⁷Li" is an isotope.
        return at > 1 and text[at - 2 : at - 1].isalpha() and len(keys[0]) > 1
    if before.isdigit() or before in "([{$^_=×·⋅/+−-<>~≈⁻⁺\\":
        return False
    if not before.isalpha():
        return True
    word = re.search(r"[^\W\d_]+$", text[max(0, at - 40) : at])
    name = word.group() if word else ""
    if _UNITS.fullmatch(name):
        return False
    return len(name) >= 3 or len(keys) > 1 or len(keys[0]) > 1


def _may_precede(text: str, at: int) -> bool:
    """Say whether a call-out may end at ``at``: not before a charge sign or the element of an isotope."""
    after = text[at : at + 1]
    return not after or not (after in "⁺⁻⁄" or after.isalnum())


def raised_is_citation(before: str, after: str, keys: tuple[str, ...], known: Known) -> bool:
    """Say whether a raised number between two texts is a call-out."""
    if not known.all_known(keys) or not _may_precede(after, 0) or not before.strip():
        return False
    return _may_follow(before, len(before), keys)


def _brackets(text: str, known: Known) -> Iterator[_Hit]:
    if "[" not in text:
        return
    for match in _BRACKET.finditer(text):
        keys = expand(match["list"])
        if match["list"].startswith("0") or not known.all_known(keys):
            continue
        if not known.numbered and _CRYSTAL.match(text, match.end()):
            continue
        yield match.start(), match.end(), keys


def _keys(text: str) -> Iterator[_Hit]:
    if "@" not in text:
        return
    for match in _KEYS.finditer(text):
        keys = (match["bare"],) if match["bare"] else tuple(dict.fromkeys(_KEY.findall(match.group())))
        if keys:
            yield match.start(), match.end(), keys


def _author_year(text: str, known: Known) -> Iterator[_Hit]:
    if known.numbered and not known.index:
        return
    if "(" not in text or not re.search(r"(?:19|20)\d\d", text):
        return
    for match in _IN_PARENTHESES.finditer(text):
        keys: list[str] = []
        for part in match["list"].split(";"):
            one = _ONE.search(part)
            if one:
                keys += _resolve(one["name"], one["years"], known)
        if keys:
            yield match.start(), match.end(), tuple(dict.fromkeys(keys))
    for match in _NARRATIVE.finditer(text):
        resolved = _resolve(match["name"], match["years"], known)
        if resolved:
            yield match.start(), match.end(), tuple(resolved)


def _resolve(name: str, years: str, known: Known) -> list[str]:
    """Return the keys of the references a surname and its years name; without a list, "Surname Year"."""
    listed: list[str] = []
    for part in re.split(r",\s*", years):
        listed.append(part if len(part) > 1 else listed[-1][:4] + part)
    if not known.references:
        return [f"{name} {year}" for year in listed]
    short = fold(name)
    return [key for year in listed if (key := known.index.get((short, year)))]
