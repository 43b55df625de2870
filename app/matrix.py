"""Effects as a signed table of strategies against targets: pure, from effect rows to cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from app.cards import VERDICTS
from ontology.model import Verdict
from ontology.terms import Ontology

Row = Mapping[str, Any]  # a row of edges-of-strategy


class Cell(NamedTuple):
    """Hold what is known of one strategy and one target: works by verdict, and the effects behind."""

    works: Mapping[Verdict, int]  # independent works of the best supported effect of each verdict
    effects: tuple[str, ...]

    def text(self) -> str:
        """Write the cell with signs and numbers of works, such as ``+3 −1``.

        >>> Cell({"detrimental": 1, "beneficial": 3}, ()).text()
        '+3 −1'
        """
        signs = {verdict: sign for verdict, (sign, _) in VERDICTS.items() if verdict in self.works}
        return " ".join(f"{sign}{self.works[verdict]}" for verdict, sign in signs.items())

    def tone(self) -> str:
        """Name the cell's side: good, bad, both, or none."""
        good, bad = "beneficial" in self.works, "detrimental" in self.works
        if "mixed" in self.works or (good and bad):
            return "both"
        return "good" if good else "bad" if bad else "none"


NOTHING = Cell({}, ())


def cells(rows: Iterable[Row], *, regime: str = "") -> dict[tuple[str, str], Cell]:
    """Return the cells by (cause IRI, target IRI); an empty regime takes all."""
    works: dict[tuple[str, str], dict[Verdict, int]] = defaultdict(dict)
    effects: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if (regime and row["regime"] != regime) or row["change"] not in ("applied", "increased"):
            continue
        key = (row["concept"], row["target"])
        known = works[key]
        known[row["verdict"]] = max(known.get(row["verdict"], 0), int(row["works"] or 0))
        effects[key].append(row["effect"])
    return {key: Cell(known, tuple(effects[key])) for key, known in works.items()}


def branch(iri: str, ontology: Ontology) -> str:
    """Return the label of the class right under the root of a strategy's tree; its own where it has none above."""
    if iri not in ontology.concepts:
        return "named by one work"
    above = ontology.ancestors(iri)
    roots = {one for one in above if not ontology.get(one).broader}
    below_roots = sorted(one for one in above if set(ontology.get(one).broader) & roots)
    chosen = below_roots[0] if below_roots else (sorted(roots) or [iri])[0]
    return ontology.get(chosen).label
