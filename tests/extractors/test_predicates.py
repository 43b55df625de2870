"""Each row is a sentence, a target in it, the kind of target, the sign on it and the head of its cause."""

import pytest

from extractors.language import parse
from extractors.predicates import predications

FIRES = [
    ("FEC lengthens cycle life but raises gas evolution at 60 °C.", "cycle life", "metric", 1, "FEC"),
    ("FEC lengthens cycle life but raises gas evolution at 60 °C.", "gas evolution", "failure_mode", 1, "FEC"),
    ("The dense coating not only raises the conductivity but also lowers the charge-transfer resistance.", "resistance", "metric", -1, "coating"),
    ("Electrodes with a PAA binder show higher capacity retention than those with PVDF.", "capacity retention", "metric", 1, "Electrodes"),
    ("Adding 5% VC led to a marked reduction in gas evolution.", "gas evolution", "failure_mode", -1, "Adding"),
    ("The capacity fade is suppressed by the artificial SEI.", "capacity fade", "failure_mode", -1, "SEI"),
    ("The additive prevents the particles from cracking.", "cracking", "failure_mode", -1, "additive"),
    ("This results in improved rate performance.", "rate performance", "metric", 1, "This"),
    ("With the coating, cycle life doubled.", "cycle life", "metric", 1, "coating"),
    ("Prelithiation was carried out at the expense of safety.", "safety", "metric", -1, "Prelithiation"),
    ("Doping reduces the loss of capacity.", "capacity", "metric", 1, "Doping"),
    ("Thin films improve the resistance to cracking.", "cracking", "failure_mode", -1, "films"),
    ("The binder accommodates the expansion, resulting in better adhesion.", "adhesion", "metric", 1, "binder"),
    ("Cells with LHCE exhibit a retention of 90% and much reduced swelling.", "swelling", "failure_mode", -1, "Cells"),
]  # fmt: skip

SILENT = [
    ("The swelling was measured with a dilatometer.", "swelling", "failure_mode"),
    ("Calendar life is discussed in Section 3.", "life", "metric"),
    ("The capacity reaches 1200 mAh per gram.", "capacity", "metric"),
]


def _read(sentence: str, target: str, kind: str):  # type: ignore[no-untyped-def]
    doc = next(parse([sentence]))
    start = sentence.index(target)
    inside = [t for t in doc if t.idx < start + len(target) and t.idx + len(t.text) > start]
    indices = frozenset(t.i for t in inside)
    head = next(t for t in reversed(inside) if t.head.i not in indices or t.head.i == t.i)
    return list(predications(head, indices, kind))


@pytest.mark.parametrize(("sentence", "target", "kind", "sign", "cause"), FIRES)
def test_predicates_read_sign_and_cause(sentence: str, target: str, kind: str, sign: int, cause: str) -> None:
    found = _read(sentence, target, kind)
    assert [(p.change.sign, p.agents[0].token.text) for p in found] == [(sign, cause)]


@pytest.mark.parametrize(("sentence", "target", "kind"), SILENT)
def test_predicates_stay_silent_without_a_change(sentence: str, target: str, kind: str) -> None:
    assert _read(sentence, target, kind) == []


def test_predicates_read_a_stated_absence_of_effect() -> None:
    (found,) = _read("LiNO3 has no effect on the impedance.", "impedance", "metric")
    assert found.no_change


def test_predicates_read_without_sacrificing() -> None:
    (found,) = _read("The layer improves adhesion without sacrificing capacity.", "capacity", "metric")
    assert found.without
