"""The annotated passages keep their own rules: exact substrings, known names, one split per work."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.gold import agreement

GOLD = Path(__file__).parent
PASSAGES = {
    path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "passages").glob("*.json"))
}
KEYS = {
    "id", "doi_or_url", "title", "split", "phenomena", "passage", "entities", "effects", "measurements",
    "mechanism_links", "optional_effects", "optional_measurements",
}  # fmt: skip
TYPES = {"Strategy", "Material", "Metric", "FailureMode"}
DIRECTIONS = {"increases", "decreases", "no_change", "mixed"}
VERDICTS = {"beneficial", "detrimental", "neutral", "mixed"}
PHENOMENA = set(
    re.split(r"\s*·\s*|\s*\([^)]*\)\s*·\s*", (GOLD / "README.md").read_text("utf-8").split("## Phenomena")[1].strip())
)


SECOND_READ_TO = "315.json"
SECOND = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "second").glob("*.json"))}


def claims(passage: dict[str, Any]) -> list[dict[str, Any]]:
    lists = ("effects", "measurements", "mechanism_links", "optional_effects", "optional_measurements")
    return [row for name in lists for row in passage[name]]


@pytest.mark.parametrize("name", PASSAGES)
def test_gold_passage_has_the_agreed_shape(name: str) -> None:
    passage = PASSAGES[name]
    assert set(passage) == KEYS
    assert f"{passage['id']}.json" == name
    assert passage["split"] in {"train", "test"}
    assert re.match(r"10\.\d{4,9}/\S+$|https?://|address not returned by the look-up$", passage["doi_or_url"])
    assert set(passage["phenomena"]) <= PHENOMENA
    assert {entity["type"] for entity in passage["entities"]} <= TYPES
    assert {row["direction"] for row in passage["effects"]} <= DIRECTIONS
    assert {row["verdict"] for row in passage["effects"]} <= VERDICTS


@pytest.mark.parametrize("name", PASSAGES)
def test_gold_texts_and_sentences_are_exact_substrings(name: str) -> None:
    passage = PASSAGES[name]
    assert [entity["text"] for entity in passage["entities"] if entity["text"] not in passage["passage"]] == []
    assert [row["sentence"] for row in claims(passage) if row["sentence"] not in passage["passage"]] == []


@pytest.mark.parametrize("name", PASSAGES)
def test_gold_causes_are_annotated_entities(name: str) -> None:
    passage = PASSAGES[name]
    names = {entity["canonical"] for entity in passage["entities"]}
    assert {row["cause"] for row in passage["effects"]} <= names


@pytest.mark.parametrize("name", PASSAGES)
def test_gold_values_and_units_are_written_in_their_sentence(name: str) -> None:
    for row in PASSAGES[name]["measurements"]:
        values = row["value"] if isinstance(row["value"], list) else [row["value"]]
        bare = re.sub(r"[\s,]", "", row["sentence"])
        assert all(str(value) in bare for value in values), row
        assert row["unit"] in row["sentence"], row


def test_gold_works_stand_in_one_file_and_one_split_each() -> None:
    named = [passage["doi_or_url"].lower() for passage in PASSAGES.values() if "/" in passage["doi_or_url"]]
    titles = [passage["title"].lower() for passage in PASSAGES.values()]
    assert len(named) == len(set(named))
    assert len(titles) == len(set(titles))
    splits = [passage["split"] for passage in PASSAGES.values()]
    assert 0.3 <= splits.count("test") / len(splits) <= 0.6


def sentences_of(passage: dict[str, Any]) -> list[str]:
    return re.split(r"(?<=[.?!])\s+(?=[A-Z0-9])", passage["passage"])


def test_gold_holds_eight_hundred_sentences_in_paragraphs_over_a_hundred_and_twenty_works() -> None:
    counts = [len(sentences_of(passage)) for passage in PASSAGES.values()]
    assert len(counts) >= 120
    assert sum(counts) >= 800
    assert set(counts) <= {2, 3, 4, 5, 6}


def test_gold_shows_every_phenomenon_in_both_splits() -> None:
    for split in ("train", "test"):
        assert {p for row in PASSAGES.values() if row["split"] == split for p in row["phenomena"]} == PHENOMENA


def test_gold_holds_at_least_a_fifth_of_empty_sentences() -> None:
    empty = total = 0
    for passage in PASSAGES.values():
        carrying = {row["sentence"] for row in claims(passage)}
        sentences = sentences_of(passage)
        total += len(sentences)
        empty += sum(sentence not in carrying for sentence in sentences)
    assert empty >= total / 5


@pytest.mark.parametrize("name", SECOND)
def test_gold_second_annotations_quote_the_same_passage(name: str) -> None:
    row, passage = SECOND[name], PASSAGES[name]["passage"]
    assert [entity["text"] for entity in row["entities"] if entity["text"] not in passage] == []
    assert [claim["sentence"] for claim in claims(row) if claim["sentence"] not in passage] == []


def test_gold_second_annotations_cover_a_third_of_each_split_as_far_as_they_go() -> None:
    for split in ("train", "test"):
        names = {name for name, passage in PASSAGES.items() if passage["split"] == split and name <= SECOND_READ_TO}
        assert abs(len(names & set(SECOND)) - len(names) / 3) <= 1


def test_gold_readers_agree_on_numbers_and_effects() -> None:
    if not (agreement.SHARED / "score.py").exists():
        pytest.skip("the scorer ../shared/score.py is absent")
    report, _ = agreement.agreement()
    assert report["quantity"]["F1"] == 1.0
    assert report["measurement"]["F1"] >= 0.93
    assert report["effect"]["F1"] >= 0.95
