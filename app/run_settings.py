"""What an operator may set about a run, in one value that every step of it carries."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RunSettings"]


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Hold how a run reads papers; the defaults are those of the command line."""

    workers: int = 1  # processes that read and extract
    dask: str = ""  # address of a scheduler whose workers do it instead
    limit: int | None = None  # documents (of a query file: new ones) after which the run ends
    dry_run: bool = False  # say what would be done, and do nothing
    retry_failed: bool = False  # try what is in quarantine again
    min_confidence: float | None = None  # of effects kept; None: as cross-validated
    wait: float = 0.0  # seconds for another run or writer to end
    command: str = ""  # what the run is listed as; "" leaves it to who runs it
