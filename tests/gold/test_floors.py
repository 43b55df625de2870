"""Hold the extractor to its floors; lowering one is a visible edit of ``floors.json`` with a reason in the commit."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import Evaluation, Sample
from extractors import extract, read, to_contract
from ontology.model import Extraction
from tests.gold.floors import FILE, OWN, below, raised

SHARED = Path(__file__).parents[2] / "../shared"
FLOORS: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("half", ["train", "test"])
def test_extraction_stays_above_its_floors_by_our_own_scorer(half: str, evaluations: Mapping[str, Evaluation]) -> None:
    assert below(evaluations[half], FLOORS[OWN][half]) == []


def test_floors_hold_every_phenomenon_of_the_passages(evaluations: Mapping[str, Evaluation]) -> None:
    held = {part for half in FLOORS[OWN].values() for part in half}
    assert held >= {name for half in evaluations.values() for name in half.phenomena}


def test_floors_are_raised_and_never_lowered() -> None:
    old = {"table": {"pair": {"recall": 0.4, "precision": 0.5}}}
    new = {"table": {"pair": {"recall": 0.3, "precision": 0.6}}, "hedge": {"quantity": {"recall": 0.9}}}
    assert raised(old, new) == {
        "table": {"pair": {"recall": 0.4, "precision": 0.6}},
        "hedge": {"quantity": {"recall": 0.9}},
    }


@pytest.mark.parametrize("name", [name for name in FLOORS if name != OWN])
def test_extraction_stays_above_its_floors(name: str, tmp_path: Path, halves: Mapping[str, list[Sample]]) -> None:
    if not (SHARED / "score.py").exists():
        pytest.skip("../shared/score.py is absent: the scorer lies outside the project")
    floors = dict(FLOORS[name])
    if "split" in floors:
        read_in = halves[floors.pop("split")]
        gold, said = _own(read_in, tmp_path / "gold"), [sample.shown for sample in read_in]
    else:
        gold = SHARED / floors.pop("gold")
        papers = _passages(gold, tmp_path) if gold.is_dir() else [SHARED / "papers" / "seed.txt"]
        said = [extract(read(paper)) for paper in papers]
    report = _scored(gold, said, tmp_path / "predictions.jsonl")
    low = {
        f"{row} {figure}": (report[row][figure], floor)
        for row, figures in floors.items()
        for figure, floor in figures.items()
        if report[row][figure] < floor
    }
    assert low == {}


def _scored(gold: Path, said: list[Extraction], predictions: Path) -> dict[str, Any]:
    predictions.write_text("".join(json.dumps(to_contract(one)) + "\n" for one in said), encoding="utf-8")
    command = [sys.executable, SHARED / "score.py", "--gold", gold, "--pred", predictions, "--json"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _own(samples: list[Sample], folder: Path) -> Path:
    folder.mkdir()
    for sample in samples:
        name = f"{sample.passage.id}.json"
        (folder / name).write_bytes((FILE.parent / "passages" / name).read_bytes())
    return folder


def _passages(gold: Path, folder: Path) -> list[Path]:
    papers = []
    for file in sorted(gold.glob("[0-9]*.json")):
        passage = json.loads(file.read_text(encoding="utf-8"))
        papers.append(folder / f"{passage['id']}.txt")
        papers[-1].write_text(passage["passage"], encoding="utf-8")
    return papers
