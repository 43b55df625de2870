"""Read what a PDF says about its work: document information first, the first pages where it is silent."""

import re
from collections.abc import Mapping, Sequence

from extractors.readers.builder import Meta
from extractors.readers.front import article_type_of, licence_name, names_of
from extractors.readers.pdf_layout import Chunk, Sheet
from extractors.readers.pdf_lines import Line
from extractors.readers.references import clean_doi, find_doi

_UNTITLED = re.compile(r"(?:untitled|microsoft word|.*\.(?:docx?|tex|pdf|indd|dvi)\b|\S{0,12}\Z)", re.I)

_VENUE = r"(?P<venue>(?:[A-Z][A-Za-z.&-]*|and|of|for|in|the|et)(?:[ :](?:[A-Z][A-Za-z.&-]*|of|and|for|in|the|on))*)"
_PAGE = r"(?P<page>[A-Za-z]?\d+)"
_ISSUES = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        rf"(?:^|et al\. |cite this: ){_VENUE},?\s+(?P<year>(?:19|20)\d\d),\s*(?P<volume>\d+)(?:\s?\(\d+\))?,\s*{_PAGE}",
        rf"(?:^|et al\. ){_VENUE}\s*\|?\s*\((?P<year>(?:19|20)\d\d)\),?\s*(?P<volume>\d+)[:,]\s*{_PAGE}",
        rf"^{_VENUE} \| www\.\S+(?:\n.*){{0,4}}?\b(?P<year>(?:19|20)\d\d) \| Volume (?P<volume>\d+) \| Article {_PAGE}",
        rf"\A{_VENUE},(?: (?P<year>(?:19|20)\d\d),)? doi:",
        rf"^{_VENUE},? (?P<year>(?:19|20)\d\d),\s*(?P<volume>\d+)",
    )
)


def title_chunk(chunks: Sequence[Chunk], body: float) -> Chunk | None:
    """Return the chunk set in the largest letters of the first page's text."""
    first = [chunk for chunk in chunks if chunk.lines[0].page == 1 and len(chunk.text.split()) >= 3]
    large = [chunk for chunk in first if chunk.lines[0].height > 1.15 * body]
    return max(large, key=lambda chunk: (round(chunk.lines[0].height), len(chunk.text) > 25), default=None)


def meta_of(sheets: Sequence[Sheet], info: Mapping[str, str], title: Chunk | None) -> Meta:
    """Read the metadata; ``title`` is the chunk that prints the title."""
    page = "\n".join(line.text for line in sheets[0].lines)
    whole = "\n".join(line.text for sheet in (*sheets[:2], *sheets[-1:]) for line in sheet.lines)
    stated = " ".join(info.get("Title", "").split())
    summary = re.search(r"summary_of:?\s*(\S+)", f"{info.get('Keywords', '')} {info.get('Subject', '')}")
    issue = _issue(page, info.get("Subject", ""))
    return Meta(
        title=(title.text if title else "") if not stated or _UNTITLED.match(stated) else stated,
        doi="" if summary else _doi(info, page),  # a digest prints the DOI of the work it sums up
        authors=names_of(info.get("Author", "")) if summary else _authors(info, byline(sheets[0], title)),
        year=_year(page, info, issue),
        venue=issue.get("venue", ""),
        licence=_licence(f"{whole}\n{sheets[0].everything}"),
        article_type=_type(page),
        summary_of=clean_doi(summary.group(1)) if summary else "",
        volume=issue.get("volume", ""),
        first_page=issue.get("page", ""),
    )


def _doi(info: Mapping[str, str], page: str) -> str:
    stated = " ".join(info.get(key, "") for key in ("Subject", "doi", "Title"))
    edition = re.search(r"International Edition:?\s*DOI:?\s*(10\.\d{4,9}/\S+)", page, re.I)
    near = edition or re.search(r"(?:doi(?:\.org)?[:/ ]|doi\s)\s*(10\.\d{4,9}/\S+)", page, re.I)
    return find_doi(stated) or (clean_doi(near.group(1)) if near else find_doi(page))


def _authors(info: Mapping[str, str], printed: tuple[str, ...]) -> tuple[str, ...]:
    listed = names_of(info.get("Author", ""))
    return printed if len(printed) > len(listed) else listed


def byline(sheet: Sheet, title: Chunk | None) -> tuple[str, ...]:
    """Return the persons named in the lines below the title, down to the first line that names none."""
    if title is None:
        return ()
    bottom, left = title.lines[-1].y, title.lines[0].x0
    below = [
        line for line in sheet.lines if line.y < bottom - 1 and line.x1 > left and line.height < title.lines[0].height
    ]
    names: list[str] = []
    last = bottom
    for row in _rows(below):
        text = ", ".join(_unmarked(line) for line in row)
        found = names_of(text)
        height = max(line.height for line in row)
        if not found or len(found) < 0.5 * len([part for part in re.split(r",|\band\b|&", text) if part.strip()]):
            if names:
                break
            continue
        if names and last - row[0].y > 3 * height:
            break
        names += found
        last = row[0].y
    return tuple(dict.fromkeys(names))


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of a title page's head, from the top, by height on the page."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: -one.y)[:40]:
        if rows and abs(rows[-1][0].y - line.y) < 0.6 * max(line.height, rows[-1][0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _unmarked(line: Line) -> str:
    """Write a line with commas for raised marks and for the digits that follow a name."""
    text = "".join(run if level == 0 else ", " for run, level in line.runs)
    return re.sub(r"[\d*†‡§¶#]+(?:\s?,\s?[\d*†‡§¶#]+)*|(?<![\w.-])[a-z](?![\w.-])", ", ", text)


def _issue(page: str, subject: str) -> dict[str, str]:
    """Return venue, year, volume and first page or article number, as far as the page or the file's subject says them."""
    for text in (page, subject):
        for pattern in _ISSUES:
            found = pattern.search(text)
            if found:
                return {key: value.strip(" ,|") for key, value in found.groupdict().items() if value}
    return {}


def _year(page: str, info: Mapping[str, str], issue: Mapping[str, str]) -> int | None:
    stated = re.search(r"\byear: ((?:19|20)\d\d)\b", info.get("Keywords", ""))
    published = re.search(r"(?:published|available online)[^\n]{0,40}?\b((?:19|20)\d\d)\b", page, re.I)
    if stated or published:
        return int((stated or published).group(1))  # type: ignore[union-attr]
    if issue.get("year"):
        return int(issue["year"])
    for pattern in (
        r"accepted[^\n]{0,40}?\b((?:19|20)\d\d)\b",
        r"(?:©|\(c\)|copyright)\s*(?:the author\(s\)\s*)?((?:19|20)\d\d)",
        r"\b((?:19|20)\d\d),\s*\d+,",
    ):
        found = re.search(pattern, page, re.I)
        if found:
            return int(found.group(1))
    created = re.match(r"D:((?:19|20)\d\d)", info.get("CreationDate", ""))
    return int(created.group(1)) if created else None


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
    """Return the type a line of the page names, letter-spaced ones included."""
    lines = page.split("\n")
    spaced = [
        re.sub(r"(?<=[A-Z]) ", "", line) for line in lines if re.fullmatch(r"(?:[A-Z]{1,3} ){2,}[A-Z]{1,3}", line)
    ]
    return next((found for line in (*lines, *spaced) if len(line) < 40 and (found := article_type_of(line))), "")
