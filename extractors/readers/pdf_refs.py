"""Read the reference list of a PDF."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.readers.pdf_layout import Chunk
from extractors.readers.pdf_lines import Line
from extractors.readers.pdf_text import Words, runs_of
from extractors.readers.references import author_year, entry_number, parse_entry
from extractors.readers.sections import part_of
from ontology.model import Reference

_RIGHTS = re.compile(r"copyright\b|©", re.I)


def references_of(chunks: Sequence[Chunk], words: Words) -> tuple[list[tuple[Reference, int]], list[Chunk]]:
    """Return the entries with their pages, and the chunks that are none: captions, and what follows a new heading."""
    rest: list[Chunk] = []
    lines: list[Line] = []
    over = False
    for chunk in chunks:
        over = over or (chunk.kind == "heading" and part_of(chunk.text) == "body" and not entry_number(chunk.text))
        if over or chunk.kind == "caption":
            rest.append(chunk)
        elif chunk.kind != "heading" or entry_number(chunk.text):
            lines += chunk.lines
    numbered = sum(bool(entry_number(line.text)) for line in lines) > 0.15 * len(lines)
    groups = _numbered(lines) if numbered else _hanging(lines)
    entries: list[tuple[Reference, int]] = []
    other: list[Line] = []  # statements among and below the entries
    for group in groups:
        text = " ".join("".join(run for run, _ in runs_of(group, words)).split())
        reference = parse_entry(text)
        stated = not _RIGHTS.match(text) and (numbered or author_year(text).count(" "))
        if reference.key and len(text) > 12 and stated:
            entries.append((_unique(reference, entries), group[0].page))
        else:
            other += group
    if other:
        rest.append(Chunk("body", other))
    return entries, rest


def _numbered(lines: Sequence[Line]) -> list[list[Line]]:
    """Begin an entry at each line that carries the number due."""
    groups: list[list[Line]] = []
    due = 1
    for line in lines:
        number = entry_number(line.text)
        if number and (int(number) == due or (not groups and int(number) < 5)):
            groups.append([line])
            due = int(number) + 1
        elif groups:
            groups[-1].append(line)
    return groups


def _hanging(lines: Sequence[Line]) -> list[list[Line]]:
    """Begin an entry where a line stands out to the left of those that go on, or after a closed one with a year."""
    groups: list[list[Line]] = []
    lefts: dict[int, set[float]] = {}
    for line in lines:
        lefts.setdefault(line.page, set()).add(line.x0)
    for line in lines:
        near = [x0 for x0 in lefts[line.page] if abs(x0 - line.x0) < 3 * line.height]
        left, deepest = min(near), max(near)
        out = deepest - left > 0.4 * line.height and line.x0 - left < 0.3 * line.height
        flat = deepest - left <= 0.4 * line.height and bool(groups) and _closed(groups[-1]) and line.text[:1].isupper()
        if not groups or out or flat:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _closed(group: Sequence[Line]) -> bool:
    text = " ".join([line.text for line in group])
    return text.endswith(".") and re.search(r"\b(?:19|20)\d\d[a-z]?\b", text) is not None and len(text) > 60


def _unique(reference: Reference, entries: Sequence[tuple[Reference, int]]) -> Reference:
    taken = {one.key for one, _ in entries}
    key = reference.key
    while key in taken:
        key += "'"
    return replace(reference, key=key)
