"""Time the pages in a real Chromium: ``uv run python -m tests.benchmarks.pages [--library DIR | --assertions N]``.

First useful paint is when the page shows what it is for; an interaction ends when the page has run and its result
stands. A first opening of a library version fills the caches that all later sessions share; both are timed. Every paint
begins in a fresh profile, so that it fetches and compiles the page's scripts; "bare" is a Streamlit page of one line,
timed in turn with each of ours: below it nothing can go.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from app.demo import build_demo
from tests.benchmarks.generated import generated_library
from tests.browser.conftest import FLAGS
from tests.browser.serving import served, wait_for

_PATIENCE = 180_000  # milliseconds


class Paint(NamedTuple):
    """Name a view, its address, and what has to stand before it is of use."""

    name: str
    link: str
    shown: str


class Deed(NamedTuple):
    """Name an interaction, where it begins, what is done, and what has to stand after it."""

    name: str
    link: str
    ready: str
    act: Callable[[Page], None]
    shown: str


_BARE = 'import streamlit\nstreamlit.html("<p class=bare>bare</p>")\n'

PAINTS = (
    Paint("Ask", "/", "button:has-text('SEI strategies')"),
    Paint("Answer", "/?q=Is+FEC+double-edged%3F", "article.ak-answer, .ak-empty"),
    Paint("Matrix", "/matrix", "[data-testid=stDataFrame] canvas"),
    Paint("Strategy", "/strategy", "section[aria-label=Gains] li, section[aria-label=Costs] li"),
    Paint("Trade-offs", "/trade-offs", "figure mark"),
    Paint("Evidence", "/evidence", "figure mark"),
    Paint("Measurements", "/measurements", "figure .ak-sentence"),
    Paint("Library", "/library", "[data-testid=stDataFrame] canvas"),
    Paint("Console", "/console", "textarea"),
)


def _ask(page: Page) -> None:
    box = page.get_by_role("combobox", name="Question")
    box.fill("Which strategies help calendar life?")
    box.press("Enter")


def _choose(page: Page, name: str, role: str = "radio") -> None:
    page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


DEEDS = (
    Deed("ask a question", "/", "button:has-text('SEI strategies')", _ask, "article.ak-answer"),
    Deed("matrix by failure modes", "/matrix", "canvas", lambda page: _choose(page, "failure modes"), "canvas"),
    Deed("evidence: one sign", "/evidence", "figure mark", lambda page: _sign(page), "figure mark"),
    Deed("trade-offs: two metrics", "/trade-offs", "figure mark",
         lambda page: _choose(page, "Two metrics", "tab"), "[data-testid=stVegaLiteChart]"),
    Deed("strategy: mechanism", "/strategy", "section[aria-label=Gains]",
         lambda page: _choose(page, "Mechanism", "tab"), ".stGraphVizChart svg"),
    Deed("strategy: partners and gaps", "/strategy", "section[aria-label=Gains]",
         lambda page: _choose(page, "Partners and gaps", "tab"), "h3:has-text('Gaps')"),
)  # fmt: skip


def _sign(page: Page) -> None:
    page.get_by_role("button", name="− detrimental").first.click()


def _done(page: Page, shown: str) -> None:
    page.locator(shown).first.wait_for(state="visible", timeout=_PATIENCE)
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for(timeout=_PATIENCE)


def paint(browser: Browser, address: str, view: Paint) -> float:
    """Return the seconds from an address to what the view is for, in a fresh window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address + view.link)
    page.locator(view.shown).first.wait_for(state="visible", timeout=_PATIENCE)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def interaction(browser: Browser, address: str, deed: Deed) -> float:
    """Return the seconds from a deed to its result."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + deed.link)
    _done(page, deed.ready)
    start = time.perf_counter()
    deed.act(page)
    page.wait_for_timeout(20)
    _done(page, deed.shown)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


@contextmanager
def bare_page(folder: Path) -> Iterator[str]:
    """Serve a page of one line, and yield its address."""
    script = folder / "bare.py"
    script.write_text(_BARE, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = ("--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1",
               "--server.fileWatcherType=none", "--browser.gatherUsageStats=false")  # fmt: skip
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def rows(address: str, bare: str, *, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Yield for each view and deed the seconds of the first time and of the best later one."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    plain = Paint("bare", "/", "p.bare")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for view in PAINTS:
            bares, times = [], []
            for _ in range(rounds + 1):
                bares.append(paint(browser, bare, plain))
                times.append(paint(browser, address, view))
            yield f"paint: {view.name}", times[0], min(times[1:])
            yield "  a bare page, in turn", bares[0], min(bares[1:])
        for deed in DEEDS:
            times = [interaction(browser, address, deed) for _ in range(rounds + 1)]
            yield deed.name, times[0], min(times[1:])
        browser.close()


def main() -> None:
    """Serve a library, time its pages and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pages", description=__doc__)
    parser.add_argument("--library", type=Path, help="a library that is there already")
    parser.add_argument("--assertions", type=int, default=0, help="generate so many; 0 takes the bundled samples")
    parser.add_argument("--rounds", type=int, default=3, help="later rounds of which the best counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = options.library
        if library is None and options.assertions:
            library = generated_library(Path(folder) / "library", assertions=options.assertions)
        elif library is None:
            library = Path(folder) / "library"
            build_demo(library)
        sys.stdout.write(f"{'':30}  first (s)  later (s)\n")
        with served(library, Path(folder)) as address, bare_page(Path(folder)) as bare:
            for name, first, later in rows(address, bare, rounds=options.rounds):
                sys.stdout.write(f"{name:30}  {first:9.2f}  {later:9.2f}\n")
                sys.stdout.flush()
    load = os.getloadavg()[1]
    sys.stdout.write(f"load of the machine over five minutes: {load:.1f} on {os.cpu_count()} cores\n")


if __name__ == "__main__":
    main()
