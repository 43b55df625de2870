"""Read and judge what lies under a graph: the works of its library at one generation, their claims and texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.claims import WorkClaims, WorkSummary
from kg.curation import Claim, Curation, anchor_of
from kg.library import Library
from kg.texts import has_text
from ontology import Concept, Ontology
from ontology.errors import StoreError
from ontology.identity import work_iri
from ontology.model import Assertion, Document, Extraction

if TYPE_CHECKING:
    from kg.validate import Report

__all__ = ["LibraryView"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


_VALIDATE = "kg.validate"  # costs half a second to load
_WRITER_WAIT = 10.0  # seconds for another process that is writing


class LibraryView:
    """Answer from the library at one generation, opened for each answer."""

    def __init__(self, path: Path, ontology: Ontology, generation: int) -> None:
        self.path = path
        self.ontology = ontology
        self.generation = generation

    def works(self) -> tuple[WorkSummary, ...]:
        """Return one line for each work."""
        with self._library() as library:
            return library.works(as_of=self.generation)

    def moments(self) -> dict[str, str]:
        """Return when the reading of each work that counts was published, ISO 8601, by work IRI."""
        with self._library() as library:
            moments = library.moments()
            return {work_iri(work.work): moments[work.since] for work in library.works(as_of=self.generation)}

    def since(self, moment: str) -> tuple[str, ...]:
        """Return the works whose text came in, or changed, since a date (that day included) or after a run, by IRI."""
        day = moment.strip()
        with self._library() as library:
            then = library.generation_at(f"{day}T00:00:00" if _DAY.fullmatch(day) else day)
            held = {work.work: work.text_sha256 for work in library.works(as_of=then)}
            now = library.works(as_of=self.generation)
        return tuple(work_iri(work.work) for work in now if held.get(work.work) != work.text_sha256)

    def claims(self, works: Collection[str] | None = None) -> tuple[WorkClaims, ...]:
        """Return what each work says, or each of some by key, as curated, quarantined claims apart."""
        with self._library() as library:
            return tuple(library.claims(as_of=self.generation, works=works))

    def readings(self, works: Collection[str] | None = None) -> tuple[WorkClaims, ...]:
        """Return what was read in each work, or in each of some by key, before curation and quarantine."""
        with self._library() as library:
            return tuple(library.readings(as_of=self.generation, works=works))

    def assertions(self, wanted: Mapping[str, Collection[str]]) -> tuple[tuple[str, str, Assertion], ...]:
        """Return some assertions as (work key, IRI, assertion), as curated; ``wanted`` holds their IRIs by work."""
        with self._library() as library:
            return tuple(library.assertions(wanted, as_of=self.generation))

    def curations(self, work: str | None = None) -> tuple[Curation, ...]:
        """Return the curators' words that hold; of one work, or of all and of things."""
        with self._library() as library:
            return library.curations(work, as_of=self.generation)

    def judgements(self) -> tuple[tuple[Curation, str], ...]:
        """Return every word ever given, the newest first, each with when it ceased to hold; "" while it holds."""
        with self._library() as library:
            return library.judgements(as_of=self.generation)

    def orphans(self) -> tuple[Curation, ...]:
        """Return the curators' words that no longer find what they were on."""
        with self._library() as library:
            return library.orphans()

    def judged(self) -> dict[str, Curation]:
        """Return the word on each claim that has one, by claim IRI."""
        words = {item.anchor: item for item in self.curations()}
        return {
            iri: words[anchor]
            for claims in (self.readings({anchor.work for anchor in words}) if words else ())
            for iri, claim in _pairs(claims)
            if (anchor := anchor_of(claims.work, claim)) in words
        }

    def refused(self) -> dict[str, str]:
        """Return the reason for each claim (or work) in quarantine, by IRI."""
        with self._library() as library:
            return library.refused(as_of=self.generation)

    def extraction(self, work: str) -> Extraction:
        """Return everything read from a work, by key."""
        with self._library() as library:
            return library.extraction(work, as_of=self.generation)

    def document(self, text_sha256: str) -> Document:
        """Return the document whose text has this hash."""
        work = next((work.work for work in self.works() if work.text_sha256 == text_sha256), None)
        if work is None:
            raise StoreError(f"no document with text {text_sha256[:12]}… in {self.path}; was its work replaced?")
        return self.extraction(work).document

    def has_text(self, text_sha256: str) -> bool:
        """Tell whether the text with this hash is here; works that were imported came without theirs."""
        return has_text(self.path / "texts", text_sha256)

    def text(self, text_sha256: str) -> str:
        """Return a document's text by its hash."""
        with self._library() as library:
            return library.text(text_sha256)

    # --- judging it ---------------------------------------------------------------------------------------------

    def validate(self) -> Report:
        """Hold every work against the shapes, renew the quarantine, and bring the stores in line with it."""
        with Library.open(self.path, wait=_WRITER_WAIT) as library:
            report: Report = import_module(_VALIDATE).validate_library(library)
        self.refresh()
        return report

    def curate(
        self,
        work: str,
        iri: str,
        action: str,
        *,
        curator: str,
        note: str = "",
        replacement: str | Mapping[str, Any] | None = None,
    ) -> Curation:
        """Record a curator's word (see :meth:`kg.library.Library.curate`) and show what follows from it.

        A concept that a thing is merged into may be given by label. Raise StoreError where the shapes refuse what a
        correction makes of a claim; then nothing is recorded.
        """
        concept = self._concept(replacement) if isinstance(replacement, str) else None
        if concept is not None:
            replacement = {"concept": concept.iri, "label": concept.label, "kind": concept.kind}
        with Library.open(self.path, wait=_WRITER_WAIT) as library, library.batch():
            word = library.curate(work, iri, action, curator=curator, note=note, replacement=replacement)
            if word.changes:
                import_module(_VALIDATE).refuse_none(library, work=work, claim=iri)
        self.refresh()
        return word

    def retract(self, curation: int) -> None:
        """End a curator's word, by its number, and show what follows from it."""
        with Library.open(self.path, wait=_WRITER_WAIT) as library:
            library.retract(curation)
        self.refresh()

    def refresh(self) -> None:
        """Show what the library holds by now."""
        with self._library() as library:
            self.generation = library.generation

    def _concept(self, name: str) -> Concept | None:
        return self.ontology.concepts.get(name) or self.ontology.find(name)

    def _library(self) -> Library:
        return Library.open(self.path, read_only=True)


def _pairs(claims: WorkClaims) -> tuple[tuple[str, Claim], ...]:
    return (*claims.effects, *claims.measurements)
