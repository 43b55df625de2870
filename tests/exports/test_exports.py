"""What is exported comes back as it was, from every format; nothing a paper says can change that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Dataset, URIRef

from kg.atomic_files import replaced_file, replaced_folder
from kg.claims import WorkClaims
from kg.exports import FORMATS, export_file, export_tables
from kg.imports import import_quads, import_table, import_works
from kg.nanopublications import LICENCE, Publication, nanopublications, works_of_nanopublications
from kg.rdf import ASSEMBLED, work_from_quads, work_graph, work_quads
from kg.serialise import Quad, parse_term
from kg.stores.oxigraph import OxigraphStore
from kg.stores.rdf_files import RDF_FORMATS
from kg.table_files import TABLE_FORMATS, read_rows, rows_to_file
from kg.tables import TABLES
from ontology.errors import QuestionError, ReadError, StoreError
from tests.conformance.world import HOSTILE, WORKS, update
from tests.kg.builders import iri, says, work
from tests.kg.test_rdf import CLAIMS

SUFFIX = {"turtle": "ttl", "trig": "trig", "jsonld": "jsonld", "nquads": "nq", "nanopubs": "trig"}
LONG = "x" * 10_000
NASTY = (
    "`) DETACH DELETE n //",
    "'; DROP TABLE x; --",
    "$name {n} \\u0041",
    "\u202egnp.exe",
    LONG,
    "=1+1",
    "\t\r\n\x01",
)
MORE = tuple(work(f"10.1000/nasty-{number}", says(name, "increases", "ice")) for number, name in enumerate(NASTY))


class Memory:
    """Give the graphs of some works without a store."""

    def __init__(self, *works: WorkClaims) -> None:
        self._graphs = {work_graph(claims.iri): work_quads(claims) for claims in works}

    def graphs(self) -> list[str]:
        return sorted(self._graphs)

    def quads(self, graph: str) -> Iterator[Quad]:
        return iter(self._graphs[graph])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxigraphStore]:
    store = OxigraphStore(tmp_path_factory.mktemp("exports"))
    store.apply(update((*WORKS, *MORE)))
    yield store
    store.close()


def exported(store: Any, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    export_file(store, out, form=form, **options)
    return out.getvalue()


def values(quads: Any, *, graphs: bool = True) -> set[tuple[object, ...]]:
    """Compare by value: stores may write 1.0E0 for 1.0."""
    return {(s, p, o[0] == "<", parse_term(o), g if graphs else "") for s, p, o, g in quads}


def written(folder: Path, form: str, data: bytes) -> Path:
    path = folder / f"file.{SUFFIX[form]}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_export_of_a_whole_library_comes_back_quad_for_quad(store: OxigraphStore, form: str, tmp_path: Path) -> None:
    path = written(tmp_path, form, exported(store, form))
    here = [quad for name in store.graphs() for quad in store.quads(name)]
    assert values(import_quads(path), graphs=form != "turtle") == values(here, graphs=form != "turtle")
    assert len(here) == len(list(import_quads(path))) or form == "turtle"
    if form != "turtle":
        assert {claims.work: claims for claims in import_works(path)} == {
            claims.work: claims for claims in (*WORKS, *MORE)
        }


@pytest.mark.parametrize("form", RDF_FORMATS)
@given(claims=CLAIMS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_export_then_import_is_the_identity(claims: WorkClaims, form: str, tmp_path: Path) -> None:
    path = written(tmp_path, form, exported(Memory(claims), form))
    quads = [(s, p, o, work_graph(claims.iri)) for s, p, o, _ in import_quads(path)]
    assert values(quads) == values(work_quads(claims))
    assert work_from_quads(claims.iri, quads) == claims


@given(claims=CLAIMS)
@settings(max_examples=40, deadline=None)
def test_nanopublications_put_together_are_the_claims_again(claims: WorkClaims) -> None:
    quads = list(nanopublications(claims.iri, work_quads(claims), Publication()))
    back = works_of_nanopublications(quads)
    pairs = (*claims.effects, *claims.measurements)
    assert set(back) == ({claims.iri} if pairs else set())
    if pairs:
        cited = {key for _, claim in pairs for key in claim.citations}
        kept = tuple(reference for reference in claims.references if reference.key in cited)
        assert work_from_quads(claims.iri, back[claims.iri]) == replace(claims, references=kept)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
def test_nanopublications_keep_the_guidelines(store: OxigraphStore, tmp_path: Path) -> None:
    """https://nanopub.net/guidelines/working_draft/: four graphs, linked from the head, nothing outside them."""
    moments = {claims.iri: "2026-11-22T20:45:00+00:00" for claims in WORKS}
    publication = Publication(creator="https://orcid.org/0000-0002-1825-0097")
    data = exported(store, "nanopubs", publication=publication, moments=moments)
    np, dcterms = "http://www.nanopub.org/nschema#", "http://purl.org/dc/terms/"
    found = Dataset()
    found.parse(data=data, format="trig")
    heads = list(found.quads((None, None, URIRef(f"{np}Nanopublication"), None)))
    assert len(heads) == sum(len(claims.effects) + len(claims.measurements) for claims in (*WORKS, *MORE))
    seen = set()
    for base, _, _, head in heads:
        parts = [
            next(found.quads((base, URIRef(np + name), None, None)))[2]
            for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        ]
        assert len({head, *parts}) == 4
        own, provenance, info = (set(found.graph(part)) for part in parts)
        assert own
        assert any(subject == parts[0] for subject, _, _ in provenance)
        stated = {str(name): value for subject, name, value in info if subject == base}
        assert str(stated[f"{dcterms}license"]) == LICENCE
        assert str(stated[f"{dcterms}creator"]) == publication.creator
        seen |= {head, *parts}
    assert {graph for *_, graph in found.quads((None, None, None, None)) if graph} == seen
    path = written(tmp_path, "nanopubs", data)
    assert {claims.work: claims for claims in import_works(path)} == {claims.work: claims for claims in (*WORKS, *MORE)}


