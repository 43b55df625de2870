"""Read Markdown: front matter, headings, lists, pipe tables; the text stays the file's, character for character."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import yaml

from extractors.readers.decode import decode
from extractors.readers.files import Source, text_hash
from extractors.readers.front import licence_name
from extractors.readers.lines import Group, groups_of, is_divider, lines_of, trim
from extractors.readers.prose import Structure, is_caption, structure
from extractors.readers.references import clean_doi, unique
from extractors.readers.text import citations_of
from ontology.model import Block, Cell, Document, Reference, Span, Table

VERSION = "markdown 1"
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.S | re.M)


def read(source: Source) -> Document:
    """Read a Markdown file."""
    text = decode(source)
    front = _FRONT.match(text) if text[:4].lstrip("\ufeff").startswith("---") else None
    meta = _meta(source, front["yaml"]) if front else {}
    start = front.end() if front else 0
    title = _string(meta, "title")
    groups = list(groups_of(text, start, markup=True))
    found = structure(groups, titled=bool(title))
    tables = tuple(_tables(text, groups, found))
    head = [Block("furniture", (trim(text, 0, start),))] if start else []
    found.blocks = head + found.blocks
    references = unique(found.references)
    citations = citations_of(text, found, references)
    if not references:
        keys = dict.fromkeys(key for citation in citations for key in citation.keys)
        references = tuple(Reference(key) for key in keys)
    noted = found.front
    return Document(
        id=source.id,
        path=str(source.path),
        format="markdown",
        text=text,
        sha256=source.sha256,
        text_sha256=text_hash(text),
        title=title or noted.title,
        doi=clean_doi(_string(meta, "doi", "DOI")) or noted.doi,
        authors=tuple(_authors(meta)) or noted.authors,
        year=_year(meta) or noted.year,
        venue=_string(meta, "journal", "venue", "container-title") or noted.venue,
        licence=_licence(_string(meta, "licence", "license", "copyright")) or noted.licence,
        article_type=_string(meta, "article_type", "article-type", "type") or noted.article_type,
        summary_of=clean_doi(_string(meta, "summary_of", "summary-of")),
        blocks=tuple(found.blocks),
        tables=tables,
        references=references,
        citations=citations,
        reader=VERSION,
        volume=_string(meta, "volume") or noted.volume,
        first_page=_string(meta, "first_page", "pages", "page").partition("-")[0].partition("–")[0] or noted.first_page,
    )


def _meta(source: Source, block: str) -> Mapping[str, object]:
    if "&" in block and "*" in block and re.search(r"(?:^|[\s\[,:])&\w+", block):
        raise source.error("has YAML anchors in its front matter", "write the values out")
    try:
        meta = yaml.safe_load(block.replace("\x00", ""))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise source.error(f"has broken YAML front matter{line}", "mend it or remove it") from error
    return meta if isinstance(meta, dict) else {}


def _string(meta: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = meta.get(name)
        if isinstance(value, str | int | float):
            return " ".join(str(value).split())
    return ""


def _authors(meta: Mapping[str, object]) -> Iterator[str]:
    value = meta.get("authors") or meta.get("author") or ()
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield from (name.strip() for name in re.split(r";|\band\b", one) if name.strip())
        elif isinstance(one, dict):
            name = _string(one, "name", "literal") or f"{_string(one, 'given')} {_string(one, 'family', 'surname')}"
            if name.strip():
                yield name.strip()


def _year(meta: Mapping[str, object]) -> int | None:
    for name in ("year", "date", "published", "issued"):
        found = re.search(r"\b(1[89]\d\d|20\d\d)\b", str(meta.get(name, "")))
        if found:
            return int(found.group(1))
    return None


def _licence(text: str) -> str:
    return licence_name(text) or text


def _tables(text: str, groups: list[Group], found: Structure) -> Iterator[Table]:
    """Read pipe tables; their blocks, laid down as furniture, become tables."""
    for group in groups:
        if group.kind != "table":
            continue
        cells = tuple(_cells(text, group.span))
        at = next(index for index, block in enumerate(found.blocks) if block.pieces[0] == group.span)
        found.blocks[at] = replace(found.blocks[at], kind="table")
        beside = [found.blocks[i] for i in (at - 1, at + 1) if 0 <= i < len(found.blocks)]
        captions = [block for block in beside if _is_table_caption(text, block)]
        for block in captions[:1]:
            found.blocks[found.blocks.index(block)] = replace(block, kind="caption")
        caption = captions[0].pieces[0] if captions else None
        yield Table(cells, caption, found.blocks[at].section)


def _is_table_caption(text: str, block: Block) -> bool:
    words = text[block.pieces[0].start : block.pieces[0].end]
    return (is_caption(words) and "able" in words[:12]) or bool(re.match(r"(?:Table)?:\s+\S", words))


def _cells(text: str, span: Span) -> Iterator[Cell]:
    lines = [line for line in lines_of(text[: span.end], span.start) if trim(text, *line).start < line.end]
    divided = len(lines) > 1 and is_divider(text[lines[1].start : lines[1].end])
    row = 0
    for number, line in enumerate(lines):
        if is_divider(text[line.start : line.end]):
            continue
        for column, cell in enumerate(_cut(text, trim(text, *line))):
            yield Cell(row, column, cell.start, cell.end, header=divided and number == 0)
        row += 1


def _cut(text: str, line: Span) -> Iterator[Span]:
    """Cut a table line at its bars; escaped bars and bars in code or math stay."""
    start = line.start + (text[line.start] == "|")
    quoted = ""
    for at in range(start, line.end):
        char = text[at]
        if char in "`$" and text[at - 1] != "\\":
            quoted = "" if quoted == char else quoted or char
        elif char == "|" and text[at - 1] != "\\" and not quoted:
            yield trim(text, start, at)
            start = at + 1
    if trim(text, start, line.end).start < line.end:
        yield trim(text, start, line.end)
