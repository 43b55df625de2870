"""The curate command: what it lists, and that every word shows in the next answer."""

import json
from pathlib import Path

import pytest

from app.curating import corrections
from kg import Library
from ontology import load_ontology
from ontology.errors import QuestionError
from tests.app.conftest import WORKS, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library") as library:
        for extraction in WORKS:
            library.add(extraction)
    return tmp_path / "library"


def listed(run: Run, *arguments: object) -> list[dict[str, object]]:
    status, out, _ = run("curate", *arguments, "--format", "json")
    assert status == 0
    rows: list[dict[str, object]] = json.loads(out)
    return rows


def claim(run: Run, cause: str) -> str:
    return next(str(row["claim"]) for row in listed(run, "list") if cause in str(row["quote"]))


def test_curate_lists_the_weakest_claims_first_and_what_is_judged_no_more(folder: Path, run: Run) -> None:
    rows = listed(run)
    assert len(rows) == 9
    assert [row["belief"] for row in rows] == sorted(row["belief"] for row in rows)  # type: ignore[type-var]
    run("curate", "accept", rows[0]["claim"], "--by", "ada")
    assert rows[0]["claim"] not in [row["claim"] for row in listed(run)]
    (word,) = listed(run, "words")
    assert (word["action"], word["curator"], word["quote"]) == ("accept", "ada", rows[0]["quote"])


def test_curate_rejects_corrects_and_retracts(folder: Path, run: Run) -> None:
    run("curate", "reject", claim(run, "C2H4 growth inhibition"), "--by", "ada", "--note", "a guess")
    assert "C2H4" not in run("query", "strategies-that-help", "target=calendar life")[1]
    name = claim(run, "rate capability")
    status, out, _ = run(
        "curate", "correct", name, "--set", "direction=increases", "--set", "conditions.cell=full", "--by", "ada"
    )
    assert (status, "increases" in out) == (0, True)
    rows = json.loads(run("query", "strategies-that-help", "target=rate capability", "--format", "json")[1])
    assert [row["verdict"] for row in rows] == ["beneficial"]
    for word in listed(run, "words"):
        run("curate", "retract", word["id"])
    assert listed(run, "words") == []


def test_curate_merges_a_named_thing_into_a_concept(folder: Path, run: Run) -> None:
    status, _, _ = run("curate", "merge", "ZQ-17 binder", "--into", "polyacrylic acid binder", "--by", "ada")
    assert status == 0
    rows = json.loads(run("query", "edges-of-strategy", "cause=strategy", "--format", "json")[1])
    assert "ZQ-17 binder" not in {row["label"] for row in rows}


def test_curate_lists_orphans(folder: Path, run: Run) -> None:
    run("curate", "accept", claim(run, "FEC"), "--by", "ada")
    with Library.open(folder) as library:
        library.withdraw("doi:10.1000/fec")
    assert [row["action"] for row in listed(run, "orphans")] == ["accept"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept",), "needs a claim"),
        (("accept", "zzz"), "no claim or thing 'zzz'"),
        (("correct", "FEC"), "--set FIELD=VALUE"),
        (("merge", "FEC"), "--into CLAIM"),
        (("retract", "x"), "needs the number"),
        (("reject", ""), "needs a claim"),
    ],
)
def test_curate_says_what_is_missing(folder: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    status, _, err = run("curate", *arguments)
    assert (status, message in err, err.count("\n")) == (1, True, 1)


def test_curate_reads_corrections_as_typed() -> None:
    ontology = load_ontology()
    fec = ontology.find("FEC")
    assert fec is not None
    found = corrections(["cause=FEC", "hedged=true", "change=removed", "conditions.cell=full", "target=zz"], ontology)
    assert found == {
        "cause": fec.label,
        "cause_concept": fec.iri,
        "cause_kind": fec.kind,
        "hedged": True,
        "cause_change": {"kind": "removed"},
        "conditions": {"cell": "full"},
        "target": "zz",
        "target_concept": None,
    }
    with pytest.raises(QuestionError, match="no correction"):
        corrections(["direction"], ontology)
