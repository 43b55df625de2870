from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "198.51.100.7"])
def test_isolation_refuses_connections_that_leave_the_machine(address: str) -> None:
    with socket.socket() as outward, pytest.raises(OSError, match="tests stay on this machine"):
        outward.connect((address, 80))


def test_isolation_refuses_to_look_names_up() -> None:
    with pytest.raises(OSError, match="tests stay on this machine"):
        socket.create_connection(("example.org", 80))


def test_isolation_lets_loopback_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
