"""Two ways in which a server fails for good, or for now."""

from __future__ import annotations

from ontology.errors import SourceError

__all__ = ["FailingError", "MalformedError", "RefusedError"]


class RefusedError(SourceError):
    """Say that something will not be had; ``status`` is the server's, 0 where it was refused on our side."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class FailingError(SourceError):
    """Say that a server failed at every attempt; ``status`` is its last, 0 where it gave none."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class MalformedError(SourceError):
    """Say that a response is not what it should be; another attempt may be whole."""
