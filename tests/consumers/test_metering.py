"""What a consumer counts of its own work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from consumers.metering import Meter
from vigil.reports import WAITS_KEPT

NOON = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def passes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def metered() -> tuple[Meter, Clock]:
    clock = Clock()
    return Meter("extract", instance="desk:7", now=clock), clock


def test_rates_are_those_of_the_last_minute() -> None:
    meter, clock = metered()
    meter.counts("articles", 600)
    clock.passes(61)
    meter.counts("articles", 30)
    report = meter.report()
    assert report.rates == {"articles": 0.5}
    assert report.totals == {"articles": 630}


def test_rates_of_a_service_that_has_just_started_are_over_its_life() -> None:
    meter, clock = metered()
    clock.passes(10)
    meter.counts("claims", 50)
    assert meter.report().rates == {"claims": 5.0}


def test_what_has_stopped_coming_has_a_rate_of_nothing() -> None:
    meter, clock = metered()
    meter.counts("articles", 5)
    clock.passes(120)
    assert meter.report().rates == {"articles": 0.0}


def test_batch_tells_its_size_and_how_long_it_took() -> None:
    meter, clock = metered()
    meter.takes({"articles": 40})
    assert meter.report().busy_since == NOON
    clock.passes(2.5)
    meter.handled(40)
    report = meter.report()
    assert report.batch
    assert (report.batch.messages, report.batch.seconds) == (40, 2.5)
    assert report.busy_since is None
    assert report.totals["messages"] == 40


def test_problem_is_told_until_the_batch_is_done() -> None:
    meter, _ = metered()
    meter.takes({"articles": 1})
    meter.retries("Redis is not answering")
    assert (meter.report().state, meter.report().problem) == ("retrying", "Redis is not answering")
    meter.handled(1)
    assert (meter.report().state, meter.report().problem) == ("running", "")


def test_waits_are_the_newest_and_none_older_than_five_minutes() -> None:
    meter, clock = metered()
    sent = round(NOON.timestamp() * 1000)
    meter.waited([sent - 700] * (WAITS_KEPT + 10))
    assert meter.report().waits_ms == (700,) * WAITS_KEPT
    clock.passes(301)
    meter.waited([sent + 300_000])
    assert meter.report().waits_ms == (1_000,)


def test_clock_that_runs_behind_the_producers_makes_no_negative_wait() -> None:
    meter, _ = metered()
    meter.waited([round(NOON.timestamp() * 1000) + 50])
    assert meter.report().waits_ms == (0,)


def test_service_that_ended_says_why() -> None:
    meter, _ = metered()
    meter.ends("Kafka refused")
    assert (meter.report().state, meter.report().problem) == ("stopped", "Kafka refused")


def test_batch_in_hand_still_waits_to_be_handled() -> None:
    meter, _ = metered()
    meter.behind({"articles": 3})
    meter.takes({"articles": 2, "reviews": 1})
    assert meter.report().lag == {"articles": 3, "reviews": 1}
    meter.handled(3)
    assert meter.report().lag == {"articles": 1, "reviews": 0}


def test_lag_that_is_not_known_is_not_told() -> None:
    meter, _ = metered()
    meter.takes({"articles": 2})
    assert meter.report().lag is None
