"""Ask a SPARQL 1.1 endpoint over HTTP; it is read, never written.

Endpoints end a query that runs too long with a cut answer, so an answer counts only when its JSON is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from kg.reading_only import bind_sparql, check_sparql
from kg.serialise import Value, typed
from kg.store import Language, Result, Update, Watermark
from ontology.errors import QuestionError, StoreError

__all__ = ["SparqlHttpStore"]

_ACCEPT = "application/sparql-results+json"


class SparqlHttpStore:
    """Hold the address of an endpoint, such as ``http://127.0.0.1:7878/query``."""

    language: Language = "sparql"
    incremental = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(headers={"Accept": _ACCEPT}, follow_redirects=False)

    def watermark(self) -> Watermark | None:
        """Return None: an endpoint is not ours to keep up to date."""
        return None

    def apply(self, update: Update) -> None:
        """Refuse: this store is read-only."""
        raise StoreError(
            f"{self._url} is read-only here ({len(update.works)} works not written); export N-Quads instead"
        )

    def query(self, text: str, parameters: Mapping[str, Value], *, max_rows: int, timeout: float | None) -> Result:
        """Answer a SELECT or ASK query."""
        check_sparql(text)
        try:
            answer = self._client.post(self._url, data={"query": bind_sparql(text, parameters)}, timeout=timeout)
        except httpx.TimeoutException:
            raise StoreError(f"{self._url} took longer than {timeout:g} s; narrow the query") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreError(f"{self._url} does not answer ({error}); is the endpoint running?") from error
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise QuestionError(f"SPARQL: {answer.text.strip().splitlines()[0] if answer.text.strip() else 'refused'}")
        if answer.status_code != httpx.codes.OK:
            raise StoreError(f"{self._url} answers with status {answer.status_code}; check the address")
        try:
            data = answer.json()
        except ValueError as error:
            raise StoreError(f"{self._url} cut its answer short; narrow the query or raise its time limit") from error
        return _result(data, max_rows)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


def _result(data: Any, max_rows: int) -> Result:
    if "boolean" in data:
        return Result(("answer",), ((bool(data["boolean"]),),))
    columns = tuple(data["head"]["vars"])
    bindings = data["results"]["bindings"]
    rows = tuple(tuple(_value(binding.get(name)) for name in columns) for binding in bindings[:max_rows])
    return Result(columns, rows, truncated=len(bindings) > max_rows)


def _value(cell: Mapping[str, str] | None) -> str | int | float | bool | None:
    if cell is None:
        return None
    return typed(cell["value"], cell["datatype"]) if "datatype" in cell else cell["value"]
