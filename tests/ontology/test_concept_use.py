"""Every concept is used by a sample, an annotated passage, a question or a sentence of its own: nothing outside counts."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extractors import read
from extractors.mentions import matcher
from extractors.text import Sentence, sentences
from kg import load_questions
from ontology import CONCEPT_NS, load_ontology

ROOT = Path(__file__).parents[2]
GENERIC = {
    concept.iri for concept in load_ontology().concepts.values() if concept.generic
}  # never a mention, by design

with (ROOT / "tests/gold/concepts/sentences.tsv").open(encoding="utf-8", newline="") as lines:
    SENTENCES = {CONCEPT_NS + row["concept"]: row["sentence"] for row in csv.DictReader(lines, delimiter="\t")}


def _named(text: str) -> set[str | None]:
    sentence = Sentence(text, tuple(range(len(text) + 1)), 0, "", "other", "paragraph")
    return {mention.concept for mention in matcher(load_ontology()).find(sentence)}


def _named_in(path: Path) -> set[str | None]:
    find = matcher(load_ontology()).find
    return {mention.concept for sentence in sentences(read(path)) for mention in find(sentence)}


def _passages(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("[0-9]*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))["passage"]


@cache
def _bundled() -> frozenset[str | None]:
    samples = [path for path in (ROOT / "app/samples").iterdir() if path.is_file() and path.suffix != ".py"]
    texts = [*_passages(ROOT / "tests/gold/passages"), *(p for q in load_questions() for p in q.phrasings)]
    return frozenset().union(*map(_named_in, samples), *map(_named, texts), *map(_named, SENTENCES.values()))


def _unused(used: frozenset[str | None]) -> list[str]:
    return sorted(iri.removeprefix(CONCEPT_NS) for iri in load_ontology().concepts.keys() - used - GENERIC)


def test_sentences_name_their_concept() -> None:
    unknown = sorted(SENTENCES.keys() - load_ontology().concepts.keys())
    assert not unknown, f"sentences.tsv speaks of {unknown}; add the concepts or drop the lines"
    missed = {iri.removeprefix(CONCEPT_NS): text for iri, text in SENTENCES.items() if iri not in _named(text)}
    assert not missed, f"no label finds the concept in its sentence: {missed}; mend the labels or the sentence"


def test_concepts_are_each_used_by_what_is_bundled() -> None:
    unused = _unused(_bundled())
    assert not unused, f"{unused}: used by no sample, passage, question or line of sentences.tsv; add a line or drop it"


def test_sentences_are_each_their_own() -> None:
    texts = list(SENTENCES.values())
    assert len(set(texts)) == len(texts), "two lines of sentences.tsv are the same sentence"
    assert all(text[0].isupper() and text.endswith(".") and "  " not in text for text in texts)
