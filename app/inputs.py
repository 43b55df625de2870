"""Tell what is offered to ``anodekg ingest``: files and folders, a query file, or a source and what to ask it for.

A source is written ``NAME:PHRASE``, e.g. ``europepmc:silicon-carbon anode``; a file of that name comes first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors import SOURCES, Plan, make_plan, read_plan
from ontology.errors import SourceError

__all__ = ["CONTACT_VARIABLE", "asked_plan"]

CONTACT_VARIABLE = "ANODEKG_CONTACT"
_QUERY_FILE = ".toml"


def asked_plan(words: Sequence[str]) -> Plan | None:
    """Return what to ask of sources, files and folders among the words included; None where all are files or folders.

    Sources are told who asks: the contact of the query file, else ``$ANODEKG_CONTACT``.
    """
    phrases = [word for word in words if _is_source(word)]
    files = [Path(word) for word in words if Path(word).suffix.lower() == _QUERY_FILE]
    if not phrases and not files:
        return None
    if len(files) > 1:
        raise SourceError(f"{files[0]} and {files[1]} are two query files; give one at a time")
    plan = read_plan(files[0]) if files else None
    contact = plan.contact if plan else os.environ.get(CONTACT_VARIABLE, "")
    if phrases and not contact:
        remedy = f"set {CONTACT_VARIABLE}=you@example.org, or give a query file that says so"
        raise SourceError(f"{phrases[0]}: services want to know who asks; {remedy}")
    searches = [_search(phrase) for phrase in phrases]
    paths = [word for word in words if word not in phrases and Path(word) not in files]
    if paths:
        here = [str(Path(path).absolute()) for path in paths]
        searches.append({"name": "files and folders", "sources": ["folder"], "paths": here})
    if not searches and plan:
        return plan
    added = make_plan({"contact": contact, "search": searches}, path=Path("command line"))
    return replace(plan, searches=plan.searches + added.searches) if plan else added


def _is_source(word: str) -> bool:
    name, colon, _ = word.partition(":")
    return bool(colon) and name in SOURCES and name != "folder" and not Path(word).exists()


def _search(word: str) -> Mapping[str, Any]:
    name, _, phrase = word.partition(":")
    if not phrase.strip():
        raise SourceError(f'{word} asks for nothing; write what to look for: {name}:"silicon-carbon anode"')
    return {"name": word, "sources": [name], "terms": [phrase]}
