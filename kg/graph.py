"""Open a library as a graph: healed on opening, asked by catalogue question, SPARQL or Cypher.

Stores are opened on first use, so that a plain question costs one embedded store and no more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.library import Library
from kg.library_view import LibraryView
from kg.past import PastStores
from kg.projection import heal
from kg.query import Question, find_question, load_questions, ordered
from kg.rdf import KIND_CLASS, TOP
from kg.serialise import Iri, Value, writable_iri
from kg.store import GraphStore, Language, Result
from kg.stores import statements as paging
from kg.stores import store_class
from kg.stores.statements import Found, Reports, Sought
from ontology import ID_NS, Ontology, fold_label, load_ontology
from ontology.errors import QuestionError, StoreError

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Graph", "library_generation", "open_library"]

# language -> (store, its folder in the library)
_ENGINES: Mapping[Language, tuple[str, str]] = {"sparql": ("oxigraph", "oxigraph"), "cypher": ("ladybug", "ladybug")}
# Modules that cost more to load than most questions to answer.
_LAZY = {"frames": "kg.frames", "push": "kg.pushing"}
_NO_PARAMETERS: Mapping[str, Value] = {}
_CATALOGUE_ROWS = 100_000
_ALL_ROWS = 10_000_000


def library_generation(path: Path) -> int:
    """Return the last published generation of a library without opening its stores."""
    with Library.open(path, read_only=True) as library:
        return library.generation


def open_library(path: Path | str, *, read_only: bool = False, as_of: int | str | None = None) -> Graph:
    """Open a library; raise StoreError where there is none.

    Its projections are brought up to date first; with ``read_only`` nothing is written, and the last published state
    answers. ``as_of`` shows a past state: a generation, ``"run 3"``, a date ``"2026-11-22"`` or a time of day.
    """
    folder = Path(path)
    with Library.open(folder, read_only=True) as library:
        now = library.generation
        then = now if as_of is None else as_of if isinstance(as_of, int) else library.generation_at(as_of)
    if not 0 <= then <= now:
        raise StoreError(f"{folder} has generations 0 to {now}, not {then}; name one of them, a run or a date")
    graph = Graph(folder, load_ontology(), generation=then, read_only=read_only, past=then != now)
    graph.store("sparql")
    return graph


class Graph(LibraryView):
    """Hold the stores of one library, now or at a past generation; safe to use from several threads."""

    def __init__(self, path: Path, ontology: Ontology, *, generation: int, read_only: bool, past: bool = False) -> None:
        super().__init__(path, ontology, generation)
        self._read_only = read_only
        self._past = PastStores(path, generation, kept=not read_only) if past else None
        self._stores: dict[Language, GraphStore] = {}
        self._lock = threading.RLock()
        self._names: dict[str, str] | None = None

    # --- catalogue ----------------------------------------------------------------------------------------------

    def questions(self) -> tuple[Question, ...]:
        """Return the catalogue."""
        return load_questions()

    def question(self, identifier: str) -> Question:
        """Return one question; raise QuestionError that names the nearest where there is none."""
        return find_question(identifier)

    def bind(self, identifier: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """Return a value for every parameter of a question; labels become IRIs, also those only this library knows."""
        question = find_question(identifier)
        return question.bind(self._named(question, parameters), ontology=self.ontology)

    def rows(
        self, identifier: str, parameters: Mapping[str, Value] = _NO_PARAMETERS, *, engine: Language = "sparql"
    ) -> Result:
        """Answer a catalogue question; concepts may be given by IRI or label."""
        return self._answer(find_question(identifier), self.bind(identifier, parameters), engine, _CATALOGUE_ROWS)

    def whole(self, identifier: str, parameters: Mapping[str, Value] = _NO_PARAMETERS) -> Result:
        """Answer a question about all of the library, with however many rows.

        The property graph keeps its columns together and lists 10⁵ effects in two seconds, where RDF takes half a minute:
        it answers wherever both graphs show the same state.
        """
        question = find_question(identifier)
        bound = question.bind(parameters, ontology=self.ontology)
        return self._answer(question, bound, "cypher" if self._both_stand() else "sparql", _ALL_ROWS)

    def query(
        self,
        identifier: str,
        /,
        parameters: Mapping[str, Value] = _NO_PARAMETERS,
        *,
        engine: Language = "sparql",
        **named: Value,
    ) -> pd.DataFrame:
        """Answer a catalogue question as a table; parameters as a mapping or by name, concepts by IRI or label."""
        return _frame(self.rows(identifier, {**parameters, **named}, engine=engine))

    def evidence(self, iris: Sequence[str]) -> Result:
        """Return the evidence of many claims at once: effects, double edges, inferred help, single claims."""
        question = find_question("evidence-of-claim")
        return self.rows(question.id, {"claims": list(iris)}) if iris else Result(question.columns, ())

    def statements(self, sought: Sought, *, most: int = 1000) -> Found:
        """Return the statements that fit, the best supported first, and how many there are."""
        return paging.statements(self.store("cypher"), sought, most=most)

    def first_statements(self, effects: Sequence[str], *, each: int) -> dict[str, tuple[str, ...]]:
        """Return a few statements of each effect, by IRI: own results first, then the surest, each work once."""
        return paging.first_statements(self.store("cypher"), effects, each=each)

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return what statements call their causes and their targets, by role."""
        return paging.named_in_statements(self.store("cypher"))

    def reports(self) -> tuple[Reports, ...]:
        """Return which work reports how many numbers of what."""
        return paging.numbers_reported(self.store("cypher"))

    # --- free queries -------------------------------------------------------------------------------------------

    def sparql(
        self,
        text: str,
        parameters: Mapping[str, Value] = _NO_PARAMETERS,
        *,
        max_rows: int = 10_000,
        timeout: float = 30.0,
    ) -> pd.DataFrame:
        """Answer a read-only SPARQL query; the timeout counts seconds."""
        return _frame(self.store("sparql").query(text, parameters, max_rows=max_rows, timeout=timeout))

    def cypher(
        self,
        text: str,
        parameters: Mapping[str, Value] = _NO_PARAMETERS,
        *,
        max_rows: int = 10_000,
        timeout: float = 30.0,
    ) -> pd.DataFrame:
        """Answer a read-only Cypher query on the embedded engine; the timeout counts seconds."""
        return _frame(self.store("cypher").query(text, parameters, max_rows=max_rows, timeout=timeout))

    # --- tables -------------------------------------------------------------------------------------------------

    def effects(self) -> pd.DataFrame:
        """Return all pooled effects."""
        return _frame(self.whole("edges-of-strategy", {"cause": TOP}))

    def double_edges(self) -> pd.DataFrame:
        """Return all double-edged effects."""
        return _frame(self.whole("double-edged-strategies"))

    def contradictions(self) -> pd.DataFrame:
        """Return all opposed findings with what is known of their comparability."""
        return _frame(self.whole("contradictions"))

    def measurements(self) -> pd.DataFrame:
        """Return all measurements, also of metrics that no concept covers."""
        table: pd.DataFrame = import_module(_LAZY["frames"]).measurement_frame(self.claims())
        return table

    # --- the library below ----------------------------------------------------------------------------------------

    def push(
        self,
        url: str,
        *,
        user: str = "",
        password: str = "",
        database: str | None = None,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> dict[str, int]:
        """Make a Neo4j server show this library; return how many works were written, withdrawn and left."""
        store = store_class("neo4j")(url, user=user, password=password, database=database)
        try:
            written: dict[str, int] = import_module(_LAZY["push"]).push(
                self.claims(), store, self.ontology, generation=self.generation, progress=progress
            )
        finally:
            store.close()
        return written

    def stats(self) -> dict[str, int]:
        """Return how much there is of everything."""
        works = self.works()
        return {
            "works": len(works),
            "assertions": sum(work.effects for work in works),
            "measurements": sum(work.measurements for work in works),
            "effects": len(self.whole("edges-of-strategy", {"cause": TOP}).rows),
            "double edges": len(self.whole("double-edged-strategies").rows),
            "opposed findings": len(self.whole("contradictions").rows),
            "quarantined": len(self.refused()),
            "concepts": len(self.ontology.concepts),
            "generation": self.generation,
        }

    def _named(self, question: Question, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """Replace names that only this library knows (of things no concept covers) by their IRIs."""
        kinds = {parameter.name: parameter.kind for parameter in question.parameters}
        named = dict(parameters)
        for name, value in parameters.items():
            if kinds.get(name) == "concept" and isinstance(value, str) and value and value not in KIND_CLASS:
                if writable_iri(value) or self.ontology.find(value):
                    continue
                local = self._local_names().get(fold_label(value).casefold())
                named[name] = Iri(local) if local else value
            elif kinds.get(name) == "since" and isinstance(value, str):
                named[name] = [Iri(work) for work in self.since(value)] or [Iri(f"{ID_NS}work/none")]
        return named

    def _local_names(self) -> dict[str, str]:
        """Return the IRI of each cause that no concept covers, by its folded name."""
        with self._lock:
            if self._names is None:
                found = self.whole("edges-of-strategy", {"cause": TOP})
                cause, label = found.columns.index("concept"), found.columns.index("label")
                rows = sorted((str(row[label]), str(row[cause])) for row in found.rows)
                self._names = {
                    fold_label(name).casefold(): iri for name, iri in rows if iri not in self.ontology.concepts
                }
        return self._names

    # --- inside -------------------------------------------------------------------------------------------------

    def _answer(self, question: Question, bound: dict[str, Value], engine: Language, max_rows: int) -> Result:
        text = question.sparql if engine == "sparql" else question.cypher
        return ordered(self.store(engine).query(text, bound, max_rows=max_rows, timeout=None), question)

    def _both_stand(self) -> bool:
        """Say whether both embedded stores have published one state, and none that came after this one."""
        rdf, columns = (store_class(name)(self.path / folder).watermark() for name, folder in _ENGINES.values())
        return self._past is None and rdf is not None and rdf == columns and rdf.generation <= self.generation

    def store(self, engine: Language) -> GraphStore:
        """Return the embedded store of a language, healed and opened on first use."""
        if engine not in _ENGINES:
            raise QuestionError(f"no engine {engine!r}; there are {', '.join(_ENGINES)}")
        with self._lock:
            if engine not in self._stores:
                name, folder = _ENGINES[engine]
                store: GraphStore = store_class(name)((self._past.folder if self._past else self.path) / folder)
                if self._past or not self._read_only:
                    with self._library() as library:
                        heal(library, store, self.ontology, as_of=self.generation if self._past else None)
                self._stores[engine] = store
            return self._stores[engine]

    def refresh(self) -> None:
        """Show what the library holds by now."""
        self.close()
        self._past, self._names = None, None
        super().refresh()

    def close(self) -> None:
        """Release all stores."""
        with self._lock:
            for store in self._stores.values():
                store.close()
            self._stores.clear()
            if self._past:
                self._past.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _frame(result: Result) -> pd.DataFrame:
    table: pd.DataFrame = import_module(_LAZY["frames"]).frame(result)
    return table
