"""Turn blocks into sentences whose every character knows its place in the source.

Normalisation only helps matching: citations and LaTeX markup disappear, exotic spaces and dashes become plain
ones, sub- and superscript digits come down to the line. ``Sentence.offsets`` leads back, so that a quote is always
``document.text[start:end]``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ontology.model import Block, Citation, Document, SectionRole, Span

__all__ = ["READ_KINDS", "Sentence", "sentences"]

READ_KINDS = frozenset({"title", "paragraph", "list_item", "caption"})

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u3000\t\r\n", " "))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_LATEX_COMMANDS = {
    "sim": "~", "approx": "~", "circ": "°", "times": "×", "pm": "±", "mu": "μ", "degree": "°", "cdot": "·", "leq": "≤",
    "geq": "≥", "le": "≤", "ge": "≥", "alpha": "α", "beta": "β", "delta": "δ", "Delta": "Δ", "sigma": "σ", "Omega": "Ω",
    "AA": "Å", "rightarrow": "→", "to": "→", "gamma": "γ", "lambda": "λ", "theta": "θ", "eta": "η", "rho": "ρ", "epsilon": "ε",
}  # fmt: skip
_LATEX = re.compile(
    r"\\(?:text|mathrm|mathbf|rm|it|mathit|ce)\b\s*|\\([A-Za-z]+)\b\s?|\\[,;:! ]|[${}\\]|[\^_](?=\{)|\^(?=[-\d])|_(?=[\dA-Za-z])"
)
_MARKUP = re.compile(r"(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:Figs?|Eqs?|Refs?|Tabs?|Secs?|Nos?|Vol|ca|cf|vs|e\.g|i\.e|etc|al|approx|resp|wt|vol|at|mol|Dr|Prof|Inc|Ltd|Co|St|[A-Z])\.$"
)
_CREDIT = re.compile(r",?\s*(?:[Rr]e(?:produced|printed)|[Aa]dapted)?,? ?with permission from[^()]*?(?:\d{4}\b|$)")
_START = attrgetter("start")
_LONGEST = 4000  # characters; the longest sentence of forty real papers has 1,300, what is longer is no prose
_BOUNDARY = re.compile(r"[.!?][”\"’')\]]*(?=\s+|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence for matching; ``offsets`` has one source offset a character and one for its end."""

    text: str
    offsets: tuple[int, ...]
    block: int
    section: str
    role: SectionRole
    kind: str
    citations: tuple[Citation, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Map a half-open range of ``text`` to the source."""
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    @property
    def source(self) -> Span:
        """Give the sentence's own range in the source."""
        return self.span(0, len(self.text))

    def locate(self, source: int) -> int:
        """Map a source offset to the nearest character of ``text`` at or after it."""
        return min(bisect_left(self.offsets, source), len(self.text))


def sentences(document: Document) -> Iterator[Sentence]:
    """Yield the sentences of a document's running text in reading order."""
    for index, block in enumerate(document.blocks):
        if block.kind in READ_KINDS:
            yield from _of_block(document, block, index)


def _of_block(document: Document, block: Block, index: int) -> Iterator[Sentence]:
    inside = [c for piece in block.pieces for c in _between(document.citations, piece.start, piece.end)]
    text, offsets = _normalise(document.text, block.pieces, inside)
    if block.kind == "caption":
        text = _CREDIT.sub(lambda m: " " * len(m.group()), text)
    for start, end in _split(text):
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if not 3 <= end - start <= _LONGEST:
            continue
        source = (*offsets[start:end], offsets[end - 1] + 1)
        after = offsets[end] if end < len(offsets) else source[-1] + 40
        cited = _between(inside, source[0], max(source[-1], after))
        yield Sentence(text[start:end], source, index, block.section, block.role, block.kind, cited)


def _between(citations: Sequence[Citation], start: int, end: int) -> tuple[Citation, ...]:
    """Return the citations, given in reading order, that begin at ``start`` or later and before ``end``."""
    first = bisect_left(citations, start, key=_START)
    return tuple(citations[first : bisect_left(citations, end, lo=first, key=_START)])


def _normalise(text: str, pieces: tuple[Span, ...], citations: list[Citation]) -> tuple[str, list[int]]:
    skip = {i for c in citations if not _is_named(text[c.start : c.end]) for i in range(c.start, c.end)}
    out: list[str] = []
    offsets: list[int] = []

    def put(piece: str, at: int) -> None:
        for char in piece:
            if char == " " and (not out or out[-1] == " "):
                continue
            out.append(char)
            offsets.append(at)

    for number, (start, end) in enumerate(pieces):
        if number and out and out[-1] == "-" and len(out) > 1 and out[-2].isalpha() and text[start].islower():
            out.pop()
            offsets.pop()
        elif number:
            put(" ", start)
        raw = text[start:end]
        gone = _latex(raw) if any(c in raw for c in "$\\^_{*") else {}
        at = start
        while at < end:
            replaced = gone.get(at - start)
            if replaced is not None:
                put(replaced[0], at)
                at += replaced[1]
                continue
            if at not in skip:
                put(_fold(text[at]), at)
            at += 1
    return "".join(out), offsets


def _is_named(citation: str) -> bool:
    """Tell an author-year citation, which is part of the sentence, from a number."""
    return bool(re.search(r"[A-Za-z]{3}", citation)) and "@" not in citation


def _fold(char: str) -> str:
    if char in _INVISIBLE:
        return ""
    if char < "\x7f":
        return " " if char in "\t\r\n" else char
    folded = char.translate(_SPACES).translate(_DASHES)
    if folded != char:
        return folded
    if unicodedata.category(char) in ("No", "Lm", "Sm", "Ll", "Lo", "So", "Nl"):
        plain = unicodedata.normalize("NFKC", char).translate(_DASHES)
        return plain if plain.strip() else " "
    return char


def _latex(raw: str) -> dict[int, tuple[str, int]]:
    """Say, by offset, which markup is replaced by what, and its length."""
    found: dict[int, tuple[str, int]] = {}
    for m in _LATEX.finditer(raw):
        command = m.group(1)
        found[m.start()] = (
            _LATEX_COMMANDS.get(command, "")
            if command
            else " "
            if m.group()[-1] in " ,;:" and m.group()[0] == "\\"
            else "",
            m.end() - m.start(),
        )
    for m in _MARKUP.finditer(raw):
        found.setdefault(m.start(), ("", m.end() - m.start()))
    return found


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of sentences; a stop inside brackets or after an abbreviation ends nothing."""
    start = 0
    for m in _BOUNDARY.finditer(text):
        end = m.end()
        head = text[max(start, m.start() + 1 - _LONGEST) : m.start() + 1]
        rest = text[end : end + 40].lstrip()  # white space is collapsed
        if (
            m.group()[0] == "."
            and _ABBREVIATION.search(head[-12:])
            and not (rest[:1].isupper() and re.search(r"[a-z]{3}\.$", head) and not _short(head))
        ):
            continue
        if rest and not (
            rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"([‘'∼~µμαβγδθλσωφψΔ" or rest[:2] in ("pH",)
        ):
            continue
        if head.count("(") > head.count(")") and text.find(")", end) >= 0:
            continue
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _short(head: str) -> bool:
    return bool(_ABBREVIATION.search(head[-12:]))
