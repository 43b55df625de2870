"""Fetch Neo4j's jars from Maven once, and run the server on loopback for as long as a ``with`` block lasts."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_dir

VERSION = "5.26.0"  # as in pom.xml
_HERE = Path(__file__).parent
_JARS = Path(user_cache_dir("anodekg-neo4j")) / VERSION
_FETCH_TIMEOUT, _START_TIMEOUT = 900.0, 120.0  # seconds


def missing_tool() -> str:
    """Return a program that is missing to run the server, "" for none; Maven is needed only to fetch jars."""
    wanted = ("java",) if _JARS.is_dir() else ("java", "mvn")
    return next((tool for tool in wanted if shutil.which(tool) is None), "")


def fetch() -> Path:
    """Return the folder of the jars, fetched by Maven where it is not there yet."""
    if not _JARS.is_dir():
        _JARS.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=_JARS.parent))
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft}"]
        command = ["mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), *goal]
        subprocess.run(command, check=True, timeout=_FETCH_TIMEOUT, stdin=subprocess.DEVNULL)
        draft.rename(_JARS)
    return _JARS


@contextmanager
def running() -> Iterator[str]:
    """Run a fresh server and yield its Bolt address; it ends with us, for it watches its standard input."""
    jars, home = fetch(), Path(tempfile.mkdtemp(prefix="anodekg-neo4j-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["java", "-Xmx1g", "-cp", f"{jars}/*", str(_HERE / "Start.java"), str(home), str(port)]
    with (home / "out.log").open("wb") as log:
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(server, home / "out.log")
        yield f"bolt://127.0.0.1:{port}"
    finally:
        server.communicate(timeout=60)  # closes its standard input
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_TIMEOUT
    while time.monotonic() < end:
        said = log.read_text(errors="replace")
        if "READY" in said:
            return
        if server.poll() is not None:
            raise RuntimeError(f"the Neo4j server ended by itself:\n{said[-2000:]}")
        time.sleep(0.2)
    raise RuntimeError(f"the Neo4j server was not ready after {_START_TIMEOUT:g} s")
