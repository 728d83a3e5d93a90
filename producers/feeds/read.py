"""A fetched page and what its feed says of it to one Article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from producers.files import make_article, with_title
from producers.html import read_page
from producers.identity import identity
from producers.meta import Facts
from producers.refusal import Unreadable
from vigil.article import BEFORE_ALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from producers.feeds.known import Page
    from producers.feeds.request import Answer
    from vigil.article import Article

PAGES = ("text/html", "application/xhtml+xml", "")


def read_answer(
    answer: Answer, page: Page, *, outlet: str | None, feed: str, now: datetime
) -> Article:
    """Return the article of a page.

    Published and printed by whom is what the feed says, what the page says where the feed is
    silent. Its identity is the address the page calls its own, if that is on the same site.

    Args:
        answer: The page as fetched.
        page: What is known of it.
        outlet: Who prints it, by the feed or the person who named the feed; None: ask the page.
        feed: The feed's address.
        now: The clock.

    Raises:
        Unreadable: No article in it.
    """
    if answer.kind not in PAGES:
        message = f"{answer.kind[:60]!a}, not a web page"
        raise Unreadable(message)
    found = read_page(answer.body, charset=answer.charset)
    item = page.item
    facts = Facts(
        title=found.facts.title or item.title,
        published=_more_exact(item.published, found.facts.published),
        updated=item.updated or found.facts.updated,
        outlet=outlet or found.facts.outlet,
        url=identity(answer.url, found.facts.url),
    )
    article = make_article(
        with_title(facts.title, found.text),
        facts,
        seen_at=_first_known(page, now),
        origin=feed,
        day=found.day,
    )
    return replace(article, seen_at=now) if _is_change(page, article.revision) else article


def _more_exact(told: datetime | None, marked: datetime | None) -> datetime | None:
    """Return the feed's moment, in the page's offset where both are the same moment.

    Feeds often write UTC; the page's offset says which day it was where it was written.
    """
    return marked if told is None or told == marked else told


def _is_change(page: Page, revision: str) -> bool:
    """Return whether the broker has, or may have, another revision of the page.

    The answer is the same after a crash between sending a revision and hearing that it was
    taken, so that a change is never told as known from the same moment as what it changed.
    """
    return page.revision is not None or page.offered not in {None, revision}


def _first_known(page: Page, now: datetime) -> Callable[[datetime | None], datetime]:
    """Return the rule by which an article that is read for the first time became known.

    When it was published or updated, so that of a backlog the newest figure is the latest one.
    One without any date is new if its feed was read before; in a backlog it may be of any age,
    and can overrule nothing.
    """

    def seen_at(when: datetime | None) -> datetime:
        if when is None:
            return BEFORE_ALL if page.backlog else now
        return min(when.astimezone(now.tzinfo), now)

    return seen_at
