"""Render the reference pages from the code; ``uv run python -m tests.reference`` rewrites them.

The pages are kept so that they can be read without installing anything; a test holds them equal to the code.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from pathlib import Path
from typing import get_args

from typer.testing import CliRunner

from app.cli import COMMANDS, app
from kg import load_questions
from ontology import model

DOCS = Path(__file__).resolve().parents[1] / "docs"
_WIDTH = "100"  # columns of help texts

_COMMAND_LINE = """# Command line

Every command that needs a library takes `--library DIR`; without it the environment variable `ANODEKG_LIBRARY`
counts, and without that the platform's folder for user data. Every command that prints rows takes `--format`. A failure
is one line on standard error that names the file and the remedy, and exit status 1; a wrong option is exit status 2.
"""
_CATALOGUE = """# The catalogue of questions

Each question is one SPARQL and one Cypher file in `kg/questions/`; both give the same rows, which the tests prove on
every store. Ask one by its id:

```sh
uv run anodekg query strategies-that-help target="calendar life" regime=storage
```

A concept is given by any of its names or by its IRI. A parameter in brackets may be left out.
"""
_MODEL = """# Claim model

The values in `ontology/model.py`, in the order in which a paper becomes an answer. `anode.ttl` mirrors the same names,
and `shapes.ttl` says what a valid graph of them looks like. Offsets are half-open and count Unicode characters of the
document's text. A field that is not stated is `None` or empty, never a default.
"""


def command_line() -> str:
    """Return the page of commands: what ``--help`` prints."""
    run = CliRunner(env={"COLUMNS": _WIDTH, "TERMINAL_WIDTH": _WIDTH, "NO_COLOR": "1", "ANODEKG_LIBRARY": ""})
    parts = [_COMMAND_LINE]
    for name in COMMANDS:
        shown = run.invoke(app, [name, "--help"], prog_name="anodekg")
        if shown.exit_code:
            raise SystemExit(f"anodekg {name} --help failed: {shown.output}")
        lines = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"## anodekg {name}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


def catalogue() -> str:
    """Return the page of questions: title, parameters, phrasings, columns."""
    parts = [_CATALOGUE]
    for question in load_questions():
        lines = [f"## {question.id}\n\n{question.title}.\n", "| Parameter | Kind | Meaning |\n|---|---|---|"]
        for parameter in question.parameters:
            shown = f"`{parameter.name}`" if parameter.required else f"[`{parameter.name}`]"
            lines.append(f"| {shown} | {parameter.kind} | {parameter.description} |")
        if question.phrasings:
            lines.append("\nPeople ask: " + " · ".join(f"*{phrasing}*" for phrasing in question.phrasings))
        lines.append("\nColumns: " + ", ".join(f"`{column}`" for column in question.columns) + "\n")
        parts.append("\n".join(lines))
    return "\n".join(parts)


def claim_model() -> str:
    """Return the page of values: every class with its fields, every closed vocabulary with its words."""
    source = inspect.getsource(model)
    comments = {number: line.partition("  # ")[2] for number, line in enumerate(source.splitlines(), start=1)}
    parts = [_MODEL, "## Vocabularies\n\n| Name | Words |\n|---|---|"]
    classes = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            words = ", ".join(f"`{word}`" for word in get_args(getattr(model, name)))
            parts.append(f"| {name} | {words} |")
        elif isinstance(node, ast.ClassDef):
            classes.append(_value(node, comments))
    return "\n".join([*parts, "", *classes])


def _value(node: ast.ClassDef, comments: dict[int, str]) -> str:
    said = (ast.get_docstring(node) or "").replace("``", "`")
    rows = [f"## {node.name}\n\n{said}\n", "| Field | Type | |\n|---|---|---|"]
    for field in node.body:
        if isinstance(field, ast.AnnAssign):
            kind = re.sub(r"\s*\|\s*", " or ", ast.unparse(field.annotation)).replace("'", "")
            note = comments[field.lineno].replace("|", "or")
            rows.append(f"| `{ast.unparse(field.target)}` | {kind} | {note} |")
    return "\n".join(rows) + "\n"


PAGES = {"catalogue.md": catalogue, "claim-model.md": claim_model, "command-line.md": command_line}


def main() -> None:
    """Rewrite the reference pages."""
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
