"""Hand papers to processes: here, or on a Dask cluster; outcomes come back in the order of the papers.

One thread for each process waits for its answers. A process that dies with a paper is replaced and the paper tried once
more; if that one dies too, the paper is what kills them.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import BinaryIO, Protocol, TypeVar, cast

from app.reading import Outcome, Task, late, process, versions
from ontology.errors import StoreError

T = TypeVar("T")
AHEAD = 4  # papers a worker that may wait for a slow one before them
_GRACE = 30.0  # seconds beyond its own limits after which a process is taken for hung
_TRIES = 2


class Pending(Protocol):
    """Stand for an outcome that may not be there yet."""

    def result(self) -> Outcome:
        """Wait for the outcome."""
        ...


Submit = Callable[[Task], Pending]


@contextmanager
def crew(workers: int, dask: str = "") -> Iterator[tuple[Submit, int]]:
    """Yield a function that submits tasks, and how many to submit ahead of the one that is waited for."""
    if dask:
        with import_module("app.workers_dask").cluster(dask) as (submit, ahead):
            yield submit, ahead
    elif workers > 1:
        crew = Crew(workers)
        try:
            yield crew.submit, workers * AHEAD
        finally:
            crew.close()
    else:
        yield _Here, 0


def in_order(
    items: Iterable[tuple[T, Task | None]], submit: Submit, *, ahead: int
) -> Iterator[tuple[T, Pending | None]]:
    """Yield each item with its outcome to come, in order; at most ``ahead`` tasks wait beyond the current one."""
    waiting: deque[tuple[T, Pending | None]] = deque()
    for item, task in items:
        waiting.append((item, submit(task) if task else None))
        while len(waiting) > ahead:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def settled(pending: Pending | None) -> Outcome | None:
    """Wait for an outcome; refuse what another version of anodekg did."""
    if pending is None:
        return None
    outcome = pending.result()
    if outcome.versions != versions():
        told = f"a worker runs another anodekg ({outcome.versions}; here {versions()})"
        raise StoreError(f"{told}; install the same version on both sides")
    return outcome


class _Here:
    """Do a task in this process, when it is asked for."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def result(self) -> Outcome:
        return process(self._task)


class _Child:
    """Hold one worker process."""

    def __init__(self) -> None:
        self.late = False
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, task: Task) -> Outcome:
        """Return the outcome of a task; raise EOFError where the process dies."""
        limit = task.read_seconds + task.extract_seconds + _GRACE
        clock = threading.Timer(limit, self._expire)
        clock.daemon = True
        clock.start()
        try:
            requests = cast(BinaryIO, self.process.stdin)
            pickle.dump(task, requests, pickle.HIGHEST_PROTOCOL)
            requests.flush()
            outcome: Outcome = pickle.load(cast(BinaryIO, self.process.stdout))
        except BrokenPipeError:
            raise EOFError from None
        finally:
            clock.cancel()
        return outcome

    def end(self) -> None:
        """Kill the process; its own children end with their pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                cast(BinaryIO, pipe).close()
        self.process.wait()

    def _expire(self) -> None:
        self.late = True
        self.process.kill()


class Crew:
    """Keep some worker processes, each started when first needed."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._closed = False

    def submit(self, task: Task) -> Future[Outcome]:
        """Queue a task."""
        return self._threads.submit(self._serve, task)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the living processes."""
        with self._lock:
            return tuple(child.process.pid for child in self._children)

    def close(self) -> None:
        """Drop what waits, end all processes."""
        with self._lock:
            self._closed = True
            children = list(self._children)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.process.kill()
        self._threads.shutdown(wait=True)
        for child in children:
            child.end()

    def _serve(self, task: Task) -> Outcome:
        for _ in range(_TRIES):
            child = self._child()
            try:
                return child.ask(task)
            except (EOFError, pickle.UnpicklingError):
                self._drop(child)
                if child.late:
                    return late(task)
        told = (
            f"{task.path}: ends the process that extracts it, twice; report the paper, or give the machine more memory"
        )
        return Outcome(versions(), reason=told, passing=True)

    def _child(self) -> _Child:
        child: _Child | None = getattr(self._own, "child", None)
        if child is None:
            with self._lock:
                if self._closed:
                    raise StoreError("the run has ended; start it again")
                child = self._own.child = _Child()
                self._children.add(child)
        return child

    def _drop(self, child: _Child) -> None:
        self._own.child = None
        with self._lock:
            self._children.discard(child)
        child.end()
