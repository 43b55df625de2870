"""Harvest: ask every source of a plan, page by page, and put what is new on the shelf.

Before a page is worked through, the ledger knows that the search is on it; after each record, it knows the record. A
harvest that is killed asks for the same page again and passes over what it has: nothing is lost, nothing fetched twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import cast

from extractors.sources.abstracts import abstract_document
from extractors.sources.cache import Cache
from extractors.sources.catalogue import SOURCES
from extractors.sources.client import Client
from extractors.sources.full_text import fetch, may_fetch
from extractors.sources.ledger import Item, Ledger
from extractors.sources.plan import Plan, ServiceSettings
from extractors.sources.records import Harvest, Moment, Notify, Page, Record, Retraction, Search, SearchReport, Source
from extractors.sources.refusals import FailingError, RefusedError
from extractors.sources.service import Service
from extractors.sources.shape import batches
from extractors.sources.shelf import Shelf
from ontology.errors import SourceError

__all__ = ["run"]

_CACHE_DAYS = 30
_STALE_PAGES = 3  # pages in a row that only repeat this search's records: the service goes in circles
_EXPIRED = frozenset({400, 404, 410, 422, 500})  # what services answer to a cursor they have forgotten
_CHECKED_AT_ONCE = 200  # works; what is checked is remembered in between


def run(
    plan: Plan,
    folder: Path,
    ledger_file: str,
    *,
    dois: Sequence[str],
    limit: int | None,
    dry_run: bool,
    notify: Notify,
    seed: int = 0,
) -> Harvest:
    """Harvest into a folder; see :func:`extractors.sources.harvest`."""
    ledger = Ledger.copy(folder / ledger_file) if dry_run else Ledger.open(folder / ledger_file)
    cache = Cache(folder / "cache")
    client = Client(plan.contact, plan.limits, cache, writes_cache=not dry_run, random=Random(seed))
    with ledger, client:
        work = _Work(plan, folder, ledger, client, Harvest(), notify, limit, dry_run)
        client.waiting = work.waiting
        work.searches()
        work.check_retractions(dois)
        work.finish(cache)
        return work.harvest


class _Enough(Exception):  # noqa: N818
    """End the harvest: as many documents as wanted are there."""


@dataclass(slots=True)
class _Work:
    """Hold what a harvest needs on the way."""

    plan: Plan
    folder: Path
    ledger: Ledger
    client: Client
    harvest: Harvest
    notify: Notify
    limit: int | None
    dry_run: bool

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.folder / "files")

    def searches(self) -> None:
        """Run every search at every source; a source that fails does not stop the others."""
        try:
            for search in self.plan.searches:
                for name in search.sources:
                    report = SearchReport(search.name, name)
                    self.harvest.searches.append(report)
                    try:
                        self._search(search, name, report)
                    except SourceError as error:
                        report.problem = f"{search.name}, {name}: {error}"
        except _Enough:
            pass

    def check_retractions(self, dois: Sequence[str]) -> None:
        """Ask the sources of the plan which known works are retracted, each work once in so many days."""
        if self.plan.retraction_days is None:
            return
        known = {work.removeprefix("doi:") for work in self.ledger.works() if work.startswith("doi:")} | set(dois)
        now = datetime.now(UTC)
        failed = {report.source for report in self.harvest.searches if report.problem}
        for name in dict.fromkeys(name for search in self.plan.searches for name in search.sources):
            if name in failed or not self._source(name)[0].BASE:
                continue
            due = self.ledger.unchecked(name, known, since=now - timedelta(days=self.plan.retraction_days))
            try:
                source, service = self._source(name)
                for done, some in enumerate(batches(due, _CHECKED_AT_ONCE)):
                    self.notify(Moment(name, "", done * _CHECKED_AT_ONCE, len(due), "retractions"))
                    for retraction in source.retractions(some, service):
                        self.ledger.retract(retraction)
                    self.ledger.check(name, some, at=now)
            except SourceError as error:
                self.harvest.problems.append(f"retractions, {name}: {error}")

    def finish(self, cache: Cache) -> None:
        """Collect what is on the shelf; clear what nothing names any more."""
        self.harvest.retractions = self.ledger.retractions()
        places = self.ledger.places()
        if not self.dry_run:
            self.harvest.paths += [self.shelf.path(place) for place in places]
            if all(report.complete for report in self.harvest.searches):
                self.shelf.keep_only(places)
                cache.prune(days=_CACHE_DAYS)

    def waiting(self, host: str, seconds: float) -> None:
        """Tell that a server is given time."""
        self.notify(Moment(host, "", 0, None, "waiting", f"{seconds:.0f} s"))

    # --- one search ---------------------------------------------------------------------------------------------

    def _search(self, search: Search, name: str, report: SearchReport) -> None:
        source, service = self._source(name)
        identity = search.identity(name)
        seen: set[str] = set()
        stale = 0
        for page in self._pages(source, service, search, identity):
            self.ledger.reach(identity, page.cursor)
            report.total = page.total if page.total is not None else report.total
            fresh = [record for record in page.records if record.id not in seen]
            stale = 0 if fresh or not page.records else stale + 1
            if stale >= _STALE_PAGES:
                raise SourceError("sends the same records again and again; run again later")
            for record in fresh:
                seen.add(record.id)
                self._take(record, service, search, report)
                if search.limit is not None and report.found >= search.limit:
                    break
            if not page.following or (search.limit is not None and report.found >= search.limit):
                break
        self.ledger.reach(identity, "")
        report.complete = True

    def _pages(self, source: Source, service: Service, search: Search, identity: str) -> Iterator[Page]:
        """Yield pages from where the search stopped; from its beginning where the service has forgotten the place."""
        cursor = self.ledger.cursor(identity)
        begun = False
        try:
            for page in _without_loops(source.pages(search, service, cursor=cursor)):
                begun = True
                yield page
        except (RefusedError, FailingError) as error:
            if begun or not cursor or error.status not in _EXPIRED:
                raise
            self.ledger.reach(identity, "")
            yield from _without_loops(source.pages(search, service, cursor=""))

    def _take(self, record: Record, service: Service, search: Search, report: SearchReport) -> None:
        """Deal with one record: pass over it, mark it, or put its text on the shelf."""
        report.found += 1
        self.notify(Moment(report.source, report.name, report.found, report.total, "record", record.id))
        if record.path is not None:
            self.harvest.paths.append(record.path)
            return
        tried = self._policy(search)
        if self.ledger.knows(record, tried=tried):
            report.known += 1
        elif record.is_retracted or record.is_notice:
            report.retracted += 1
            self._retract(record)
            self.ledger.note(record, settled=True, tried=tried)
        else:
            self._shelve(record, service, search, report)
        if self.limit is not None and self.harvest.stored >= self.limit:
            raise _Enough

    def _retract(self, record: Record) -> None:
        for notice in record.notices or ((Retraction(record.doi, "", record.source),) if record.is_retracted else ()):
            if notice.doi:
                self.ledger.retract(notice)

    def _shelve(self, record: Record, service: Service, search: Search, report: SearchReport) -> None:
        have = self.ledger.item(record.key)
        full, settled = None, True
        if search.full_text and record.links and (have is None or have.kept != "full" or have.source == record.source):
            full, settled = self._full_text(record, service, report)
        if full is not None:
            place = full
            item = Item(record.key, record.source, "full", place)
            report.full += 1
        elif record.abstract and (have is None or have.kept == "none" or _same_abstract(have, record)):
            place = "" if self.dry_run else self.shelf.put(record, abstract_document(record), "xml")
            item = Item(record.key, record.source, "abstract", place)
            report.abstracts += 1
        else:
            report.textless += have is None or have.kept == "none"
            report.known += have is not None and have.kept != "none"
            item = have or Item(record.key, record.source, "none", "")
        self.ledger.note(record, settled=settled, tried=self._policy(search), item=item)

    def _policy(self, search: Search) -> str:
        """Return under which licences a search asks for full texts; "" where it asks for none."""
        return ", ".join(sorted(self.plan.licences)) if search.full_text else ""

    def _full_text(self, record: Record, service: Service, report: SearchReport) -> tuple[str | None, bool]:
        """Return where a full text was put, if it could be had, and whether that is the last word."""
        try:
            known = record if record.licence else self._source(record.source)[0].complete(record, service)
            if not may_fetch(known, self.plan.licences):
                return None, True
            if self.dry_run:
                return "", True
            self.notify(Moment(report.source, report.name, report.found, report.total, "full text", record.id))
            link, body = fetch(known, service)
        except RefusedError as error:
            report.missed.append(str(error))
            return None, True
        except SourceError as error:
            report.missed.append(str(error))
            return None, False
        return self.shelf.put(known, body, link.kind), True

    # --- inside -------------------------------------------------------------------------------------------------

    def _source(self, name: str) -> tuple[Source, Service]:
        source = cast(Source, import_module(SOURCES[name]))
        settings = self.plan.services.get(name, ServiceSettings())
        return source, Service.of(name, self.client, settings, base=source.BASE, pause=source.PAUSE)


def _same_abstract(have: Item, record: Record) -> bool:
    return have.kept == "abstract" and have.source == record.source


def _without_loops(pages: Iterator[Page]) -> Iterator[Page]:
    """Yield pages until one leads back to a page that was there."""
    been: set[str] = set()
    for page in pages:
        been.add(page.cursor)
        yield page
        if page.following in been:
            raise SourceError("leads its pages in a circle; run again later")
