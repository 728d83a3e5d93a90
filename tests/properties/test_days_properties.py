"""Properties of days that hold for every date and every text."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extractor.days import find_days
from vigil.publication import publication_in

TODAY = date(2026, 11, 22)
PUBLISHED = datetime(2022, 2, 25, tzinfo=UTC)
FORMS = [
    "{d:%-d %B %Y}",
    "{d:%B %-d, %Y}",
    "{d:%b %-d, %Y}",
    "{d:%b. %-d, %Y}",
    "{d:%-d %b %Y}",
    "{d:%Y-%m-%d}",
    "{d:%A, %B %-d, %Y}",
    "{d:%A %-d %B %Y}",
    "the {d:%-d}th of {d:%B} {d:%Y}",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Pieces that dates are made of, so that random texts come near to real ones.
_WORDS = """February Mar 24 2022 since last weekend row from to and - / . , the today week this
published: of 5th days ago in a row"""
PIECES = st.sampled_from([*WEEKDAYS, *_WORDS.split(), "\n", "in a row", "two days ago"])
DATES = st.dates(date(1950, 1, 1), date(2026, 11, 22))


@given(day=DATES, form=st.sampled_from(FORMS))
def test_a_date_in_any_form_is_found_as_that_date(day: date, form: str) -> None:
    text = f"Police held ten people on {form.format(d=day)} in the centre."
    (mention,) = find_days(text, published=PUBLISHED, today=TODAY)
    assert mention.day == day


@given(weekday=st.sampled_from(WEEKDAYS), published=DATES)
def test_a_weekday_lies_within_the_week_before_publication(weekday: str, published: date) -> None:
    at = datetime(published.year, published.month, published.day, tzinfo=UTC)
    (mention,) = find_days(f"Police held ten people on {weekday}.", published=at, today=TODAY)
    assert mention.day is not None
    assert timedelta(0) <= published - mention.day < timedelta(days=7)
    assert WEEKDAYS[mention.day.weekday()] == weekday


@given(pieces=st.lists(PIECES, max_size=25), published=st.none() | st.just(PUBLISHED))
def test_mentions_are_sorted_inside_the_text_and_apart(
    pieces: list[str], published: datetime | None
) -> None:
    text = " ".join(pieces)
    mentions = find_days(text, published=published, today=TODAY)
    bounds = [0, *(edge for m in mentions for edge in (m.start, m.end)), len(text)]
    assert bounds == sorted(bounds)


@given(pieces=st.lists(PIECES, max_size=25))
def test_a_mention_is_a_day_or_a_period_in_order(pieces: list[str]) -> None:
    for mention in find_days(" ".join(pieces), published=PUBLISHED, today=TODAY):
        assert (mention.day is None) != (mention.period is None)
        first, last = mention.period or (None, None)
        assert first is None or last is None or first <= last


@given(text=st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_read_without_error(text: str) -> None:
    mentions = find_days(text, published=PUBLISHED, today=TODAY)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)


@given(day=DATES, hour=st.integers(0, 23), minute=st.integers(0, 59), offset=st.integers(-11, 12))
def test_a_stated_moment_is_read_in_its_own_offset(
    day: date, hour: int, minute: int, offset: int
) -> None:
    text = f"Title\ndate: {day}T{hour:02}:{minute:02}:00{offset:+03}:00\n\nPolice held ten.\n"
    moment = publication_in(text)
    assert moment is not None
    assert moment.replace(tzinfo=None) == datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  # as written
    assert moment.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "(",
        "24 February, ",
        "on Monday ",
        "since ",
        "\n",
        "will ",
        "two days ",
        "over the two days before ",
        "the day before ",
        "date: 2021-01-31\n",
        "overnight, early on Monday ",
        "May Day ",
        "since the march ",
        "past five days ",
        "Jo in Graz May 4, 2021\n",
        "- Jo (@jo) May 4, 2021\n",
    ],
)
def test_days_take_linear_time(piece: str) -> None:
    def cost(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        find_days(text, published=PUBLISHED, today=TODAY)
        return time.process_time() - start

    # Four times the text may take four times as long, with room for noise, not sixteen times.
    assert cost(200_000) < 10 * cost(50_000) + 0.5


@pytest.mark.parametrize("text", ["\n" * 1_000_000, " " * 1_000_000, "two words " * 100_000])
def test_a_megabyte_without_a_day_is_read_within_a_second(text: str) -> None:
    start = time.process_time()
    find_days(text, published=PUBLISHED, today=TODAY)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["7" * 100_000, "x" * 1_000_000])
def test_a_megabyte_is_read_in_seconds(text: str) -> None:
    start = time.process_time()
    find_days(text, published=PUBLISHED, today=TODAY)
    assert time.process_time() - start < 10
