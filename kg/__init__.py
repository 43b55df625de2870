"""Claims to graphs to answers: the library, its projections, what follows, and the catalogue of questions."""

from kg.assemble import assemble
from kg.claims import Stamp, WorkClaims, WorkSummary
from kg.comparability import canonical_interval
from kg.curation import ACTIONS, Curation
from kg.graph import Graph, library_generation, open_library
from kg.intake import Intake, Seen
from kg.library import Library
from kg.measurement_frames import frame_text, missing_text
from kg.property_schema import EDGES, NODES
from kg.quarantine import refusals
from kg.query import Parameter, Question, find_question, load_questions
from kg.runs import RunReport, difference, run_report
from kg.runs_log import RecordedRun, recorded_run, recorded_runs
from kg.serialise import Iri
from kg.standing import is_projected
from kg.store import Result
from kg.summaries import condition_text, quantity_text

__all__ = [
    "ACTIONS",
    "EDGES",
    "NODES",
    "Curation",
    "Graph",
    "Intake",
    "Iri",
    "Library",
    "Parameter",
    "Question",
    "RecordedRun",
    "Result",
    "RunReport",
    "Seen",
    "Stamp",
    "WorkClaims",
    "WorkSummary",
    "assemble",
    "canonical_interval",
    "condition_text",
    "difference",
    "find_question",
    "frame_text",
    "is_projected",
    "library_generation",
    "load_questions",
    "missing_text",
    "open_library",
    "quantity_text",
    "recorded_run",
    "recorded_runs",
    "refusals",
    "run_report",
]
