"""Find a paper's structure in plain text: front matter, headings, paragraphs cut by pages and figures, references."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.readers.front import Front, is_author_line, is_furniture, names_of
from extractors.readers.lines import Group
from extractors.readers.references import author_year, entry_number, parse_entry
from extractors.readers.sections import Outline, is_known_heading, level_of, part_of
from ontology.model import Block, BlockKind, Reference, Span

_CAPTION = re.compile(
    r"(?:\*\*)?(?:Supplementary |Extended Data )?"
    r"(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Table|TABLE|Scheme|SCHEME|Chart|Box|Plate|Video|Movie)s?\.?\s?"
    r"(?:S?\d{1,3}|[IVX]{1,5}\b)(?:[a-z](?:[,–-][a-z])*\b)?(?:\([a-z]\)[–,-]?){0,4}(?:\*\*)?(?P<stop>[.:|–—]?)(?:\*\*)?\s*(?P<next>\w*)",
)
_CAPITALS = frozenset("*SEFTCBPVM")  # of the words a caption begins with
_TELLING = re.compile(  # "Fig. 3 shows ..." is a sentence, not a caption
    r"show(?:s|n|ed)?|present(?:s|ed)?|illustrate[sd]?|depicts?|displays?|compare[sd]?|demonstrates?|is|are|was|were|and|"
    r"gives?|reveals?|summari[sz]es?|lists?|provides?|exhibits|indicates?|plots|reports|contains|describes|represents|"
    r"also|clearly|further|schematically|(?-i:[a-f])",
    re.I,
)
_LISTED = re.compile(r"\s?\[\d[\d,–\s-]{0,60}\]")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.)[ \t]+(?=[^\W\d_])")
_RUN_IN = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?[ \t]+[A-Z][^.\n]{2,110}\.(?=[ \t]+[A-Z])")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]*_]*(?:\^\{[^}]{1,40}\}|\[[\d,;– -]{1,40}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹,⁻–\s])*[)\]*_]*\Z")
_TRAIL = re.compile(r"(?:\^\{[^}]{1,40}\}|[⁰¹²³⁴⁵⁶⁷⁸⁹]|[,⁻–](?=[⁰¹²³⁴⁵⁶⁷⁸⁹]))+\Z")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?\Z", re.S)


@dataclass
class Structure:
    """Collect what the groups of a text turn out to be."""

    front: Front = field(default_factory=Front)
    blocks: list[Block] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    started: bool = False  # a heading, an abstract or two paragraphs have been seen: front matter is over

    def add(self, kind: BlockKind, span: Span) -> None:
        """Append a block in the open section."""
        self.blocks.append(Block(kind, (span,), self.outline.section, self.outline.role))

    def abstract(self, span: Span) -> None:
        """Append the unlabelled abstract."""
        self.blocks.append(Block("paragraph", (span,), "", "abstract"))

    def heading(self, span: Span, text: str, level: int) -> None:
        """Open a section."""
        self.outline.enter(re.sub(r"[*_`]{1,2}", "", text), level=level)
        self.started = True
        self.add("heading", span)


def structure(groups: Iterable[Group], *, titled: bool = False) -> Structure:
    """Classify groups in reading order; ``titled`` says that front matter already named the work."""
    found = Structure(started=titled)
    listed = list(groups)
    marked = any(group.kind == "heading" for group in listed)
    for index, group in enumerate(listed):
        after = listed[index + 1] if index + 1 < len(listed) else None
        if group.kind == "heading":
            _marked_heading(found, group, first=not found.started and not found.front.title and not titled)
        elif group.kind == "prose":
            _prose(found, group, after, marked=marked, alone=len(listed) == 1)
        elif group.kind == "list":
            _list(found, group)
        else:
            found.add("furniture", group.span)
    return found


def _marked_heading(found: Structure, group: Group, *, first: bool) -> None:
    if first and group.level == 1 and not is_known_heading(group.text) and not _NUMBERED.match(group.text):
        found.front.title = re.sub(r"[*_`]{1,2}", "", group.text)
        found.blocks.append(Block("title", (group.span,)))
    else:
        found.heading(group.span, group.text, group.level)


def _list(found: Structure, group: Group) -> None:
    if found.outline.part == "references":
        found.references.append(parse_entry(re.sub(r"\A\s*[-*+•]\s+", "", group.text)))
        found.add("reference", group.span)
    else:
        found.add("furniture" if found.outline.part == "back" else "list_item", group.span)


def _prose(found: Structure, group: Group, after: Group | None, *, marked: bool, alone: bool) -> None:
    if found.outline.part == "references":
        if not marked and is_known_heading(group.text) and "\n" not in group.text:
            found.heading(group.span, group.text, 1)
        else:
            _entries(found, group)
        return
    if not found.started and not alone and _front(found, group, after):
        return
    if (level := _heading_level(group, after, found, marked=marked)) is not None:
        found.heading(group.span, group.text, level)
    elif _IMAGE.match(group.text) or found.outline.part == "back" or is_furniture(group.text):
        found.front.note(group.text)
        found.add("furniture", group.span)
    elif is_caption(group.text):
        found.add("caption", group.span)
    else:
        _paragraph(found, group)


def _front(found: Structure, group: Group, after: Group | None) -> bool:
    """Take a group of the first page's head; say whether it was one."""
    front, text = found.front, group.text
    typed = front.note(text)
    if not typed and is_known_heading(text) and part_of(text) == "body":
        return False
    if typed or is_furniture(text):
        found.add("furniture", group.span)
    elif front.title and is_author_line(text):
        front.authors = front.authors or names_of(text)
        found.add("furniture", group.span)
    elif not front.title and _may_be_title(text, after):
        front.title = " ".join(re.sub(r"[*_`]{1,2}", "", text).split())
        found.blocks.append(Block("title", (group.span,)))
    elif front.title and len(text.split()) >= 40 and not any(block.role == "abstract" for block in found.blocks):
        found.abstract(group.span)
    else:
        return False
    return True


