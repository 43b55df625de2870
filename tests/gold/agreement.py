"""Score the second annotations against the first: `uv run python tests/gold/agreement.py` (needs ../shared)."""

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

GOLD = Path(__file__).parent
SHARED = GOLD.parents[1] / ".." / "shared"
KINDS = {"Strategy": "strategy", "Material": "material", "Metric": "metric", "FailureMode": "failure_mode"}


def load(name: str) -> dict[str, dict[str, Any]]:
    """Return the annotations of one folder by passage id."""
    files = sorted((GOLD / name).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def contract(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Turn one annotation into the extraction contract, so that it can be scored as a prediction."""

    def evidence(sentence: str) -> list[dict[str, Any]]:
        start = text.index(sentence)
        return [{"role": "sentence", "start": start, "end": start + len(sentence), "text": sentence}]

    def mention(entity: dict[str, Any]) -> dict[str, Any]:
        start = text.index(entity["text"])
        kind, end = KINDS[entity["type"]], start + len(entity["text"])
        return {"start": start, "end": end, "text": entity["text"], "kind": kind, "label": entity["canonical"]}

    def span(name: str) -> list[int] | None:
        surface = next((entity["text"] for entity in row["entities"] if entity["canonical"] == name), None)
        return None if surface is None else [text.index(surface), text.index(surface) + len(surface)]

    def effect(claim: dict[str, Any]) -> dict[str, Any]:
        versus = [c[3:] for c in claim["conditions"] if c.startswith("vs ")]
        rest = [c for c in claim["conditions"] if not c.startswith("vs ")]
        comparator = {"type": "strategy", "text": ", ".join(versus)} if versus else None
        spans = {"cause_span": span(claim["cause"]), "target_span": span(claim["target"])}
        conditions = {"note": ", ".join(rest)}
        sentence = evidence(claim["sentence"])
        return {**claim, **spans, "comparator": comparator, "conditions": conditions, "evidence": sentence}

    def measurement(claim: dict[str, Any]) -> dict[str, Any]:
        value = claim["value"]
        low, high = value if isinstance(value, list) else (None, None)
        single = None if isinstance(value, list) else value
        return {**claim, "value": single, "low": low, "high": high, "evidence": evidence(claim["sentence"])}

    return {
        "document": {"id": row["id"]},
        "mentions": list(map(mention, row["entities"])),
        "effects": list(map(effect, row["effects"])),
        "measurements": list(map(measurement, row["measurements"])),
    }


def scorer() -> ModuleType:
    """Load the scorer of the workplace; it lies outside the project."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def agreement(*, gold: str = "passages", pred: str = "second") -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """Return the report and the list of differences, one annotation as gold and the other as prediction."""
    first, second, score = load("passages"), load("second"), scorer()
    layers = {"passages": first, "second": second}
    with tempfile.TemporaryDirectory() as folder:
        for name in second:
            row = {**layers[gold][name], "passage": first[name]["passage"], "title": ""}
            (Path(folder) / f"{name}.json").write_text(json.dumps(row), encoding="utf-8")
        documents = score.load_gold(Path(folder))
    predictions = [contract(layers[pred][name], first[name]["passage"]) for name in second]
    families = score.Families(SHARED / "gold" / "families.json")
    report, errors = score.score(documents, predictions, families)
    return report, errors


def main() -> None:
    """Print the agreement figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list every difference")
    parser.add_argument("--swap", action="store_true", help="take the second annotation as gold")
    options = parser.parse_args()
    sides = ("second", "passages") if options.swap else ("passages", "second")
    report, errors = agreement(gold=sides[0], pred=sides[1])
    for error in errors if options.errors else ():
        print("\t".join(map(str, error)))
    for name, figures in report.items():
        print(f"{name:12s}", "  ".join(f"{key} {value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
