"""Days that lie beside the one told: the day after, so many days of it, the date beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consumers.extractor.choosing import MONDAY, SUNDAY, TUESDAY, WEDNESDAY, chosen
from tests.consumers.extractor.datings import FRIDAY, days, only


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A day after <58> people were arrested in Graz, the square was calm on Wednesday.",
            TUESDAY,
        ),
        ("The sit-in on Tuesday came two days after a march in which police held <58>.", SUNDAY),
        ("Bakers met on Tuesday. It came one night after guards arrested <58> people.", MONDAY),
        ("The vigil on Wednesday was a day after a march in Linz, where <58> were held.", TUESDAY),
    ],
)
def test_what_others_came_after_lies_before_it(text: str, day: date) -> None:
    assert chosen(text) == (day, None)


@pytest.mark.parametrize(
    "text",
    [
        "A day after the march, police arrested <58> people on Wednesday.",
        "Two days after the strike, bakers met and <58> were arrested on Wednesday.",
    ],
)
def test_what_happened_after_lies_on_its_own_day(text: str) -> None:
    assert chosen(text) == (WEDNESDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Officers arrested <58> people over the past few days.",
        "Officers arrested <58> people in the last several days.",
        "Six straight days of protests have led to <58> arrests.",
        "Another seized boat ended a week of marches in which <58> people were arrested.",
        "It brought the total held in a week of strikes to <58> arrests.",
    ],
)
def test_so_many_days_are_a_period(text: str) -> None:
    day, period = chosen(text)
    assert day is None
    assert period is not None
    first, last = period
    assert first
    assert last
    assert first < last


@pytest.mark.parametrize("part", ["for the day", "on the day", "that night", "today"])
def test_a_total_of_one_day_has_that_day(part: str) -> None:
    text = f"Marchers met on Tuesday. That brings the total to <58> arrests {part}."
    assert chosen(text)[1] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On the 20th anniversary of the flood on 9 June, police arrested <58> people.", SUNDAY),
        ("Police arrested <58> people ahead of a rally against last week's election.", None),
    ],
)
def test_what_led_to_it_gives_no_day(text: str, day: date | None) -> None:
    assert chosen(text, published=None if day is None else FRIDAY.replace(2019, 6, 12))[0] == day


def test_a_total_since_a_death_counts_from_its_day() -> None:
    text = "The poet died on Sunday. Police have held <58> people since the poet's death."
    assert chosen(text) == (None, (SUNDAY, WEDNESDAY))


@pytest.mark.parametrize("word", ["This morning", "Today", "Yesterday", "Last night", "Overnight"])
@pytest.mark.parametrize("written", [", 23 February", " (February 23)", ", Wednesday 23 February"])
def test_a_date_beside_a_word_says_which_day_it_is(word: str, written: str) -> None:
    assert days(f"{word}{written}, ten were held.") == [date(2022, 2, 23)]


@pytest.mark.parametrize("name", ["Jan.31", "Jan. 31", "Monday (January 31", "Monday (31 January"])
def test_a_date_is_read_in_brackets_and_without_a_blank(name: str) -> None:
    assert only(f"Ten were held on {name}) in Graz").day == date(2022, 1, 31)


def test_a_weekday_is_that_of_the_date_beside_it() -> None:
    text = "Feb. 12, Graz\nTen were held late on Saturday, and on Sunday"
    assert days(text) == [date(2022, 2, 12), date(2022, 2, 12), date(2022, 2, 20)]


def test_a_date_with_its_weekday_is_near_the_years_named_before() -> None:
    text = "The court sat on 12 July 2010. Ten were held on Sunday, January 30"
    assert days(text, None)[-1] == date(2011, 1, 30)
    text = "Bakers have struck since the flood in October 2016. Ten were held on Sunday, May 28"
    assert days(text, None)[-1] == date(2017, 5, 28)


def test_a_year_told_with_since_or_in_a_range_is_that_of_the_others() -> None:
    since = "Marches go on since 19 August 2007. Ten were held on August 25"
    between = "Marches went on from 3 to 9 May. Ten were held from May 2, 2007 to May 4, 2007"
    assert days(since, None)[-1] == date(2007, 8, 25)
    assert days(between + ". Two on May 7", None)[-1] == date(2007, 5, 7)


def test_a_page_that_was_added_to_tells_of_the_day_after() -> None:
    assert only("Ten were held on 26 February 2022.").cue == "date"
    assert only("Ten will march, as planned on 26 February 2022.").cue == "future"
    assert only("The vote of 9 March 2022.").cue == "future"
