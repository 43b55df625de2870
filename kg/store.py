"""Say what a graph store must do; a store is a projection of the library and never the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.claims import WorkClaims
from kg.curation import Curation
from kg.serialise import Value
from ontology import Ontology
from ontology.model import Assembly

__all__ = ["PROJECTION", "GraphStore", "Language", "Result", "Update", "Watermark"]

Language = Literal["sparql", "cypher"]
Item = str | int | float | bool | None
# Raised whenever a projection changes what it writes: every store is then rebuilt on opening.
PROJECTION = "16"


@dataclass(frozen=True, slots=True)
class Watermark:
    """Say which state of library and ontology a store shows."""

    generation: int
    ontology: str  # digest
    projection: str = PROJECTION


@dataclass(frozen=True, slots=True)
class Update:
    """Hold what a store has missed; ``full`` says that everything is given and what else it holds must go.

    With ``levers`` the assembly holds what is concluded on these causes alone, and takes the place of what stood there
    on them; the nodes of ``things``, which no concept covers, are then renewed too.
    """

    watermark: Watermark
    full: bool
    changed: Iterable[WorkClaims]
    withdrawn: tuple[str, ...]  # work IRIs
    assembly: Assembly
    ontology: Ontology
    works: frozenset[str]  # IRIs of all works there are, or of all that the assembly speaks of
    levers: frozenset[str] | None = None
    things: frozenset[str] = frozenset()
    curations: tuple[Curation, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the rows of an answer: IRIs and texts as text, missing values as None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Item, ...], ...]
    truncated: bool = False  # more rows were there than asked for


class GraphStore(Protocol):
    """Project, and answer read-only queries in one language."""

    language: Language

    @property
    def incremental(self) -> bool:
        """Say whether an update may hold what changed alone; where not, it must be a full one."""
        ...

    def watermark(self) -> Watermark | None:
        """Return the state this store shows; None when it shows none or was left half-written."""
        ...

    def apply(self, update: Update) -> None:
        """Write what was missed; interrupted at any point, the watermark still tells that it must be done again."""
        ...

    def query(self, text: str, parameters: Mapping[str, Value], *, max_rows: int, timeout: float | None) -> Result:
        """Answer a read-only query with ``$name`` parameters; the timeout counts seconds, None for our catalogue."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
