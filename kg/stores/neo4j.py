"""Write the property graph to a Neo4j server and query it there.

Constraints first, then batched ``UNWIND``. A work node gets the digest of what it shows when all of that stands, the
database its watermark when all works and conclusions do: a push cut off anywhere is taken up by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from kg.claims import WorkClaims
from kg.property_assembled import assembled_rows, concept_rows
from kg.property_graph import Node, Rows, work_rows
from kg.property_schema import CONCEPT_LABELS, EDGES, NODES
from kg.reading_only import check_cypher
from kg.serialise import Value
from kg.store import Language, Result, Update, Watermark
from kg.stores.neo4j_reading import check_plan, within
from ontology import ID_NS, Ontology
from ontology.codec import digest, encode
from ontology.errors import QuestionError, StoreError

__all__ = ["Neo4jStore", "work_digest"]

_WORKS_AT_ONCE = 50
_ROWS_AT_ONCE = 10_000
_ROWS_HELD = 200_000  # of works written together, each label and edge in one go
_WRITE_TIMEOUT = 300.0  # seconds a transaction
# What a work says, and the edge by which each part hangs on it: a part without one was cut off from its work.
_PARTS = (
    ("Assertion", "STATES"),
    ("Measurement", "REPORTS"),
    ("Reference", "LISTS"),
    ("Value", "UNDER"),
    ("MechanismLink", "THROUGH"),
    ("Evidence", "QUOTES"),
)
_FINISH_WORKS = "UNWIND $rows AS row MATCH (w:Work {iri: row.iri}) SET w.digest = row.digest"
_CONCLUSIONS = ("Effect", "DoubleEdge", "Contradiction", "IndirectHelp")
_READABLE = "IMPROVES|WORSENS|LEAVES|MITIGATES|AGGRAVATES|CAUSES|CHANGES|HELPS_INDIRECTLY"
_DELETE_WORKS = """
UNWIND $iris AS iri
MATCH (w:Work {iri: iri})
OPTIONAL MATCH (w)-[:STATES|REPORTS|LISTS]->(claim)
OPTIONAL MATCH (claim)-[:UNDER|THROUGH|QUOTES]->(detail)
DETACH DELETE detail, claim, w
"""


def work_digest(claims: WorkClaims) -> str:
    """Return the hash of all a work says, as its node carries it."""
    return digest(encode(claims))


class Neo4jStore:
    """Hold the driver of one Neo4j database; ``url`` like ``bolt://host:7687`` or ``neo4j+s://…``."""

    language: Language = "cypher"
    incremental = True

    def __init__(self, url: str, *, user: str = "", password: str = "", database: str | None = None) -> None:
        self._url = url
        self._database = database
        self._auth = (user, password) if user and password else None
        self._driver = self._connected()

    def watermark(self) -> Watermark | None:
        """Return the state last pushed in full; None before the first push and after one that was cut off."""
        with self._session(neo4j.READ_ACCESS) as session:
            found = session.run("MATCH (m:Watermark) RETURN m.generation, m.ontology, m.projection").values()
        return Watermark(*found[0]) if found else None

    def digests(self) -> dict[str, str]:
        """Return the digest each work node carries, by IRI."""
        with self._session(neo4j.READ_ACCESS) as session:
            return {iri: value or "" for iri, value in session.run("MATCH (w:Work) RETURN w.iri, w.digest").values()}

    def apply(self, update: Update, *, digests: Mapping[str, str] | None = None) -> None:
        """Write what was missed, conclusions last; the watermark is gone meanwhile.

        ``digests`` are those of the changed works, by IRI, where they are known.
        """
        with self._session(neo4j.WRITE_ACCESS) as session:
            for label in NODES:
                session.run(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.iri IS UNIQUE").consume()
            was_whole = _count(session, "MATCH (n:Watermark)") > 0
            if _count(session, "MATCH (n)"):
                _clear(session, update, was_whole=was_whole)
            if _count(session, "MATCH (n:Kind)") == 0:
                _write_in_pieces(session, concept_rows(update.ontology))
            elif not was_whole:
                session.execute_write(_write, concept_rows(update.ontology), merge=True)
            standing = {iri for (iri,) in session.run("MATCH (w:Work) RETURN w.iri").values()}
            for finished, rows in _batches(update.changed, update.ontology, digests or {}):
                for iris in _chunks((iri for iri in finished if iri in standing), _WORKS_AT_ONCE):
                    session.execute_write(_run, _DELETE_WORKS, iris=iris)
                _write_in_pieces(session, rows)
                marks = [{"iri": iri, "digest": value} for iri, value in finished.items()]
                session.execute_write(_run, _FINISH_WORKS, rows=marks)
            _write_in_pieces(session, assembled_rows(update.assembly, update.ontology, update.works))
            mark = update.watermark
            statement = "CREATE (:Watermark {generation: $generation, ontology: $ontology, projection: $projection})"
            session.execute_write(
                _run, statement, generation=mark.generation, ontology=mark.ontology, projection=mark.projection
            )

    def query(self, text: str, parameters: Mapping[str, Value], *, max_rows: int, timeout: float | None) -> Result:
        """Answer a Cypher query that the server itself plans as reading, in a transaction it ends at the timeout."""
        check_cypher(text)
        sent = {name: _plain(value) for name, value in parameters.items()}

        def read() -> Result:
            with self._session(neo4j.READ_ACCESS) as session, session.begin_transaction(timeout=timeout) as transaction:
                if timeout is not None:  # people wrote it
                    check_plan(transaction, text, sent)
                answer = transaction.run(text, sent)
                columns = tuple(answer.keys())
                rows = tuple(tuple(_item(value) for value in record.values()) for record in islice(answer, max_rows))
                return Result(columns, rows, truncated=answer.peek() is not None)

        return within(timeout, read, self._reconnect)

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def _connected(self) -> neo4j.Driver:
        try:
            return neo4j.GraphDatabase.driver(
                self._url, auth=self._auth, connection_timeout=10.0, notifications_min_severity="OFF"
            )
        except (DriverError, ValueError) as error:
            raise StoreError(f"{self._url} is no Neo4j address ({error}); write bolt://host:7687") from error

    def _reconnect(self) -> None:
        """Hang up on a server that does not end a query, and start afresh."""
        stuck, self._driver = self._driver, self._connected()
        stuck.close()

    @contextmanager
    def _session(self, mode: str) -> Iterator[neo4j.Session]:
        try:
            with self._driver.session(database=self._database, default_access_mode=mode) as session:
                yield session
        except ClientError as error:
            raise _explained(self._url, error) from error
        except (DriverError, Neo4jError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise StoreError(f"Neo4j at {self._url} does not answer ({reason:.120}); is the server running?") from error


def _explained(url: str, error: ClientError) -> StoreError | QuestionError:
    code, reason = error.code or "", (error.message or str(error)).splitlines()[0]
    if "Security" in code:
        return StoreError(f"Neo4j at {url} refuses the login; check user and password")
    if "TransactionTimedOut" in code:
        return StoreError("the query took longer than its limit; narrow it or raise the limit")
    if "Statement" in code:
        return QuestionError(f"Cypher: {reason}")
    return StoreError(f"Neo4j at {url}: {reason}")


def _clear(session: neo4j.Session, update: Update, *, was_whole: bool) -> None:
    """Delete the watermark, the conclusions, what was withdrawn, and what a push that was cut off left behind."""
    session.run("MATCH (m:Watermark) DELETE m").consume()
    _delete_all(session, f"MATCH ()-[n:{_READABLE}]->()", verb="DELETE")
    for label in _CONCLUSIONS:
        _delete_all(session, f"MATCH (n:{label})")
    if update.full:
        for label in NODES:
            _delete_all(session, f"MATCH (n:{label})")
    elif not was_whole:
        for label, edge in _PARTS:
            _delete_all(session, f"MATCH (n:{label}) WHERE n.iri STARTS WITH '{ID_NS}' AND NOT ()-[:{edge}]->(n)")
    for iris in _chunks(update.withdrawn, _WORKS_AT_ONCE):
        session.execute_write(_run, _DELETE_WORKS, iris=iris)
    for label in CONCEPT_LABELS:
        _delete_all(session, f"MATCH (n:{label}) WHERE n.local")


def _batches(
    changed: Iterable[WorkClaims], ontology: Ontology, known: Mapping[str, str]
) -> Iterator[tuple[dict[str, str], Rows]]:
    """Gather works, with the digest of each, until their rows are many."""
    digests, rows, count = dict[str, str](), Rows(), 0
    for claims in changed:
        part = work_rows(claims, ontology)
        digests[claims.iri] = known.get(claims.iri) or work_digest(claims)
        for label, nodes in part.nodes.items():
            rows.nodes[label] += nodes
            count += len(nodes)
        for key, edges in part.edges.items():
            rows.edges[key] += edges
            count += len(edges)
        if count >= _ROWS_HELD:
            yield digests, rows
            digests, rows, count = {}, Rows(), 0
    if digests:
        yield digests, rows


def _write(transaction: neo4j.ManagedTransaction, rows: Rows, *, merge: bool) -> None:
    """Write all rows in one transaction."""
    for statement, batch in _statements(rows, merge=merge):
        transaction.run(statement, rows=batch).consume()


def _write_in_pieces(session: neo4j.Session, rows: Rows) -> None:
    """Write rows whose half-written state does no harm, a transaction for each batch."""
    for statement, batch in _statements(rows, merge=False):
        session.execute_write(_run, statement, rows=batch)


def _statements(rows: Rows, *, merge: bool) -> Iterator[tuple[Any, list[list[Any]]]]:
    """Yield statements with batches of rows as bare lists: the driver packs a row's column names as slowly as its values."""
    verb = "MERGE" if merge else "CREATE"
    for label, nodes in rows.nodes.items():
        columns = ("iri", *(name for name in NODES[label] if name != "iri"))
        values = _map_of(columns, 0)
        node = f"MERGE (n:`{label}` {{iri: row[0]}}) SET n += {values}" if merge else f"CREATE (n:`{label}` {values})"
        for batch in _chunks(nodes, _ROWS_AT_ONCE):
            yield f"UNWIND $rows AS row {node}", _listed(batch, columns)
    for key, edges in rows.edges.items():
        kind, source, goal = key
        columns = tuple(EDGES[key])
        statement = (
            f"UNWIND $rows AS row MATCH (a:`{source}` {{iri: row[0]}}) MATCH (b:`{goal}` {{iri: row[1]}}) "
            f"{verb} (a)-[r:`{kind}`]->(b)" + (f" SET r += {_map_of(columns, 2)}" if columns else "")
        )
        for batch in _chunks(edges, _ROWS_AT_ONCE):
            yield statement, _listed(batch, ("from", "to", *columns))


def _map_of(columns: tuple[str, ...], start: int) -> str:
    """Return a Cypher map of a row's places by column; names come from the schema alone."""
    return "{" + ", ".join(f"`{name}`: row[{place}]" for place, name in enumerate(columns, start)) + "}"


def _listed(rows: Iterable[Node], columns: tuple[str, ...]) -> list[list[Any]]:
    return [[row.get(name) for name in columns] for row in rows]


def _count(session: neo4j.Session, match: str) -> int:
    statement: Any = f"{match} RETURN count(n) AS n"
    return int(session.run(statement).single(strict=True)["n"])


def _delete_all(session: neo4j.Session, match: str, *, verb: str = "DETACH DELETE") -> None:
    """Delete what is matched as ``n``, nodes with their edges, in batches that fit in memory."""
    statement: Any = f"{match} WITH n LIMIT 10000 {verb} n RETURN count(*) AS gone"
    while session.execute_write(lambda transaction: transaction.run(statement).single(strict=True)["gone"]):
        pass


@neo4j.unit_of_work(timeout=_WRITE_TIMEOUT)
def _run(transaction: neo4j.ManagedTransaction, /, statement: Any, **parameters: Any) -> None:
    transaction.run(statement, parameters).consume()


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def _plain(value: Value) -> Any:
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, int | float) else [str(item) for item in value]


def _item(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
