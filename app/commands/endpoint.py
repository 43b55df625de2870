"""Serve the RDF graph by the SPARQL protocol, on this machine only."""

from __future__ import annotations

import ipaddress
import signal
import sys
from typing import Annotated

import typer

from app.commands.options import AsOf, Library, Timeout
from app.plain import complain
from app.settings import library_folder
from kg import Endpoint, Limits, open_library
from ontology.errors import StoreError

_LIMITS = Limits()


def endpoint(
    library: Library = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7878,
    address: Annotated[str, typer.Option("--address", help="Loopback address to listen on.")] = "127.0.0.1",
    timeout: Timeout = _LIMITS.seconds,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Rows of an answer; more are an error.")] = _LIMITS.rows,
    queries: Annotated[int, typer.Option("--queries", min=1, help="Queries at the same time.")] = _LIMITS.queries,
    origin: Annotated[
        str, typer.Option("--origin", help="The one web origin whose pages may read answers [default: none].")
    ] = "",
    as_of: AsOf = None,
) -> None:
    """Answer SPARQL queries over HTTP, read-only; nothing outside this machine is served."""
    _check_loopback(address)
    with open_library(library_folder(library), as_of=as_of) as graph:
        limits = Limits(seconds=timeout, rows=rows, queries=queries)
        try:
            server = Endpoint((address, port), graph.store("sparql"), limits=limits, origin=origin)  # type: ignore[arg-type]
        except OSError as error:
            raise StoreError(f"cannot listen on {address}:{port} ({error.strerror}); choose another --port") from None
        with server:
            typer.echo(f"SPARQL at {server.url} (library {graph.path}; Ctrl-C ends it)")
            sys.stdout.flush()
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                complain("the endpoint is closed")


def _check_loopback(address: str) -> None:
    try:
        is_loopback = address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise StoreError(f"{address} is not of this machine; listen on 127.0.0.1 and put a proxy of yours before it")
