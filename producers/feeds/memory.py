"""What a reader of feeds remembers across restarts: one SQLite file in the data folder.

Nothing here is needed for a right number: whoever loses the file reads every listed page once
more, and sends what the ledger already has. It only saves sites and topic from that.

A page is written down as listed in the same transaction as its feed's validators, and as sent
only after the broker has it. So a crash at any point leaves pages to be read again, and none lost.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from producers.feeds.errors import FeedError
from producers.feeds.known import Known, Page
from producers.feeds.web import Validators

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from producers.feeds.parse import Item

FILE = "feeds.sqlite3"

_SCHEMA = 1
_ROBOTS_FOR = timedelta(hours=24)  # the most that RFC 9309 advises
# A page is looked at again for three days, ever more rarely: live blogs and corrections.
_WATCHED = timedelta(days=3)
_FIRST_LOOK = timedelta(minutes=15)
# A page that fails is tried again, ever more rarely, so often.
_TRIES = 8
_FIRST_TRY = timedelta(minutes=1)
_LAST_TRY = timedelta(hours=6)
_FORGOTTEN_AFTER = timedelta(days=90)

_TABLES = """
create table if not exists feed (
  url text primary key, etag text, modified text, due real not null default 0,
  failures integer not null default 0, asked integer not null default 0,
  title text not null default '', site text,
  seen integer not null default 0, sent integer not null default 0, newest real, well real
) without rowid;
create table if not exists page (
  link text primary key, feed text not null, digest text not null, title text not null,
  published text, updated text, outlet text, backlog integer not null,
  first real not null, listed real not null, due real,
  failures integer not null default 0, etag text, modified text, revision text,
  offered text
) without rowid;
create index if not exists page_due on page (feed, due);
create table if not exists robots (origin text primary key, text text not null, until real not null)
  without rowid;
