"""Open the library's SQLite file safely: one writer, our own schema only, errors in one line."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from filelock import FileLock, Timeout

from ontology.errors import StoreError

__all__ = ["connect", "guard", "lock_folder"]

_APPLICATION = 0x616E6F64  # "anod", in the header of every library
_SCHEMA = 4
# schema -> what makes the next one of it
_MIGRATIONS = {
    1: """CREATE TABLE quarantine (work TEXT NOT NULL, iri TEXT NOT NULL, reason TEXT NOT NULL,
                                   valid_from INTEGER NOT NULL REFERENCES generation (number),
                                   valid_to INTEGER REFERENCES generation (number));
          CREATE INDEX quarantine_iri ON quarantine (iri);""",
    2: """CREATE TABLE retraction (work TEXT NOT NULL, notice TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL,
                                   valid_from INTEGER NOT NULL REFERENCES generation (number),
                                   valid_to INTEGER REFERENCES generation (number));
          CREATE INDEX retraction_work ON retraction (work);""",
    3: """CREATE TABLE IF NOT EXISTS version (extraction INTEGER PRIMARY KEY REFERENCES extraction (id),
                                              title TEXT NOT NULL, named INTEGER NOT NULL, whole INTEGER NOT NULL);
          CREATE INDEX IF NOT EXISTS version_title ON version (title);""",
}
_LONGEST = 80  # characters of the command that holds a library
_BUSY_SECONDS = 30.0
_REBUILD = "restore a copy or ingest the papers anew"
_REMEDIES = {
    "locked": "wait for the other process to end",
    "readonly": "open it for writing",
    "full": "free space on the disk",
    "unable to open": "check that the folder may be read and written",
}


def connect(file: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open or create a library file; refuse what is no library or was written by a newer anodekg.

    One written by an older anodekg is brought up to date, which changes nothing it holds. The connection may be used
    from several threads: SQLite serialises them.
    """
    if read_only and _is_older(file):
        lock = lock_folder(file.parent, _BUSY_SECONDS)
        try:
            connect(file).close()
        finally:
            lock.release()
    with guard(file.parent):
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?{_mode(file, read_only=read_only)}",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
        )
        try:
            connection.row_factory = sqlite3.Row
            _check(connection, file, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def lock_folder(folder: Path, wait: float) -> FileLock:
    """Become the one writer of a folder, waiting so many seconds; name the holder where that fails."""
    holder = folder / "library.holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "library.lock")
        lock.acquire(timeout=wait)
        holder.write_text(json.dumps(_this_process()), encoding="utf-8")
    except Timeout:
        told = f"{folder} is being written by {_holder(holder)}"
        raise StoreError(f"{told}; wait for it to end (`--wait SECONDS`) or choose another --library") from None
    except OSError as error:
        raise StoreError(f"cannot write in {folder}: {error.strerror}; choose another --library") from error
    return lock


def _this_process() -> dict[str, str | int]:
    """Say who writes: process, host, command (its first words: options may hold secrets) and since when."""
    words = [Path(sys.argv[0]).name, *(word for word in sys.argv[1:3] if not word.startswith("-"))]
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "command": " ".join(words)[:_LONGEST], "since": since}


def _holder(file: Path) -> str:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return f"process {told['pid']} on {told['host']} (`{told['command']}`) since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def guard(folder: Path) -> Iterator[None]:
    """Turn what SQLite raises into a StoreError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = next((advice for word, advice in _REMEDIES.items() if word in str(error)), _REBUILD)
        raise StoreError(f"library in {folder} failed: {error}; {remedy}") from error


def _mode(file: Path, *, read_only: bool) -> str:
    """Return the options of the file's URI; a folder that takes no files cannot hold SQLite's shared memory either."""
    if not read_only:
        return "mode=rwc"
    return "mode=ro" if os.access(file.parent, os.W_OK) else "mode=ro&immutable=1"


def _is_older(file: Path) -> bool:
    """Tell whether a library has a schema that :func:`_check` brings up to date, from the header of its file."""
    with (
        guard(file.parent),
        closing(sqlite3.connect(f"{file.resolve().as_uri()}?{_mode(file, read_only=True)}", uri=True)) as connection,
    ):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        return bool(application == _APPLICATION and connection.execute("PRAGMA user_version").fetchone()[0] < _SCHEMA)


def _check(connection: sqlite3.Connection, file: Path, *, read_only: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    is_new = not read_only and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if is_new and not application and not version:
        connection.execute("PRAGMA journal_mode = WAL")
        schema = resources.files("kg").joinpath("library_schema.sql").read_text(encoding="utf-8")
        head = f"BEGIN IMMEDIATE; PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_SCHEMA};"
        connection.executescript(f"{head}\n{schema}\nCOMMIT;")
    elif application != _APPLICATION:
        raise StoreError(f"{file} is no anodekg library; choose another --library")
    elif version > _SCHEMA:
        raise StoreError(f"{file} has schema {version}, this anodekg knows {_SCHEMA}; update anodekg")
    for older in range(version, _SCHEMA) if not is_new else ():
        connection.executescript(f"BEGIN IMMEDIATE; {_MIGRATIONS[older]} PRAGMA user_version = {older + 1}; COMMIT;")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
