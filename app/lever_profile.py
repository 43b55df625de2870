"""What the statements of a lever say beside its effects: comparators, windows, chains. Pure, from claims to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from app.cards import DIRECTIONS, VERDICTS
from app.rows import Claim, work_label
from kg import condition_text, quantity_text

COMPARATOR_COLUMNS = {
    "compared with": "What the work sets the lever against",
    "kind": "Untreated, another strategy, another dose, another material, or the literature",
    "verdict": "Good or bad for the target against that comparator",
    "effect": "What happens to the target",
    "target": "The metric or failure mode that changes",
    "work": "Where it is said",
    "sentence": "The sentence that says so",
}
WINDOW_COLUMNS = {
    "target": "What is best inside the window",
    "window": "Where along the lever the optimum lies, as the work writes it",
    "conditions": "Conditions stated with it",
    "work": "Where it is said",
    "sentence": "The sentence that says so",
}
CHAIN_COLUMNS = {
    "chain": "Lever, steps between, target, as one work gives them",
    "verdict": "Good or bad for the target in the end",
    "works": "Works that give this chain",
}


def compared(claims: Iterable[Claim]) -> tuple[list[dict[str, Any]], list[Claim]]:
    """Return what a lever was compared with, and the claim behind each row."""
    told = [claim for claim in claims if claim.said.comparator is not None]
    rows = []
    for claim in told:
        said, comparator = claim.said, claim.said.comparator
        rows.append(
            {
                "compared with": comparator.text if comparator else "",
                "kind": comparator.type if comparator else "",
                "verdict": " ".join(VERDICTS[said.verdict]),
                "effect": DIRECTIONS[said.direction],
                "target": said.target,
                "work": work_label(claim.work),
                "sentence": said.evidence[0].text,
            }
        )
    return rows, told


def windows(claims: Iterable[Claim]) -> tuple[list[dict[str, Any]], list[Claim]]:
    """Return the optimum windows that works state, and the claim behind each row."""
    told = [claim for claim in claims if claim.said.direction == "optimum"]
    rows = [
        {
            "target": claim.said.target,
            "window": quantity_text(claim.said.window) if claim.said.window else "not given",
            "conditions": condition_text(claim.said.conditions),
            "work": work_label(claim.work),
            "sentence": claim.said.evidence[0].text,
        }
        for claim in told
    ]
    return rows, told


def chains(claims: Sequence[Claim]) -> tuple[list[dict[str, Any]], list[list[Claim]]]:
    """Return the mechanism chains that works give, most works first, and the claims behind each row."""
    found: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.said.mechanism:
            steps = (claim.said.cause, *(link.name for link in claim.said.mechanism), claim.said.target)
            found[" → ".join(steps), " ".join(VERDICTS[claim.said.verdict])].append(claim)
    ranked = sorted(found.items(), key=lambda item: (-len({claim.work.work for claim in item[1]}), item[0]))
    rows = [
        {"chain": chain, "verdict": verdict, "works": len({claim.work.work for claim in told})}
        for (chain, verdict), told in ranked
    ]
    return rows, [told for _, told in ranked]
