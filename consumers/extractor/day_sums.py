"""Count days: by words, units and small numbers."""

from __future__ import annotations

from datetime import date, timedelta

from consumers.extractor.date_patterns import SMALL_NUMBERS

DAYS = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365}
"""How many days the units have in which news counts back."""
WEEK = 7
_NEXT = ("the next", "the following")


def ago(end: date | None, count: str, unit: str) -> date | None:
    """Return the day so many units before a day: "a week ago"."""
    number = 1 if count.lower() in {"a", "an"} else SMALL_NUMBERS.get(count.lower()) or int(count)
    return end - timedelta(days=number * DAYS[unit.lower()]) if end else None


def weekend(saturday: date) -> tuple[date, date]:
    """Return the weekend that a Saturday opens."""
    return saturday, saturday + timedelta(days=1)


def start_of(unit: str, day: date) -> date:
    """Return the first day of the week, the month or the year of a day."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def shift(word: str, count: str | None, way: str | None) -> int:
    """Return how many days a word moves: "yesterday" -1, "two days later" 2."""
    if count and way:
        days = SMALL_NUMBERS.get(count.lower()) or int(count)
        return days if way == "later" else -days
    if "week" in word:
        return WEEK if word.endswith("later") else -WEEK
    if word in {"tomorrow", "the day after", "a day later"} or word.startswith(_NEXT):
        return 1
    if word in {"today", "tonight"} or word.startswith(("this ", "that ", "the same ")):
        return 0
    return -1
