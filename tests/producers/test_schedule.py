"""The order of a replay: as published, and the undated by a rule of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from producers.schedule import (
    MOST_STRETCHES,
    Undated,
    corpus_id,
    in_order,
    moments_of,
    schedule,
    stretches,
)
from vigil.article import BEFORE_ALL, Article
from vigil.pace import Pace

NOON = datetime(2022, 2, 24, 12, tzinfo=UTC)


def article(name: str, seen_at: datetime, *, revision: str = "1") -> Article:
    return Article(name, revision, seen_at, "A square.")


EARLY, LATE = article("early", NOON), article("late", NOON + timedelta(hours=1))
NEVER = article("never", BEFORE_ALL)


@pytest.mark.parametrize(
    ("undated", "wanted"),
    [
        (Undated.FIRST, [NEVER, EARLY, LATE]),
        (Undated.LAST, [EARLY, LATE, NEVER]),
        (Undated.SKIP, [EARLY, LATE]),
    ],
)
def test_undated_articles_come_by_the_rule(undated: Undated, wanted: list[Article]) -> None:
    assert in_order([LATE, NEVER, EARLY], undated=undated) == wanted


def test_undated_articles_have_the_moment_of_the_dated_one_beside_them() -> None:
    assert moments_of([NEVER, EARLY, LATE]) == [NOON, NOON, LATE.seen_at]
    assert moments_of([EARLY, LATE, NEVER]) == [NOON, LATE.seen_at, LATE.seen_at]


def test_articles_without_any_date_have_the_moment_before_all() -> None:
    assert moments_of([NEVER]) == [BEFORE_ALL]


def test_first_article_comes_at_once_and_each_other_after_its_wait() -> None:
    plan = schedule(
        [NOON, NOON + timedelta(hours=1), NOON + timedelta(days=9)], Pace(speed=3_600, longest=2)
    )
    assert list(plan.due) == [0, 1, 3]
    assert plan.seconds_after(1) == 2


def test_corpus_is_known_by_its_articles_and_their_order() -> None:
    one = corpus_id([EARLY, LATE])
    assert one == corpus_id([EARLY, LATE])
    assert one != corpus_id([LATE, EARLY])
    assert one != corpus_id([EARLY, article("late", LATE.seen_at, revision="2")])


def test_stretches_are_the_days_with_articles() -> None:
    days = [NOON, NOON, NOON + timedelta(days=400)]
    assert stretches(days) == (("2022-02-24", 2), ("2023-03-31", 1))


def test_many_days_are_gathered_until_they_can_be_shown() -> None:
    days = [NOON + timedelta(days=number) for number in range(3_000)]
    found = stretches(days)
    assert len(found) <= MOST_STRETCHES
    assert sum(count for _, count in found) == 3_000
    assert found[0] == ("2022-02-01", 5)
