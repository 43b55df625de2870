"""Kill runs again and again and compare what they end in with an undisturbed one.

A process of its own, started by the test: it loads the language model once and forks a child for each run, so that a
trial costs what the run itself costs. Half the kills strike at a call that touches files or a database, just before or
just after it; the other half at a random moment.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import app.reading
from app.ingest import ingest
from app.planning import current
from app.reading import Task, process
from app.run_settings import RunSettings
from extractors import read
from kg.stores import STORES, store_class
from ontology import load_ontology
from tests.runs.state import state

_TOUCHING = frozenset(
    {"backup", "bulk_load", "execute", "executemany", "flush", "fsync", "load", "mkdir", "open", "remove_graph"}
    | {"rename", "replace", "rmdir", "unlink", "write"}
)


class Strike:
    """Count calls that touch files or databases, and die at one of them."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.seen = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event not in ("c_call", "c_return") or argument.__name__ not in _TOUCHING:
            return
        if not isinstance(argument.__self__, str | bytes):  # whose replace() touches nothing
            self.seen += 1
            if self.seen == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Any, *, after: float | None = None) -> bool:
    """Do something in a child; return whether it came to its end before it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"a run failed with status {status}")
    return status == 0


def run(papers: Path, library: Path, *, workers: int, at: int | None = None, tell: Path | None = None) -> None:
    strike = Strike(at)
    if at is not None or tell is not None:
        sys.setprofile(strike)
    report = ingest([papers], library, RunSettings(workers=workers))
    sys.setprofile(None)
    assert not report.interrupted
    if tell is not None:
        tell.write_text(str(strike.seen), encoding="utf-8")


def lines(library: Path, note: Path) -> list[str]:
    forked(lambda: note.write_text(json.dumps(state(library)), encoding="utf-8"))
    found: list[str] = json.loads(note.read_text(encoding="utf-8"))
    return found


def trials(
    papers: Path, folder: Path, *, start: Path | None, kills: int, chance: random.Random, workers: int = 1
) -> dict[str, Any]:
    """Kill runs over some papers, from an empty library or a copy of one, until so many kills have struck.

    With several workers, which take seconds to start, every kill strikes at a call.
    """
    folder.mkdir()
    note, undisturbed = folder / "note", folder / "undisturbed"

    def fresh(place: Path) -> Path:
        shutil.rmtree(place, ignore_errors=True)
        if start is not None:
            shutil.copytree(start, place)
        return place

    begun = time.perf_counter()
    assert forked(lambda: run(papers, fresh(undisturbed), workers=workers, tell=note))
    seconds, points = time.perf_counter() - begun, int(note.read_text(encoding="utf-8"))
    wanted = lines(undisturbed, note)
    struck, ended, different = 0, 0, list[str]()
    while struck < kills:
        library = fresh(folder / "killed")
        while struck < kills:
            at = chance.randint(1, points) if workers > 1 or chance.random() < 0.5 else None
            after = chance.uniform(0, seconds) if at is None else None
            if forked(partial(run, papers, library, workers=workers, at=at), after=after):
                break
            struck += 1
        else:
            assert forked(partial(run, papers, library, workers=workers))
        ended += 1
        got = lines(library, note)
        if got != wanted:
            different += sorted(set(got) ^ set(wanted))[:10] or ["the same lines, another order or number"]
    return {"kills": struck, "libraries": ended, "points": points, "seconds": seconds, "different": different}


def main() -> None:
    first, second, folder = map(Path, sys.argv[1:4])
    kills, with_workers, seed = map(int, sys.argv[4:7])
    load_ontology()
    for name in STORES:
        store_class(name)  # imports the engines, opens nothing
    for form in ("", "markdown", "text"):
        current(form)  # digests of the code, which somebody may be editing
    app.reading.read_guarded = lambda path, *, seconds: read(path)  # the child that reads touches no library
    process(Task(sorted(first.glob("*.md"))[0]))  # loads the language model and the shapes
    chance = random.Random(seed)
    half = kills // 2
    told = [trials(first, folder / "empty", start=None, kills=kills - half, chance=chance)]
    told.append(trials(first, folder / "workers", start=None, kills=with_workers, chance=chance, workers=2))
    alone, together = (lines(folder / name / "undisturbed", folder / "note") for name in ("empty", "workers"))
    told[-1]["different"] += sorted(set(alone) ^ set(together))[:10]
    place = first.parent / "papers"
    shutil.rmtree(place)
    shutil.copytree(second, place)
    told.append(trials(place, folder / "grown", start=folder / "empty" / "undisturbed", kills=half, chance=chance))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
