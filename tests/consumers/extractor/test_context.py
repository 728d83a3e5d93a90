"""Whether a sentence stands in a context of dissent, on texts of our own."""

from __future__ import annotations

import pytest

from consumers.extractor.context import is_dissent
from consumers.extractor.passage import Page, Passage
from consumers.extractor.sentences import split

FILLER = "The baker sells bread, rolls and cakes to all who come by. " * 25


def told_last(text: str) -> bool:
    sentences = split(text, raw=text)
    page = Page(
        text,
        text,
        sentences,
        places=list,
        days=list,
        dateline=lambda: None,
        published=None,
    )
    return is_dissent(page, Passage.of(text, sentences[-1], len(sentences) - 1))


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Protesters marched to the palace. ", True),
        ("Burglars broke into the palace. ", False),
        ("The weather in the palace was fine. ", False),
    ],
)
def test_the_whole_article_decides_where_nothing_near_does(opening: str, expected: bool) -> None:
    assert told_last(f"{opening}{FILLER}In Graz alone, 160 people were arrested.") is expected