def test_nanopublications_are_known_by_what_they_say() -> None:
    def names(claims: WorkClaims) -> set[str]:
        return {subject for subject, *_ in nanopublications(claims.iri, work_quads(claims), Publication())}

    assert names(WORKS[0]) == names(WORKS[0])
    less_sure = replace(WORKS[2].effects[0][1], confidence=0.5)
    other = replace(WORKS[2], effects=((WORKS[2].effects[0][0], less_sure), *WORKS[2].effects[1:]))
    assert {name for name in names(WORKS[2]) & names(other) if "/nanopub/" in name} != set()
    assert names(WORKS[2]) != names(other)


@pytest.mark.parametrize("form", TABLE_FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_tables_come_back_row_for_row(store: OxigraphStore, name: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.{form}"
    path.write_bytes(exported(store, form, part=name))
    rows = list(import_table(path))
    again = tmp_path / f"again.{form}"
    with again.open("wb") as stream:
        rows_to_file(TABLES[name].columns, (tuple(row.values()) for row in rows), stream, form)
    assert again.read_bytes() == path.read_bytes()
    if name == "assertions":
        assert {row["cause"] for row in rows} >= {HOSTILE, *NASTY}


CELL = {
    "text": st.none()
    | st.text(st.characters(codec="utf-8"), max_size=12)
    | st.sampled_from([HOSTILE, "", "\r", "NA", '"']),
    "integer": st.none() | st.integers(-(2**62), 2**62),
    "number": st.none() | st.floats(allow_nan=False),
    "flag": st.none() | st.booleans(),
    "texts": st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=3),
}


@pytest.mark.parametrize("form", TABLE_FORMATS)
@given(rows=st.lists(st.tuples(*CELL.values()), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_comes_back_from_a_table(rows: list[tuple[Any, ...]], form: str, tmp_path: Path) -> None:
    columns: Any = {kind: kind for kind in CELL}
    path = tmp_path / f"any.{form}"
    with path.open("wb") as stream:
        rows_to_file(columns, rows, stream, form)
    assert list(read_rows(path, columns)) == rows


def test_tables_say_what_the_claims_say(store: OxigraphStore) -> None:
    rows = pq.read_table(io.BytesIO(exported(store, "parquet", part="measurements"))).to_pylist()
    zero = next(row for row in rows if row["quantity_value"] == 0.0)
    assert (zero["mode"], zero["subject"], zero["citations"]) == ("simulated", "FEC cell", ["4"])
    effects = pq.read_table(io.BytesIO(exported(store, "parquet", part="effects"))).to_pylist()
    assert len(effects) == len(update((*WORKS, *MORE)).assembly.effects)
    assert all(len(row["supported_by"]) == row["support"] for row in effects)


@pytest.mark.parametrize("form", FORMATS)
def test_export_is_the_same_however_the_store_came_to_be(store: OxigraphStore, form: str, tmp_path: Path) -> None:
    grown = OxigraphStore(tmp_path)
    grown.apply(update(WORKS[:2]))
    grown.apply(update((*WORKS[:2], *WORKS[2:], *MORE), generation=2, changed=(*WORKS[2:], *MORE)))
    part = "effects" if form in TABLE_FORMATS else "all"
    assert exported(grown, form, part=part) == exported(store, form, part=part)
    grown.close()


def test_export_of_one_work_and_of_parts(store: OxigraphStore, tmp_path: Path) -> None:
    for name in ("10.1000/ONE", "https://doi.org/10.1000/one", WORKS[0].work, WORKS[0].iri):
        (claims,) = import_works(written(tmp_path, "trig", exported(store, "trig", work=name)))
        assert claims == WORKS[0]
    assert ASSEMBLED.encode() not in exported(store, "nquads", part="claims")
    assert b"#graph>" not in exported(store, "nquads", part="conclusions")
    with pytest.raises(QuestionError, match="no work"):
        exported(store, "trig", work="10.1000/none")
    with pytest.raises(QuestionError, match="one table a file"):
        exported(store, "csv")
    with pytest.raises(QuestionError, match="not the table"):
        exported(store, "turtle", part="effects")


def test_export_refuses_to_take_half_a_file_for_a_whole_one(store: OxigraphStore, tmp_path: Path) -> None:
    data = exported(store, "trig")
    path = written(tmp_path, "trig", data[: len(data) // 2])
    with pytest.raises(ReadError, match="no whole trig file"):
        list(import_quads(path))
    table = tmp_path / "effects.csv"
    table.write_bytes(exported(store, "csv", part="works"))
    with pytest.raises(ReadError):
        list(import_table(table))


def test_export_leaves_the_old_file_where_it_fails(store: OxigraphStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(b"before")
    with pytest.raises(QuestionError), replaced_file(path) as stream:
        export_file(store, stream, form="csv", part="works", work="10.1000/none")
    assert [item.name for item in tmp_path.iterdir()] == ["graph.trig"]
    assert path.read_bytes() == b"before"
    with pytest.raises(StoreError, match="choose another --output"), replaced_file(tmp_path / "no" / "folder"):
        pass


def test_export_replaces_a_folder_of_its_own_only(store: OxigraphStore, tmp_path: Path) -> None:
    folder, ours = tmp_path / "tables", frozenset(f"{name}.csv" for name in TABLES)
    for _ in range(2):
        with replaced_folder(folder, ours=ours) as inside:
            export_tables(store, inside, form="csv")
    assert {item.name for item in folder.iterdir()} == ours
    (folder / "thesis.docx").touch()
    with pytest.raises(StoreError, match="holds other files"), replaced_folder(folder, ours=ours):
        pass
    assert [item.name for item in tmp_path.iterdir()] == ["tables"]


def test_export_keeps_a_hostile_name_a_literal_in_every_format(store: OxigraphStore, tmp_path: Path) -> None:
    for form in RDF_FORMATS:
        literals = {parse_term(o) for _, _, o, _ in import_quads(written(tmp_path, form, exported(store, form)))}
        assert literals >= {HOSTILE, *NASTY}
    assert iri("fec") in {parse_term(o) for name in store.graphs() for _, _, o, _ in store.quads(name)}
