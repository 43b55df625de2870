"""Fetch a full text that its licence leaves open, and check that it is one."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.readers.files import Source as Bytes
from extractors.readers.sniff import detect
from extractors.sandbox import read_guarded
from extractors.sources.client import Answer
from extractors.sources.licences import is_open
from extractors.sources.records import Link, Record
from extractors.sources.refusals import MalformedError, RefusedError
from extractors.sources.robots import obey
from extractors.sources.service import Service
from ontology.errors import ReadError, SourceError

__all__ = ["fetch", "may_fetch"]

_FORMATS = {"xml": ("elsevier", "jats", "tei"), "html": ("html",), "pdf": ("pdf",)}
_ACCEPT = {
    "xml": "application/xml, text/xml",
    "html": "text/html, application/xhtml+xml",
    "pdf": "application/pdf",
}
_NAMES = {"html": "a web page", "xml": "XML", "pdf": "PDF"}
_LEAST = 3000  # characters of a page's paragraphs, its abstract apart, below which it shows no paper
_PAUSE = 1.0  # seconds between two full texts of one publisher, unless its service asks for more


def may_fetch(record: Record, licences: Collection[str]) -> bool:
    """Say whether there is a full text and its licence is among those allowed."""
    return bool(record.links) and is_open(record.licence, allowed=licences)


def fetch(record: Record, service: Service) -> tuple[Link, bytes]:
    """Return the first full text that can be had and the link it came from.

    Raises RefusedError where none will ever come of these links, another SourceError where one may come later.
    """
    refused: list[str] = []
    passing: list[str] = []
    for link in record.links:
        try:
            return link, _one(link, service)
        except RefusedError as error:
            refused.append(str(error))
        except SourceError as error:
            passing.append(str(error))
    if passing:
        raise SourceError(passing[0])
    raise RefusedError(refused[0])


def _one(link: Link, service: Service) -> bytes:
    def checked(answer: Answer) -> bytes:
        if not answer.body.strip():
            raise MalformedError("sent nothing")
        try:
            found = detect(Bytes(Path(f"full-text.{link.kind}"), answer.body))
        except ReadError:
            found = "something else"
        if found not in _FORMATS[link.kind]:
            what, wanted = _NAMES["html"] if found == "html" else found, _NAMES[link.kind]
            raise RefusedError(f"{link.url.partition('?')[0]}: sent {what} instead of {wanted}; leave it out")
        if found == "html" and not _is_whole(answer.body):
            raise RefusedError(
                f"{link.url.partition('?')[0]}: shows no whole paper, at most its abstract; leave it out"
            )
        return answer.body

    own = link.url.startswith(service.base)
    return service.client.get(
        link.url,
        checked,
        accept=_ACCEPT[link.kind],
        pause=service.pause if own else max(service.pause, _PAUSE),
        trusted=service.trusted,
        admit=partial(obey, service=service) if link.kind == "html" else None,
    )


def _is_whole(page: bytes) -> bool:
    """Say whether a web page holds a paper's text; a child process reads it, under limits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        try:
            document = read_guarded(path)
        except ReadError:
            return False
    shown = [
        block for block in document.blocks if block.kind in ("paragraph", "list_item") and block.role != "abstract"
    ]
    return sum(end - start for block in shown for start, end in block.pieces) >= _LEAST
