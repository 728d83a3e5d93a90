"""The day an article was printed on, or one that a heading or a row bears."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consumers.extractor.choosing import PUBLISHED, SUNDAY, WEDNESDAY, chosen


def test_an_entry_of_a_live_page_has_the_day_of_the_page() -> None:
    assert chosen("Live from the quay\n\n23:38 - In the port <19> were detained.") == (
        PUBLISHED.date(),
        None,
    )


def test_a_chronicle_dates_its_entries_by_their_headings() -> None:
    text = (
        "A week of marches\n\nJune 9\n\nBakers marched.\n\nIt rained.\n\nIt was cold.\n\n"
        "<44> people were held.\n\nJune 11\n\nNobody came."
    )
    assert chosen(text) == (SUNDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Officers have arrested <58> bakers outside the mint, the union says.",
        "Marches have been banned since 2 March.\n\nThe union said <58> bakers had been arrested.",
        "The mill closed last month.\n\nIt rained.\n\nThen <58> people were held.",
    ],
)
def test_news_without_a_day_tells_of_the_day_it_is_printed(text: str) -> None:
    assert chosen(text) == (WEDNESDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Police often have <58> bakers arrested outside the mint.",
        "Some <58> bakers had been arrested years ago outside the mint.",
        "Then <58> bakers were arrested.\n\nThe mill had burned on 20 May, they recalled.",
    ],
)
def test_what_may_be_of_another_day_is_not_of_the_day_of_printing(text: str) -> None:
    assert chosen(text) == (None, None)


def test_what_follows_the_opening_is_not_of_the_day_of_printing() -> None:
    text = "The mill closed.\n\nIt rained.\n\nIt hailed.\n\nThen <58> people were held."
    assert chosen(text) == (None, None)


def test_an_undated_article_gives_no_day_of_printing() -> None:
    assert chosen("Officers have arrested <58> bakers.", published=None) == (None, None)


def test_a_heading_that_ends_in_a_date_dates_what_stands_under_it() -> None:
    text = (
        "# Bakers\n\n## Clashes | 2019-05-03\n\nIt rained.\n\n- <58> people arrested\n\n"
        "## The mill | 2019-05-09\n\nIt hailed."
    )
    assert chosen(text, published=None) == (date(2019, 5, 3), None)


def test_the_next_heading_ends_what_a_dated_one_has_said() -> None:
    text = (
        "# Bakers\n\n## 3 May 2019\n\nIt rained.\n\n## 9 May 2019\n\nIt hailed.\n\n"
        "## Elsewhere\n\nThe wind rose.\n\nIt rained on.\n\n- <58> people arrested"
    )
    assert chosen(text, published=None) == (None, None)


def test_a_row_of_a_table_has_its_own_day() -> None:
    text = (
        "What happened to the bakers:\n\n| Day | Event |\n| 3 May 2019 | <58> people arrested |\n"
        "| 9 May 2019 | The mill burned |"
    )
    assert chosen(text, published=None) == (date(2019, 5, 3), None)
