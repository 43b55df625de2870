"""From papers to claims: read a file into a Document, extract a Document into claims."""

from extractors.contract import to_contract
from extractors.pipeline import MIN_CONFIDENCE, extract
from extractors.readers import read
from extractors.sandbox import read_guarded
from extractors.sources import (
    SOURCES,
    Harvest,
    Moment,
    Plan,
    Retraction,
    described,
    harvest,
    make_plan,
    read_plan,
    settle,
    sidecar,
)
from extractors.version import extractor_version, lexicon_version, reader_version

EXTRACTOR = extractor_version()

__all__ = [
    "EXTRACTOR",
    "MIN_CONFIDENCE",
    "SOURCES",
    "Harvest",
    "Moment",
    "Plan",
    "Retraction",
    "described",
    "extract",
    "harvest",
    "lexicon_version",
    "make_plan",
    "read",
    "read_guarded",
    "read_plan",
    "reader_version",
    "settle",
    "sidecar",
    "to_contract",
]
