"""From papers to claims: read a file into a Document, extract a Document into claims."""

from extractors.contract import to_contract
from extractors.pipeline import extract
from extractors.readers import read
from extractors.sandbox import read_guarded
from extractors.version import extractor_version

EXTRACTOR = extractor_version()

__all__ = ["EXTRACTOR", "extract", "read", "read_guarded", "to_contract"]
