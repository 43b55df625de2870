"""Use cases and faces: ingest, ask, the command line and the page."""
