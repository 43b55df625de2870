"""Serve papers one after the other: the process behind each of ``--workers N``.

Started by :mod:`app.workers` with two pipes; ends when the parent does. A request is a pickled Task, an answer a pickled
Outcome: both ends are ours, and the paper itself is read by a sandboxed child that hands back plain values.
"""

from __future__ import annotations

import os
import pickle
import signal
from typing import BinaryIO

from app.reading import process


def main() -> None:
    """Answer until the parent goes."""
    requests, answers = _pipes()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a terminal sends Ctrl-C to all; the parent decides
    while True:
        try:
            outcome = process(pickle.load(requests))
            pickle.dump(outcome, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except (EOFError, BrokenPipeError):
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to ourselves: whatever a library prints goes to standard error."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return requests, answers


if __name__ == "__main__":
    main()
