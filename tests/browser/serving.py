"""Start the real server on a free port, and read what it said where it does not come up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_START = 60.0  # seconds a cold server may take


@contextmanager
def served(library: Path, folder: Path, *options: str) -> Iterator[str]:
    """Serve a library as a person would, and yield the address; ``folder`` takes the log and the user's state."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = folder / "serve.log"
    command = [sys.executable, "-m", "app.cli", "serve", "--library", str(library), "--port", str(port), *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "XDG_STATE_HOME": str(folder / "state")}
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment
        ) as server,
    ):
        try:
            if not wait_for(port, server):
                pytest.fail(f"anodekg serve does not answer: {log.read_text(encoding='utf-8')}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Say whether a server comes up at a port."""
    end = time.monotonic() + _START
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False
