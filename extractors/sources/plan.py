"""Read a query file: what to ask of which source, as whom, and how hard.

Every mistake is one line that names the file, the key and what to write instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from extractors.sources.catalogue import SOURCES
from extractors.sources.licences import OPEN
from extractors.sources.records import ARTICLE_TYPES, Search, Type
from ontology.errors import SourceError

__all__ = ["Limits", "Plan", "ServiceSettings", "make_plan", "read_plan"]

_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")
_DAYS = re.compile(r"(\d{1,5})\s*days?", re.I)
_TOP = ("contact", "licences", "limits", "retractions", "search", "service")
_SEARCH = ("name", "sources", "terms", "all_of", "none_of", "since", "until", "types", "paths", "full_text", "limit")
_MOST_BYTES = 4096 * 1024  # a query file is written by hand


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what one request may cost."""

    megabytes: float = 50.0  # of one response, unpacked
    seconds: float = 30.0  # to connect, and between two pieces of a response
    attempts: int = 5  # at one request
    longest_wait: float = 300.0  # seconds a server may ask to wait before its source is left for the next run


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Hold what differs from a source's defaults."""

    base: str = ""  # address, for a mirror
    key_variable: str = ""  # name of the environment variable that holds an API key
    requests_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold a query file."""

    path: Path
    contact: str = ""
    searches: tuple[Search, ...] = ()
    services: Mapping[str, ServiceSettings] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    licences: tuple[str, ...] = OPEN
    retraction_days: int | None = 30  # a work is checked again after so many days; None for never


def read_plan(path: Path, *, today: date | None = None) -> Plan:
    """Read a query file; dates given in days count back from ``today``."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourceError(f"{path}: is no query file (more than {_MOST_BYTES // 1024} kB); give sources.toml")
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(f"{path}: is no TOML ({error}); strings stand in quotes, lists in brackets") from None
    return make_plan(data, path=path, today=today)


def make_plan(data: Mapping[str, Any], *, path: Path, today: date | None = None) -> Plan:
    """Check what a query file holds; ``path`` is where it stands, for messages and for folders named beside it."""
    return _Reader(path, today or date.today()).plan(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Check values one by one; ``where`` is the place of a key as a person would write it."""

    path: Path
    today: date

    def plan(self, data: Mapping[str, Any]) -> Plan:
        self._known(data, _TOP, "")
        tables = data.get("search", [])
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            raise self._wrong("search", "is missing", "add a [[search]] with sources and terms")
        searches = tuple(self._search(table, number) for number, table in enumerate(tables, start=1))
        names = [search.name for search in searches]
        for name in names:
            if names.count(name) > 1:
                raise self._wrong("search", f"has the name {name!r} twice", "give each search a name of its own")
        contact = self._string(data, "contact", "contact")
        if any(name != "folder" for search in searches for name in search.sources):
            if not contact:
                raise self._wrong("contact", "is missing", 'say who asks: contact = "you@example.org"')
            if not _CONTACT.fullmatch(contact) or not contact.isascii():
                raise self._wrong("contact", f"{contact!r} is no address", "write an e-mail or web address")
        return Plan(
            path=self.path,
            contact=contact,
            searches=searches,
            services=self._services(self._table(data, "service")),
            limits=self._limits(self._table(data, "limits")),
            licences=self._licences(data),
            retraction_days=self._retractions(self._table(data, "retractions")),
        )

    def _search(self, table: Mapping[str, Any], number: int) -> Search:
        place = f"search[{number}]"
        self._known(table, _SEARCH, f"{place}.")
        sources = self._strings(table, "sources", place)
        if not sources:
            raise self._wrong(f"{place}.sources", "is missing", f"choose among {', '.join(SOURCES)}")
        for source in sources:
            self._one_of(source, tuple(SOURCES), f"{place}.sources")
        terms, all_of = self._strings(table, "terms", place), self._strings(table, "all_of", place)
        paths = tuple(self.path.parent / path for path in self._strings(table, "paths", place))
        types = self._strings(table, "types", place)
        for kind in types:
            self._one_of(kind, tuple(ARTICLE_TYPES), f"{place}.types")
        if any(source != "folder" for source in sources) and not (terms or all_of):
            raise self._wrong(f"{place}.terms", "is missing", 'write what to look for: terms = ["silicon anode"]')
        if "folder" in sources and not paths:
            raise self._wrong(f"{place}.paths", "is missing", 'the source folder needs paths = ["papers"]')
        if "arxiv" in sources and types and "preprint" not in types:
            raise self._wrong(f"{place}.types", "leaves arxiv nothing", 'add "preprint", or take arxiv out of sources')
        since, until = self._date(table, "since", place), self._date(table, "until", place)
        if since and until and since > until:
            raise self._wrong(f"{place}.since", f"({since}) is after until ({until})", "swap them")
        return Search(
            name=self._string(table, "name", f"{place}.name") or f"search {number}",
            sources=tuple(dict.fromkeys(sources)),
            terms=terms,
            all_of=all_of,
            none_of=self._strings(table, "none_of", place),
            since=since,
            until=until,
            types=cast(tuple[Type, ...], types),
            paths=paths,
            full_text=self._boolean(table, "full_text", f"{place}.full_text", default=True),
            limit=int(self._number(table, "limit", f"{place}.limit", least=1)) if "limit" in table else None,
        )

    def _services(self, tables: Mapping[str, Any]) -> Mapping[str, ServiceSettings]:
        found = {}
        for name, table in tables.items():
            place = f"service.{name}"
            self._one_of(name, tuple(SOURCES), "service")
            if not isinstance(table, dict):
                raise self._wrong(place, "is no table", f"write [{place}] and its keys below")
            self._known(table, ("base", "key_variable", "requests_per_second"), f"{place}.")
            base = self._string(table, "base", f"{place}.base").rstrip("/")
            if base and not re.match(r"https?://[^/\s]+", base):
                raise self._wrong(f"{place}.base", f"{base!r} is no web address", "start it with https://")
            rate = "requests_per_second"
            found[name] = ServiceSettings(
                base,
                self._string(table, "key_variable", f"{place}.key_variable"),
                self._number(table, rate, f"{place}.{rate}", least=0.001) if rate in table else None,
            )
        return found

    def _limits(self, table: Mapping[str, Any]) -> Limits:
        least = {"megabytes": 0.01, "seconds": 0.1, "attempts": 1, "longest_wait": 0}
        self._known(table, tuple(least), "limits.")
        values: dict[str, Any] = {
            name: self._number(table, name, f"limits.{name}", least=least[name]) for name in least if name in table
        }
        if "attempts" in values:
            values["attempts"] = int(values["attempts"])
        return Limits(**values)

    def _licences(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        chosen = self._strings(data, "licences", "")
        for licence in chosen:
            self._one_of(licence, OPEN, "licences")
        return chosen or OPEN

    def _retractions(self, table: Mapping[str, Any]) -> int | None:
        self._known(table, ("check", "every_days"), "retractions.")
        if not self._boolean(table, "check", "retractions.check", default=True):
            return None
        days = self._number(table, "every_days", "retractions.every_days", least=0) if "every_days" in table else 30
        return int(days)

    # --- single values ------------------------------------------------------------------------------------------

    def _known(self, table: Mapping[str, Any], names: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in names:
                near = get_close_matches(key, names, n=1)
                remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
                raise self._wrong(f"{prefix}{key}", "is unknown", remedy)

    def _one_of(self, value: str, names: tuple[str, ...], where: str) -> None:
        if value not in names:
            near = get_close_matches(value, names, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"choose among {', '.join(names)}"
            raise self._wrong(where, f"knows no {value!r}", remedy)

    def _table(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = data.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "is no table", f"write [{name}] and its keys below")
        return value

    def _string(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or not value.isprintable():
            raise self._wrong(where, "is no line of text", f'write {key} = "…"')
        return value.strip()

    def _strings(self, table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = table.get(key, [])
        where = f"{place}.{key}" if place else key
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self._wrong(where, "is no list of texts", f'write {key} = ["…", "…"]')
        if any('"' in one or not one.isprintable() for one in value):
            raise self._wrong(where, "holds a quotation mark or a control character", "each entry is a phrase as it is")
        return tuple(one.strip() for one in value)

    def _boolean(self, table: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(where, "is neither true nor false", f"write {key} = true")
        return value

    def _number(self, table: Mapping[str, Any], key: str, where: str, *, least: float) -> float:
        value = table[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < 1e9:
            raise self._wrong(where, f"{value!r} is no number from {least:g}", f"write {key} = {max(least, 1):g}")
        return value

    def _date(self, table: Mapping[str, Any], key: str, place: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if type(value) is date:
            return value
        if isinstance(value, str):
            days = _DAYS.fullmatch(value.strip())
            if days:
                return self.today - timedelta(days=int(days[1]))
            if re.fullmatch(r"\d{4}", value):
                return date(int(value), 1, 1) if key == "since" else date(int(value), 12, 31)
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise self._wrong(f"{place}.{key}", f"{value!r} is no date", 'write "2020-01-31" or "90 days"')

    def _wrong(self, where: str, wrong: str, remedy: str) -> SourceError:
        return SourceError(f"{self.path}: {where} {wrong}; {remedy}")
