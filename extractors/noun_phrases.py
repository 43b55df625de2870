"""Delimit the phrase a head token stands for."""

from __future__ import annotations

from extractors.language import Token

__all__ = ["noun_phrase"]


def noun_phrase(head: Token) -> tuple[int, int]:
    """Give the token range of a head's own phrase: from its left modifiers to its last of-phrase, clauses left out."""
    left = head.i
    for child in head.lefts:
        if (
            child.dep_
            in (
                "det",
                "poss",
                "predet",
                "preconj",
                "cc",
                "punct",
                "mark",
                "advmod",
                "nsubj",
                "nsubjpass",
                "aux",
                "auxpass",
                "relcl",
                "advcl",
                "cop",
            )
            and child.dep_ != "poss"
        ):
            continue
        left = min(left, child.left_edge.i)
    right = head.i
    doc = head.doc
    if head.pos_ == "VERB":
        for child in head.rights:
            if child.dep_ in ("dobj", "prep", "prt"):
                right = max(right, _plain_end(child))
        if head.dep_ == "csubj" and head.doc[head.left_edge.i].tag_ == "VBG" and head.left_edge.i > head.i - 4:
            left = head.left_edge.i  # "Grafting X on Y prevents": the object taken for the verb
        return left if left > head.i - 4 else head.i, right + 1
    for child in head.rights:
        if (
            child.dep_ == "prep"
            and child.lower_
            in ("of", "in", "into", "on", "onto", "from", "with", "at", "to", "within", "between", "as")
            and child.i <= right + 3
        ):
            if child.lower_ != "of" and head.pos_ == "PROPN":
                break
            right = max(right, _plain_end(child))
        elif child.dep_ in ("nmod", "nummod", "compound", "amod") or (child.dep_ == "punct" and child.text in "-/@"):
            right = max(right, child.i)
        elif child.dep_ in ("appos",) and child.i - right <= 2 and doc[right + 1].text == "(":
            continue
        else:
            break
    while left < head.i and doc[left].pos_ in ("DET", "PUNCT", "CCONJ", "ADV") and doc[left].text not in ("(",):
        left += 1
    if left == 1 and doc[0].tag_ == "VBG":
        left = 0  # a gerund subject whose object the parser made the head: "Grafting X on to Y prevents"
    if doc[right].like_num and right + 1 < len(doc) and doc[right + 1].pos_ in ("NOUN", "PROPN") and right > head.i:
        right += 1  # "particles of 6 nm": the unit, wherever the parser hung it
    while right > head.i and doc[right].pos_ in ("PRON", "ADP", "PART", "DET", "PUNCT"):
        right -= 1
    return left, right + 1


def _plain_end(token: Token) -> int:
    """Find where a prepositional phrase or object ends, before clauses and coordination of clauses."""
    end = token.i
    for child in token.rights:
        if (
            child.dep_ in ("pobj", "dobj", "pcomp", "prep", "compound", "amod", "nmod", "conj", "cc")
            and child.pos_ not in ("VERB", "AUX")
        ) or child.dep_ == "pcomp":
            if child.dep_ in ("conj",) and child.pos_ not in ("NOUN", "PROPN", "ADJ"):
                continue
            end = max(end, _plain_end(child))
    return end
