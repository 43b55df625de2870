"""Hold the extractor to its floors; lowering one is a visible edit of ``floors.json`` with a reason in the commit."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractors import extract, read, to_contract

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "../shared"
FLOORS: dict[str, dict[str, Any]] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_extraction_stays_above_its_floors(name: str, tmp_path: Path) -> None:
    if not (SHARED / "score.py").exists():
        pytest.skip("../shared/score.py is absent: the scorer lies outside the project")
    floors = dict(FLOORS[name])
    gold = SHARED / floors.pop("gold") if "gold" in floors else _own(floors.pop("split"), tmp_path / "gold")
    papers = _passages(gold, tmp_path) if gold.is_dir() else [SHARED / "papers" / "seed.txt"]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(to_contract(extract(read(p)))) + "\n" for p in papers), encoding="utf-8")
    command = [sys.executable, SHARED / "score.py", "--gold", gold, "--pred", predictions, "--json"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    below = {
        f"{row} {figure}": (report[row][figure], floor)
        for row, figures in floors.items()
        for figure, floor in figures.items()
        if report[row][figure] < floor
    }
    assert below == {}


def _own(split: str, folder: Path) -> Path:
    folder.mkdir()
    for file in sorted((HERE / "passages").glob("*.json")):
        text = file.read_text(encoding="utf-8")
        if json.loads(text)["split"] == split:
            (folder / file.name).write_text(text, encoding="utf-8")
    return folder


def _passages(gold: Path, folder: Path) -> list[Path]:
    papers = []
    for file in sorted(gold.glob("[0-9]*.json")):
        passage = json.loads(file.read_text(encoding="utf-8"))
        papers.append(folder / f"{passage['id']}.txt")
        papers[-1].write_text(passage["passage"], encoding="utf-8")
    return papers
