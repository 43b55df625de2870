"""Names that no label covers: short forms a paper binds, phrases by their place, and what a thing is compared with."""

from pathlib import Path

import pytest

from extractors import extract, read
from ontology.model import Extraction

COMPARED = [
    ("Replacing LiPF6 with LiFSI improves the cycle life.", "LiPF6"),
    ("The FEC additive gives a rate capability superior to that of bare electrodes.", "bare electrodes"),
    ("The coating raises the capacity retention from 68.6% (pristine SiOx) to 87.4%.", "pristine SiOx"),
    ("The FEC additive lowered the impedance, so that more than 80 cycles were reached.", None),
]


def _extract(text: str, folder: Path) -> Extraction:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return extract(read(path), min_confidence=0.2)


def test_a_short_form_counts_as_a_name_from_where_it_is_bound(tmp_path: Path) -> None:
    text = "Chitosan gave a new binder (CS-g-QXA). CS-g-QXA raised the capacity retention."
    found = _extract(text, tmp_path)
    assert {m.kind for m in found.mentions if m.text == "CS-g-QXA"} == {"strategy"}
    assert ("CS-g-QXA", "capacity retention") in {(e.cause, e.target) for e in found.effects}


def test_a_short_form_of_no_thing_is_no_name(tmp_path: Path) -> None:
    found = _extract("Cells were held at normal pressure (NQP). NQP was kept for a week.", tmp_path)
    assert not [m for m in found.mentions if m.text == "NQP"]


def test_a_property_with_an_owner_is_a_cause_of_its_own(tmp_path: Path) -> None:
    found = _extract("Its macroporous structure offers a much better adhesion.", tmp_path)
    assert [e.cause for e in found.effects] == ["macroporous structure"]


@pytest.mark.parametrize(("text", "compared"), COMPARED)
def test_a_comparator_is_read_wherever_english_puts_it(text: str, compared: str | None, tmp_path: Path) -> None:
    comparators = {e.comparator.text if e.comparator else None for e in _extract(text, tmp_path).effects}
    assert compared in comparators
