"""Show how far long work has come: a bar where a person watches, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.plain import plain

_QUIET_SECONDS = 2.0  # between two plain lines; work that is done sooner prints none


@dataclass(frozen=True, slots=True)
class Step:
    """Say that ``done`` of ``total`` items are finished and what is happening now."""

    done: int
    total: int
    stage: str  # reading | added | changed | unchanged | failed | missing | projecting | done
    name: str = ""
    reason: str = ""  # of a failure


Notify = Callable[[Step], None]


def silent(step: Step) -> None:
    """Tell nobody."""


class Log(StrEnum):
    """Name the forms of progress."""

    text = "text"
    json = "json"


def event(kind: str, fields: Mapping[str, object]) -> None:
    """Print one JSON object on one line of stderr: what happened, when (ISO 8601, UTC), and its fields."""
    told = {"event": kind, "at": datetime.now(UTC).isoformat(timespec="milliseconds"), **fields}
    print(json.dumps(told, ensure_ascii=True, default=str), file=sys.stderr, flush=True)


@contextmanager
def shown(title: str, *, log: Log = Log.text) -> Iterator[Notify]:
    """Yield a function that shows steps on stderr, for people or for machines."""
    if log is Log.json:
        yield _events(title)
    elif sys.stderr.isatty():
        with _bar(title) as notify:
            yield notify
    else:
        yield _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Notify]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as progress:
        task = progress.add_task(title, total=None, now="")

        def notify(step: Step) -> None:
            now = plain(f"{step.stage} {step.name}").strip()
            progress.update(task, completed=step.done, total=step.total or None, now=now)

        yield notify


def _events(title: str) -> Notify:
    def notify(step: Step) -> None:
        fields = {key: value for key, value in asdict(step).items() if value != ""}
        event(title, fields)

    return notify


def _lines(title: str) -> Notify:
    last, spoken = time.monotonic(), False

    def notify(step: Step) -> None:
        nonlocal last, spoken
        now = time.monotonic()
        if now - last >= _QUIET_SECONDS or (spoken and step.stage == "done"):
            last, spoken = now, True
            line = plain(f"{title}: {step.done}/{step.total} {step.stage} {step.name}")
            print(line.rstrip(), file=sys.stderr, flush=True)

    return notify
