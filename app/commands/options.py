"""The options that several commands share, spelled once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.progress import Log
from app.render import Format

Library = Annotated[
    Path | None,
    typer.Option(
        "--library",
        "-l",
        metavar="DIR",
        help="The library's folder [default: $ANODEKG_LIBRARY or the user data folder].",
    ),
]
Output = Annotated[Format, typer.Option("--format", "-f", help="How rows are printed.")]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders to walk in sorted order.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Print at most this many rows, and say so.")]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        metavar="P",
        help="Keep effects at least this likely to be what the paper says [default: as cross-validated].",
    ),
]
Timeout = Annotated[float, typer.Option("--timeout", min=0.001, help="Seconds until a query is stopped.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="RUN|DATE", help="Answer as the library stood: `run 3`, 2026-11-22 or a time of day."
    ),
]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read and extract.")]
DaskAddress = Annotated[
    str, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers read and extract instead.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
LogForm = Annotated[Log, typer.Option("--log", help="Progress on standard error, for people or for machines.")]
