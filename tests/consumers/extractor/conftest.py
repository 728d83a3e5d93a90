"""One extractor for all tests of the extractor: loading the model takes a second."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from consumers.extractor.pipeline import Extractor
from vigil.article import BEFORE_ALL, Article, article_id, revision_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

TODAY = date(2026, 11, 22)


def make_article(text: str, *, published: str | None = None) -> Article:
    """Return an article whose headline is its first line."""
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article(
        id=article_id(url=None, text=text),
        revision=revision_of(text=text, published=moment, outlet=None),
        seen_at=moment or BEFORE_ALL,
        text=text,
        title=text.split("\n", 1)[0],
        published=moment,
    )


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Return an extractor with the small English model."""
    return Extractor(model=None, names_key=b"a key for tests")


@pytest.fixture(scope="session")
def claims_of(extractor: Extractor) -> Callable[..., list[Claim]]:
    """Return a function from a text to its claims."""

    def extract(text: str, *, published: str | None = None) -> list[Claim]:
        article = make_article(text, published=published)
        return list(extractor.extract([article], today=TODAY)[0].claims.claims)

    return extract


@pytest.fixture(scope="session")
def detained(claims_of: Callable[..., list[Claim]]) -> Callable[..., list[Claim]]:
    """Return a function from a sentence to its counted detention claims."""

    def extract(sentence: str, *, published: str | None = None) -> list[Claim]:
        text = f"News from the protest.\n\n{sentence}"
        found = claims_of(text, published=published)
        return [claim for claim in found if claim.kind == "detention" and not claim.named]

    return extract
