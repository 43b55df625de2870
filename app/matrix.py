"""Effects as a signed table of levers against targets: pure, from effect rows to cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.cards import VERDICTS
from ontology.model import Verdict
from ontology.terms import Ontology

Row = Mapping[str, Any]  # a row of edges-of-strategy
NEVER = "·"  # never reported
UNPLACED = "named by one work"
_ACTIVE = ("applied", "increased", "level")  # removing a lever is another lever


class Cell(NamedTuple):
    """Hold what is known of one lever and one target: works by verdict, and the effects behind."""

    works: Mapping[Verdict, int]  # independent works of the best supported effect of each verdict
    effects: tuple[str, ...]

    def text(self) -> str:
        """Write the cell with signs and numbers of works; ``±`` goes before what improves and worsens.

        >>> Cell({"detrimental": 1, "beneficial": 3}, ()).text()
        '± +3 −1'
        >>> Cell({}, ()).text()
        '·'
        """
        signs = [f"{sign}{self.works[verdict]}" for verdict, (sign, _) in VERDICTS.items() if verdict in self.works]
        both = self.tone() == "both" and "mixed" not in self.works
        return (
            " ".join(("± " if both else "") + sign if not place else sign for place, sign in enumerate(signs)) or NEVER
        )

    def words(self) -> str:
        """Say the cell in words, as an export and a screen reader need it."""
        known = [f"{word} ({self.works[verdict]})" for verdict, (_, word) in VERDICTS.items() if verdict in self.works]
        return ", ".join(known) or "never reported"

    def tone(self) -> str:
        """Name the cell's side: good, bad, both, or none."""
        good, bad = "beneficial" in self.works, "detrimental" in self.works
        if "mixed" in self.works or (good and bad):
            return "both"
        return "good" if good else "bad" if bad else "none"

    def strength(self) -> int:
        """Return the independent works behind the cell's strongest verdict."""
        return max(self.works.values(), default=0)

    def net(self) -> int:
        """Return works that say better less works that say worse."""
        return self.works.get("beneficial", 0) - self.works.get("detrimental", 0)


NOTHING = Cell({}, ())
Cells = Mapping[tuple[str, str], Cell]


def cells(
    rows: Iterable[Row], *, regime: str = "", cell_type: str = "", rolled: Mapping[str, str] | None = None
) -> dict[tuple[str, str], Cell]:
    """Return the cells by (cause IRI, target IRI); an empty regime or cell type takes all.

    ``rolled`` puts the findings on a lever under another key, such as its class.
    """
    works: dict[tuple[str, str], dict[Verdict, int]] = defaultdict(dict)
    effects: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if (regime and row["regime"] != regime) or row["change"] not in _ACTIVE:
            continue
        if cell_type and cell_type not in cell_types(row["conditions"]):
            continue
        key = (rolled.get(row["concept"], row["concept"]) if rolled else row["concept"], row["target"])
        known = works[key]
        known[row["verdict"]] = max(known.get(row["verdict"], 0), int(row["works"] or 0))
        effects[key].append(row["effect"])
    return {key: Cell(known, tuple(effects[key])) for key, known in works.items()}


def cell_types(conditions: str | None) -> frozenset[str]:
    """Return the types of cell that readable conditions name.

    >>> sorted(cell_types("cell full / half; regime cycling"))
    ['full', 'half']
    """
    parts = (part.strip() for part in (conditions or "").split(";"))
    return frozenset(kind.strip() for part in parts if part.startswith("cell ") for kind in part[5:].split("/"))


def score(cause: str, targets: Sequence[str], found: Cells, weights: Mapping[str, float]) -> float:
    """Return the sum over targets of weight times works that say better less works that say worse."""
    return sum(weights.get(target, 1.0) * found.get((cause, target), NOTHING).net() for target in targets)


def branch(iri: str, ontology: Ontology) -> str:
    """Return the label of the class right under the root of a strategy's tree; its own where it has none above."""
    chosen = branch_iri(iri, ontology)
    return ontology.get(chosen).label if chosen else UNPLACED


def branch_iri(iri: str, ontology: Ontology) -> str:
    """Return the class right under the root of a strategy's tree; empty for what no concept covers."""
    if iri not in ontology.concepts:
        return ""
    above = ontology.ancestors(iri)
    roots = {one for one in above if not ontology.get(one).broader}
    below_roots = sorted(one for one in above if set(ontology.get(one).broader) & roots)
    return below_roots[0] if below_roots else (sorted(roots) or [iri])[0]
