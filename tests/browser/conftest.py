"""A real Chromium on the real server, with nothing of the network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.serving import served

# Without these Chromium looks for its maker's hosts at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # two shared cores are slow at times
_VIEW: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser(in_ci: bool) -> Iterator[Browser]:
    """Start Chromium; where it is missing skip, but fail in CI."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        (pytest.fail if in_ci else pytest.skip)(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(sample_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample library, which nobody writes to, and return its address."""
    with served(sample_library, tmp_path_factory.mktemp("serve")) as url:
        yield url


@pytest.fixture(scope="session")
def own_library(sample_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sample library for tests that write to it."""
    folder = tmp_path_factory.mktemp("own") / "library"
    shutil.copytree(sample_library, folder)
    return folder


@pytest.fixture(scope="session")
def own_address(own_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a library that the page may curate, and return its address."""
    with served(own_library, tmp_path_factory.mktemp("serve-own"), "--curator", "tester") as url:
        yield url


Open = Callable[..., Page]


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Keep one profile a colour scheme, so that the page's scripts are fetched and compiled once."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    made: dict[str, BrowserContext] = {
        scheme: browser.new_context(color_scheme=scheme, viewport=_VIEW, accept_downloads=True) for scheme in schemes
    }
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def open_page(profiles: dict[str, BrowserContext]) -> Iterator[Open]:
    """Open windows on addresses; any request that leaves this machine fails the test."""
    outward: list[str] = []
    with ExitStack() as stack:

        def opened(url: str, *, scheme: str = "light") -> Page:
            window = profiles[scheme].new_page()
            stack.callback(window.close)
            host = "/".join(url.split("/")[:3])
            local = (host, host.replace("http", "ws", 1), "data:", "blob:")
            window.on("request", lambda sent: None if sent.url.startswith(local) else outward.append(sent.url))
            window.set_default_timeout(30_000)
            window.goto(url)
            return window

        yield opened
    assert outward == []


@pytest.fixture(params=["light", "dark"])
def page(open_page: Open, address: str, request: pytest.FixtureRequest) -> Page:
    """Open a fresh window on the landing page, light and dark."""
    return open_page(address, scheme=request.param)


@pytest.fixture
def window(open_page: Open, address: str) -> Page:
    """Open a fresh window on the landing page."""
    return open_page(address)
