"""Two numbers of one metric, of which one is a control's, are an effect of what the other belongs to."""

from pathlib import Path

import pytest

from extractors import extract, read

SAYS = [
    ("The FEC additive left 88% of the capacity after 100 cycles; the standard electrolyte left 64%.", "FEC additive", "increases"),
    ("The Si@PAA electrode retains 1176 mAh g−1 after 200 cycles, against a mere 697 mAh g−1 for Si@CMC.", "Si@PAA", "increases"),
    ("With the FEC additive capacity retention was 57.9%, whereas without it was 64.6%.", "FEC additive", "decreases"),
    ("The pristine electrode kept a capacity retention of 40%, while prelithiation gave 71%.", "prelithiation", "increases"),
]  # fmt: skip
SILENT = [
    "The FEC additive gave a capacity retention of 88% after 100 cycles and 64% after 200 cycles.",
    "Capacity retention was 88% at C/10 and 64% at 2C with the FEC additive.",
]


def _contrasted(text: str, folder: Path) -> set[tuple[str, str]]:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return {(e.cause, e.direction) for e in extract(read(path)).effects if e.rule == "contrast"}


@pytest.mark.parametrize(("text", "cause", "direction"), SAYS)
def test_a_control_makes_two_numbers_an_effect(text: str, cause: str, direction: str, tmp_path: Path) -> None:
    assert (cause, direction) in _contrasted(text, tmp_path)


@pytest.mark.parametrize("text", SILENT)
def test_numbers_without_a_control_are_no_effect(text: str, tmp_path: Path) -> None:
    assert not _contrasted(text, tmp_path)
