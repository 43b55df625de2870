"""Shared fixtures: no network but loopback, the shared material where it lies, one sample library a session."""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = (ROOT / ".." / "shared").resolve()

pytest_plugins = ["tests.neo4j_server.fixture"] if importlib.util.find_spec("tests.neo4j_server.fixture") else []


def _is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse every connection and name look-up that would leave this machine."""
    patch = pytest.MonkeyPatch()

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
                raise OSError(f"tests stay on this machine: no connection to {address[0]}")
            return real(self, address)

        return connect

    real_lookup = socket.getaddrinfo

    def lookup(host: Any, *args: Any, **options: Any) -> Any:
        if not _is_local(host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests stay on this machine: no look-up of {host}")
        return real_lookup(host, *args, **options)

    patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    patch.setattr(socket, "getaddrinfo", lookup)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def in_ci() -> bool:
    """Say whether this is CI, where a missing tool is a failure and not a reason to skip."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material beside the repository, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the shared material (../shared) is not beside this repository")
    return SHARED


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """Return the founding review's text, or skip."""
    path = shared / "papers" / "seed.txt"
    if not path.is_file():
        pytest.skip("the founding review (../shared/papers/seed.txt) is not beside this repository")
    return path


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the library of the bundled samples once a session; tests read it and never write it."""
    from app.demo import build_demo  # here, so that only tests that ask for it pay for the language model

    folder = tmp_path_factory.mktemp("samples") / "library"
    report = build_demo(folder)
    assert not report.failed
    return folder
