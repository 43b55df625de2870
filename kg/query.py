"""Discover the catalogue of competency questions and bind their parameters.

``questions/<id>.rq`` and ``<id>.cypher`` ask the same; the header of the ``.rq`` file declares title, parameters,
example phrasings, columns, order and roles. Values enter as parameters only: through the engine in Cypher, through
the one term serialiser in SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.rdf import KIND_CLASS, TOP
from kg.reading_only import bind_sparql
from kg.serialise import Iri, Value, writable_iri
from kg.store import Item, Result
from ontology import Ontology, load_ontology
from ontology.errors import QuestionError

__all__ = ["Parameter", "Question", "find_question", "load_questions", "ordered"]

_HERE = Path(__file__).parent / "questions"
_REGIMES = ("", "cycling", "storage", "unspecified")
_DEFAULTS: Mapping[str, Value] = MappingProxyType({"concept": Iri(TOP), "regime": "", "text": "", "iris": ()})


@dataclass(frozen=True, slots=True)
class Parameter:
    """Hold one parameter; no default if required.

    Its kind is concept (IRI or label), iris, since (works; an open library takes a date or run), text, regime or number.
    """

    name: str
    kind: str
    default: Value | None
    description: str

    @property
    def required(self) -> bool:
        """Say whether the question cannot be asked without it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one competency question in both languages."""

    id: str
    title: str
    parameters: tuple[Parameter, ...]
    phrasings: tuple[str, ...]
    columns: tuple[str, ...]
    order: tuple[str, ...]  # columns to sort by; "-" before a name: largest first
    roles: Mapping[str, str]  # column -> what `ask` takes it for
    lists: frozenset[str]  # columns that hold several words, joined by "; "
    sparql: str
    cypher: str

    def bind(self, parameters: Mapping[str, Value], *, ontology: Ontology | None = None) -> dict[str, Value]:
        """Return a value for every parameter, labels turned into IRIs; raise QuestionError for what does not fit."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in parameters:
            if name not in known:
                raise QuestionError(f"{self.id} has no parameter {name!r}; {_meant(name, known)}")
        bound = {}
        for name, parameter in known.items():
            value = parameters.get(name)
            if value is None or (value == "" and parameter.kind != "text"):
                value = parameter.default
            if value is None:
                raise QuestionError(f"{self.id} needs the parameter {name!r}: {parameter.description}")
            bound[name] = _checked(parameter, value, ontology or load_ontology())
        return bound

    def bound_sparql(self, parameters: Mapping[str, Value]) -> str:
        """Return the SPARQL with the parameters in place, without its header."""
        body = "\n".join(line for line in self.sparql.splitlines() if not line.startswith("#")).strip()
        return bind_sparql(body, self.bind(parameters))

    def cypher_parameters(self, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """Return the parameters to send with the Cypher."""
        return self.bind(parameters)


@cache
def load_questions() -> tuple[Question, ...]:
    """Return all questions of the catalogue, by id."""
    return tuple(_load(path) for path in sorted(_HERE.glob("*.rq")))


def find_question(identifier: str) -> Question:
    """Return one question; raise QuestionError that names the nearest where there is none."""
    questions = {question.id: question for question in load_questions()}
    if identifier not in questions:
        raise QuestionError(f"no question {identifier!r}; {_meant(identifier, questions)}")
    return questions[identifier]


def ordered(result: Result, question: Question) -> Result:
    """Return the distinct rows in the order and columns the question declares, the same from every engine.

    Distinct here and not in the Cypher: ladybug 0.22 crashes on ``UNION ALL`` of ``RETURN DISTINCT`` parts.
    """
    places = {name: result.columns.index(name) for name in question.columns}
    rows = list(
        dict.fromkeys(
            tuple(_cell(row[places[name]], name, question) for name in question.columns) for row in result.rows
        )
    )
    rows.sort(key=lambda row: tuple(map(str, row)))  # so that ties fall the same everywhere
    for key in reversed(question.order):
        place, descending = question.columns.index(key.removeprefix("-")), key.startswith("-")
        stated = [row for row in rows if row[place] is not None]
        stated.sort(key=lambda row: row[place], reverse=descending)  # type: ignore[arg-type, return-value]
        rows = stated + [row for row in rows if row[place] is None]
    return Result(question.columns, tuple(rows), truncated=result.truncated)


def _cell(value: Item, column: str, question: Question) -> Item:
    """Return a cell, the words of a list column sorted: engines gather them in different orders."""
    return "; ".join(sorted(set(filter(None, str(value or "").split("; "))))) if column in question.lists else value


def _load(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("# ") or ": " not in line:
            break
        key, value = line.removeprefix("# ").split(": ", 1)
        header.setdefault(key, []).append(value.strip())
    return Question(
        id=path.stem,
        title=header["title"][0],
        parameters=tuple(_parameter(line) for line in header.get("parameter", ())),
        phrasings=tuple(header.get("phrasing", ())),
        columns=tuple(header["columns"][0].split()),
        order=tuple(header["order"][0].split()),
        roles=MappingProxyType(dict(role.split("=", 1) for line in header.get("roles", ()) for role in line.split())),
        lists=frozenset(word for line in header.get("lists", ()) for word in line.split()),
        sparql=text,
        cypher=path.with_suffix(".cypher").read_text(encoding="utf-8"),
    )


def _parameter(line: str) -> Parameter:
    name, kind, default, description = (part.strip() for part in line.split("|"))
    value: Value | None
    if default == "required":
        value = None
    elif default in ("any", "optional"):
        value = _DEFAULTS[kind]
    elif kind == "number":
        value = float(default)
    else:
        value = Iri(KIND_CLASS[default])
    return Parameter(name, kind, value, description)


def _checked(parameter: Parameter, value: Value, ontology: Ontology) -> Value:
    match parameter.kind, value:
        case "concept", str():
            return _concept(parameter, value, ontology)
        case "regime", str() if value in _REGIMES:
            return value
        case "text", str():
            return value
        case "number", int() | float() | str():
            try:
                return float(value)
            except ValueError:
                raise QuestionError(f"{parameter.name} must be a number, not {value!r:.40}") from None
        case "since", [*items]:
            return [Iri(item) for item in items]
        case "since", str():
            raise QuestionError(
                f"{parameter.name}: a date or run is read by an open library; give the works' IRIs here"
            )
        case "iris", str():
            return [Iri(item) for item in value.split()]
        case "iris", [*items]:
            return [Iri(item) for item in items]
    expected = f"one of {', '.join(_REGIMES[1:])}" if parameter.kind == "regime" else parameter.kind
    raise QuestionError(f"{parameter.name} must be {expected}, not {value!r:.40}")


def _concept(parameter: Parameter, value: str, ontology: Ontology) -> Iri:
    if value.startswith(("https://", "http://")) and writable_iri(value):
        return Iri(value)
    if value in KIND_CLASS:
        return Iri(KIND_CLASS[value])
    concept = ontology.find(value)
    if concept is None:
        labels = {label: None for label, _ in ontology.labels()}
        raise QuestionError(f"no concept is called {value!r:.60} ({parameter.name}); {_meant(value, labels)}")
    return Iri(concept.iri)


def _meant(name: str, names: Iterable[str]) -> str:
    names = list(names)
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return f"did you mean {', '.join(near)}?"
    return f"there are {', '.join(names)}" if len(names) <= 20 else "try another name"
