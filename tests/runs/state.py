"""Everything a library and its graphs hold, as lines of text: run numbers, times and signatures of files apart."""

import sqlite3
from contextlib import closing
from pathlib import Path

import ladybug
import pyoxigraph

from kg.property_schema import EDGES, NODES
from kg.stores.published import current

_APART = {"run", "at", "signature", "started_at", "finished_at", "report"}


def library_lines(folder: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{folder / 'library.sqlite'}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        lines = []
        for (table,) in tables:
            if table.startswith("sentence_") or table in ("run", "sqlite_sequence"):
                continue  # pages of the full-text index; its content is the table "sentence"
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] not in _APART]
            rows = database.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
            lines += sorted(f"{table} {row!r}" for row in rows)
    texts = sorted(path for path in (folder / "texts").rglob("*") if path.is_file())
    return lines + [f"text {path.name} {path.read_bytes()!r}" for path in texts]


def quads(folder: Path) -> list[str]:
    place = _published(folder / "oxigraph")
    text = pyoxigraph.Store.read_only(str(place)).dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return sorted(text.decode("utf-8").splitlines())


def property_lines(folder: Path) -> list[str]:
    database = ladybug.Database(str(_published(folder / "ladybug")), read_only=True, buffer_pool_size=1 << 28)
    connection = ladybug.Connection(database)
    lines = []
    for label, columns in NODES.items():
        rows = connection.execute(
            f"MATCH (n:`{label}`) RETURN {', '.join(f'n.`{name}`' for name in columns)}"
        ).get_all()
        lines += [f"{label} {row!r}" for row in rows]
    for kind in sorted({kind for kind, _, _ in EDGES}):
        rows = connection.execute(f"MATCH (a)-[r:`{kind}`]->(b) RETURN a.iri, b.iri, r").get_all()
        lines += [f"{kind} {row[0]} {row[1]} {_plain(row[2])!r}" for row in rows]
    connection.close()
    database.close()
    return sorted(lines)


def state(folder: Path) -> list[str]:
    return [*library_lines(folder), *quads(folder), *property_lines(folder)]


def _plain(edge: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in edge.items() if key not in ("_id", "_src", "_dst")}


def _published(folder: Path) -> Path:
    found = current(folder)
    assert found is not None, folder
    return found[0]
