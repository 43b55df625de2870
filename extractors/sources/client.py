"""Ask over HTTP, politely: say who asks, keep to a rate, wait as told, try again, and never read without bounds.

The only module that speaks HTTP for literature sources. What a server sends is untrusted: its size, its time, its
redirects and the addresses it names are bounded here; its content is the caller's to check.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from random import Random
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from extractors.sources.addresses import refuse_private
from extractors.sources.cache import Cache
from extractors.sources.pacing import RETRIED, backoff, retry_after
from extractors.sources.plan import Limits
from extractors.sources.refusals import FailingError, MalformedError, RefusedError
from ontology.errors import SourceError

__all__ = ["Answer", "Client"]

T = TypeVar("T")
_REDIRECTS = 5
_WHOLE = 10  # times the seconds of a request until a whole response must be there


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a response: its body unpacked, its type without parameters in lower case."""

    address: str
    body: bytes
    media_type: str
    etag: str = ""
    modified: str = ""
    is_stored: bool = False


class _AgainError(Exception):
    """Say that an attempt failed in a way that another may not; ``wait`` is the seconds the server asks for."""

    def __init__(self, reason: str, *, wait: float | None = None, status: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.wait, self.status = reason, wait, status


@dataclass(slots=True)
class Client:
    """Hold the connections of a harvest; open it in a ``with`` block."""

    contact: str
    limits: Limits = field(default_factory=Limits)
    cache: Cache | None = None
    writes_cache: bool = True
    random: Random = field(default_factory=lambda: Random(0))
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    waiting: Callable[[str, float], None] | None = None  # told of every long wait
    rules: dict[str, RobotFileParser] = field(default_factory=dict)  # host -> what its robots.txt says
    _free: dict[str, float] = field(default_factory=dict)  # host -> when it may be asked again
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        agent = f"anodekg/{version('anodekg')} (literature graph of battery anodes; {self.contact or 'no contact'})"
        headers = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate"}
        if "@" in self.contact:
            headers["From"] = self.contact
        self._http = httpx.Client(headers=headers, timeout=self.limits.seconds, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(
        self,
        url: str,
        parse: Callable[[Answer], T],
        *,
        params: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        accept: str = "*/*",
        pause: float = 1.0,
        trusted: Collection[str] = (),
        admit: Callable[[str], None] | None = None,
    ) -> T:
        """Return a parsed response; what ``parse`` calls MalformedError is asked for again, as are failures that pass.

        ``pause`` is the least number of seconds between two requests to one host, ``trusted`` names hosts (with port)
        that may be on a private network, ``secrets`` are parameters kept out of messages and of the cache. ``admit``
        raises for an address that must not be asked; it sees each one, those of redirects too.
        """
        address = f"{url}?{urlencode(params)}" if params else url
        reason, status = "", 0
        for attempt in range(1, self.limits.attempts + 1):
            try:
                answer = self._once(
                    address, secrets=secrets or {}, accept=accept, pause=pause, trusted=trusted, admit=admit
                )
                parsed = parse(answer)
            except _AgainError as again:
                reason, wait, status = again.reason, again.wait, again.status
            except MalformedError as error:
                reason, wait, status = str(error), None, 0
                self._forget(address)
            else:
                self._keep(address, answer)
                return parsed
            if attempt < self.limits.attempts:
                self._wait(url, reason, backoff(attempt, self.random) if wait is None else wait)
        tries = "1 attempt" if self.limits.attempts == 1 else f"{self.limits.attempts} attempts"
        raise FailingError(f"{_shown(url)}: {reason} after {tries}; run again later", status=status)

    # --- inside -------------------------------------------------------------------------------------------------

    def _once(
        self,
        address: str,
        *,
        secrets: Mapping[str, str],
        accept: str,
        pause: float,
        trusted: Collection[str],
        admit: Callable[[str], None] | None,
    ) -> Answer:
        stored = self.cache.find(address) if self.cache else None
        headers = {"Accept": accept}
        if stored and stored[0].etag:
            headers["If-None-Match"] = stored[0].etag
        if stored and stored[0].modified:
            headers["If-Modified-Since"] = stored[0].modified
        url = address + (("&" if "?" in address else "?") + urlencode(secrets) if secrets else "")
        for _ in range(_REDIRECTS + 1):
            refuse_private(url, trusted=trusted)
            if admit is not None:
                admit(url)
            self._take_turn(url, pause)
            answer, onward = self._send(url, headers, address)
            if answer is not None:
                return answer
            if not onward:  # 304
                if stored is None:
                    raise _AgainError("was answered 304 to an unconditional request")
                head, body = stored
                return Answer(address, body, head.media_type, head.etag, head.modified, is_stored=True)
            url = onward
        raise RefusedError(f"{_shown(address)}: redirects more than {_REDIRECTS} times; leave it out")

    def _send(self, url: str, headers: Mapping[str, str], address: str) -> tuple[Answer | None, str]:
        """Return an answer, or the address a redirect leads to, or neither where the stored body holds."""
        try:
            with self._http.stream("GET", url, headers=dict(headers)) as response:
                if response.status_code == 304:
                    return None, ""
                if response.is_redirect:
                    return None, _joined(url, response.headers.get("location", ""))
                if response.status_code in RETRIED:
                    wait = retry_after(response.headers, now=self.now())
                    said = f"answered {response.status_code} {response.reason_phrase}".strip()
                    raise _AgainError(said, wait=wait, status=response.status_code)
                if response.status_code != 200:
                    raise _refusal(address, response.status_code)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                tags = response.headers.get("etag", ""), response.headers.get("last-modified", "")
                if "no-store" in response.headers.get("cache-control", ""):
                    tags = "", ""
                return Answer(address, self._body(response, address), kind, *tags), ""
        except httpx.InvalidURL as error:
            raise RefusedError(f"{_shown(address)}: is no address ({error}); leave it out") from None
        except httpx.TimeoutException:
            raise _AgainError(f"did not answer within {self.limits.seconds:g} s") from None
        except httpx.RequestError as error:
            said = " ".join(str(error).split())
            raise _AgainError(f"broke off ({type(error).__name__}{f': {said}' if said else ''})") from None

    def _body(self, response: httpx.Response, address: str) -> bytes:
        most = int(self.limits.megabytes * 1_000_000)
        until = self.clock() + self.limits.seconds * _WHOLE
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > most:
            raise self._too_large(address)
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > most:
                raise self._too_large(address)
            if self.clock() > until:
                raise _AgainError(f"was not whole within {self.limits.seconds * _WHOLE:g} s")
        return bytes(data)

    def _too_large(self, address: str) -> RefusedError:
        return RefusedError(
            f"{_shown(address)}: is larger than {self.limits.megabytes:g} MB; raise limits.megabytes to have it"
        )

    def _take_turn(self, url: str, pause: float) -> None:
        """Wait until the host may be asked again and reserve the time after."""
        host = urlsplit(url).netloc
        rest = self._free.get(host, 0.0) - self.clock()
        if rest > 0:
            self.sleep(rest)
        self._free[host] = self.clock() + pause

    def _wait(self, url: str, reason: str, seconds: float) -> None:
        if seconds > self.limits.longest_wait:
            raise SourceError(
                f"{_shown(url)}: {reason} and asks to wait {seconds:.0f} s; run again then, or raise limits.longest_wait"
            )
        if self.waiting:
            self.waiting(urlsplit(url).netloc, seconds)
        self.sleep(seconds)

    def _keep(self, address: str, answer: Answer) -> None:
        if self.cache and self.writes_cache and not answer.is_stored:
            self.cache.keep(
                address, answer.body, etag=answer.etag, modified=answer.modified, media_type=answer.media_type
            )

    def _forget(self, address: str) -> None:
        if self.cache and self.writes_cache:
            self.cache.keep(address, b"", etag="", modified="", media_type="")


def _refusal(address: str, status: int) -> RefusedError:
    remedies = {
        400: "check the terms of the search",
        401: "set the service's key_variable",
        403: "check contact and key_variable, or ask less often",
        404: "it is not there",
        410: "it is gone",
    }
    return RefusedError(f"{_shown(address)}: answered {status}; {remedies.get(status, 'leave it out')}", status=status)


def _joined(url: str, location: str) -> str:
    if not location:
        raise RefusedError(f"{_shown(url)}: redirects to nowhere; leave it out")
    try:
        onward = urljoin(url, location)
        scheme = urlsplit(onward).scheme
    except ValueError:
        raise RefusedError(f"{_shown(url)}: redirects to no address; leave it out") from None
    if scheme not in ("http", "https"):
        raise RefusedError(f"{_shown(url)}: redirects to {scheme}:, which is not followed; leave it out")
    return onward


def _shown(url: str) -> str:
    """Return an address for a message: without its parameters, which may be long."""
    return url.partition("?")[0]