def _may_be_title(text: str, after: Group | None) -> bool:
    words = text.split()
    return (
        after is not None
        and 3 <= len(words) <= 45
        and text.count("\n") <= 2
        and not text.rstrip().endswith((".", ",", ";", ":"))
        and not _NUMBERED.match(text)
        and text[0].isupper()
        and not is_caption(text)
        and not after.text[:1].islower()
    )


def _heading_level(group: Group, after: Group | None, found: Structure, *, marked: bool) -> int | None:
    """Return the level of an unmarked heading; None for other groups."""
    text = group.text.strip("*_ ")
    if "\n" in text or len(text) > 160 or not text:
        return None
    if is_known_heading(text) and text[0].isupper() | text[0].isdigit():
        return level_of(text)
    if marked or text[-1] in ".,;!?" or is_caption(text) or is_furniture(text):
        return None
    if _NUMBERED.match(text) and len(text.split()) <= 24 and _NUMBERED.sub("", text, count=1)[0].isupper():
        return level_of(text)
    followed = after is not None and len(after.text) > 2 * len(text) and after.text[0].isupper()
    closed = not found.blocks or found.blocks[-1].kind != "paragraph" or found.front.closed
    if found.started and followed and closed and text[0].isupper() and len(text.split()) <= 12 and ":" not in text:
        return 2
    return None


def is_caption(text: str) -> bool:
    """Say whether a paragraph is a caption and not a sentence about a figure."""
    if text[:1] not in _CAPITALS:
        return False
    match = _CAPTION.match(_LISTED.sub("", text[:200]))
    return match is not None and (bool(match["stop"]) or not _TELLING.fullmatch(match["next"]))


def _entries(found: Structure, group: Group) -> None:
    """Cut a group of the reference list into entries: numbered lines begin one, else blank lines part them."""
    lines = group.text.split("\n")
    starts: list[int] = []
    offset = 0
    expected = 0
    for line in lines:
        number = entry_number(line)
        if number and (not starts or not expected or int(number) == expected):
            starts.append(offset)
            expected = int(number) + 1
        offset += len(line) + 1
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(group.text)], strict=True):
        entry = group.text[start:end]
        body = entry.strip()
        if entry_number(body) or author_year(body).count(" "):
            found.references.append(parse_entry(body))
            kind: BlockKind = "reference"
        else:
            kind = "furniture"
        if body:
            lead = len(entry) - len(entry.lstrip())
            found.add(kind, Span(group.span.start + start + lead, group.span.start + start + lead + len(body)))


def _paragraph(found: Structure, group: Group) -> None:
    span = group.span
    run_in = _RUN_IN.match(group.text)
    if run_in:
        heading = Span(span.start, span.start + run_in.end())
        found.heading(heading, run_in.group().rstrip("."), level_of(run_in.group()))
        lead = len(group.text[run_in.end() :]) - len(group.text[run_in.end() :].lstrip())
        found.add("paragraph", Span(heading.end + lead, span.end))
    elif (at := _cut_block(found, group.text)) is not None:
        whole = found.blocks[at]
        found.blocks[at] = Block(whole.kind, (*whole.pieces, span), whole.section, whole.role, whole.page)
    else:
        found.add("paragraph", span)
    found.front.closed = _is_closed(group.text)
    found.started = True


def _cut_block(found: Structure, text: str) -> int | None:
    """Return the index of the paragraph that this group goes on with, past captions and page furniture."""
    if found.front.closed:
        return None
    for index in range(len(found.blocks) - 1, -1, -1):
        block = found.blocks[index]
        if block.kind in ("caption", "furniture"):
            continue
        if block.kind in ("paragraph", "list_item") and (text[0].islower() or not found.front.colon):
            return index
        return None
    return None


def _is_closed(text: str) -> bool:
    return _CLOSED.search(text[-80:]) is not None or _TRAIL.sub("", text[-80:]).rstrip().endswith(":")
