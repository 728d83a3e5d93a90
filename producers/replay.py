"""A corpus as if it were happening: articles in the order they became known, evenly paced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from producers.files import read
from vigil.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from producers.files import Refusal, SeenAt


def read_corpus(
    paths: Sequence[Path], *, seen_at: SeenAt, refuse: Callable[[Refusal], None]
) -> list[Article]:
    """Return all articles in the order they became known; undated ones come first.

    Args:
        paths: Files and folders.
        seen_at: When an article became known, from its publication.
        refuse: Told what cannot be read.
    """
    articles = []
    for item in read(paths, seen_at=seen_at):
        if isinstance(item, Article):
            articles.append(item)
        else:
            refuse(item)
    return sorted(articles, key=lambda article: (article.seen_at, article.id, article.revision))


def paced(
    articles: Iterable[Article],
    *,
    rate: float,
    pause: Callable[[float], None],
    now: Callable[[], float],
) -> Iterator[Article]:
    """Yield articles at an even rate, however long the taker works on each.

    Args:
        articles: In the order they are to come.
        rate: Articles a second.
        pause: Waits that many seconds.
        now: A clock in seconds that never goes back.
    """
    due = now()
    for article in articles:
        while (left := due - now()) > 0:
            pause(left)
        yield article
        due += 1 / rate
