"""Read a request of the SPARQL 1.1 Protocol, or say by an HTTP status why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from io import BufferedIOBase
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

from kg.reading_only import check_sparql
from ontology.errors import AnodeError, QuestionError

__all__ = ["Asked", "RefusedError", "check_place", "read_request"]

PATHS = ("/sparql", "/query", "/")
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class RefusedError(AnodeError):
    """Say no by an HTTP status and one line."""

    def __init__(self, status: HTTPStatus, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.headers = status, headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a query that only reads; "" asks what the service is."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def check_place(path: str, host: str, *, url: str) -> None:
    """Raise RefusedError unless path and host are ours.

    A page of the web may point a name of its own at this machine; what it then asks names that host.
    """
    if urlsplit(path).path not in PATHS:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"nothing is here; queries go to {url}")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name not in _LOOPBACK:
        raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, f"this is no {name!r:.80}; queries go to {url}")


def read_request(method: str, path: str, headers: Message, body: BinaryIO | BufferedIOBase, *, most: int) -> Asked:
    """Return what a GET, HEAD or POST asks; at most so many bytes are read."""
    direct = None
    text = urlsplit(path).query
    if method == "POST":
        kind, sent = headers.get_content_type(), _body(headers, body, most)
        if kind == _QUERY:
            direct = sent
        else:
            text = sent
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"the request is no well-formed query ({error})") from None
    queries = fields.get("query", []) if direct is None else [direct]
    if "update" in fields:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "this endpoint only reads; it takes no update")
    if method != "POST" and not fields:
        return Asked("")
    if len(queries) != 1:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"send exactly one query, not {len(queries)}")
    try:
        check_sparql(queries[0])
    except QuestionError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from None
    graphs = (tuple(fields.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Asked(queries[0], *graphs)


def _body(headers: Message, body: BinaryIO | BufferedIOBase, most: int) -> str:
    if headers.get_content_type() not in (_FORM, _QUERY):
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send a query as {_QUERY} or {_FORM}")
    length = str(headers.get("Content-Length", ""))
    if not length.isdecimal():
        raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "say how long the request is (Content-Length)")
    if int(length) > most:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request may hold {most} bytes, not {length}")
    data = body.read(int(length))
    if len(data) < int(length):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the request was cut short")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the request is not UTF-8") from None
