"""What is known of a feed and of a page it lists, from earlier rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from producers.feeds.parse import Item
from producers.feeds.web import Validators

NEVER_HAD = Validators()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a feed.

    Attributes:
        validators: Of its newest version.
        due: When to ask again, in seconds since 1970.
        failures: How often it failed in a row.
        title: Its title when last read, or "".
        site: The site it names, or None.
        seen: How many items it ever listed.
        sent: How many articles and revisions of it the broker has.
        newest: When it last listed something new (aware), or None.
        well: When it last answered well, or None.
    """

    validators: Validators = NEVER_HAD
    due: float = 0.0
    failures: int = 0
    title: str = ""
    site: str | None = None
    seen: int = 0
    sent: int = 0
    newest: datetime | None = None
    well: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is to be looked at.

    Attributes:
        item: What the feed says of it.
        validators: Of its newest version.
        revision: What was last sent of it, None where nothing was.
        backlog: Whether it stood in the feed when that was first read: nobody knows how old it is.
        failures: How often it failed in a row.
        offered: The first revision that the broker may have, though nobody heard that it has.
    """

    item: Item
    validators: Validators
    revision: str | None
    backlog: bool
    failures: int
    offered: str | None = None

    @classmethod
    def of_row(cls, row: Any) -> Page:
        """Return the page of a row of the file."""
        link, digest, title, published, updated, outlet, etag, modified, *rest = row
        item = Item(link, digest, title, _when(published), _when(updated), outlet)
        revision, backlog, failures, offered = rest
        return cls(item, Validators(etag, modified), revision, bool(backlog), failures, offered)


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
