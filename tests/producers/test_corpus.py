"""The bundled corpus: every article readable, and none a revision of another by mistake."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from producers.files import as_published, read
from vigil.article import Article

CORPUS = Path(str(resources.files("producers").joinpath("corpus")))

# Articles of the corpus that are there twice on purpose: a live page that grew, and a correction.
REVISED = 2


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [item for item in read([CORPUS], seen_at=as_published) if isinstance(item, Article)]


def test_corpus_is_read_without_a_refusal() -> None:
    refused = [
        item for item in read([CORPUS], seen_at=as_published) if not isinstance(item, Article)
    ]
    assert refused == []


def test_corpus_is_as_large_as_promised(articles: list[Article]) -> None:
    assert len(articles) >= 60
    assert len({article.outlet for article in articles}) >= 10


def test_only_the_revised_articles_share_an_identity(articles: list[Article]) -> None:
    shared = [count for count in Counter(article.id for article in articles).values() if count > 1]
    assert shared == [2] * REVISED


def test_some_articles_are_undated_and_none_is_from_the_future(articles: list[Article]) -> None:
    dated = [article.published for article in articles if article.published]
    assert 0 < len(articles) - len(dated) < 10
    assert max(dated).year <= 2022
