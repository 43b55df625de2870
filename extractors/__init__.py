"""From papers to claims: read a file into a Document, extract a Document into claims."""

from extractors.contract import to_contract
from extractors.pipeline import EXTRACTOR, extract
from extractors.readers import read

__all__ = ["EXTRACTOR", "extract", "read", "to_contract"]
