"""Start a harvest; the HTTP client is imported only then."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from extractors.sources.ledger import Ledger
from extractors.sources.plan import Plan
from extractors.sources.records import Harvest, Moment, Notify, Retraction

__all__ = ["harvest", "settle", "silent"]

_WORK = "extractors.sources.harvesting"
_LEDGER = "ledger.sqlite"


def silent(moment: Moment) -> None:
    """Tell nobody."""


def harvest(
    plan: Plan,
    folder: Path,
    *,
    dois: Sequence[str] = (),
    limit: int | None = None,
    dry_run: bool = False,
    notify: Notify = silent,
) -> Harvest:
    """Fetch what a plan asks for into a folder, going on where an earlier harvest stopped.

    ``dois`` are works to check for retractions; ``limit`` ends the harvest after so many new documents; a dry run asks
    and counts, fetches no full text and writes nothing.
    """
    run = import_module(_WORK).run
    return cast(Harvest, run(plan, folder, _LEDGER, dois=dois, limit=limit, dry_run=dry_run, notify=notify))


def settle(folder: Path, retractions: Sequence[Retraction]) -> None:
    """Remember that the library was told of these retractions; a harvest names each until then."""
    with Ledger.open(folder / _LEDGER) as ledger:
        ledger.applied(retractions)
