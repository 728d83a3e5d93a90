"""Periods: an end that nobody tells stays untold, in keys, in words and in filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import days
from vigil import keys, period

if TYPE_CHECKING:
    from vigil.period import Period

FEB_24, FEB_25, MAR_1 = date(2022, 2, 24), date(2022, 2, 25), date(2022, 3, 1)
WHOLE: Period = (FEB_24, MAR_1)
UNTIL: Period = (None, FEB_25)
SINCE: Period = (FEB_25, None)

periods = st.one_of(
    st.tuples(days, days).map(lambda pair: (min(pair), max(pair))),
    st.tuples(st.none(), days),
    st.tuples(days, st.none()),
)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (WHOLE, "2022-02-24 to 2022-03-01"),
        (UNTIL, "until 2022-02-25"),
        (SINCE, "since 2022-02-25"),
    ],
)
def test_words_say_which_end_is_told(told: Period, text: str) -> None:
    assert period.words(told) == text


@given(periods)
def test_code_is_read_back(told: Period) -> None:
    assert period.parse(period.code(told)) == told


@given(st.sampled_from([None, "RU"]), periods)
def test_slot_is_read_back(country: str | None, told: Period) -> None:
    assert keys.slot_parts(keys.slot(country, None, told)) == (country, None, told)


@pytest.mark.parametrize("text", ["", "..", "2022-02-24", "undated"])
def test_text_without_a_period_is_none(text: str) -> None:
    assert period.parse(text) is None


def test_text_with_dots_and_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        period.parse("2022-02-24..yesterday")


def test_untold_end_may_lie_anywhere() -> None:
    assert period.contains(UNTIL, date(2014, 3, 2))
    assert not period.contains(UNTIL, MAR_1)
    assert period.contains(SINCE, MAR_1)
    assert not period.contains(SINCE, FEB_24)


@pytest.mark.parametrize(
    ("told", "first", "last", "both"),
    [
        (WHOLE, MAR_1, None, True),
        (WHOLE, None, FEB_24, True),
        (WHOLE, date(2022, 3, 2), None, False),
        (UNTIL, FEB_24, MAR_1, True),
        (UNTIL, None, FEB_24, False),
        (SINCE, MAR_1, None, False),
        (SINCE, None, None, True),
    ],
)
def test_window_overlaps_by_the_end_that_is_told(
    told: Period, first: date | None, last: date | None, *, both: bool
) -> None:
    assert period.overlaps(told, first, last) is both


@given(st.lists(periods))
def test_periods_can_be_sorted(told: list[Period]) -> None:
    ordered = sorted(told, key=period.order)
    assert sorted(told, key=period.order) == ordered
