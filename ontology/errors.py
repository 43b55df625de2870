"""The error tree: every failure a user can cause or mend.

AnodeError
├── ReadError        a file or document cannot be read
├── SourceError      a literature source answers badly or not at all
├── LexiconError     a concept, cue or unit table is malformed
├── StoreError       a library or graph store cannot be opened, written or queried
└── QuestionError    a question, query or parameter is not understood

A message says what was wrong, where, and what to do. The command line catches AnodeError once, prints one
line and exits with status 1; anything else is a bug and shows its trace.
"""

__all__ = ["AnodeError", "LexiconError", "QuestionError", "ReadError", "SourceError", "StoreError"]


class AnodeError(Exception):
    """Base of all errors with a remedy."""


class ReadError(AnodeError):
    """Say that a document cannot be read, and what to do about it."""


class SourceError(AnodeError):
    """Say that a literature source failed."""


class LexiconError(AnodeError):
    """Say that a concept, cue or unit table is malformed."""


class StoreError(AnodeError):
    """Say that a library or graph store failed."""


class QuestionError(AnodeError):
    """Say that a question, query or parameter is not understood."""
