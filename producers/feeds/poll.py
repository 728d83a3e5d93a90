"""One round of one feed: ask it, read the pages that are new, changed or to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from producers.feeds.errors import FetchError
from producers.feeds.known import Page
from producers.feeds.lists import Listed
from producers.feeds.parse import parse
from producers.feeds.read import read_answer
from producers.feeds.web import Validators
from producers.identity import same_site
from producers.refusal import Refusal, Unreadable
from vigil.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from producers.feeds.memory import Memory
    from producers.feeds.request import Answer
    from producers.feeds.web import Web

_FEEDS = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_PAGES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Found:
    """An article that is new or changed, to be sent and then written down."""

    feed: Listed
    page: Page
    article: Article
    validators: Validators


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of a round.

    Attributes:
        feed: The feed.
        error: Why it could not be read, None where it could.
        new: How many items it listed for the first time.
        read: How many pages were read, unchanged ones included.
        unread: How many could not be.
        reason: Why, of the last of these.
    """

    feed: Listed
    error: FetchError | None = None
    new: int = 0
    read: int = 0
    unread: int = 0
    reason: str = ""


class Poller:
    """Asks feeds; safe to share among threads, one feed to one of them."""

    def __init__(
        self, web: Web, memory: Memory, *, feeds: Collection[str], now: Callable[[], datetime]
    ) -> None:
        """Read with ``web``, remember in ``memory``; ``feeds`` names all that are read."""
        self._web = web
        self._memory = memory
        self._feeds = feeds
        self._now = now

    def poll(self, feed: Listed) -> Iterator[Found | Refusal | Polled]:
        """Yield what is to be sent and what cannot be, and at last what came of the round.

        Raises:
            Stopped: The command is to stop.
        """
        try:
            new = self._list(feed)
        except FetchError as error:
            yield Polled(feed, error)
            return
        read = unread = 0
        reason = ""
        for page in self._memory.due(feed.name, self._now()):
            outcome = self._look(feed, page)
            if isinstance(outcome, Refusal):
                unread, reason = unread + 1, outcome.reason
                yield outcome
            else:
                read += 1
                if outcome:
                    yield outcome
        yield Polled(feed, None, new, read, unread, reason)

    def _list(self, feed: Listed) -> int:
        """Ask the feed and write down what it lists; return how much of it is new."""
        known = self._memory.feed(feed.name)
        answer = self._web.get(feed.url, accept=_FEEDS, validators=known.validators, home=feed.url)
        if answer is None:
            return 0
        found = parse(answer.body, url=answer.url, charset=answer.charset, now=self._now())
        return self._memory.listed(
            feed.name,
            found.items,
            validators=Validators.of(answer),
            title=found.title,
            site=found.site,
            feeds=self._feeds,
            now=self._now(),
        )

    def _look(self, feed: Listed, page: Page) -> Found | Refusal | None:
        """Read one page; None where it says what it said when it was last sent."""
        try:
            answer = self._web.get(
                page.item.link, accept=_PAGES, validators=page.validators, home=feed.url
            )
            found = self._read(feed, page, answer) if answer else None
        except FetchError as error:
            self._memory.failed(
                page, self._now(), lasting=error.lasting, retry_after=error.retry_after
            )
            return Refusal(page.item.link, str(error))
        except Unreadable as error:
            self._memory.failed(page, self._now(), lasting=True, retry_after=None)
            return Refusal(page.item.link, str(error))
        if found is None:
            self._memory.looked(page.item.link, self._now())
        return found

    def _read(self, feed: Listed, page: Page, answer: Answer) -> Found | None:
        article = read_answer(
            answer, page, outlet=self._outlet(feed, page, answer), feed=feed.name, now=self._now()
        )
        if article.revision == page.revision:
            return None
        return Found(feed, page, article, Validators.of(answer))

    def _outlet(self, feed: Listed, page: Page, answer: Answer) -> str | None:
        """Return who prints a page: as the person says, or the item, or its own site's feed.

        A feed that lists the pages of other sites is not their outlet.
        """
        if feed.outlet or page.item.outlet:
            return feed.outlet or page.item.outlet
        known = self._memory.feed(feed.name)
        host = urlsplit(answer.url).hostname
        homes = [urlsplit(one).hostname for one in (feed.url, known.site) if one]
        own = any(same_site(host, home) for home in homes)
        return known.title if own and known.title else None
