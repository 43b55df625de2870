"""Claims to graphs to answers: the library, its projections, what follows, and the catalogue of questions."""

from kg.assemble import assemble
from kg.claims import Stamp, WorkClaims
from kg.comparability import canonical_interval
from kg.curation import ACTIONS, Curation
from kg.graph import Graph, library_generation, open_library
from kg.intake import Intake, Seen
from kg.library import Library
from kg.measurement_frames import frame_text, missing_text
from kg.quarantine import refusals
from kg.query import Parameter, Question, find_question, load_questions
from kg.serialise import Iri
from kg.standing import is_projected
from kg.store import Result
from kg.summaries import condition_text, quantity_text

__all__ = [
    "ACTIONS",
    "Curation",
    "Graph",
    "Intake",
    "Iri",
    "Library",
    "Parameter",
    "Question",
    "Result",
    "Seen",
    "Stamp",
    "WorkClaims",
    "assemble",
    "canonical_interval",
    "condition_text",
    "find_question",
    "frame_text",
    "is_projected",
    "library_generation",
    "load_questions",
    "missing_text",
    "open_library",
    "quantity_text",
    "refusals",
]
