"""Weekends, months and what lasted since a day are periods, and no days."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from consumers.extractor.days import find_days
from tests.consumers.extractor.datings import FRIDAY, MONDAY, SUNDAY, TODAY, days, only

if TYPE_CHECKING:
    from vigil.period import Period


@pytest.mark.parametrize(
    "text",
    [
        "Between 1991 and 1994 some 900 weavers were held.",
        "Some 900 weavers were held from 1991 to 1994.",
        "From 1991\u20131994 some 900 weavers were held.",
    ],
)
def test_two_years_make_a_period(text: str) -> None:
    assert only(text, FRIDAY).period == (date(1991, 1, 1), date(1994, 12, 31))


@pytest.mark.parametrize(
    ("text", "published", "first"),
    [
        ("Ten were held over the weekend.", FRIDAY, date(2022, 2, 19)),
        ("Ten were held this weekend.", SUNDAY, date(2021, 1, 30)),
        ("Ten were held last weekend.", SUNDAY, date(2021, 1, 23)),
        ("Ten were held last weekend.", MONDAY, date(2021, 1, 30)),
        ("They marched for the second weekend in a row.", SUNDAY, date(2021, 1, 30)),
        ("It was a busy weekend for the courts.", MONDAY, date(2021, 1, 30)),
    ],
)
def test_a_weekend_is_saturday_and_sunday(text: str, published: datetime, first: date) -> None:
    assert only(text, published).period == (first, first.replace(day=first.day + 1))


def test_a_coming_trial_anchors_the_weekend_before_it() -> None:
    text = "They marched for the third weekend in a row. The trial begins on Tuesday, February 2."
    weekend, trial = find_days(text, published=None, today=TODAY)
    assert weekend.period == (date(2021, 1, 30), date(2021, 1, 31))
    assert (trial.day, trial.cue) == (date(2021, 2, 2), "future")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("since 20 February", (date(2022, 2, 20), date(2022, 2, 25))),
        ("since the strike began on 14 February", (date(2022, 2, 14), date(2022, 2, 25))),
        ("since guards cleared a camp in mid-January", (date(2022, 1, 1), date(2022, 2, 25))),
        ("since the start of the month", (date(2022, 2, 1), date(2022, 2, 25))),
        ("since Monday", (date(2022, 2, 21), date(2022, 2, 25))),
        ("since 2014", (date(2014, 1, 1), date(2022, 2, 25))),
        ("from 28 January to 3 February", (date(2022, 1, 28), date(2022, 2, 3))),
        ("between 9 and 12 February", (date(2022, 2, 9), date(2022, 2, 12))),
        ("on February 4-6", (date(2022, 2, 4), date(2022, 2, 6))),
        ("on Saturday night and Sunday morning", (date(2022, 2, 19), date(2022, 2, 20))),
        ("between Sunday and Wednesday", (date(2022, 2, 20), date(2022, 2, 23))),
        ("in the two weeks since the coup", (date(2022, 2, 11), date(2022, 2, 25))),
        ("in the five days since he spoke", (date(2022, 2, 20), date(2022, 2, 25))),
        ("this week", (date(2022, 2, 21), date(2022, 2, 25))),
        ("last year", (date(2021, 1, 1), date(2021, 12, 31))),
        ("so far this year", (date(2022, 1, 1), date(2022, 2, 25))),
        ("in July 2019", (date(2019, 7, 1), date(2019, 7, 31))),
        ("in July", (date(2021, 7, 1), date(2021, 7, 31))),
        ("in 2012", (date(2012, 1, 1), date(2012, 12, 31))),
        ("as of February 24", (None, date(2022, 2, 24))),
    ],
)
def test_a_period_is_no_day(text: str, period: Period) -> None:
    mention = only(f"A total of ninety people were held {text}.")
    assert (mention.day, mention.period) == (None, period)


def test_since_the_invasion_is_known_where_ukraine_is_spoken_of() -> None:
    text = "Russia's war in Ukraine: ninety were held since the invasion began."
    assert only(text).period == (date(2022, 2, 24), date(2022, 2, 25))


def test_since_the_invasion_is_unknown_elsewhere() -> None:
    assert days("Ninety were held since the invasion began.") == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in January last year", (date(2021, 1, 1), date(2021, 1, 31))),
        ("since November last year", (date(2021, 11, 1), date(2022, 2, 25))),
        ("counting from 20 February", (date(2022, 2, 20), date(2022, 2, 25))),
        ("over the two days before Thursday", (date(2022, 2, 22), date(2022, 2, 23))),
    ],
)
def test_a_period_may_be_told_in_other_words(text: str, period: tuple[date, date]) -> None:
    assert only(f"A total of ninety people were held {text}.").period == period


def test_two_days_before_what_was_a_day_ago_count_from_it() -> None:
    text = "It was quiet on Monday, a day after the strike. Over the two days before ten were held."
    assert find_days(text, published=FRIDAY, today=TODAY)[-1].period == (
        date(2022, 2, 18),
        date(2022, 2, 19),
    )


def test_a_season_of_a_year_is_a_period() -> None:
    mention = only("Bakers were held in the autumn of 2019", None)
    assert mention.period == (date(2019, 9, 1), date(2019, 11, 30))
