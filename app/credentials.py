"""Ask for a password where a person can type one; it never stands in the arguments, where every process sees it."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import typer

from ontology.errors import StoreError

PASSWORD_VARIABLE = "NEO4J_PASSWORD"


def password_for(url: str, user: str) -> str:
    """Return the password from the environment, else as typed; "" for a server without one."""
    if "@" in urlsplit(url).netloc:
        raise StoreError(f"write the address without user and password; give them by --user and ${PASSWORD_VARIABLE}")
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None or not user or not sys.stdin.isatty():
        return given or ""
    typed: str = typer.prompt(
        f"Password of {user} (none: Enter)", default="", hide_input=True, show_default=False, err=True
    )
    return typed
