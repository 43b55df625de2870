"""The table of sources."""

# Name in sources.toml -> module, imported when a run asks it.
SOURCES: dict[str, str] = {
    "arxiv": "extractors.sources.arxiv",
    "crossref": "extractors.sources.crossref",
    "europepmc": "extractors.sources.europepmc",
    "folder": "extractors.sources.folder",
    "openalex": "extractors.sources.openalex",
}
