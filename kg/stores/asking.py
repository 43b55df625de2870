"""Put a query that people wrote to a worker process of its own, under limits of time, memory and size."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from types import ModuleType
from typing import IO, Any

from kg.stores import confined
from ontology.errors import StoreError

__all__ = ["EngineError", "asked", "collected"]

_START = 30.0  # seconds until a worker must have opened its store
_LARGEST = 256 << 20  # bytes of one answer
_WATCH = 0.2  # seconds between two looks at whether the asker is still there


class EngineError(Exception):
    """Carry what an engine says against a query, as ``Class: reason``."""


def asked(
    worker: ModuleType,
    request: Mapping[str, Any],
    *,
    timeout: float,
    grace: float = 0.0,
    gone: Callable[[], bool] = lambda: False,
) -> Iterator[Any]:
    """Yield the columns, then rows, then whether more rows were there; the worker never outlives this.

    The seconds count from when the store is open; the grace is for an engine that stops by itself. ``gone`` is asked
    now and then whether nobody waits any more.
    """
    command = [sys.executable, "-I", str(confined.__file__), str(worker.__file__)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        watch = _Watch(process, timeout, grace, gone)
        try:
            yield from _lines(process, request, watch)
        finally:
            watch.stop()
            process.kill()


def collected(lines: Iterator[Any], max_rows: int) -> tuple[list[str], list[Any], bool]:
    """Return the columns, at most so many rows, and whether there were more, of an engine asked in this process."""
    columns, rows = next(lines), list(islice(lines, max_rows))
    return columns, rows, next(lines, None) is not None


class _Watch:
    """Kill a process when its time is up or nobody waits for it any more."""

    def __init__(
        self, process: subprocess.Popen[bytes], timeout: float, grace: float, gone: Callable[[], bool]
    ) -> None:
        self.reason = ""
        self._process, self._timeout, self._grace, self._gone = process, timeout, grace, gone
        self._done, self._deadline = threading.Event(), time.monotonic() + _START
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ready(self) -> None:
        """Count from now on."""
        self._deadline = time.monotonic() + self._timeout + self._grace

    def stop(self) -> None:
        """End the watch."""
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(min(_WATCH, max(0.0, self._deadline - time.monotonic()))):
            if time.monotonic() >= self._deadline:
                self.reason = f"the query took longer than {self._timeout:g} s; narrow it or raise the limit"
            elif self._gone():
                self.reason = "nobody waits for the answer any more"
            if self.reason:
                self._process.kill()
                return


def _lines(process: subprocess.Popen[bytes], request: Mapping[str, Any], watch: _Watch) -> Iterator[Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError), process.stdin as stream:  # where it died at once, its silence tells
        stream.write(json.dumps(request).encode("ascii"))
    for line in _within(process.stdout, _LARGEST):
        found = json.loads(line) if line.endswith(b"\n") else None
        if not isinstance(found, dict):
            if found is None:
                break
            yield found
        elif "ready" in found:
            watch.ready()
        elif "columns" in found:
            yield found["columns"]
        elif "truncated" in found:
            yield found["truncated"]
            return
        else:
            raise EngineError(found["error"])
    raise StoreError(watch.reason or "the query ran out of memory or made its engine crash; narrow it")


def _within(stream: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield the lines of a stream; raise StoreError once they are larger than allowed."""
    left = most
    while line := stream.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise StoreError(f"the answer is larger than {most >> 20} MB; ask for less")
        yield line
