"""Claims to graphs to answers: the library, its projections, what follows, and the catalogue of questions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.assemble import assemble
from kg.claims import Stamp, WorkClaims, WorkSummary
from kg.comparability import canonical_interval
from kg.curation import ACTIONS, Curation
from kg.graph import Graph, library_generation, open_library
from kg.intake import Intake, Seen
from kg.library import Library
from kg.measurement_frames import frame_text, missing_text
from kg.pooling import pool_claims
from kg.property_schema import EDGES, NODES
from kg.quarantine import refusals
from kg.query import Parameter, Question, find_question, load_questions
from kg.runs import RunReport, difference, run_report
from kg.runs_log import RecordedRun, recorded_run, recorded_runs
from kg.serialise import Iri, Value, writable_iri
from kg.standing import is_projected
from kg.store import Language, Result
from kg.stores.statements import Found, Reports, Sought
from kg.summaries import condition_text, quantity_text

if TYPE_CHECKING:
    from kg.adoption import adopt, fit, recall
    from kg.atomic_files import replaced_file, replaced_folder
    from kg.endpoint import Endpoint, Limits
    from kg.exports import FORMATS, PARTS, export_file, export_tables, table_names
    from kg.imports import Imported, import_file
    from kg.nanopublications import LICENCE, Publication
    from kg.table_files import kinds_of, rows_to_file
    from kg.validate import violations

# Doors of rooms that cost an import of their own (pyarrow, the HTTP server); opened on first use.
_LATE = {
    "FORMATS": "kg.exports",
    "LICENCE": "kg.nanopublications",
    "PARTS": "kg.exports",
    "Endpoint": "kg.endpoint",
    "Imported": "kg.imports",
    "Limits": "kg.endpoint",
    "Publication": "kg.nanopublications",
    "adopt": "kg.adoption",
    "export_file": "kg.exports",
    "export_tables": "kg.exports",
    "fit": "kg.adoption",
    "import_file": "kg.imports",
    "kinds_of": "kg.table_files",
    "recall": "kg.adoption",
    "replaced_file": "kg.atomic_files",
    "replaced_folder": "kg.atomic_files",
    "rows_to_file": "kg.table_files",
    "table_names": "kg.exports",
    "violations": "kg.validate",
}

__all__ = [
    "ACTIONS",
    "EDGES",
    "FORMATS",
    "LICENCE",
    "NODES",
    "PARTS",
    "Curation",
    "Endpoint",
    "Found",
    "Graph",
    "Imported",
    "Intake",
    "Iri",
    "Language",
    "Library",
    "Limits",
    "Parameter",
    "Publication",
    "Question",
    "RecordedRun",
    "Reports",
    "Result",
    "RunReport",
    "Seen",
    "Sought",
    "Stamp",
    "Value",
    "WorkClaims",
    "WorkSummary",
    "adopt",
    "assemble",
    "canonical_interval",
    "condition_text",
    "difference",
    "export_file",
    "export_tables",
    "find_question",
    "fit",
    "frame_text",
    "import_file",
    "is_projected",
    "kinds_of",
    "library_generation",
    "load_questions",
    "missing_text",
    "open_library",
    "pool_claims",
    "quantity_text",
    "recall",
    "recorded_run",
    "recorded_runs",
    "refusals",
    "replaced_file",
    "replaced_folder",
    "rows_to_file",
    "run_report",
    "table_names",
    "violations",
    "writable_iri",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
