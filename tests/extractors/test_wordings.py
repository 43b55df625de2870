"""Targets that a clause words without naming them: where a wording must fire, and where it must not."""

from pathlib import Path

import pytest

from extractors import extract, read

SAYS = [
    ("The carbon coating binds solvent molecules less firmly.", ("binding energy", "decreases")),
    ("With the alumina coating the silicide reacts less with the electrolyte.", ("side reactions", "decreases")),
    ("Boron doping lets lithium ions move faster through the particles.", ("Li diffusion coefficient", "increases")),
    ("Thanks to the carbon coating, far less electrolyte is consumed.", ("electrolyte consumption", "decreases")),
    ("The carbon coating keeps the electrolyte from being used up.", ("electrolyte consumption", "decreases")),
    ("The FEC additive makes the SEI thinner, denser and more homogeneous.", ("SEI uniformity", "increases")),
]
SILENT = [
    "Electrolyte was consumed in the storage test of the FEC cells for more than 100 days.",
    "The carbon coating was applied to particles that conduct electrons.",
    "Cells with the FEC additive were charged to 4.2 V.",
]


def _targets(text: str, folder: Path) -> set[tuple[str, str]]:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return {(e.target, e.direction) for e in extract(read(path), min_confidence=0.2).effects}


@pytest.mark.parametrize(("text", "said"), SAYS)
def test_a_graded_wording_names_its_target(text: str, said: tuple[str, str], tmp_path: Path) -> None:
    assert said in _targets(text, tmp_path)


@pytest.mark.parametrize("text", SILENT)
def test_a_wording_without_a_grade_says_nothing(text: str, tmp_path: Path) -> None:
    assert not _targets(text, tmp_path)
