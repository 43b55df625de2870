"""Say when two things are one: DOIs, works, and the stable IRIs of everything a library holds.

A **work** is a paper, a **file** its bytes. A work is known by its DOI, else by journal, year, volume and page, else
by title and first author, else by the hash of its text. A *digest* (``Document.summary_of``) is a file about the work
it summarises: its claims count for that work, never as a second one. IRIs hash content, never position or time, so
reading a paper again changes none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from ontology.codec import digest, encode
from ontology.model import Assertion, Document, DoubleEdgeKind, EffectKey, Evidence, Measurement
from ontology.vocabulary import ID_NS

__all__ = [
    "assertion_iri",
    "contradiction_iri",
    "double_edge_iri",
    "effect_iri",
    "file_iri",
    "fold_title",
    "local_iri",
    "measurement_iri",
    "normalise_doi",
    "numbered",
    "title_key",
    "work_iri",
    "work_key",
]

T = TypeVar("T")

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_END = re.compile(r"[.,;:'\"\]}>]+$")
# Version suffixes of preprint servers: one DOI, several versions of one work.
_PREPRINT_VERSION = re.compile(r"^(10\.48550/arxiv\.\S+?|10\.1101/\S+?)v\d+$|^(10\.26434/chemrxiv-\S+?)-v\d+$")
_TOKEN_LENGTH = 24  # hex digits of a hashed IRI: collisions stay out of reach at 10⁹ claims
_LONE_TITLE = 30  # folded letters a title needs to identify a work without an author
_FORMULA_PART = re.compile(r"([A-Z][a-wz]?)|[xy()]|\d+(?:\.\d+)?|δ")
_LONGEST_FORMULA, _LONGEST_NAME = 60, 200


def normalise_doi(text: str) -> str:
    """Return a DOI in lower case without resolver, prefix or preprint version; "" where there is none.

    >>> normalise_doi("https://doi.org/10.1039/D4EE00001A."), normalise_doi("doi:10.48550/arXiv.2512.01084v2")
    ('10.1039/d4ee00001a', '10.48550/arxiv.2512.01084')
    """
    found = _DOI.search(unquote(text))
    if not found:
        return ""
    doi = _DOI_END.sub("", found[0]).lower()
    if doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = _DOI_END.sub("", doi[:-1])
    version = _PREPRINT_VERSION.match(doi)
    return (version[1] or version[2]) if version else doi


def work_key(document: Document) -> str:
    """Return the key of the work a document is, or is a digest of.

    ``doi:…``, ``issue:journal:year:volume:page``, ``title:…`` or, for a nameless text, ``text:…`` (its hash).
    """
    doi = normalise_doi(document.summary_of) or normalise_doi(document.doi)
    if doi:
        return f"doi:{doi}"
    venue = fold_title(document.venue)
    if venue and document.year and document.volume and document.first_page:
        return f"issue:{venue}:{document.year}:{fold_title(document.volume)}:{fold_title(document.first_page)}"
    return title_key(document.title, document.authors) or f"text:{document.text_sha256}"


def title_key(title: str, authors: tuple[str, ...]) -> str:
    """Return the key of a work by title and first author; "" where the title is too common to tell."""
    folded, author = fold_title(title), _surname(authors[0]) if authors else ""
    if not folded or (not author and len(folded) < _LONE_TITLE):
        return ""
    return f"title:{digest([folded, author])[:_TOKEN_LENGTH]}"


def fold_title(text: str) -> str:
    """Reduce a title or journal name to its letters and digits, so that spelling and markup do not matter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def work_iri(key: str) -> str:
    """Return the IRI of a work."""
    return f"{ID_NS}work/{_escape(key)}"


def file_iri(sha256: str) -> str:
    """Return the IRI of a file by the hash of its bytes."""
    return f"{ID_NS}file/{_escape(sha256)}"


def assertion_iri(work: str, assertion: Assertion, *, occurrence: int = 0) -> str:
    """Return the IRI of a work's assertion: quote and roles; ``occurrence`` (from 0) tells equal ones apart."""
    return _hashed(
        "assertion",
        [
            work,
            _quote(assertion.evidence),
            assertion.cause_concept or fold_title(assertion.cause),
            encode(assertion.cause_change),
            assertion.target_concept or fold_title(assertion.target),
            assertion.direction,
            assertion.negated,
            assertion.comparator and (assertion.comparator.concept or assertion.comparator.text),
        ],
        occurrence,
    )


