"""A literature service on loopback that replays responses of the documented shapes, faults included."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False  # close before the declared length is there
    drip: float = 0.0  # seconds between two bytes

    @classmethod
    def of_json(cls, value: Any, *, status: int = 200, packed: bool = False, **headers: str) -> Reply:
        body = json.dumps(value).encode()
        head = {"Content-Type": "application/json; charset=utf-8", **_named(headers)}
        return (
            cls(status, gzip.compress(body), head | {"Content-Encoding": "gzip"}) if packed else cls(status, body, head)
        )

    @classmethod
    def of(cls, body: bytes | str, kind: str, *, status: int = 200, **headers: str) -> Reply:
        data = body.encode() if isinstance(body, str) else body
        return cls(status, data, {"Content-Type": kind, **_named(headers)})


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True)
class Asked:
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


Answer = Callable[[Asked], Reply]


class Server:
    """Answer each path by its route; what was put before it by ``first`` is answered first."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.routes: dict[str, Answer] = {}
        self._before: defaultdict[str, deque[Reply]] = defaultdict(deque)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def route(self, path: str, answer: Answer | Reply) -> None:
        self.routes[path] = answer if callable(answer) else lambda asked: answer

    def first(self, path: str, *replies: Reply) -> None:
        self._before[path].extend(replies)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self._before[asked.path]:
            return self._before[asked.path].popleft()
        route = self.routes.get(asked.path)
        return route(asked) if route else Reply.of("Resource not found.", "text/plain", status=404)

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                reply = server._reply(Asked(parts.path, query, {k.lower(): v for k, v in self.headers.items()}))
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + (1000 if reply.cut else 0)))
                self.end_headers()
                self._write(reply)
                if reply.cut:
                    self.close_connection = True

            def _write(self, reply: Reply) -> None:
                try:
                    for piece in [reply.body] if not reply.drip else [bytes([byte]) for byte in reply.body]:
                        self.wfile.write(piece)
                        time.sleep(reply.drip)
                except OSError:  # the client had enough
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
