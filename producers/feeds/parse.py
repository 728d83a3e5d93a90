"""The bytes of a feed to what it lists: links with titles and dates; no markup is kept."""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import feedparser

from producers.decode import decode
from producers.feeds.errors import FetchError
from producers.meta import MAX_FIELD, moment, normal_url, one_line
from producers.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Feeds list some dozens; whoever lists all that was ever written is read to here.
MAX_ITEMS = 1_000
# feedparser takes 60 microseconds a tag and 5 a reference that is none (measured on one core of a
# small machine): what is made to be slow ends within seconds.
MAX_TAGS = 150_000
MAX_REFERENCES = 500_000

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
_DECLARED_WITHIN = 1_024
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_NEVER_BEFORE = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a feed lists.

    Attributes:
        link: The address of its page, normalised.
        digest: Changes with whatever the feed says of it.
        title: In one line, or "".
        published: When (aware, in the offset it was given in), or None.
        updated: When it was last changed, or None.
        outlet: Who printed it where that is another than the feed itself, or None.
    """

    link: str
    digest: str
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its title in one line, its site, and its items, each link once."""

    title: str
    site: str | None
    items: tuple[Item, ...]


def parse(data: bytes, *, url: str, charset: str | None, now: datetime) -> Feed:
    """Return what a feed lists.

    Args:
        data: The body as received.
        url: Where it was, for links that are relative.
        charset: The encoding its headers claim.
        now: An item from the future has no date.

    Raises:
        FetchError: It is no feed, or declares entities, which no feed needs.
    """
    text = _text(data, charset)
    if _ENTITY.search(text):
        # Ten lines of entities within entities unpack to gigabytes. Feeds have none.
        message = "declares XML entities, which no feed needs: refused"
        raise FetchError(message, lasting=True)
    if text.count("<") > MAX_TAGS or text.count("&") > MAX_REFERENCES:
        message = f"more than {MAX_TAGS:,} tags: refused"
        raise FetchError(message, lasting=True)
    try:
        found: Any = feedparser.parse(
            io.BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace")),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            resolve_relative_uris=False,  # within markup, of which nothing is kept
            sanitize_html=False,
        )
    except Exception as error:  # a lenient parser of anything has no common error
        message = f"cannot be parsed as a feed ({type(error).__name__})"
        raise FetchError(message, lasting=True) from error
    if not dict.get(found, "version") and not found.entries:  # of nothing it has none
        message = "is no RSS or Atom feed"
        raise FetchError(message, lasting=True)
    items: dict[str, Item] = {}
    for item in _items(found.entries[:MAX_ITEMS], url, now):
        items.setdefault(item.link, item)
    site = dict.get(found.feed, "link")
    return Feed(_line(dict.get(found.feed, "title")), _address(site, url), tuple(items.values()))


def _text(data: bytes, charset: str | None) -> str:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    claimed = declared[1].decode() if declared else None
    for encoding in (charset, claimed):
        try:
            return decode(data, declared=encoding)
        except Unreadable as error:
            reason = str(error)
    if reason != "encoding unknown":
        raise FetchError(reason)
    # Links and dates are ASCII: some broken letters in a title do no harm.
    return data.decode("utf-8", "replace")


def _items(entries: list[Any], base: str, now: datetime) -> Iterator[Item]:
    for entry in entries:
        link = _address(
            dict.get(entry, "feedburner_origlink") or dict.get(entry, "link"), base
        ) or _address(_permalink(entry), base)
        if link is None:
            continue
        published = _moment(entry, "published", now)
        updated = _moment(entry, "updated", now)
        title = _line(dict.get(entry, "title"))
        summary = dict.get(entry, "summary") or ""
        said = "\0".join((link, title, str(published), str(updated), str(summary)))
        source = dict.get(entry, "source")
        yield Item(
            link=link,
            digest=hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest(),
            title=title,
            published=published or updated,
            updated=updated,
            outlet=_line(dict.get(source, "title")) or None if isinstance(source, dict) else None,
        )


def _permalink(entry: Any) -> str | None:
    """Return the identity of an entry where that is an address: some give no other link."""
    value = dict.get(entry, "id")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _address(value: object, base: str) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_FIELD:
        return None
    try:
        return normal_url(without_user(urljoin(base, value.strip())))
    except (Unreadable, ValueError):
        return None


def without_user(url: str) -> str:
    """Return an address without user and password: for people, logs, and whatever is stored.

    A relative link of a feed that wants a password would else carry it into every article.
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _line(value: object) -> str:
    """Return a short text in one line, without what looks like markup; "" for one too long."""
    if not isinstance(value, str) or len(value) > MAX_FIELD:
        return ""
    return one_line(re.sub(r"<[^<>]{1,200}>", " ", value))


def _moment(entry: Any, name: str, now: datetime) -> datetime | None:
    """Return a moment in the offset it was given in; feedparser's own is always in UTC.

    Which day "on Thursday" is depends on the offset.
    """
    value = dict.get(entry, name)
    found = (_stated(value.strip()) if isinstance(value, str) else None) or _parsed(
        dict.get(entry, f"{name}_parsed")
    )
    return found if found and _NEVER_BEFORE < found < now + _CLOCKS_DIFFER else None


def _stated(value: str) -> datetime | None:
    found = moment(value)
    if found:
        return found
    try:
        found = parsedate_to_datetime(value)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return found


def _parsed(value: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(value), UTC) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None
