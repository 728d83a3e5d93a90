"""Feeds as a person lists them: addresses, a text file with one a line, OPML of a feed reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from producers.feeds.errors import FeedError
from producers.feeds.parse import without_user
from producers.meta import MAX_FIELD, normal_url, one_line
from producers.raw import read_bytes
from producers.refusal import Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed to read.

    Attributes:
        url: Its address, with user and password where it wants them.
        outlet: The name to print its articles under, or None: its own title.
    """

    url: str
    outlet: str | None = None

    @property
    def name(self) -> str:
        """Its address without user and password, for people, logs and Redis."""
        return without_user(self.url)


def gathered(
    urls: Iterable[str], *, files: Iterable[Path] = (), opml: Iterable[Path] = ()
) -> list[Listed]:
    """Return all feeds that were named, each once, in the order they were named.

    Args:
        urls: Addresses.
        files: Text files: an address a line, behind it the outlet's name if it is to be another
            than the feed's title; what begins with ``#`` is a remark.
        opml: Lists of feeds as feed readers write them.

    Raises:
        FeedError: A file cannot be read, or what should be an address is none.
    """
    found: dict[str, Listed] = {}
    for url in urls:
        _add(found, url, None, "the command line")
    for path in files:
        for number, line in enumerate(_text(path).splitlines(), start=1):
            url, _, name = line.strip().partition(" ")
            if url and not url.startswith("#"):
                _add(found, url, name, f"{shown(path)}:{number}")
    for path in opml:
        for url, name in _outlines(path):
            _add(found, url, name, shown(path))
    return list(found.values())


def _add(found: dict[str, Listed], url: str, name: str | None, origin: str) -> None:
    try:
        address = normal_url(url.strip())
    except Unreadable as error:
        message = f"{origin}: {url[:200]!a}: {error}"
        raise FeedError(message) from error
    outlet = one_line(name or "")[:MAX_FIELD] or None
    found.setdefault(address, Listed(address, outlet))


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError) as error:
        reason = str(error) if isinstance(error, Unreadable) else "not UTF-8"
        message = f"{shown(path)}: {reason}"
        raise FeedError(message) from error


def _outlines(path: Path) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        fields = {name.lower(): value for name, value in attributes.items()}
        if tag.lower() == "outline" and fields.get("xmlurl", "").strip():
            found.append((fields["xmlurl"], fields.get("title") or fields.get("text") or ""))

    def entity(*_: object) -> None:
        message = f"{shown(path)}: declares XML entities, which no list of feeds needs"
        raise FeedError(message)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(read_bytes(path), True)  # its only form
    except (Unreadable, expat.ExpatError) as error:
        message = f"{shown(path)}: no OPML ({error})"
        raise FeedError(message) from error
    return found
