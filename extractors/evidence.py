"""Fill evidence with the document's own words; the first piece is the sentence around the target."""

from __future__ import annotations

from dataclasses import replace

from extractors.text import Sentence
from ontology.model import Assertion, Document, Evidence, Span

__all__ = ["sentence_pieces", "with_text"]


def sentence_pieces(document: Document, sentence: Sentence) -> list[Span]:
    """Return where a sentence stands in the source: one span, or more where a figure or footnote cuts it."""
    start, end = sentence.source
    merged: list[Span] = []
    for piece in document.blocks[sentence.block].pieces:
        cut = Span(max(piece.start, start), min(piece.end, end))
        if cut.start >= cut.end:
            continue
        if merged and not document.text[merged[-1].end : cut.start].strip():
            merged[-1] = Span(merged[-1].start, cut.end)
        else:
            merged.append(cut)
    return merged or [Span(start, end)]


def with_text(claim: Assertion, document: Document, sentence: Sentence) -> Assertion:
    """Give every piece of evidence its quote; split an interrupted sentence, the part with the target first."""
    pieces = sentence_pieces(document, sentence)
    pieces.sort(key=lambda p: not p.start <= claim.target_span.start < p.end)
    whole = [Evidence("sentence", p.start, p.end, document.text[p.start : p.end]) for p in pieces]
    rest = [replace(e, text=document.text[e.start : e.end]) for e in claim.evidence if e.role != "sentence"]
    return replace(claim, evidence=(*whole, *rest))
