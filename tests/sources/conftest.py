from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from extractors import harvest, read_plan
from extractors.sources.cache import Cache
from extractors.sources.client import Client
from extractors.sources.plan import Limits, ServiceSettings
from extractors.sources.records import Harvest
from extractors.sources.service import Service
from tests.sources.plans import Go, query_file
from tests.sources.server import Server

Dial = Callable[..., Client]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dial(tmp_path: Path, clock: Clock) -> Iterator[Dial]:
    opened: list[Client] = []

    def make(limits: Limits | None = None, *, contact: str = "reader@example.org", cached: bool = True) -> Client:
        client = Client(
            contact,
            limits or Limits(seconds=30.0),
            Cache(tmp_path / "cache") if cached else None,
            random=Random(1),
            sleep=clock.sleep,
            clock=clock,
        )
        opened.append(client.__enter__())
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def service(dial: Dial, server: Server) -> Callable[..., Service]:
    def make(name: str, *, key: str = "") -> Service:
        found = Service.of(name, dial(), ServiceSettings(), base=f"{server.base}/{name}", pause=0.0)
        return Service(found.name, found.client, found.base, found.pause, key)

    return make


@pytest.fixture
def go(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Go:
    monkeypatch.setattr("extractors.sources.full_text._PAUSE", 0.0)
    monkeypatch.setattr("extractors.sources.pacing._FIRST", 0.01)

    def run(*sources: str, more: str = "", check: str = "false", into: str = "fetched", **options: object) -> Harvest:
        plan = read_plan(query_file(tmp_path, server.base, *sources, more=more, check=check))
        return harvest(plan, tmp_path / into, **options)  # type: ignore[arg-type]

    return run
