"""Fetch the jars of the test server ahead of the tests: ``python -m tests.neo4j_server``."""

import sys

from tests.neo4j_server.server import fetch, missing_tool

if tool := missing_tool():
    sys.exit(f"{tool} is not installed (Debian: openjdk-17-jre-headless, maven)")
sys.stdout.write(f"Neo4j's jars are in {fetch()}\n")
