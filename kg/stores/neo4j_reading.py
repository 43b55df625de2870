"""Let only what reads through to a Neo4j server: its own planner says what a query would do before it is run.

The Community edition has no roles, and its read access mode still lets a query load files and call procedures. So the
query is explained first (which runs nothing): a plan with any step but reading the graph is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import neo4j

from ontology.errors import QuestionError, StoreError

__all__ = ["check_plan", "within"]

T = TypeVar("T")

_READS_ONLY = "r"
_OUTSIDE = ("LoadCSV", "ProcedureCall", "Foreach", "Transaction", "Show", "Terminate", "Administration")
_GRACE = 2.0  # seconds a server has to end a query by itself


def check_plan(transaction: neo4j.Transaction, text: str, parameters: Mapping[str, Any]) -> None:
    """Raise QuestionError unless the server plans to read its graph and nothing else."""
    statement: Any = f"EXPLAIN {text}"
    summary = transaction.run(statement, dict(parameters)).consume()
    if summary.query_type != _READS_ONLY or summary.plan is None:
        raise QuestionError("the server would write or run a command for this query; queries here only read this graph")
    for step in _steps(summary.plan):
        if step.startswith(_OUTSIDE):
            raise QuestionError(f"the server would leave its graph for this query ({step}); queries here only read it")


def within(seconds: float | None, run: Callable[[], T], give_up: Callable[[], None]) -> T:
    """Return what a call gives, or give up when the server does not end it in time (some work cannot be interrupted)."""
    if seconds is None:
        return run()
    late = threading.Event()

    def end() -> None:
        late.set()
        give_up()

    timer = threading.Timer(seconds + _GRACE, end)
    timer.daemon = True
    timer.start()
    try:
        return run()
    except Exception:
        if late.is_set():
            raise StoreError(f"the query took longer than {seconds:g} s; narrow it or raise the limit") from None
        raise
    finally:
        timer.cancel()


def _steps(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan["operatorType"]).partition("@")[0]
    for inner in plan.get("children", ()):
        yield from _steps(inner)
