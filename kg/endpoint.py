"""Serve a library's RDF graph by the SPARQL 1.1 Protocol, read-only, on loopback.

An answer is made whole before its first byte is sent, so a cut one never looks complete: a query that takes too long,
gives too many rows or fails is an error of one line. Each query runs in a confined process of its own.
"""

from __future__ import annotations

import select
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any, Protocol

from kg.endpoint_request import Asked, RefusedError, check_place, read_request
from kg.negotiation import chosen
from kg.reading_only import query_form
from kg.result_formats import RESULT_FORMATS, boolean_result, write_result
from kg.service_description import service_description
from kg.stores.rdf_files import GRAPH_FORMATS, cells_to_file
from ontology.errors import AnodeError, QuestionError

__all__ = ["Endpoint", "Limits", "Source"]

_METHODS = "GET, HEAD, POST"
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_IN_MEMORY = 1 << 20  # bytes of an answer kept in memory; the rest waits in a temporary file


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what one client may take."""

    seconds: float = 30.0  # of one query
    rows: int = 100_000
    body: int = 1 << 20  # bytes of a request
    queries: int = 4  # at the same time
    wait: float = 5.0  # seconds for a free place
    connections: int = 64
    patience: float = 10.0  # seconds for the client to send its request


class Source(Protocol):
    """Answer SPARQL as a stream of columns, rows, and whether more rows were there."""

    def stream(
        self,
        text: str,
        *,
        max_rows: int,
        timeout: float,
        default_graphs: Sequence[str],
        named_graphs: Sequence[str],
        gone: Callable[[], bool],
    ) -> Iterator[Any]:
        """Ask; see :meth:`kg.stores.oxigraph.OxigraphStore.stream`."""
        ...


class Endpoint(ThreadingHTTPServer):
    """Listen for queries; ``origin`` is the one web origin that may read answers, "" for none."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], source: Source, *, limits: Limits, origin: str = "") -> None:
        self.source, self.limits, self.origin = source, limits, origin
        self.places = threading.BoundedSemaphore(limits.queries)
        self._connections = threading.BoundedSemaphore(limits.connections)
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """Return the address to send queries to."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_address[1]}/sparql"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, or say at once that there are too many."""
        if not self._connections.acquire(blocking=False):
            with request:
                request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one connection and give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Forgive clients that leave in the middle."""


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "anodekg", ""

    def setup(self) -> None:
        """Wait for a client so long and no longer."""
        self.request.settimeout(self.server.limits.patience)
        super().setup()

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name in ("do_GET", "do_HEAD", "do_POST"):
            return self._respond
        if name == "do_OPTIONS" and self.server.origin:
            return self._respond_before_asking
        if name.startswith("do_"):  # http.server would say 501 with a page of HTML
            refusal = RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, f"served are {_METHODS}", {"Allow": _METHODS})
            return lambda: self._fail(refusal)
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: queries may hold what their author wants nobody to read in a log."""

    def _respond(self) -> None:
        """Answer one request."""
        limits = self.server.limits
        try:
            check_place(self.path, self.headers.get("Host") or "localhost", url=self.server.url)
            asked = read_request(self.command, self.path, self.headers, self.rfile, most=limits.body)
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
                media_type = self._answer(asked, body)
                self._send(HTTPStatus.OK, media_type, body)
        except RefusedError as refused:
            self._fail(refused)
        except QuestionError as error:
            self._fail(RefusedError(HTTPStatus.BAD_REQUEST, str(error)))
        except AnodeError as error:
            self._fail(RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)))
        except TimeoutError:
            self._fail(RefusedError(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time"))

    def _respond_before_asking(self) -> None:
        """Tell a browser what a page of another origin may send."""
        headers = {"Access-Control-Allow-Methods": _METHODS, "Access-Control-Allow-Headers": "Content-Type, Accept"}
        self._head(HTTPStatus.NO_CONTENT, headers)

    def _answer(self, asked: Asked, body: IO[bytes]) -> str:
        """Write the answer and return its media type."""
        if not asked.query:
            media_type = self._wanted(tuple(GRAPH_FORMATS), {})
            triples = service_description(self.server.url)
            cells_to_file(([[s, ""], [p, ""], [o[1:-1], ""]] for s, p, o, _ in triples), body, media_type)
            return media_type
        form = query_form(asked.query)
        if form in ("construct", "describe"):
            media_type = self._wanted(tuple(GRAPH_FORMATS), {})
        else:
            media_type = self._wanted(tuple(RESULT_FORMATS), _ALIASES)
        limits = self.server.limits
        if not self.server.places.acquire(timeout=limits.wait):
            reason = f"{limits.queries} queries are running; try again in a moment"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, reason, {"Retry-After": "5"})
        try:
            self._run(asked, form, media_type, body)
        finally:
            self.server.places.release()
        return media_type

    def _wanted(self, offered: tuple[str, ...], aliases: Mapping[str, str]) -> str:
        accept = ",".join(self.headers.get_all("Accept") or ())
        media_type = chosen(accept, offered, aliases=aliases)
        if media_type is None:
            raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"this answer comes as {', '.join(offered)}")
        return media_type

    def _run(self, asked: Asked, form: str, media_type: str, body: IO[bytes]) -> None:
        limits = self.server.limits
        lines = self.server.source.stream(
            asked.query,
            max_rows=limits.rows,
            timeout=limits.seconds,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            gone=self._is_gone,
        )
        columns, rows = next(lines), self._rows(lines)
        if form == "ask":
            ((answer,),) = rows
            body.write(boolean_result(media_type, answer[0] == "true"))
        elif form in ("construct", "describe"):
            cells_to_file(rows, body, media_type)
        else:
            for piece in write_result(media_type, columns, rows):
                body.write(piece)

    def _rows(self, lines: Iterator[Any]) -> Iterator[Any]:
        for line in lines:
            if isinstance(line, list):
                yield line
            elif line:
                reason = f"the answer has more than {self.server.limits.rows} rows; add LIMIT or narrow the query"
                raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason)

    def _is_gone(self) -> bool:
        """Tell whether the client has hung up."""
        try:
            readable, _, _ = select.select([self.connection], [], [], 0)
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def _fail(self, refused: RefusedError) -> None:
        self.close_connection = True  # what the client still sends is not read
        line = " ".join(str(refused).split())[:500]
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            body.write(f"{line}\n".encode("utf-8", "replace"))
            self._send(refused.status, "text/plain", body, refused.headers)

    def _send(
        self, status: HTTPStatus, media_type: str, body: IO[bytes], headers: Mapping[str, str] | None = None
    ) -> None:
        length = body.tell()
        body.seek(0)
        kind = media_type if media_type.startswith("application/") else f"{media_type}; charset=utf-8"
        self._head(status, {"Content-Type": kind, "Content-Length": str(length), **(headers or {})})
        if self.command != "HEAD":
            while piece := body.read(1 << 16):
                self.wfile.write(piece)

    def _head(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Vary", "Accept, Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.server.origin and self.headers.get("Origin") == self.server.origin:
            self.send_header("Access-Control-Allow-Origin", self.server.origin)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
