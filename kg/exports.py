"""Export a library's graph as RDF, nanopublications or tables: streamed graph by graph, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Protocol

from kg.claims import WorkClaims
from kg.nanopublications import Publication, nanopublications
from kg.rdf import ASSEMBLED, work_from_quads, work_graph
from kg.serialise import Quad
from kg.stores.rdf_files import RDF_FORMATS, quads_to_file
from kg.table_files import TABLE_FORMATS, rows_to_file
from kg.tables import TABLES, Table
from ontology.errors import QuestionError
from ontology.identity import normalise_doi, work_iri

__all__ = ["FORMATS", "PARTS", "Quads", "export_file", "export_tables", "table_names"]

FORMATS = (*RDF_FORMATS, "nanopubs", *TABLE_FORMATS)
PARTS = ("all", "claims", "conclusions", *TABLES)
_OF_WORK = "#graph"


class Quads(Protocol):
    """Give the named graphs of a library."""

    def graphs(self) -> list[str]:
        """Return their IRIs, sorted."""
        ...

    def quads(self, graph: str) -> Iterator[Quad]:
        """Yield the quads of one, those of a subject together."""
        ...


def export_file(
    store: Quads,
    stream: IO[bytes],
    *,
    form: str,
    part: str = "all",
    work: str = "",
    publication: Publication | None = None,
    moments: Mapping[str, str] | None = None,
) -> int:
    """Write one file and return its number of quads or rows; ``work`` is a key, DOI or IRI, "" for all works.

    ``moments`` says when what is read in a work was published, by work IRI, ISO 8601; nanopublications tell it.
    """
    if form in TABLE_FORMATS:
        if part not in TABLES:
            raise QuestionError(f"{form} holds one table a file; choose --what from {', '.join(TABLES)}")
        return rows_to_file(TABLES[part].columns, _rows(store, TABLES[part], work), stream, form)
    if part in TABLES:
        raise QuestionError(f"{form} holds graphs, not the table {part!r}; choose --what all, claims or conclusions")
    names = _graphs(store, part, work)
    if form == "nanopubs":
        quads = _nanopublications(store, names, publication or Publication(), moments or {})
        return _counted(quads, stream, "trig")
    return _counted((quad for name in names for quad in _ordered(store, name)), stream, form)


def export_tables(store: Quads, folder: Path, *, form: str, part: str = "all", work: str = "") -> int:
    """Write all tables of a part into a folder, a file each, and return the number of rows."""
    count = 0
    for name in table_names(part, work):
        with (folder / f"{name}.{form}").open("wb") as stream:
            count += rows_to_file(TABLES[name].columns, _rows(store, TABLES[name], work), stream, form)
    return count


def table_names(part: str, work: str) -> tuple[str, ...]:
    """Return the tables of a part; of one work there are no conclusions."""
    wanted = {"claims": (True,), "conclusions": (False,)}.get("claims" if work else part, (True, False))
    return tuple(name for name, table in TABLES.items() if (table.of_work is not None) in wanted)


def _graphs(store: Quads, part: str, work: str) -> list[str]:
    names = store.graphs()
    if work:
        name = work_graph(_work(work))
        if name not in names:
            raise QuestionError(f"no work {work!r:.80} here; give a DOI, or a key that `anodekg query` shows")
        return [name]
    wanted = {"claims": (True,), "conclusions": (False,)}.get(part, (True, False))
    return [name for name in names if name.endswith(_OF_WORK) in wanted]


def _work(text: str) -> str:
    if text.startswith(("http://", "https://")) and "doi.org/" not in text:
        return text
    doi = normalise_doi(text)
    return work_iri(f"doi:{doi}" if doi else text)


def _ordered(store: Quads, name: str) -> Iterator[Quad]:
    """Yield the quads of a graph: a work's sorted, so that its file can be compared line by line."""
    return iter(sorted(store.quads(name))) if name.endswith(_OF_WORK) else store.quads(name)


def _nanopublications(
    store: Quads, names: list[str], publication: Publication, moments: Mapping[str, str]
) -> Iterator[Quad]:
    for name in names:
        if name.endswith(_OF_WORK):
            work = name.removesuffix(_OF_WORK)
            dated = replace(publication, created=moments.get(work, publication.created))
            yield from nanopublications(work, store.quads(name), dated)


def _rows(store: Quads, table: Table, work: str) -> Iterator[tuple[object, ...]]:
    if table.of_conclusions:
        if work:
            raise QuestionError("conclusions rest on all works; leave --work out, or export its claims")
        yield from table.of_conclusions(store.quads(ASSEMBLED))
    elif table.of_work:
        for name in _graphs(store, "claims", work):
            yield from table.of_work(_claims(store, name))


def _claims(store: Quads, name: str) -> WorkClaims:
    return work_from_quads(name.removesuffix(_OF_WORK), store.quads(name))


def _counted(quads: Iterator[Quad], stream: IO[bytes], form: str) -> int:
    count = 0

    def told() -> Iterator[Quad]:
        nonlocal count
        for quad in quads:
            count += 1
            yield quad

    quads_to_file(told(), stream, form)
    return count
