"""A site, and a reader of it that loses no time."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from producers.feeds.errors import FetchError
from producers.feeds.hosts import Hosts
from producers.feeds.lists import Listed
from producers.feeds.memory import Memory
from producers.feeds.poll import Found, Polled, Poller
from producers.feeds.request import Limits, trust
from producers.feeds.web import Web
from producers.refusal import Refusal
from tests.producers.feeds.site import Site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from producers.feeds.request import Answer
    from vigil.article import Article

# Small, so that too much is not much.
SMALL = Limits(wire=200_000, body=400_000)
START = datetime(2022, 2, 25, 6, 0, tzinfo=UTC)


@dataclass(slots=True)
class Reader:
    """Reads one feed of a site, round after round, by a clock of its own."""

    memory: Memory
    feed: Listed
    limits: Limits = field(default_factory=Limits)
    private: bool = False
    context: ssl.SSLContext | None = None
    now: datetime = START
    others: set[str] = field(default_factory=set)

    @property
    def web(self) -> Web:
        return Web(
            hosts=Hosts(delay=0, stopping=threading.Event()),
            memory=self.memory,
            private=self.private,
            limits=self.limits,
            now=lambda: self.now,
            context=self.context,
        )

    def get(self, url: str) -> Answer | None:
        return self.web.get(url, accept="*/*", home=self.feed.url)

    def why_not(self, url: str) -> FetchError:
        with pytest.raises(FetchError) as caught:
            self.get(url)
        return caught.value

    def round(self) -> Round:
        poller = Poller(
            self.web, self.memory, feeds={self.feed.name} | self.others, now=lambda: self.now
        )
        done = Round()
        for event in poller.poll(self.feed):
            if isinstance(event, Polled):
                done.polled = event
            elif isinstance(event, Refusal):
                done.refusals.append(event)
            else:
                done.found.append(event)
        return done

    def sent(self) -> list[Article]:
        """Run a round, write down what it found as sent, and return it."""
        found = self.round().found
        for one in found:
            link = one.page.item.link
            self.memory.sent(self.feed.name, link, one.article.revision, one.validators)
            self.memory.looked(link, self.now)
        return [one.article for one in found]

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(slots=True)
class Round:
    """What came of a round."""

    found: list[Found] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    polled: Polled | None = None

    @property
    def error(self) -> str:
        assert self.polled
        return str(self.polled.error)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    opened = Memory(tmp_path / "feeds")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def trusted() -> ssl.SSLContext:
    """The certificates that are trusted, read once: that takes half a second."""
    return trust()


@pytest.fixture
def reader(site: Site, memory: Memory, trusted: ssl.SSLContext) -> Reader:
    return Reader(memory, Listed(f"{site.address}/feed.xml"), context=trusted)


@pytest.fixture
def thrifty(reader: Reader) -> Reader:
    reader.limits = SMALL
    return reader
