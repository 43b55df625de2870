"""Page through the statements of a library in its property graph: filtered, counted and cut where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.serialise import Value
from kg.store import GraphStore, Result

__all__ = ["Found", "Reports", "Sought", "first_statements", "named_in_statements", "numbers_reported", "statements"]

_COLUMNS = """a.iri AS iri, w.key AS work, a.cause AS cause, a.change AS change, a.direction AS direction,
 a.target AS target, a.verdict AS verdict, e.regime AS regime, e.iri AS effect, e.belief AS belief, e.support AS works,
 a.source_kind AS source_kind, a.hedged AS hedged, a.negated AS negated, a.confidence AS confidence,
 a.conditions AS conditions, a.confounds AS confounds, q.text AS sentence"""
_POOLED = "MATCH (e:Effect)-[:POOLS]->(a:Assertion)"
_TOLD = "MATCH (w:Work)-[:STATES]->(a)-[:QUOTES]->(q:Evidence {position: 0})"
_STATED = "MATCH (w:Work)-[:STATES]->(a)"
_TEXT = "concat(a.cause, ' ', a.target, ' ', a.direction, ' ', e.regime, ' ', w.title, ' ', w.summary_of, ' ', q.text)"
_ORDER = "ORDER BY e.belief DESC, e.support DESC, a.iri"
_NAMES = """MATCH (a:Assertion) RETURN DISTINCT a.cause AS name, 'cause' AS role
UNION ALL MATCH (a:Assertion) RETURN DISTINCT a.target AS name, 'target' AS role"""
_REPORTED = """MATCH (w:Work)-[:REPORTS]->(m:Measurement)
RETURN m.metric AS metric, m.subject_concept AS subject, w.key AS work, count(*) AS numbers"""
_POOLS = """MATCH (e:Effect)-[:POOLS]->(a:Assertion)<-[:STATES]-(w:Work) WHERE e.iri IN $effects
RETURN e.iri AS effect, a.iri AS iri, w.key AS work, a.source_kind AS kind, a.confidence AS sure"""
_ALL = 10_000_000  # rows


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the first rows, the best supported first, and how many statements of how many works there are."""

    rows: Result
    statements: int
    works: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Hold what statements have to fit; what is empty takes all."""

    words: tuple[str, ...] = ()  # each stands in the sentence, the names, the direction, the regime or the title
    causes: frozenset[str] = frozenset()  # IRIs or names
    targets: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    regimes: frozenset[str] = frozenset()
    hedged: bool | None = None
    belief: float = 0.0  # the least of the pooled effect behind a statement
    support: int = 0  # the least number of its independent works
    works: frozenset[str] = frozenset()  # keys
    only: frozenset[str] = frozenset()  # IRIs of the statements to choose from
    but: frozenset[str] = frozenset()  # IRIs of the statements to leave out


class Reports(NamedTuple):
    """Say how many numbers of a metric one work reports of one subject (an IRI; empty where no concept covers it)."""

    metric: str
    subject: str
    work: str  # key
    numbers: int


def statements(store: GraphStore, sought: Sought, *, most: int) -> Found:
    """Return the statements that fit, at most ``most`` of them, and how many there are."""
    tests, given = _tests(sought)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    told = bool(sought.words or sought.works)  # the sentence and its work take part in the choice
    chosen = f"{_POOLED} {_TOLD}{where}" if told else f"{_POOLED}{where}"
    page = f"{chosen} WITH e, a {_ORDER} LIMIT {int(most)} {_TOLD} RETURN {_COLUMNS} {_ORDER}"
    counted = f"{chosen}{'' if told else f' {_STATED}'} RETURN count(*) AS statements, count(DISTINCT w.key) AS works"
    rows = _asked(store, page, given)
    ((number, works),) = _asked(store, counted, given).rows
    return Found(rows, int(number or 0), int(works or 0))


def _tests(sought: Sought) -> tuple[list[str], dict[str, Value]]:
    """Return the conditions that are set, and the values they compare with."""
    listed = {
        "causes": ("(a.cause_concept IN $causes OR a.cause IN $causes)", sought.causes),
        "targets": ("(a.target_concept IN $targets OR a.target IN $targets)", sought.targets),
        "verdicts": ("a.verdict IN $verdicts", sought.verdicts),
        "sources": ("a.source_kind IN $sources", sought.sources),
        "regimes": ("e.regime IN $regimes", sought.regimes),
        "works": ("w.key IN $works", sought.works),
        "chosen": ("a.iri IN $chosen", sought.only),
        "but": ("NOT a.iri IN $but", sought.but),
    }
    tests = [test for test, values in listed.values() if values]
    given: dict[str, Value] = {name: sorted(values) for name, (_, values) in listed.items() if values}
    least = {"belief": ("e.belief >= $belief", sought.belief), "support": ("e.support >= $support", sought.support)}
    tests += [test for test, value in least.values() if value > 0]
    given |= {name: value for name, (_, value) in least.items() if value > 0}
    if sought.hedged is not None:
        tests.append("a.hedged" if sought.hedged else "NOT a.hedged")
    tests += [f"lower({_TEXT}) CONTAINS $word{number}" for number, _ in enumerate(sought.words)]
    given |= {f"word{number}": word.lower() for number, word in enumerate(sought.words)}
    return tests, given


def named_in_statements(store: GraphStore) -> dict[str, tuple[str, ...]]:
    """Return what statements call their causes and their targets, by role, each name once."""
    found: dict[str, list[str]] = {"cause": [], "target": []}
    for name, role in _asked(store, _NAMES, {}).rows:
        found[str(role)].append(str(name))
    return {role: tuple(sorted(names, key=lambda name: (name.lower(), name))) for role, names in found.items()}


def numbers_reported(store: GraphStore) -> tuple[Reports, ...]:
    """Return which work reports how many numbers of what."""
    rows = _asked(store, _REPORTED, {}).rows
    return tuple(sorted(Reports(str(row[0]), str(row[1] or ""), str(row[2]), int(row[3] or 0)) for row in rows))


def first_statements(store: GraphStore, effects: Sequence[str], *, each: int) -> dict[str, tuple[str, ...]]:
    """Return a few statements of each effect, by IRI: own results first, then the surest readings, each work once."""
    ranked = sorted(
        (str(effect), kind != "own_result", -float(sure or 0.0), str(iri), str(work))
        for effect, iri, work, kind, sure in _asked(store, _POOLS, {"effects": list(effects)}).rows
    )
    found: dict[str, dict[str, str]] = {}
    for effect, _, _, iri, work in ranked:
        chosen = found.setdefault(effect, {})
        if len(chosen) < each:
            chosen.setdefault(work, iri)
    return {effect: tuple(chosen.values()) for effect, chosen in found.items()}


def _asked(store: GraphStore, text: str, given: Mapping[str, Value]) -> Result:
    return store.query(text, given, max_rows=_ALL, timeout=None)
