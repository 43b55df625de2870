"""Read an untrusted file in a process of its own, under limits of time and memory; the document comes back as a value.

One child serves all files of this process: a file costs about a millisecond more than reading it here. A child that a
file kills, or that passes a limit, is replaced; the file gets a one-line ReadError that names the limit.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

from extractors.sandbox_wire import receive, send, unpack
from ontology.errors import ReadError
from ontology.model import Document

__all__ = ["MEGABYTES", "SECONDS", "read_guarded"]

SECONDS = 60.0  # of wall-clock and CPU time a file; a 600-page book takes some ten
MEGABYTES = 2000  # of address space, the interpreter and its libraries (about 300) included
_MOST = 1 << 30  # bytes of an answer
_START = 120.0  # seconds a child may take to start on a busy machine


class _Child:
    """Hold the reading process and the limit it was started with."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes
        self.owner = os.getpid()
        self.late = False
        self.started = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "extractors.sandbox_worker", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, path: Path, seconds: float) -> bytes:
        """Return the child's answer; raise EOFError where it dies, of itself or of the clock."""
        pipe = cast(BinaryIO, self._process.stdout)
        if not self.started:
            self._watched(pipe, _START)
            self.started = True
        request = json.dumps([os.fspath(path), str(Path.cwd()), seconds])
        try:
            send(cast(BinaryIO, self._process.stdin), request.encode("ascii"))
        except BrokenPipeError:
            raise EOFError from None
        return self._watched(pipe, seconds)

    def _watched(self, pipe: BinaryIO, seconds: float) -> bytes:
        clock = threading.Timer(seconds, self._expire)
        clock.daemon = True
        clock.start()
        try:
            return receive(pipe, most=_MOST)
        finally:
            clock.cancel()
            clock.join()  # a clock about to strike must not strike the next file

    def _expire(self) -> None:
        self.late = True
        self._process.kill()

    def close(self) -> int:
        """End the process and return its status; a negative one is the signal that killed it."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                cast(BinaryIO, pipe).close()
            except BrokenPipeError:
                continue
        try:
            return self._process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class _Nursery:
    """Keep one child at work, and start its successor as soon as it falls."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._child: _Child | None = None

    def child(self, megabytes: int) -> _Child:
        """Return a living child of this very process with this limit."""
        child = self._child
        if child is None or child.megabytes != megabytes or child.owner != os.getpid():
            self.close()
            child = self._child = _Child(megabytes)
        return child

    def replace(self) -> int:
        """End the child, start the next one, and return how the first ended."""
        fallen = cast(_Child, self._child)
        status = fallen.close()
        self._child = _Child(fallen.megabytes)
        return status

    def close(self) -> None:
        """End the child; one that belongs to a parent process is left to it."""
        child, self._child = self._child, None
        if child is not None and child.owner == os.getpid():
            child.close()


_NURSERY = _Nursery()
atexit.register(_NURSERY.close)


def read_guarded(path: Path, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Document:
    """Read a file as ``read`` does, in a child process limited to ``seconds`` a file and ``megabytes`` in all.

    Raises ReadError in one line for what cannot be read, for a limit that was passed, and where the file kills the
    process that reads it. Threads take turns; a forked process starts a child of its own.
    """
    with _NURSERY.lock:
        child = _NURSERY.child(megabytes)
        try:
            answer = child.ask(path, seconds)
        except EOFError:
            status = _NURSERY.replace()
            raise _fallen(path, child, status, seconds) from None
        except BaseException:  # interrupted between question and answer: the next file must not get this one's
            _NURSERY.replace()
            raise
        kind, body = answer[:1], answer[1:]
        if kind == b"M" or child.late:
            _NURSERY.replace()
        if kind == b"M":
            raise _error(path, f"needs more than {megabytes} MB to read", "raise the limit or split it")
    if kind == b"E":
        raise ReadError(" ".join(body.decode("utf-8").split()))
    if kind == b"B":
        raise _error(path, f"makes its reader fail ({' '.join(body.decode('utf-8').split())})", "report the file")
    return unpack(body)


def _fallen(path: Path, child: _Child, status: int, seconds: float) -> ReadError:
    if not child.started:
        wrong = f"the process that reads it does not start within {child.megabytes} MB"
        return _error(path, wrong, "raise the memory limit")
    if child.late:
        return _error(path, f"takes longer than {seconds:g} s to read", "raise the limit or split it")
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return _error(path, f"ends the process that reads it ({how})", "download it again, or raise the memory limit")


def _error(path: Path, wrong: str, remedy: str) -> ReadError:
    name = str(path).encode("unicode_escape").decode("ascii") if not str(path).isprintable() else str(path)
    return ReadError(f"{name}: {wrong}; {remedy}.")