"""


class Memory:
    """The file; safe to share among threads."""

    def __init__(self, folder: Path) -> None:
        """Open the file in a folder, or make it.

        Raises:
            FeedError: It is broken, or there is no right to write it.
        """
        self.path = folder / FILE
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.path, timeout=30, check_same_thread=False, isolation_level=None
            )
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.executescript(_TABLES)
            self._db.execute(f"pragma user_version = {_SCHEMA}")
        except (sqlite3.Error, OSError) as error:
            message = f"{self.path}: {error}; delete it, and what feeds list is read once more"
            raise FeedError(message) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def feed(self, url: str) -> Known:
        """Return what is known of a feed."""
        row = self._row(
            "select etag, modified, due, failures, title, site, seen, sent, newest, well "
            "from feed where url = ?", (url,),
        )  # fmt: skip
        if row is None:
            return Known()
        etag, modified, *rest, newest, well = row
        moments = (datetime.fromtimestamp(at, UTC) if at else None for at in (newest, well))
        return Known(Validators(etag, modified), *rest, *moments)

    def listed(
        self,
        url: str,
        items: Sequence[Item],
        *,
        validators: Validators,
        title: str,
        site: str | None,
        feeds: Collection[str],
        now: datetime,
    ) -> int:
        """Take in what a feed lists; return how many items are new.

        A page that another of ``feeds`` lists as well stays that one's.
        """
        at, new = now.timestamp(), 0
        with self._writing() as db:
            told = db.execute("select asked from feed where url = ?", (url,)).fetchone()
            first = not (told and told[0])
            for item in items:
                row = db.execute(
                    "select feed, digest from page where link = ?", (item.link,)
                ).fetchone()
                if row is None:
                    new += 1
                elif row[0] != url and row[0] in feeds:
                    continue
                if row is None or row != (url, item.digest):
                    _write(db, url, item, backlog=first, at=at)
                else:
                    db.execute("update page set listed = ? where link = ?", (at, item.link))
            db.execute(
                "insert into feed (url, etag, modified, title, site, seen, newest, asked) "
                "values (?, ?, ?, ?, ?, ?, ?, 1) on conflict (url) do update set "
                "etag = excluded.etag, modified = excluded.modified, title = excluded.title, "
                "site = excluded.site, seen = seen + excluded.seen, "
                "newest = coalesce(excluded.newest, newest), asked = 1",
                (url, validators.etag, validators.modified, title, site, new, at if new else None),
            )
            db.execute(
                "delete from page where feed = ? and listed < ?",
                (url, at - _FORGOTTEN_AFTER.total_seconds()),
            )
        return new

    def due(self, url: str, now: datetime) -> list[Page]:
        """Return the pages of a feed that are to be looked at, the oldest first."""
        with self._lock:
            rows = self._db.execute(
                "select link, digest, title, published, updated, outlet, etag, modified, "
                "revision, backlog, failures, offered from page where feed = ? and due <= ?",
                (url, now.timestamp()),
            ).fetchall()
        pages = [Page.of_row(row) for row in rows]
        return sorted(pages, key=lambda page: (page.item.published or now, page.item.link))

    def asked(self, url: str, *, due: float, failures: int, now: datetime) -> None:
        """Write down that a feed was asked, how often it has failed, and when to ask again."""
        well = None if failures else now.timestamp()
        with self._writing() as db:
            db.execute(
                "insert into feed (url, due, failures, well) values (?, ?, ?, ?) "
                "on conflict (url) do update set due = excluded.due, "
                "failures = excluded.failures, well = coalesce(excluded.well, well)",
                (url, due, failures, well),
            )

    def offered(self, link: str, revision: str) -> None:
        """Write down the first revision of a page that the broker may have from now on."""
        with self._writing() as db:
            db.execute(
                "update page set offered = coalesce(offered, ?) where link = ?", (revision, link)
            )

    def sent(self, url: str, link: str, revision: str, validators: Validators) -> None:
        """Write down that the broker has a revision of a page."""
        with self._writing() as db:
            db.execute(
                "update page set revision = ?, etag = ?, modified = ? where link = ?",
                (revision, validators.etag, validators.modified, link),
            )
            db.execute("update feed set sent = sent + 1 where url = ?", (url,))

    def looked(self, link: str, now: datetime) -> None:
        """Write down that a page was read, and when to look at it again, if at all."""
        at = now.timestamp()
        with self._writing() as db:
            row = db.execute("select first from page where link = ?", (link,)).fetchone()
            age = at - row[0] if row else 0.0
            gap = max(_FIRST_LOOK.total_seconds(), age / 2)
            due = at + gap if age + gap < _WATCHED.total_seconds() else None
            db.execute("update page set failures = 0, due = ? where link = ?", (due, link))

    def failed(
        self, page: Page, now: datetime, *, lasting: bool, retry_after: float | None
    ) -> None:
        """Write down that a page could not be read, and when to try again, if at all."""
        failures = page.failures + 1
        gap = min(_FIRST_TRY.total_seconds() * 2**page.failures, _LAST_TRY.total_seconds())
        over = lasting or failures >= _TRIES
        due = None if over else now.timestamp() + max(gap, retry_after or 0.0)
        with self._writing() as db:
            db.execute(
                "update page set failures = ?, due = ? where link = ?",
                (failures, due, page.item.link),
            )

    def forget(self, url: str) -> None:
        """Forget a feed and its pages."""
        with self._writing() as db:
            db.execute("delete from page where feed = ?", (url,))
            db.execute("delete from feed where url = ?", (url,))

    def robots(self, origin: str, now: datetime) -> str | None:
        """Return the text of robots.txt that is kept of a site and still fresh, else None."""
        row = self._row(
            "select text from robots where origin = ? and until > ?", (origin, now.timestamp())
        )
        return str(row[0]) if row else None

    def keep_robots(self, origin: str, text: str, now: datetime) -> None:
        """Keep a site's robots.txt."""
        with self._writing() as db:
            db.execute(
                "insert or replace into robots values (?, ?, ?)",
                (origin, text, (now + _ROBOTS_FOR).timestamp()),
            )

    def _row(self, query: str, values: tuple[object, ...]) -> Any:
        with self._lock:
            return self._db.execute(query, values).fetchone()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")


def _write(db: sqlite3.Connection, url: str, item: Item, *, backlog: bool, at: float) -> None:
    db.execute(
        "insert into page (link, feed, digest, title, published, updated, outlet, backlog, first, "
        "listed, due) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) on conflict (link) do update set "
        "feed = excluded.feed, digest = excluded.digest, title = excluded.title, "
        "published = excluded.published, updated = excluded.updated, outlet = excluded.outlet, "
        "listed = excluded.listed, due = 0, failures = 0",
        (
            item.link, url, item.digest, item.title,
            item.published.isoformat() if item.published else None,
            item.updated.isoformat() if item.updated else None, item.outlet, backlog, at, at,
        ),
    )  # fmt: skip
