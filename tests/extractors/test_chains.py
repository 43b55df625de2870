"""How large a change is, and by which step it comes about."""

from pathlib import Path

import pytest

from extractors import extract, read
from extractors.chains import standing_steps
from ontology.model import Assertion


def _claims(text: str, folder: Path) -> dict[str, Assertion]:
    paper = folder / "paper.txt"
    paper.write_text(text, encoding="utf-8")
    return {claim.target: claim for claim in extract(read(paper)).effects}


@pytest.mark.parametrize(
    ("text", "target", "size"),
    [
        ("Boron doping raises the electrical conductivity tenfold.", "electrical conductivity", (10.0, "-fold", "=")),
        ("The PAA binder doubles cycle life.", "cycle life", (2.0, "-fold", "=")),
        ("The VC additive lowers the impedance by about 12 %.", "cell resistance", (12.0, "%", "~")),
        ("FEC suppresses gas generation, prolonging cycle life by 40 %.", "gas generation", None),
        ("FEC suppresses gas generation, prolonging cycle life by 40 %.", "cycle life", (40.0, "%", "=")),
    ],
)
def test_magnitude_belongs_to_its_own_change(
    text: str, target: str, size: tuple[float, str, str] | None, tmp_path: Path
) -> None:
    magnitude = _claims(text, tmp_path)[target].magnitude
    assert (magnitude and (magnitude.value, magnitude.unit, magnitude.qualifier)) == size


@pytest.mark.parametrize(
    "text",
    [
        "The FEC additive suppresses electrolyte decomposition, thereby prolonging cycle life.",
        "By suppressing electrolyte decomposition, the FEC additive prolongs cycle life.",
    ],
)
def test_mechanism_is_the_claim_that_leads_to_another(text: str, tmp_path: Path) -> None:
    claims = _claims(text, tmp_path)
    (step,) = claims["cycle life"].mechanism
    assert (step.name, step.direction) == ("electrolyte decomposition", "decreases")
    assert text[step.start : step.end] == "electrolyte decomposition"
    assert claims["electrolyte decomposition"].mechanism == ()


def test_a_step_falls_with_the_claim_it_is_taken_from(tmp_path: Path) -> None:
    claims = _claims("The FEC additive suppresses electrolyte decomposition, thereby prolonging cycle life.", tmp_path)
    first, second = claims["electrolyte decomposition"], claims["cycle life"]
    assert standing_steps((first, second))[1] == second
    assert second.mechanism
    assert [claim.mechanism for claim in standing_steps((second,))] == [()]
