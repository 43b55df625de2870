"""Which circumstances of a sentence hold for which of its claims."""

import pytest

from extractors.circumstances import holding
from extractors.conditions import find_conditions


@pytest.mark.parametrize(
    ("text", "target", "held", "not_held"),
    [
        ("FEC prolongs cycle life at 25 °C but increases gassing during storage at 60 °C.", "cycle life", "25 °C", "60 °C"),
        ("FEC prolongs cycle life at 25 °C but increases gassing during storage at 60 °C.", "gassing", "60 °C", "25 °C"),
        ("At 45 °C, FEC raises retention, yet it worsens calendar life.", "calendar life", "45 °C", ""),
        ("VC raises retention in pouch cells, whereas impedance rises.", "impedance", "pouch", ""),
        ("Doping helps cycling, while storage suffers.", "Doping", "cycling", "storage"),
    ],
)  # fmt: skip
def test_circumstances_hold_for_their_own_clause(text: str, target: str, held: str, not_held: str) -> None:
    kept = [text[slice(*c.span)] for c in holding(find_conditions(text), text, text.index(target))]
    assert any(held in words for words in kept)
    assert not (not_held and any(not_held in words for words in kept))
