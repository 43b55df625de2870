"""Open the page: a Streamlit server that listens on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import Library
from app.settings import CURATOR_VARIABLE, LIBRARY_VARIABLE, WARM_VARIABLE, library_folder
from ontology.errors import StoreError

_OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "50",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": "false",
}


def serve(
    library: Library = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8501,
    curator: Annotated[
        str, typer.Option("--curator", help="Let the page accept, reject, correct and merge claims in this name.")
    ] = "",
    address: Annotated[str, typer.Option("--address", help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Open the page in a browser; nothing leaves this machine and nothing needs the network."""
    folder = library_folder(library).absolute()
    _check_free(address, port)
    command = _command(address, port)
    environment = {**os.environ, LIBRARY_VARIABLE: str(folder), WARM_VARIABLE: "1"}
    if curator.strip():
        environment[CURATOR_VARIABLE] = curator.strip()
    typer.echo(f"open http://{address}:{port} (library {folder}; Ctrl-C ends it)")
    sys.stdout.flush()
    if os.name == "posix":
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), 0)
        os.execve(command[0], command, environment)  # signals reach the server itself
    raise typer.Exit(subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode)


def _command(address: str, port: int) -> list[str]:
    page = Path(str(resources.files("app") / "main.py"))
    options = {
        "server.address": address,
        "server.port": str(port),
        **_OPTIONS,
        "theme.base": str(page.parent / "theme.toml"),
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(page), *flags]


def _check_free(address: str, port: int) -> None:
    try:
        with socket.create_server((address, port)):
            return
    except OSError as error:
        raise StoreError(f"cannot listen on {address}:{port} ({error.strerror}); choose another --port") from None
