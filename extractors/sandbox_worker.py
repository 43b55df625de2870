"""Read files on request under limits the kernel holds: the child of ``extractors.sandbox``; spaCy is never imported.

A request is a frame of JSON, ``[path, working folder, seconds]``; the answer is a frame whose first byte names its kind:
``D`` a document, ``E`` the one-line ReadError, ``M`` the memory did not suffice, ``B`` a failure nobody foresaw.
"""

from __future__ import annotations

import gc
import importlib
import json
import math
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from extractors.readers import READERS, read
from extractors.sandbox_wire import pack, receive, send
from ontology.errors import ReadError

__all__ = ["main"]

_MOST = 1 << 20  # bytes of a request
_ROOM = 32 << 20  # bytes the smallest file may need
_GRACE = 2  # CPU seconds past the limit: wall-clock time is judged first, by the parent


def main() -> None:
    """Serve until the parent goes; the first argument is the limit of the address space in megabytes."""
    requests, answers = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all; the parent decides
    for module in READERS.values():
        importlib.import_module(module)
    _limit_memory(int(sys.argv[1]))
    bytearray(_ROOM)  # fails here and not at some file, where the limit leaves no room
    gc.freeze()
    send(answers, b"R")
    while True:
        try:
            path, folder, seconds = json.loads(receive(requests, most=_MOST))
        except EOFError:
            return
        os.chdir(folder)
        _limit_time(seconds)
        send(answers, _answer(Path(path)))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to ourselves: whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    requests = os.fdopen(os.dup(0), "rb")
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _answer(path: Path) -> bytes:
    try:
        return b"D" + pack(read(path))
    except ReadError as error:
        return b"E" + str(error).encode("utf-8", "backslashreplace")
    except MemoryError:
        return b"M"
    except Exception as error:  # untrusted bytes: a failure of one file never ends the run
        return b"B" + f"{type(error).__name__}: {error}"[:200].encode("utf-8", "backslashreplace")


if sys.platform == "win32":  # no such limits there; the parent's clock still holds

    def _limit_memory(megabytes: int) -> None:
        pass

    def _limit_time(seconds: float) -> None:
        pass

else:
    import resource

    def _limit_memory(megabytes: int) -> None:
        """Bound the address space, forbid core dumps and written files."""
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def _limit_time(seconds: float) -> None:
        """Bound the CPU time of the next file: the kernel ends the process even where the parent is gone."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + _GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
