"""Check a record against the phrases of a search, for services that only rank."""

from __future__ import annotations

import html
import re

from extractors.sources.records import Record, Search
from ontology.identity import fold_title

__all__ = ["matches"]

_TAG = re.compile(r"</?(?:jats:)?[A-Za-z][\w:-]*[^<>]{0,200}>")


def matches(record: Record, search: Search) -> bool:
    """Say whether title and abstract hold the phrases of a search, whatever their spaces, hyphens and case."""
    words = fold_title(_TAG.sub("", html.unescape(f"{record.title} {record.abstract}")))
    has = [fold_title(term) in words for term in search.terms]
    return (
        (any(has) or not has)
        and all(fold_title(term) in words for term in search.all_of)
        and not any(fold_title(term) in words for term in search.none_of)
    )
