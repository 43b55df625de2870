"""Keep to what a site's robots.txt asks of programs that fetch its web pages (RFC 9309)."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from extractors.sources.client import Answer
from extractors.sources.refusals import RefusedError
from extractors.sources.service import Service

__all__ = ["obey"]

_AGENT = "anodekg"
_MOST = 500_000  # bytes of a robots.txt that are looked at
_FILE = "/robots.txt"


def obey(url: str, *, service: Service) -> None:
    """Raise RefusedError for a page its site closes to programs; a site without such a file closes nothing.

    Each site is asked once a harvest. Raises another SourceError where the site does not answer: it may later.
    """
    parts = urlsplit(url)
    rules = service.client.rules
    if parts.netloc not in rules:
        rules[parts.netloc] = _rules(f"{parts.scheme}://{parts.netloc}{_FILE}", service)
    if not rules[parts.netloc].can_fetch(_AGENT, url):
        raise RefusedError(f"{url.partition('?')[0]}: is closed to programs by {parts.netloc}{_FILE}; leave it out")


def _rules(address: str, service: Service) -> RobotFileParser:
    try:
        lines = service.client.get(address, _lines, accept="text/plain", pause=service.pause, trusted=service.trusted)
    except RefusedError:
        lines = []
    rules = RobotFileParser()
    rules.parse(lines)
    return rules


def _lines(answer: Answer) -> list[str]:
    return answer.body[:_MOST].decode("utf-8", "replace").splitlines()
