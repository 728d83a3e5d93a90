"""The moments of a replay: as published, and those of the undated beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from producers.schedule import (
    MOST_STRETCHES,
    corpus_id,
    moments_of,
    schedule,
    stretches,
)
from vigil.article import BEFORE_ALL
from vigil.pace import Pace

NOON = datetime(2022, 2, 24, 12, tzinfo=UTC)


LATE = NOON + timedelta(hours=1)


def test_undated_articles_have_the_moment_of_the_dated_one_beside_them() -> None:
    assert moments_of([BEFORE_ALL, NOON, LATE]) == [NOON, NOON, LATE]
    assert moments_of([NOON, LATE, BEFORE_ALL]) == [NOON, LATE, LATE]


def test_articles_without_any_date_have_the_moment_before_all() -> None:
    assert moments_of([BEFORE_ALL]) == [BEFORE_ALL]


def test_first_article_comes_at_once_and_each_other_after_its_wait() -> None:
    plan = schedule(
        [NOON, NOON + timedelta(hours=1), NOON + timedelta(days=9)], Pace(speed=3_600, longest=2)
    )
    assert list(plan.due) == [0, 1, 3]
    assert plan.seconds_after(1) == 2


def test_corpus_is_known_by_its_articles_and_their_order() -> None:
    one = corpus_id([("early", "1"), ("late", "1")])
    assert one == corpus_id([("early", "1"), ("late", "1")])
    assert one != corpus_id([("late", "1"), ("early", "1")])
    assert one != corpus_id([("early", "1"), ("late", "2")])


def test_stretches_are_the_days_with_articles() -> None:
    days = [NOON, NOON, NOON + timedelta(days=400)]
    assert stretches(days) == (("2022-02-24", 2), ("2023-03-31", 1))


def test_many_days_are_gathered_until_they_can_be_shown() -> None:
    days = [NOON + timedelta(days=number) for number in range(3_000)]
    found = stretches(days)
    assert len(found) <= MOST_STRETCHES
    assert sum(count for _, count in found) == 3_000
    assert found[0] == ("2022-02-01", 5)
