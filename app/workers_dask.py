"""Hand papers to a Dask cluster; needs the extra ``anodekg[dask]`` here and anodekg of the same version there.

The workers must see the papers under the same paths as this machine does. Dask itself moves the tasks of a worker that
dies to another one, and gives a task up that has killed some.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from app.reading import Outcome, Task, process, versions
from ontology.errors import StoreError

_CONNECT_SECONDS = 30
_AHEAD = 4  # papers a worker thread
_RETRIES = 1


class _Remote:
    """Stand for an outcome on the cluster."""

    def __init__(self, future: Any, task: Task, killed: type[Exception]) -> None:
        self._future, self._task, self._killed = future, task, killed

    def result(self) -> Outcome:
        try:
            outcome: Outcome = self._future.result()
        except self._killed:
            told = f"{self._task.path}: ends every worker that extracts it; report the paper, or give them more memory"
            return Outcome(versions(), reason=told, passing=True)
        return outcome


@contextmanager
def cluster(address: str) -> Iterator[tuple[Any, int]]:
    """Yield a function that submits tasks to the scheduler at an address, and how many to submit ahead."""
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise StoreError("--dask needs dask[distributed]; install anodekg[dask]") from None
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise StoreError(f"no Dask scheduler answers at {address} ({error}); check the address") from None
    killed = distributed.scheduler.KilledWorker

    def submit(task: Task) -> _Remote:
        return _Remote(client.submit(process, task, pure=False, retries=_RETRIES), task, killed)

    with client:
        threads = sum(worker["nthreads"] for worker in client.scheduler_info()["workers"].values())
        yield submit, max(1, threads) * _AHEAD
