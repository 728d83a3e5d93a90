"""Lines of publication, items of feeds and comments anchor what stands near them."""

from __future__ import annotations

from datetime import date

from consumers.extractor.days import find_days
from tests.consumers.extractor.datings import FRIDAY, TODAY


def test_a_line_of_publication_is_an_anchor_and_not_an_event() -> None:
    text = "Title\n\nPublished: 1 February 2021\n\nTen were held yesterday."
    line, yesterday = find_days(text, published=None, today=TODAY)
    assert (line.cue, line.basis, line.day) == ("publication", "publication", date(2021, 2, 1))
    assert yesterday.day == date(2021, 1, 31)


def test_each_item_of_a_feed_counts_from_its_own_date() -> None:
    text = (
        "# One\n- date published: 2021-02-03 19:40:11+00:00\n\nTen were held yesterday.\n\n"
        "# Two\n- date published: 2021-02-10 08:00:00+00:00\n\nNine were held yesterday.\n"
    )
    mentions = find_days(text, published=None, today=TODAY)
    assert [m.day for m in mentions if m.cue == "relative"] == [date(2021, 2, 2), date(2021, 2, 9)]


def test_a_feed_counts_from_its_items_even_where_its_own_day_is_known() -> None:
    text = (
        "# One\n- date published: 2022-02-03\n\nTen were held yesterday.\n\n"
        "# Two\n- date published: 2022-02-10\n\nNine were held yesterday.\n"
    )
    found = [m.day for m in find_days(text, published=FRIDAY, today=TODAY) if m.cue == "relative"]
    assert found == [date(2022, 2, 2), date(2022, 2, 9)]


def test_a_comment_below_the_article_dates_nothing() -> None:
    prose = (
        "The police of the town held ten people who had come to the market, " * 3 + "it says.\n\n"
    )
    text = prose + prose + "  \u2022 May 4, 2021 at 6:45 pm\n\nShame on them."
    assert [m.cue for m in find_days(text, published=None, today=TODAY)] == ["future"]


def test_a_page_updated_later_tells_of_days_after_its_date() -> None:
    page = "---\ndate: 2020-02-03\nlastUpdated: 2021-03-04\n---\n\nTen were held on 5 June 2020."
    cues = [m.cue for m in find_days(page, published=None, today=TODAY)]
    assert cues[-1] == "date"


def test_an_item_of_a_list_may_be_later_than_the_one_above() -> None:
    text = (
        "### One | 2021-05-01\n\nTen were held.\n\n### Two | 2021-05-02\n\nTen were held.\n\n"
        "### Three | 2021-05-03\n\nNine were held on 4 May 2021.\n"
    )
    last = find_days(text, published=None, today=TODAY)[-1]
    assert (last.day, last.cue) == (date(2021, 5, 4), "date")
