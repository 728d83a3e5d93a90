"""A period: the days that a cumulative figure adds up, one end of which may be untold."""

from __future__ import annotations

from datetime import date

Period = tuple[date | None, date | None]
"""First and last day. "As of 25 February" has no first day, "since 3 May" in an article without
a date no last one; one of the two is always known."""

_DOTS = ".."


def code(period: Period) -> str:
    """Return a period as keys and addresses write it: ``2022-02-24..2022-03-01``.

    An end that nobody tells is left out: ``..2022-02-25``.
    """
    return _DOTS.join(day.isoformat() if day else "" for day in period)


def parse(text: str) -> Period | None:
    """Return the period that ``code`` wrote, None where the text is none.

    Raises:
        ValueError: What stands beside the dots is no day.
    """
    first, dots, last = text.partition(_DOTS)
    if not dots or not (first or last):
        return None
    return (
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


def words(period: Period) -> str:
    """Return a period for a person, the days as ISO 8601: ``until 2022-02-25``."""
    first, last = period
    if first is None:
        return f"until {last}"
    return f"{first} to {last}" if last else f"since {first}"


def order(period: Period) -> tuple[date, date]:
    """Return what periods are sorted by; an untold beginning comes first, an untold end last."""
    first, last = period
    return first or date.min, last or date.max


def contains(period: Period, day: date) -> bool:
    """Whether a day may be one of a period's; an end that nobody tells may lie anywhere."""
    first, last = order(period)
    return first <= day <= last


def overlaps(period: Period, first: date | None, last: date | None) -> bool:
    """Whether a period has a day in common with a window, whose ends may be open too.

    Of a period that nobody tells the beginning or the end of, only the end that is told counts:
    how far it goes back is not known.
    """
    begins, ends = period
    begins, ends = begins or ends, ends or begins
    return (first is None or ends is None or ends >= first) and (
        last is None or begins is None or begins <= last
    )
