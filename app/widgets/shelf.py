"""The opened library, shared by all sessions: every heavy reading is kept for its published generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from logging import ERROR, getLogger
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import streamlit as st

from app.answer import Quote
from app.cards import marks_of
from app.highlight import highlight, paragraph
from app.rows import Claim, Place, Reported, marks, measurements, place
from app.settings import library_folder, warming_wanted
from kg import Found, Graph, Iri, Reports, Sought, WorkClaims, WorkSummary, library_generation, open_library
from ontology.errors import AnodeError
from ontology.model import Document, Evidence, Span


@st.cache_resource(max_entries=4, show_spinner="Opening the library …", on_release=lambda graph: graph.close())
def _opened(folder: str, generation: int) -> Graph:  # noqa: ARG001 - a new generation is a new graph
    return open_library(Path(folder))  # not read-only: a projection that lags behind is brought up to this generation


@st.cache_resource(max_entries=4, show_spinner=False)
def _works(folder: str, generation: int) -> tuple[WorkSummary, ...]:
    return _opened(folder, generation).works()


@st.cache_resource(max_entries=4, show_spinner=False)
def _work_of(folder: str, generation: int) -> Mapping[str, WorkSummary]:
    """Return the work of each text, by the text's hash."""
    return {work.text_sha256: work for work in _works(folder, generation)}


@st.cache_resource(max_entries=1024, show_spinner=False)
def _document(folder: str, generation: int, text_sha256: str) -> Document:
    work = _work_of(folder, generation).get(text_sha256)
    graph = _opened(folder, generation)
    return graph.extraction(work.work).document if work else graph.document(text_sha256)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _claims(folder: str, generation: int, works: frozenset[str]) -> tuple[WorkClaims, ...]:
    return _opened(folder, generation).claims(works)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _marks(folder: str, generation: int, work: str) -> dict[Place, tuple[Evidence, ...]]:
    return marks(_claims(folder, generation, frozenset({work})))


@st.cache_resource(max_entries=64, show_spinner="Choosing the statements …")
def _found(folder: str, generation: int, key: str, most: int, _sought: Sought) -> Found:  # noqa: ARG001
    return _opened(folder, generation).statements(_sought, most=most)


@st.cache_resource(max_entries=64, show_spinner=False)
def _told(folder: str, generation: int, key: str, most: int, _sought: Sought) -> tuple[Claim, ...]:
    found = _found(folder, generation, key, most, _sought).rows
    rows = [dict(zip(found.columns, map(str, row), strict=True)) for row in found.rows]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row["work"]].add(row["iri"])
    works = {work.work: work for work in _works(folder, generation)}
    said = {iri: Claim(iri, works[work], one) for work, iri, one in _opened(folder, generation).assertions(wanted)}
    return tuple(said[row["iri"]] for row in rows if row["iri"] in said)


@st.cache_resource(max_entries=4, show_spinner=False)
def _reports(folder: str, generation: int) -> tuple[Reports, ...]:
    return _opened(folder, generation).reports()


@st.cache_resource(max_entries=32, show_spinner="Reading the numbers …")
def _numbers(folder: str, generation: int, metric: str) -> tuple[Reported, ...]:
    works = frozenset(told.work for told in _reports(folder, generation) if told.metric == metric)
    return tuple(measurements(_opened(folder, generation).claims(works)))


@st.cache_resource(max_entries=4, show_spinner="Gathering the effects …")
def _effects(folder: str, generation: int) -> pd.DataFrame:
    return _opened(folder, generation).effects()


