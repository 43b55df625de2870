"""A Dask cluster as an operator starts one: a scheduler and workers, each a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PATIENCE = 120  # seconds until the scheduler has written its file
_SCHEDULER = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
_WORKER = (
    "-m",
    "distributed.cli.dask_worker",
    "--host",
    "127.0.0.1",
    "--nthreads",
    "1",
    "--no-nanny",
    "--no-dashboard",
)


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """Yield the address of a scheduler with workers; end them all afterwards, and show their words if it never came."""
    told = folder / "scheduler.json"
    with ExitStack() as running:
        log = running.enter_context((folder / "cluster.log").open("w+"))

        def start(*command: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen([sys.executable, *command], stdout=log, stderr=log, cwd=folder)
            running.callback(process.wait)
            running.callback(process.kill)
            return process

        scheduler = start(*_SCHEDULER, "--scheduler-file", str(told))
        patient = time.monotonic() + _PATIENCE
        while not told.exists() or not told.read_text():
            if scheduler.poll() is not None or time.monotonic() > patient:
                raise AssertionError(f"no Dask scheduler came up: {(folder / 'cluster.log').read_text()}")
            time.sleep(0.05)
        address: str = json.loads(told.read_text())["address"]
        for _ in range(workers):
            start(*_WORKER, address)
        yield address