def measurement_iri(work: str, measurement: Measurement, *, occurrence: int = 0) -> str:
    """Return the IRI of a work's measurement: quote, metric, subject and value."""
    return _hashed(
        "measurement",
        [
            work,
            _quote(measurement.evidence),
            measurement.metric_concept or fold_title(measurement.metric),
            measurement.subject_concept or measurement.subject,
            encode(measurement.quantity),
        ],
        occurrence,
    )


def numbered(work: str, items: Iterable[T], iri: Callable[..., str]) -> tuple[tuple[str, T], ...]:
    """Pair each item with its IRI, in order; equal ones are told apart by their occurrence in the text."""
    seen: Counter[str] = Counter()
    pairs = []
    for item in items:
        first = iri(work, item)
        pairs.append((iri(work, item, occurrence=seen[first]) if seen[first] else first, item))
        seen[first] += 1
    return tuple(pairs)


def effect_iri(key: EffectKey) -> str:
    """Return the IRI of a pooled effect."""
    return _hashed("effect", encode(key), 0)


def double_edge_iri(kind: DoubleEdgeKind, gain: str, cost: str) -> str:
    """Return the IRI of a double edge between two effects."""
    return _hashed("double-edge", [kind, gain, cost], 0)


def contradiction_iri(first: str, second: str) -> str:
    """Return the IRI of a clash between two effects, whichever is named first."""
    return _hashed("contradiction", sorted((first, second)), 0)


def local_iri(work: str, surface: str) -> str:
    """Return the IRI of a thing no concept covers.

    A formula or a systematic name means the same everywhere; any other name ("S1", "our binder") is local to its work.

    >>> local_iri("doi:10.1/a", "Li2ZrF6") == local_iri("doi:10.1/b", "Li₂ZrF₆")
    True
    >>> local_iri("doi:10.1/a", "S1") == local_iri("doi:10.1/b", "S1")
    False
    """
    plain = unicodedata.normalize("NFKC", surface).strip()
    if _is_formula(plain):
        return _hashed("thing", ["formula", plain], 0)
    name = _systematic_name(plain)
    return _hashed("thing", ["name", name] if name else ["local", work, fold_title(plain) or plain], 0)


def _is_formula(text: str) -> bool:
    """Tell a formula from an abbreviation or a sample label: PVC, VC, S1 and SiC1 are none."""
    if len(text) > _LONGEST_FORMULA or not any(letter.islower() for letter in text):
        return False
    parts = list(_FORMULA_PART.finditer(text))
    symbols = {part[1] for part in parts if part[1]}
    written = "".join(part[0] for part in parts) == text and symbols <= _chemistry()[1]
    return written and len(symbols) > 1 and not any(part[0] in ("0", "1") for part in parts)


def _systematic_name(text: str) -> str:
    """Return the folded systematic name, or "" where the words do not say which substance it is."""
    name = re.sub(r"\s*\([A-Z][\w-]*\)\s*$", "", text)  # fluoroethylene carbonate (FEC)
    words = re.findall(r"[^\W\d_]{2,}", name.casefold()) if len(name) <= _LONGEST_NAME else []
    stems = [_count_stems(word) for word in words]
    return fold_title(name) if stems and all(stems) and sum(stems) > 1 else ""


def _count_stems(word: str) -> int:
    """Count the nomenclature stems of a word, from the left, longest first, none overlapping."""
    count, at = 0, 0
    while at < len(word):
        stem = next((stem for stem in _chemistry()[0] if word.startswith(stem, at)), "")
        count, at = (count + 1, at + len(stem)) if stem else (count, at + 1)
    return count


@cache
def _chemistry() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the stems of systematic names, longest first, and the symbols of the elements."""
    lines = (Path(__file__).parent / "nomenclature.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    stems = sorted((word for word in words if word.islower()), key=lambda stem: (-len(stem), stem))
    return tuple(stems), frozenset(word for word in words if not word.islower())


def _surname(author: str) -> str:
    family = author.split(",")[0] if "," in author else (author.split() or [""])[-1]
    return fold_title(family)


def _quote(evidence: tuple[Evidence, ...]) -> str:
    return " ".join(evidence[0].text.split()) if evidence else ""


def _hashed(kind: str, content: Any, occurrence: int) -> str:
    return f"{ID_NS}{kind}/{digest([content, occurrence] if occurrence else content)[:_TOKEN_LENGTH]}"


def _escape(text: str) -> str:
    return quote(text, safe=":/-._~", errors="backslashreplace")
