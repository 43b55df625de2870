"""Refuse addresses that a stranger's record must not make us visit."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from extractors.sources.refusals import RefusedError

__all__ = ["refuse_private"]


def refuse_private(url: str, *, trusted: Collection[str] = ()) -> None:
    """Raise RefusedError for an address that is not on the open web: another scheme, this machine, a private network.

    Hosts (with port) that the user named are trusted. A name that cannot be looked up is left to the connection: behind
    a proxy only the proxy can.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise RefusedError(f"{url[:200]!r} is no web address; leave it out") from None
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedError(f"{url[:200]!r} is no web address; leave it out")
    if parts.netloc in trusted:
        return
    if host == "localhost" or any(not _is_public(address) for address in _addresses(host, port)):
        raise RefusedError(
            f"{host} is on this machine or a private network; name it as the base of a service to ask it"
        )


def _addresses(host: str, port: int | None) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass  # a name
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False
