"""The ranker is what its script gives, says how sure it is, and reads the same in every process."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from app.evaluation import Evaluation, Naming, Sample, Tally
from extractors import to_contract
from ontology.model import Extraction
from tests.gold.pairs import Pair, weigh
from tests.gold.train_ranker import chosen, differences, train

WORST_CALIBRATION = 0.08  # expected calibration error over all claims of the test half


def test_the_shipped_weights_are_what_the_script_gives(halves: Mapping[str, list[Sample]], naming: Naming) -> None:
    assert differences(train(weigh(halves["train"], naming))) == [], "uv run python -m tests.gold.train_ranker"


def test_confidence_is_calibrated_on_the_half_that_nothing_was_fitted_to(evaluations: Mapping[str, Evaluation]) -> None:
    assert evaluations["test"].calibration_error <= WORST_CALIBRATION


def test_claims_that_are_surer_are_right_more_often(evaluations: Mapping[str, Evaluation]) -> None:
    true = [row.true for row in evaluations["test"].bins if row.count >= 30]
    assert true[-1] >= true[len(true) // 2] >= true[0]
    assert true[-1] - true[0] >= 0.4


def test_extraction_is_the_same_to_the_byte_in_a_process_with_another_hash_seed(
    samples: list[Sample], tmp_path: Path
) -> None:
    for sample in samples:
        (tmp_path / f"{sample.passage.id}.txt").write_text(sample.passage.text, encoding="utf-8")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "extract", str(tmp_path), "--min-confidence", "0"],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    here = [_line(sample.everything) for sample in samples]
    assert done.stdout.replace(str(tmp_path).encode(), b"").split(b"\n") == [*here, b""]


def _line(extraction: Extraction) -> bytes:
    told = to_contract(extraction)
    told["document"]["path"] = "/" + Path(told["document"]["path"]).name
    return json.dumps(told, ensure_ascii=False).encode()


def test_the_dial_puts_precision_first_then_balance() -> None:
    by_dial = {0.3: Tally(60, 40, 60), 0.5: Tally(50, 20, 70), 0.6: Tally(40, 5, 80), 0.9: Tally(0, 0, 120)}
    assert chosen(by_dial) == 0.5
    assert chosen({dial: Tally(t.right, t.spurious + 90, t.missed) for dial, t in by_dial.items()}) == 0.3


def test_a_pair_learns_from_effects_and_from_links_and_not_from_what_is_optional(
    samples: list[Sample], naming: Naming
) -> None:
    pairs: list[Pair] = [pair for row in weigh(samples, naming) for pair in row.pairs]
    assert {pair.true for pair in pairs} == {True, False, None}
    assert any(pair.true for pair in pairs if pair.claim.cause_kind == "failure_mode")
