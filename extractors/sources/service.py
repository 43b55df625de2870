"""One service of the web, bound to its address, key and rate."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extractors.readers.files import Source as Bytes
from extractors.readers.safexml import Element, parse
from extractors.sources.client import Answer, Client
from extractors.sources.plan import ServiceSettings
from extractors.sources.refusals import MalformedError
from ontology.errors import ReadError, SourceError

__all__ = ["Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """Hold what a source needs to ask its service."""

    name: str
    client: Client
    base: str
    pause: float  # seconds between two requests
    key: str = ""

    @classmethod
    def of(cls, name: str, client: Client, settings: ServiceSettings, *, base: str, pause: float) -> Service:
        """Bind a service; raise SourceError where a key is named and not set."""
        key = os.environ.get(settings.key_variable, "") if settings.key_variable else ""
        if settings.key_variable and not key:
            raise SourceError(f"{name}: the environment variable {settings.key_variable} is not set; export the key")
        rate = settings.requests_per_second
        return cls(name, client, settings.base or base, pause if rate is None else 1 / rate, key)

    @property
    def contact(self) -> str:
        """Return who asks, where it is an e-mail address, as services want it in a parameter."""
        return self.client.contact if "@" in self.client.contact else ""

    @property
    def trusted(self) -> tuple[str, ...]:
        """Return the host that may be on a private network."""
        return (urlsplit(self.base).netloc,)

    def json(self, path: str, params: Mapping[str, str], *, secrets: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return a JSON object."""
        return self.client.get(
            self.base + path,
            _json_object,
            params=params,
            secrets=secrets,
            accept="application/json",
            pause=self.pause,
            trusted=self.trusted,
        )

    def xml(self, path: str, params: Mapping[str, str]) -> Element:
        """Return the root of an XML document at a path of the service or at an address of its own."""
        return self.client.get(
            path if "://" in path else self.base + path,
            _xml_root,
            params=params,
            accept="application/xml, text/xml, application/atom+xml",
            pause=self.pause,
            trusted=self.trusted,
        )


def _json_object(answer: Answer) -> dict[str, Any]:
    if "html" in answer.media_type:
        raise MalformedError("sent a web page instead of JSON")
    try:
        value = json.loads(answer.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise MalformedError("sent broken JSON") from None
    if not isinstance(value, dict):
        raise MalformedError("sent JSON that is no object")
    return value


def _xml_root(answer: Answer) -> Element:
    if "html" in answer.media_type:
        raise MalformedError("sent a web page instead of XML")
    try:
        return parse(Bytes(Path("response.xml"), answer.body))
    except ReadError:
        raise MalformedError("sent broken XML") from None
