"""Tell the versions of one paper that have no key in common: a preprint beside its article, a file that states no DOI.

Title and first author say that two files are one paper. The lesser version yields: a file without DOI to one with it, a
preprint to the article, but a full text never to an abstract. Versions that stand side by side are one voice all the
same, see :mod:`kg.support`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import is_abstract
from ontology.identity import fold_title, normalise_doi, title_key
from ontology.model import Document

__all__ = ["LESSER", "STRONGER", "Version", "version_of"]

# Registrants of preprint servers: arXiv, bioRxiv and medRxiv, ChemRxiv, Research Square, Preprints.org, SSRN, TechRxiv, Authorea.
_PREPRINTS = (
    *("10.48550/arxiv.", "10.1101/", "10.64898/", "10.26434/chemrxiv", "10.21203/rs."),
    *("10.20944/preprints", "10.2139/ssrn.", "10.36227/techrxiv", "10.22541/au."),
)
_TELLING = 30  # letters below which a title is no name: "Editorial", "Silicon anodes"

_SAME = "FROM version AS v JOIN extraction AS e ON e.id = v.extraction WHERE v.title = :title AND e.work <> :work"
# Open readings that yield to a version, and readings it yields to; a work that was taken out keeps its place.
LESSER = f"SELECT e.id {_SAME} AND v.named < :named AND v.whole <= :whole AND e.valid_to IS NULL"
STRONGER = f"""SELECT e.id {_SAME} AND v.named > :named AND v.whole >= :whole AND (e.valid_to IS NULL
               OR e.work IN (SELECT work FROM retraction WHERE valid_to IS NULL)) LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Version:
    """Hold what decides between versions."""

    title: str  # key by title and first author
    named: int  # 2 by an article's DOI, 1 by a preprint's, 0 by none
    whole: bool  # more than an abstract


def version_of(document: Document) -> Version | None:
    """Return what a file is a version of; None where title and author cannot tell, and for a digest."""
    if document.summary_of or not document.authors or len(fold_title(document.title)) < _TELLING:
        return None
    doi = normalise_doi(document.doi)
    is_preprint = document.article_type == "preprint" or doi.startswith(_PREPRINTS)
    named = 0 if not doi else 1 if is_preprint else 2
    return Version(title_key(document.title, document.authors), named, not is_abstract(document))
