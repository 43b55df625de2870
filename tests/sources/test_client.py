from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest

from extractors.sources.cache import Cache
from extractors.sources.client import Answer, Client
from extractors.sources.plan import Limits, ServiceSettings
from extractors.sources.refusals import RefusedError
from extractors.sources.service import Service
from ontology.errors import SourceError
from tests.sources.conftest import Clock
from tests.sources.server import Asked, Reply, Server

GOOD = Reply.of_json({"n": 1})


def body(answer: Answer) -> bytes:
    return answer.body


def ask(client: Client, server: Server, path: str = "/a", **options: object) -> bytes:
    host = server.base.removeprefix("http://")
    return client.get(server.base + path, body, trusted=(host,), **options)  # type: ignore[arg-type]


def test_client_says_who_asks(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", GOOD)
    ask(dial(), server)
    headers = server.asked[0].headers
    assert headers["user-agent"].startswith("anodekg/")
    assert "reader@example.org" in headers["user-agent"]
    assert headers["from"] == "reader@example.org"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_client_waits_as_long_as_the_server_asks(
    status: int, server: Server, dial: Callable[..., Client], clock: Clock
) -> None:
    server.route("/a", GOOD)
    server.first("/a", Reply.of("later", "text/plain", status=status, Retry_After="17"))
    assert ask(dial(), server) == GOOD.body
    assert 17.0 in clock.slept


def test_client_waits_until_an_http_date(server: Server, dial: Callable[..., Client], clock: Clock) -> None:
    when = datetime(2026, 11, 22, 12, 0, 40, tzinfo=UTC)
    server.route("/a", GOOD)
    server.first("/a", Reply(429, headers={"Retry-After": format_datetime(when, usegmt=True)}))
    client = dial()
    client.now = lambda: when - timedelta(seconds=40)
    ask(client, server)
    assert 40.0 in clock.slept


def test_client_leaves_a_server_that_asks_for_too_long(server: Server, dial: Callable[..., Client]) -> None:
    server.first("/a", Reply(429, headers={"Retry-After": "86400"}))
    with pytest.raises(SourceError, match=r"asks to wait 86400 s; run again then"):
        ask(dial(), server)
    assert len(server.asked) == 1


def test_client_backs_off_and_gives_up(server: Server, dial: Callable[..., Client], clock: Clock) -> None:
    server.route("/a", Reply(503))
    with pytest.raises(SourceError, match=r"answered 503 .* after 5 attempts; run again later"):
        ask(dial(), server, pause=0.0)
    assert len(server.asked) == 5
    assert all(most / 2 <= wait <= most for wait, most in zip(clock.slept, (1, 2, 4, 8), strict=True))


def test_client_backs_off_the_same_from_the_same_seed(
    server: Server, dial: Callable[..., Client], clock: Clock
) -> None:
    server.route("/a", Reply(503))
    runs = []
    for _ in range(2):
        clock.slept.clear()
        with pytest.raises(SourceError):
            ask(dial(), server, pause=0.0)
        runs.append(list(clock.slept))
    assert runs[0] == runs[1]


def test_client_tries_again_after_a_cut_connection(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", GOOD)
    server.first("/a", Reply(200, b'{"n":', {"Content-Type": "application/json"}, cut=True))
    assert ask(dial(), server) == GOOD.body


def test_client_tries_again_after_broken_packing(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", GOOD)
    server.first("/a", Reply(200, b"no gzip", {"Content-Encoding": "gzip"}))
    assert ask(dial(), server) == GOOD.body


def test_client_reports_a_server_that_is_not_there(server: Server, dial: Callable[..., Client]) -> None:
    client = dial(Limits(seconds=0.5, attempts=2))
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:9/a: broke off .* after 2 attempts"):
        client.get("http://127.0.0.1:9/a", body, trusted=("127.0.0.1:9",))


def test_client_waits_for_no_server_that_drips(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply(200, b"x" * 200, drip=0.01))
    client = dial(Limits(seconds=30, attempts=1))
    seconds = count(0, 50)
    client.clock = lambda: float(next(seconds))
    with pytest.raises(SourceError, match="was not whole within 300 s"):
        ask(client, server)


def test_client_keeps_to_a_rate_for_each_host(server: Server, dial: Callable[..., Client], clock: Clock) -> None:
    server.route("/a", GOOD)
    client = dial()
    for _ in range(4):
        ask(client, server, pause=3.0)
    assert clock.now == pytest.approx(9.0)


def tagged(asked: Asked) -> Reply:
    if asked.headers.get("if-none-match") == '"v1"':
        return Reply(304)
    return Reply.of(b"whole", "text/plain", ETag='"v1"')


def test_client_proves_what_it_has_by_etag(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", tagged)
    assert [ask(dial(), server), ask(dial(), server)] == [b"whole", b"whole"]
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"v1"']


def test_client_proves_what_it_has_by_date(server: Server, dial: Callable[..., Client]) -> None:
    date = "Sun, 22 Nov 2026 00:00:30 GMT"
    server.route(
        "/a",
        lambda asked: Reply(304) if asked.headers.get("if-modified-since") == date else _dated(date),
    )
    assert [ask(dial(), server), ask(dial(), server)] == [b"whole", b"whole"]


def _dated(date: str) -> Reply:
    return Reply.of(b"whole", "text/plain", Last_Modified=date)


def test_client_asks_in_full_where_its_copy_is_damaged(
    server: Server, dial: Callable[..., Client], tmp_path: Path
) -> None:
    server.route("/a", tagged)
    ask(dial(), server)
    next((tmp_path / "cache").rglob("*.body")).write_bytes(b"other")
    assert ask(dial(), server) == b"whole"
    assert server.asked[-1].headers.get("if-none-match") is None


def test_cache_forgets_what_is_not_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep("http://a/", b"x", etag="1", modified="", media_type="")
    assert cache.prune(days=1) == 0
    assert cache.prune(days=-1) == 1
    assert cache.find("http://a/") is None


def test_client_refuses_bodies_beyond_the_limit(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply.of(b"x" * 200_000, "text/plain"))
    with pytest.raises(RefusedError, match=r"is larger than 0\.1 MB; raise limits\.megabytes"):
        ask(dial(Limits(megabytes=0.1)), server)


def test_client_counts_bytes_unpacked(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply.of_json("x" * 5_000_000, packed=True))
    with pytest.raises(RefusedError, match="is larger than"):
        ask(dial(Limits(megabytes=0.1)), server)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)", "gopher://x/"])
def test_client_follows_no_redirect_to_another_scheme(target: str, server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply(302, headers={"Location": target}))
    with pytest.raises(RefusedError, match=r"which is not followed|is no address"):
        ask(dial(), server)


def test_client_follows_redirects_and_stops_in_a_circle(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply(302, headers={"Location": "/b"}))
    server.route("/b", GOOD)
    assert ask(dial(), server) == GOOD.body
    server.route("/b", Reply(301, headers={"Location": "/a"}))
    with pytest.raises(RefusedError, match="redirects more than 5 times"):
        ask(dial(), server)


@pytest.mark.parametrize(
    "url", ["http://localhost/a", "http://127.0.0.1:1/a", "http://10.1.2.3/", "http://169.254.169.254/latest", "x"]
)
def test_client_visits_no_private_place_a_record_names(url: str, dial: Callable[..., Client]) -> None:
    with pytest.raises(RefusedError, match=r"private network|no web address"):
        dial().get(url, body)


def test_client_visits_no_private_place_a_redirect_names(server: Server, dial: Callable[..., Client]) -> None:
    server.route("/a", Reply(302, headers={"Location": "http://127.0.0.1:1/inside"}))
    with pytest.raises(RefusedError, match="private network"):
        ask(dial(), server)


@pytest.mark.parametrize(
    ("body", "kind", "wrong"),
    [
        (b'{"n":', "application/json", "broken JSON"),
        (b"[1]", "application/json", "JSON that is no object"),
        (b"<html>sign in</html>", "text/html", "a web page instead of JSON"),
        (b"[" * 100_000, "application/json", "broken JSON"),
    ],
)
def test_service_asks_again_for_malformed_json(
    body: bytes, kind: str, wrong: str, server: Server, service: Callable[..., Service]
) -> None:
    asked = service("crossref")
    server.route("/crossref/works", Reply.of_json({"status": "ok"}))
    server.first("/crossref/works", Reply.of(body, kind))
    assert asked.json("/works", {}) == {"status": "ok"}
    server.route("/crossref/works", Reply.of(body, kind))
    with pytest.raises(SourceError, match=wrong):
        asked.json("/works", {})


def test_service_reads_no_entities_of_strangers(server: Server, service: Callable[..., Service]) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><feed>&c;</feed>'
    server.route("/arxiv/api/query", Reply.of(bomb, "application/atom+xml"))
    with pytest.raises(SourceError, match="broken XML"):
        service("arxiv").xml("/api/query", {})


def test_service_keeps_its_key_out_of_messages_and_cache(
    server: Server, service: Callable[..., Service], tmp_path: Path
) -> None:
    server.route("/openalex/works", Reply.of_json({"results": []}, ETag="1"))
    service("openalex").json("/works", {"search": "x"}, secrets={"api_key": "hush"})
    assert server.asked[0].query["api_key"] == "hush"
    assert not any(b"hush" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    server.route("/openalex/works", Reply(401))
    with pytest.raises(RefusedError) as caught:
        service("openalex").json("/works", {"search": "x"}, secrets={"api_key": "hush"})
    assert "hush" not in str(caught.value)
    assert "key_variable" in str(caught.value)


def test_service_wants_the_key_it_is_told_of(dial: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with pytest.raises(SourceError, match="NO_SUCH_KEY is not set"):
        Service.of("openalex", dial(), ServiceSettings(key_variable="NO_SUCH_KEY"), base="http://x", pause=1)
