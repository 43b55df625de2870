"""The command line: one table of commands, each imported when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib.metadata import version
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from app.plain import complain
from ontology.errors import AnodeError

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

# name -> (module that holds a function of that name, one line for the overview); `import` is called `import_` there
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("app.commands.demo", "Build a graph from the bundled samples and answer a question."),
    "extract": ("app.commands.documents", "Print what papers say, one JSON object a document."),
    "evaluate": ("app.commands.evaluate", "Measure what is read against annotated passages."),
    "text": ("app.commands.documents", "Print the text that a document's offsets count in."),
    "ingest": ("app.commands.ingest", "Read papers into the library and its graphs."),
    "run": ("app.commands.run", "Fetch papers from literature sources and read them, once or again and again."),
    "runs": ("app.commands.runs", "List the runs, or show what one of them brought."),
    "diff": ("app.commands.runs", "Say what changed between two runs or dates."),
    "withdraw": ("app.commands.withdraw", "Take a work out of the library for good."),
    "ask": ("app.commands.questions", "Answer a question in plain English, with evidence."),
    "questions": ("app.commands.questions", "List the catalogue of questions."),
    "query": ("app.commands.questions", "Ask one catalogue question by id and parameters."),
    "curate": ("app.commands.curate", "Accept, reject, correct or merge claims; list what nobody has judged."),
    "sparql": ("app.commands.console", "Run a read-only SPARQL query."),
    "cypher": ("app.commands.console", "Run a read-only Cypher query."),
    "export": ("app.commands.export", "Export the graph as RDF, nanopublications, CSV or Parquet."),
    "import": ("app.commands.importing", "Take what was exported into a library."),
    "endpoint": ("app.commands.endpoint", "Answer SPARQL over HTTP, on this machine only."),
    "push": ("app.commands.library", "Write the property graph to a Neo4j server."),
    "validate": ("app.commands.library", "Check the library against the SHACL shapes."),
    "stats": ("app.commands.library", "Count works, claims and concepts."),
    "serve": ("app.commands.serve", "Open the page in a browser, on this machine only."),
}


class LazyCommands(MutableMapping[str, "Command"]):
    """Look a command up in COMMANDS and import its module on first use."""

    def __init__(self) -> None:
        self._loaded: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._loaded:
            module, _ = COMMANDS[name]
            single = typer.Typer(add_completion=False, rich_markup_mode=None)
            single.command(name)(getattr(importlib.import_module(module), f"{name}_" if iskeyword(name) else name))
            self._loaded[name] = get_command(single)
        return self._loaded[name]

    def __setitem__(self, name: str, command: Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class CommandGroup(TyperGroup):
    """Present LazyCommands; the overview comes from the table, so that it imports nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = LazyCommands()

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """Write the overview of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


app = typer.Typer(
    name="anodekg",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"anodekg {version('anodekg')}")
        raise typer.Exit


@app.callback()
def anodekg(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read papers on silicon-carbon anodes into a graph of what each strategy gains and costs."""


def main() -> None:
    """Run the command line; an AnodeError is one line on stderr and exit status 1."""
    _tolerate_narrow_streams()
    try:
        app()
    except AnodeError as error:
        complain(str(error))
        sys.exit(1)
    finally:
        _flush_quietly()


def _tolerate_narrow_streams() -> None:
    """Let a terminal that cannot show a character show its escape instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush_quietly() -> None:
    """Forgive a reader that closed the pipe early, as ``| head`` does."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