@st.cache_resource(max_entries=4, show_spinner=False)
def _effect_rows(folder: str, generation: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _effects(folder, generation).to_dict("records")  # type: ignore[assignment]
    return rows


@st.cache_resource(max_entries=4, show_spinner="Pairing gains and costs …")
def _double_edges(folder: str, generation: int) -> pd.DataFrame:
    return _opened(folder, generation).double_edges()


@st.cache_resource(max_entries=4, show_spinner="Setting findings against each other …")
def _opposed(folder: str, generation: int) -> pd.DataFrame:
    return _opened(folder, generation).contradictions()


@st.cache_resource(max_entries=200, show_spinner="Looking for partners …")
def _partners(folder: str, generation: int, cause: str, target: str) -> pd.DataFrame:
    asked = {name: Iri(iri) for name, iri in (("cause", cause), ("target", target)) if iri}
    found = _opened(folder, generation).query("partners", asked)
    return found[found["concept"] == cause] if cause else found


@st.cache_resource(max_entries=200, show_spinner=False)
def _gaps(folder: str, generation: int, cause: str) -> tuple[str, ...]:
    regimes = {row["regime"] for row in _effect_rows(folder, generation) if row["concept"] == cause}
    halves = _opened(folder, generation).query("half-cells-only", {"within": Iri(cause)})
    told = {"cycling": "in cycling, never in storage", "storage": "in storage, never in cycling"}
    lines = [f"Reported {told[one]}." for one in told if one in regimes and not regimes & (told.keys() - {one})]
    if cause in set(halves["concept"]):
        lines.append("Where its findings name a cell, they name half cells only.")
    return tuple(lines)


class Shelf:
    """Hold the folder and the published generation that this run of the page answers from."""

    def __init__(self, folder: Path, generation: int) -> None:
        self.folder = folder
        self.generation = generation

    @property
    def key(self) -> tuple[str, int]:
        """Return what a cache of this library's rows depends on."""
        return str(self.folder), self.generation

    @property
    def warmed(self) -> bool:
        """Say whether reading all effects costs nothing more: they have been read, or nobody reads them ahead."""
        return not warming_wanted() or self.key in _WARMED

    @property
    def graph(self) -> Graph:
        """Return the graph, opened once for each generation and shared by all sessions."""
        return _opened(*self.key)

    @property
    def works(self) -> tuple[WorkSummary, ...]:
        """Return one line for each work."""
        return _works(*self.key)

    def claims_of(self, *works: str) -> tuple[WorkClaims, ...]:
        """Return what some works say, by their keys."""
        return _claims(*self.key, frozenset(works))

    def statements(self, sought: Sought, *, most: int = 1000) -> Found:
        """Return the statements that fit, the best supported first, and how many there are."""
        return _found(*self.key, repr(sought), most, sought)

    def told(self, sought: Sought, *, most: int = 1000) -> tuple[Claim, ...]:
        """Return the same statements as whole claims."""
        return _told(*self.key, repr(sought), most, sought)

    @property
    def reports(self) -> tuple[Reports, ...]:
        """Return which work reports how many numbers of what."""
        return _reports(*self.key)

    def numbers(self, metric: str) -> tuple[Reported, ...]:
        """Return the numbers of a metric, and all others that the same works report."""
        return _numbers(*self.key, metric)

    @property
    def effects(self) -> pd.DataFrame:
        """Return all pooled effects, in the columns of edges-of-strategy; not to be changed."""
        return _effects(*self.key)

    @property
    def effect_rows(self) -> list[dict[str, Any]]:
        """Return the same effects row by row; not to be changed."""
        return _effect_rows(*self.key)

    @property
    def double_edges(self) -> pd.DataFrame:
        """Return all double-edged effects, in the columns of double-edged-strategies; not to be changed."""
        return _double_edges(*self.key)

    @property
    def opposed(self) -> pd.DataFrame:
        """Return all opposed findings, in the columns of contradictions; not to be changed."""
        return _opposed(*self.key)

    def partners(self, cause: str, target: str = "") -> pd.DataFrame:
        """Return the levers that offset what a lever costs, in the columns of partners; not to be changed.

        Without a cause those of every lever; with a target only costs on it.
        """
        return _partners(*self.key, cause, target)

    def gaps(self, cause: str) -> tuple[str, ...]:
        """Return in words what no work says of a lever: storage, full cells."""
        return _gaps(*self.key, cause)

    def name(self, iri: str) -> str:
        """Name a concept by its preferred label instead of its IRI; other text stays."""
        known = self.graph.ontology.concepts.get(iri)
        return known.label if known else iri

    def paragraph(self, quote: Quote) -> str:
        """Return the paragraph around a quote with its marks, as safe HTML; the quote alone where its text is not here."""
        work = _work_of(*self.key).get(quote.text_sha256)
        known = _marks(*self.key, work.work).get(place(quote)) if work else None
        found = marks_of(replace(quote, marks=known or quote.marks))
        if not self.graph.has_text(quote.text_sha256):
            here = [mark._replace(start=mark.start - quote.start, end=mark.end - quote.start) for mark in found]
            return highlight(quote.quote, [Span(0, len(quote.quote))], here)
        document = _document(*self.key, quote.text_sha256)
        pieces = {piece for mark in found for piece in paragraph(document, Span(mark.start, mark.end))}
        return highlight(document.text, sorted(pieces), found)


_WARMED: set[tuple[str, int]] = set()  # library versions whose effects are at hand


@st.cache_resource(max_entries=4, show_spinner=False)
def _warming(folder: str, generation: int) -> Thread:
    """Fill the caches of a library version behind the first visitor's back, so that no page waits for them later."""

    def warm() -> None:
        getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(
            ERROR
        )  # which warns of every spinner that nobody sees
        with suppress(AnodeError):  # a page that needs what is broken says so itself
            for fill in (_effects, _effect_rows, _works, _work_of, _reports, _double_edges, _opposed):
                fill(folder, generation)
                if fill is _effects:
                    _WARMED.add((folder, generation))

    thread = Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def shelf() -> Shelf:
    """Return the library of this server at its last published generation; generation 0 where there is none yet."""
    folder = library_folder()
    if not (folder / "library.sqlite").is_file():
        return Shelf(folder, 0)
    here = Shelf(folder, library_generation(folder))
    if warming_wanted() and here.generation:
        _warming(*here.key)
    return here
