"""An endpoint of this machine over the small world of the conformance suite, hostile names included."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.endpoint import Endpoint, Limits
from kg.stores.oxigraph import OxigraphStore
from tests.conformance.world import update


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxigraphStore]:
    store = OxigraphStore(Path(tmp_path_factory.mktemp("endpoint")))
    store.apply(update())
    yield store
    store.close()


@contextmanager
def serving(source: OxigraphStore, *, origin: str = "", **limits: float) -> Iterator[str]:
    with Endpoint(("127.0.0.1", 0), source, limits=Limits(**limits), origin=origin) as server:  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def endpoint(source: OxigraphStore) -> Iterator[str]:
    with serving(source, rows=2_000, seconds=20.0) as url:
        yield url


Serve = Callable[..., str]


@pytest.fixture
def serve(source: OxigraphStore) -> Iterator[Serve]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(serving(source, **options))
