"""Give tests a real Neo4j server: skipped where Java or Maven is missing, except on CI, where that is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.neo4j_server import server


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    """Yield the Bolt address of a Neo4j server of this session."""
    missing = server.missing_tool()
    if missing:
        reason = f"{missing} is not installed: no real Neo4j here (Debian: openjdk-17-jre-headless, maven)"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    with server.running() as address:
        yield address
