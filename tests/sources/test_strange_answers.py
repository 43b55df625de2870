"""Whatever stands in a field of an answer, a source gives records or one line, and its abstract stays a document."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.sources import SOURCES
from extractors.sources.abstracts import abstract_document
from extractors.sources.records import Search
from extractors.sources.service import Service
from ontology.codec import encode
from ontology.errors import SourceError
from tests.sources import shapes
from tests.sources.server import Reply, Server

SEARCH = Search("s", ("crossref",), terms=("a",))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None), max_size=20),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=6,
)
SHAPES: dict[str, Callable[[], dict[str, Any]]] = {
    "europepmc": lambda: shapes.EuropePmc.page([shapes.Work(1, retracted=True)], "", 1),
    "openalex": lambda: {"meta": {"count": 1}, "results": [shapes.openalex_result(shapes.Work(1), pdf="http://x/y")]},
    "crossref": lambda: shapes.crossref_list(
        [shapes.crossref_item(shapes.Work(1, retracts="10.5555/b"), link="http://x")]
    ),
}


def places(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(below, *path, key)


def put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = new


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_source_takes_whatever_stands_in_a_field(
    name: str, data: st.DataObject, server: Server, service: Callable[..., Service]
) -> None:
    answer = SHAPES[name]()
    put(answer, data.draw(st.sampled_from(list(places(answer)))), data.draw(JSON))
    path = "/europepmc/search" if name == "europepmc" else f"/{name}/works"
    server.route(path, Reply.of_json(answer))
    pages = importlib.import_module(SOURCES[name]).pages(SEARCH, service(name))
    for page in (next(pages),):
        for record in page.records:
            assert record.key
            assert json.dumps(encode(record), ensure_ascii=False).encode()
            assert len(record.fingerprint) == 24
            assert abstract_document(record).startswith(b"<?xml")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_source_takes_whatever_bytes_a_server_sends(
    server: Server, service: Callable[..., Service], body: bytes
) -> None:

    for name, path, kind in (
        ("crossref", "/crossref/works", "application/json"),
        ("arxiv", "/arxiv/api/query", "text/xml"),
    ):
        server.route(path, Reply.of(body, kind))
        said = ""
        try:
            list(importlib.import_module(SOURCES[name]).pages(SEARCH, service(name)))
        except SourceError as error:
            said = str(error)
        assert "\n" not in said
