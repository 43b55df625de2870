"""Cut decoded text into lines and groups of lines, with offsets; newlines of every kind count as they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.readers.sections import is_known_heading
from ontology.model import Span

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Group:
    """Hold consecutive lines that belong together; ``span`` covers them without outer white space."""

    span: Span
    text: str
    kind: str = "prose"  # prose | heading | list | table | code | rule
    level: int = 0  # of a heading


def lines_of(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the span of each line, without its newline."""
    at = start
    while at < len(text):
        match = _LINE.match(text, at)
        assert match is not None  # the pattern matches anywhere
        yield Span(match.start(1), match.end(1))
        at = match.end()


def trim(text: str, start: int, end: int) -> Span:
    """Shrink a span to what is not white space, byte-order mark or NUL."""
    while start < end and (text[start].isspace() or text[start] in "\ufeff\x00"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\x00"):
        end -= 1
    return Span(start, end)


_HASHES = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_BULLET = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)\S")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_WRAP = 240  # characters; longer lines are paragraphs, not wrapped ones
_DIVIDER = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def groups_of(text: str, start: int = 0, *, markup: bool) -> Iterator[Group]:
    """Group lines into paragraphs; with ``markup`` also Markdown's headings, lists, tables, code and rules."""
    pending: list[Span] = []
    kind = "prose"
    fence = ""
    for line in lines_of(text, start):
        words = text[line.start : line.end]
        bare = words.strip("\ufeff\x00 \t\x0b\x0c\u00a0")
        if fence:
            pending.append(line)
            if bare.startswith(fence):
                yield from _close(text, pending, "code")
                pending, fence = [], ""
            continue
        if not bare:
            yield from _close(text, pending, kind)
            pending, kind = [], "prose"
            continue
        if markup:
            opened = _markup_of(words, pending, kind)
            if opened == "setext":
                level = 1 if bare.startswith("=") else 2
                yield from (_heading(text, Span(pending[0].start, pending[-1].end), level))
                pending, kind = [], "prose"
                continue
            if opened and not (opened == kind == "table"):
                yield from _close(text, pending, kind)
                pending, kind = [], opened
                if opened == "code":
                    fence = bare[:3]
                elif opened == "heading":
                    marks = _HASHES.match(words)
                    yield from _heading(text, line, len(marks.group(1)) if marks else 1)
                    kind = "prose"
                    continue
                elif opened == "rule":
                    kind = "prose"
                    continue
        pending.append(line)
    yield from _close(text, pending, "code" if fence else kind)


def _markup_of(words: str, pending: list[Span], kind: str) -> str:
    """Name what a Markdown line opens; "" where it continues what stands before it."""
    if _FENCE.match(words):
        return "code"
    if _HASHES.match(words):
        return "heading"
    if len(pending) == 1 and kind == "prose" and _SETEXT.match(words):
        return "setext"
    if not pending and _RULE.match(words):
        return "rule"
    if words.lstrip().startswith("|") and words.count("|") > 1:
        return "table"
    if _BULLET.match(words) and (not pending or kind == "list"):
        return "list"
    return ""


def _heading(text: str, line: Span, level: int) -> Iterator[Group]:
    span = trim(text, *line)
    marks = _HASHES.match(text, span.start, span.end)
    if marks:
        words = text[marks.end() : span.end]
        closed = words.rstrip("#")
        kept = closed if closed.endswith((" ", "\t")) else words
        span = trim(text, marks.end(), marks.end() + len(kept))
    if span.end > span.start:
        yield Group(span, text[span.start : span.end], "heading", level)


def _close(text: str, pending: list[Span], kind: str) -> Iterator[Group]:
    if kind == "prose" and len(pending) > 1:
        for run in _runs(text, pending):
            span = trim(text, run[0].start, run[-1].end)
            if span.end > span.start:
                yield Group(span, text[span.start : span.end], kind)
    elif pending:
        span = trim(text, pending[0].start, pending[-1].end)
        if span.end > span.start:
            yield Group(span, text[span.start : span.end], kind)


def _runs(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    """Part lines that no blank line parts: headings stand alone, and lines far longer than anybody wraps."""
    long = sorted(end - start for start, end in lines)[len(lines) // 2] > _WRAP
    unwrapped = max(end - start for start, end in lines) > _WRAP
    run: list[Span] = []
    for line in lines:
        words = text[line.start : line.end].strip()
        known = is_known_heading(words) and words[:1].isupper()
        bare = unwrapped and len(words) < 90 and not words.endswith((".", ",", ";", ":"))
        if run and (long or ((known or bare) and text[run[-1].end - 1] in ".!?)]")):
            yield run
            run = []
        run.append(line)
        if (known or bare) and len(run) == 1:
            yield run
            run = []
    if run:
        yield run


def is_divider(line: str) -> bool:
    """Say whether a table line only divides header from body."""
    return _DIVIDER.match(line) is not None and "-" in line
