"""Write an Oxigraph folder that nobody reads yet: all of a library, or what a change of some works bears on.

A new version starts as a copy of the published one whose data files are hard links: they are never written again. So
whatever crashes here leaves what is published as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.claims import WorkClaims
from kg.rdf import ASSEMBLED, CITO, work_graph, work_quads
from kg.rdf_assembled import CURATION, assembled_quads, conclusion_quads, curation_quads
from kg.serialise import Quad, to_nquads
from kg.store import Update
from ontology import VOCABULARY

__all__ = ["clone", "write_all", "write_part"]

_WORKS_AT_ONCE = 200  # text of some 100 MB at most
_DATA = ".sst"
_LOCK = "LOCK"
_NODE = pyoxigraph.NamedNode
_CITES = f"{CITO}citesAsEvidence"


def clone(published: Path, place: Path) -> None:
    """Copy a closed store's folder, its data files as hard links where the file system has them."""
    place.mkdir()
    for file in published.iterdir():
        if file.suffix == _DATA:
            try:
                os.link(file, place / file.name)
                continue
            except OSError:
                pass
        if file.name != _LOCK:
            shutil.copyfile(file, place / file.name)


def write_all(place: Path, update: Update) -> None:
    """Make a folder hold all of an update."""
    store = pyoxigraph.Store(str(place))
    remaining = iter(update.changed)
    while batch := list(islice(remaining, _WORKS_AT_ONCE)):
        _bulk_load(store, (quad for claims in batch for quad in work_quads(claims)))
    _bulk_load(store, assembled_quads(update.assembly, update.ontology))
    _bulk_load(store, curation_quads(update.curations))
    store.flush()


def write_part(place: Path, update: Update) -> None:
    """Make a folder that shows an earlier state show this one too; only what differs is removed and written."""
    store = pyoxigraph.Store(str(place))
    for work in update.withdrawn:
        _replace(store, _in_graph(store, work_graph(work)), ())
    for claims in update.changed:
        _replace_work(store, claims)
    if update.levers is None:
        _replace(store, _in_graph(store, ASSEMBLED), assembled_quads(update.assembly, update.ontology))
    else:
        stood = _conclusions(store, update.levers, update.things)
        _replace(store, stood, conclusion_quads(update.assembly, update.ontology, things=update.things))
    _replace(store, _in_graph(store, CURATION), curation_quads(update.curations))
    store.flush()


def _replace_work(store: pyoxigraph.Store, claims: WorkClaims) -> None:
    _replace(store, _in_graph(store, work_graph(claims.iri)), work_quads(claims))


def _replace(store: pyoxigraph.Store, stood: Iterable[pyoxigraph.Quad], quads: Iterable[Quad]) -> None:
    """Remove what no longer holds and add what is new."""
    wanted = set(pyoxigraph.parse(_text(quads), pyoxigraph.RdfFormat.N_QUADS, lenient=True))
    standing = set(stood)
    for quad in standing - wanted:
        store.remove(quad)
    store.extend(wanted - standing)


def _in_graph(store: pyoxigraph.Store, graph: str) -> Iterable[pyoxigraph.Quad]:
    return store.quads_for_pattern(None, None, None, _NODE(graph))


def _conclusions(store: pyoxigraph.Store, levers: Iterable[str], things: Iterable[str]) -> set[pyoxigraph.Quad]:
    """Return all quads of the conclusions on some causes, and of the nodes of some things."""
    graph = _NODE(ASSEMBLED)
    cause, first = _NODE(VOCABULARY.causeConcept), _NODE(VOCABULARY.first)
    found: set[pyoxigraph.Quad] = set()
    todo: set[Any] = {_NODE(thing) for thing in things}
    for lever in levers:
        todo |= {quad.subject for quad in store.quads_for_pattern(None, cause, _NODE(lever), graph)}
    todo |= {quad.subject for node in list(todo) for quad in store.quads_for_pattern(None, first, node, graph)}
    while todo:
        node = todo.pop()
        for quad in store.quads_for_pattern(node, None, None, graph):
            found.add(quad)
            goal = quad.object
            if isinstance(goal, pyoxigraph.NamedNode):
                if goal.value.startswith(f"{node.value}#"):
                    todo.add(goal)
                elif quad.predicate.value == VOCABULARY.assertion:
                    for name in (_CITES, VOCABULARY.confoundText):
                        found.update(store.quads_for_pattern(goal, _NODE(name), None, graph))
    return found


def _bulk_load(store: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    store.bulk_load(_text(quads), pyoxigraph.RdfFormat.N_QUADS, lenient=True)


def _text(quads: Iterable[Quad]) -> bytes:
    return "".join(to_nquads(quads)).encode("utf-8")
