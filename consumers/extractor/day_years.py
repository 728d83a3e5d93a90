"""Find the year of a day that is written without one."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from vigil.months import safe_date, weekday_of

if TYPE_CHECKING:
    from datetime import date

_YEARS_BACK = 28  # after as many years the calendar repeats: far enough for any weekday
_YEARS_ON = 2  # that a text names after the last year it has told
_LEAP_WAIT = 8  # years: the longest wait for a 29 February
# A date without a year lies in the past of an article more often than in its future.
_FUTURE_COSTS = 3
_MONTHS = 12


def soon_after(year: int, month: int, day: int | str, *, weekday: str, today: date) -> date | None:
    """Return the day in a year the text names, or soon after, that falls on a weekday."""
    for each in range(year, year + _YEARS_ON + 1):
        found = safe_date(each, month, day)
        if found and found <= today and found.weekday() == weekday_of(weekday):
            return found
    return None


def numeric(first: str, second: str, year: str) -> date | None:
    """Read 24/02/2022 and 02/24/2022; 03/02/2022 is anybody's guess and gives nothing."""
    a, b = int(first), int(second)
    if a == b or b > _MONTHS:
        return safe_date(year, a, b)
    return safe_date(year, b, a) if a > _MONTHS else None


def nearest(anchor: date, month: int, day: int | str, weekday: str | None) -> date | None:
    """Return the day of a month nearest to a day, rather before it, on a weekday if one is told."""
    years = range(anchor.year - _LEAP_WAIT, anchor.year + 2)
    days = [d for y in years if (d := safe_date(y, month, day)) is not None]
    # A weekday that fits no late year is a slip, and no sign of another century.
    fitting = [d for d in days if weekday and d.weekday() == weekday_of(weekday)] or days
    return min(fitting, key=lambda d: _distance(d, anchor), default=None)


def _distance(day: date, anchor: date) -> int:
    days = (day - anchor).days
    return days * _FUTURE_COSTS if days > 0 else -days


def latest(today: date, month: int, day: int | str, weekday: str) -> date | None:
    """Return the last such day of a month that falls on a weekday, or None."""
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        found = safe_date(year, month, day)
        if found and found <= today and found.weekday() == weekday_of(weekday):
            return found
    return None


def month_period(first: date) -> tuple[date, date]:
    """Return the first and the last day of the month that starts on a day."""
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
