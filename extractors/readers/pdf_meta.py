"""Read what a PDF says about its work: document information first, the first pages where it is silent."""

import re
from collections.abc import Mapping, Sequence

from extractors.readers.builder import Meta
from extractors.readers.front import article_type_of, is_author_line, licence_name, names_of
from extractors.readers.pdf_layout import Chunk, Sheet
from extractors.readers.references import clean_doi, find_doi

_UNTITLED = re.compile(r"(?:untitled|microsoft word|.*\.(?:docx?|tex|pdf|indd|dvi)\b|\S{0,12}\Z)", re.I)


def title_chunk(chunks: Sequence[Chunk], body: float) -> Chunk | None:
    """Return the chunk set in the largest letters of the first page's text."""
    first = [chunk for chunk in chunks if chunk.lines[0].page == 1 and len(chunk.text.split()) >= 3]
    large = [chunk for chunk in first if chunk.lines[0].height > 1.15 * body]
    return max(large, key=lambda chunk: (round(chunk.lines[0].height), len(chunk.text) > 25), default=None)


def meta_of(sheets: Sequence[Sheet], info: Mapping[str, str], printed: str) -> Meta:
    """Read the metadata."""
    page = "\n".join(line.text for line in sheets[0].lines)
    whole = "\n".join(line.text for sheet in (*sheets[:2], *sheets[-1:]) for line in sheet.lines)
    title = " ".join(info.get("Title", "").split())
    summary = re.search(r"summary_of:?\s*(\S+)", f"{info.get('Keywords', '')} {info.get('Subject', '')}")
    return Meta(
        title=printed if not title or _UNTITLED.match(title) else title,
        doi="" if summary else _doi(info, page),  # a digest prints the DOI of the work it sums up
        authors=names_of(info.get("Author", "")) if summary else _authors(info, page),
        year=_year(page, info),
        venue=_venue(page),
        licence=_licence(whole),
        article_type=_type(page),
        summary_of=clean_doi(summary.group(1)) if summary else "",
    )


def _doi(info: Mapping[str, str], page: str) -> str:
    stated = " ".join(info.get(key, "") for key in ("Subject", "doi", "Title"))
    near = re.search(r"(?:doi(?:\.org)?[:/ ]|doi\s)\s*(10\.\d{4,9}/\S+)", page, re.I)
    return find_doi(stated) or (clean_doi(near.group(1)) if near else find_doi(page))


def _authors(info: Mapping[str, str], page: str) -> tuple[str, ...]:
    listed = names_of(info.get("Author", ""))
    lines = [line for line in page.split("\n")[:40] if is_author_line(line)]
    printed = tuple(name for line in lines[:8] for name in names_of(line))
    return listed if len(listed) > 1 or not printed else printed


def _year(page: str, info: Mapping[str, str]) -> int | None:
    stated = re.search(r"\byear: ((?:19|20)\d\d)\b", info.get("Keywords", ""))
    if stated:
        return int(stated.group(1))
    for pattern in (
        r"(?:published|accepted|available online)[^\n]{0,40}?\b((?:19|20)\d\d)\b",
        r"(?:©|\(c\)|copyright)\s*(?:the author\(s\)\s*)?((?:19|20)\d\d)",
        r"\b((?:19|20)\d\d),\s*\d+,",
    ):
        found = re.search(pattern, page, re.I)
        if found:
            return int(found.group(1))
    created = re.match(r"D:((?:19|20)\d\d)", info.get("CreationDate", ""))
    return int(created.group(1)) if created else None


def _venue(page: str) -> str:
    cite = re.search(r"cite this:?\s*([A-Z][\w.&: ]{3,60}?),\s*(?:19|20)\d\d", page, re.I)
    if cite:
        return cite.group(1).strip()
    line = re.search(r"^([A-Z][A-Za-z.&: ]{3,60}?),?\s+(?:19|20)\d\d,\s*\d+", page, re.M)
    return line.group(1).strip() if line else ""


def _licence(text: str) -> str:
    flat = text.replace("\n", " ")
    name = licence_name(re.sub(r"(licenses/[\w-]+/)\s+", r"\1", flat))
    if name:
        return name
    stated = re.search(
        r"Creative Commons Attribution(?P<nc>[ -]Non-?Commercial)?[^.]{0,60}?(?P<version>\d\.\d)?", flat, re.I
    )
    if not stated:
        return ""
    version = re.search(r"Creative Commons[^.]{0,80}?(\d\.\d)", flat, re.I)
    return f"CC BY{'-NC' if stated['nc'] else ''} {version.group(1) if version else ''}".strip()


def _type(page: str) -> str:
    return next((found for line in page.split("\n")[:60] if (found := article_type_of(line))), "")
