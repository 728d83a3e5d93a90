"""The days that a text of the tests speaks of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from consumers.extractor.days import DayMention, find_days

TODAY = date(2026, 11, 22)
FRIDAY = datetime(2022, 2, 25, 12, tzinfo=UTC)
SUNDAY = datetime(2021, 1, 31, 20, tzinfo=UTC)
MONDAY = datetime(2021, 2, 1, 8, tzinfo=UTC)


def only(text: str, published: datetime | None = FRIDAY) -> DayMention:
    (mention,) = find_days(text, published=published, today=TODAY)
    return mention


def days(text: str, published: datetime | None = FRIDAY) -> list[date | None]:
    return [m.day for m in find_days(text, published=published, today=TODAY)]
