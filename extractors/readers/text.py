"""Read plain text: the document's text is the decoded file, character for character."""

from extractors.readers.citations import Known, find_citations
from extractors.readers.decode import decode
from extractors.readers.files import Source, text_hash
from extractors.readers.lines import groups_of
from extractors.readers.prose import Structure, structure
from extractors.readers.references import unique
from ontology.model import Citation, Document, Reference, Span

VERSION = "text 1"
CITING = frozenset(("paragraph", "list_item", "caption", "footnote", "heading"))


def read(source: Source) -> Document:
    """Read a plain text file."""
    text = decode(source)
    found = structure(groups_of(text, markup=False))
    references = unique(found.references)
    front = found.front
    return Document(
        id=source.id,
        path=str(source.path),
        format="text",
        text=text,
        sha256=source.sha256,
        text_sha256=text_hash(text),
        title=front.title,
        doi=front.doi,
        authors=front.authors,
        year=front.year,
        venue=front.venue,
        licence=front.licence,
        article_type=front.article_type,
        blocks=tuple(found.blocks),
        references=references,
        citations=citations_of(text, found, references),
        reader=VERSION,
        volume=front.volume,
        first_page=front.first_page,
    )


def citations_of(text: str, found: Structure, references: tuple[Reference, ...]) -> tuple[Citation, ...]:
    """Find the call-outs in running text, in document order."""
    spans: list[Span] = sorted(piece for block in found.blocks if block.kind in CITING for piece in block.pieces)
    return find_citations(text, spans, Known.of(references))
