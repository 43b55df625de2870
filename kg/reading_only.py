"""Refuse queries that do more than read, and bind parameters: by tokens, so that text inside quotes is only text.

The engines' own access mode stands below this wherever they have one; here goes what it does not cover: SPARQL's
``SERVICE`` opens connections, and Cypher's ``LOAD``, ``COPY`` and ``CALL`` reach files and procedures even on a
read-only connection. What cannot be read as tokens is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.serialise import Value, sparql_term
from ontology.errors import QuestionError

__all__ = ["bind_sparql", "check_cypher", "check_sparql", "names_dataset", "query_form"]

_SPARQL = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
                  |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
      | (?P<parameter>\$\w+)
      | (?P<variable>\?\w+)
      | (?P<prefixed>(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<word>[^\W\d]\w*)
      | (?P<other>[\s\d{}()\[\].,;|/^*+?!=<>&~-])""",
    re.VERBOSE | re.DOTALL,
)
_CYPHER = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?\*/)
      | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<quoted>`(?:[^`\\]|``)*`)
      | (?P<parameter>\$\w+)
      | (?P<member>[.:]\s*[^\W\d]\w*)
      | (?P<word>[^\W\d]\w*)
      | (?P<other>[\s\d{}()\[\].,:;|/^*+%!=<>&-])""",
    re.VERBOSE | re.DOTALL,
)
_SPARQL_READS = ("select", "ask", "construct", "describe", "prefix", "base")
_SPARQL_REFUSED = frozenset({"service", "load", "insert", "delete", "drop", "clear", "create", "add", "move", "copy"})
_CYPHER_READS = ("match", "optional", "unwind", "with", "return")
_CYPHER_WORDS = """
alter analyze attach begin call checkpoint comment commit copy create delete detach drop execute explain export
extension foreach import insert install load macro merge profile project remove rename rollback set terminate
uninstall update use
"""
_CYPHER_ROOTS = frozenset(["date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"])
_CYPHER_REFUSED = frozenset(_CYPHER_WORDS.split())


def check_sparql(text: str) -> None:
    """Raise QuestionError unless the text is a SPARQL query that only reads this store."""
    _check(_tokens(_SPARQL, text, "SPARQL"), _SPARQL_READS, _SPARQL_REFUSED, "SPARQL")


def query_form(text: str) -> str:
    """Return how a SPARQL query asks: select, ask, construct or describe; "" where it does not.

    >>> query_form("PREFIX select: <x:> # ask\\nCONSTRUCT WHERE { ?s ?p 'ask' }")
    'construct'
    """
    words = (value.lower() for kind, value in _tokens(_SPARQL, text, "SPARQL") if kind == "word")
    return next((word for word in words if word in _SPARQL_READS[:4]), "")


def names_dataset(text: str) -> bool:
    """Tell whether a SPARQL query says itself which graphs it is about."""
    return any(kind == "word" and value.lower() == "from" for kind, value in _tokens(_SPARQL, text, "SPARQL"))


def check_cypher(text: str) -> None:
    """Raise QuestionError unless the text is one Cypher query made of reading clauses."""
    tokens = _tokens(_CYPHER, text, "Cypher")
    code = [value for kind, value in tokens if kind != "comment" and value.strip()]
    if ";" in code[:-1]:
        raise QuestionError("several Cypher statements at once; send one query")
    _check(tokens, _CYPHER_READS, _CYPHER_REFUSED, "Cypher")
    _check_calls([(kind, value) for kind, value in tokens if kind != "comment" and value.strip()])


def bind_sparql(text: str, parameters: Mapping[str, Value]) -> str:
    """Put parameters in place of ``$name`` tokens: an :class:`Iri` as IRI, a list separated by blanks, else a literal.

    >>> bind_sparql('SELECT ?x { ?x ?p $v . FILTER(?x != "$v") }', {"v": "say \\"hi\\""})
    'SELECT ?x { ?x ?p "say \\\\"hi\\\\"" . FILTER(?x != "$v") }'
    """
    return "".join(
        sparql_term(parameters[value[1:]]) if kind == "parameter" and value[1:] in parameters else value
        for kind, value in _tokens(_SPARQL, text, "SPARQL")
    )


@lru_cache(maxsize=256)
def _tokens(pattern: re.Pattern[str], text: str, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read_tokens(pattern, text, language))


def _read_tokens(pattern: re.Pattern[str], text: str, language: str) -> Iterator[tuple[str, str]]:
    # Some engines resolve \uXXXX before they read the query, so that an escape could end a string.
    if re.search(r"\\[uU][0-9A-Fa-f]", text):
        raise QuestionError(f"\\u escapes are refused in {language} here; write the character itself")
    position = 0
    while position < len(text):
        found = pattern.match(text, position)
        if not found:
            raise QuestionError(
                f"cannot read this {language} at character {position}: {text[position : position + 20]!r}"
            )
        yield str(found.lastgroup), found[0]
        position = found.end()


def _check_calls(tokens: list[tuple[str, str]]) -> None:
    """Refuse functions of plug-ins, which may do anything: ``apoc.load.json(…)``; the language's own have known roots."""
    for place, (kind, value) in enumerate(tokens[:-1]):
        is_part = kind == "quoted" or (kind == "member" and value.startswith("."))
        if is_part and tokens[place + 1][1] == "(":
            first = place
            while first and tokens[first][0] in ("member", "quoted"):
                first -= 1
            root = tokens[first][1].lower()
            if kind == "quoted" or root not in _CYPHER_ROOTS:
                raise QuestionError(f"the function {root}{value:.40} is refused: it is not part of the language")


def _check(tokens: tuple[tuple[str, str], ...], reads: tuple[str, ...], refused: frozenset[str], language: str) -> None:
    words = [value.lower() for kind, value in tokens if kind == "word"]
    first = next((value.lower() for kind, value in tokens if kind != "comment" and value.strip()), "")
    if first.rstrip(":") not in reads:
        raise QuestionError(
            f"a {language} query here starts with {', '.join(reads).upper()}; this one starts {first!r:.40}"
        )
    for word in words:
        if word in refused:
            raise QuestionError(f"{word.upper()} is refused: queries here only read this graph")
