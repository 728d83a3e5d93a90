"""What services say, in words and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.live.nodes import texts
from dashboard.live.services import INTERVAL, Board, Said
from dashboard.live.source import State
from dashboard.views import health_texts, service_words
from tests.dashboard.snapshots import NOON
from tests.dashboard.test_source import Clock
from vigil.errors import StoreUnavailable
from vigil.reports import Batch, ServiceReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.live.nodes import Child

EXTRACT = ServiceReport(
    "extract", "a:1", NOON - timedelta(hours=2), NOON,
    lag={"articles": 30}, rates={"articles": 4.0, "claims": 9.0}, batch=Batch(8, 0.12, NOON),
    waits_ms=(90,),
)  # fmt: skip
AGGREGATE = replace(
    EXTRACT, service="aggregate", lag={"claims": 3, "reviews": 0}, waits_ms=(200, 400)
)
LATER = NOON + timedelta(seconds=30)


def said(children: Sequence[Child]) -> str:
    return " | ".join(text for child in children for text in texts(child))


def test_lag_is_what_waits_on_all_topics() -> None:
    assert service_words.lag((EXTRACT, AGGREGATE), NOON).text == "33 waiting"
    assert not service_words.lag((EXTRACT, AGGREGATE), NOON).alarm


def test_lag_of_nothing_is_said_in_words() -> None:
    idle = [replace(one, lag={}) for one in (EXTRACT, AGGREGATE)]
    assert service_words.lag(idle, NOON).text == "nothing waiting"


@pytest.mark.parametrize(
    ("reports", "text"),
    [
        ((), "no services running"),
        ((EXTRACT,), "no aggregator running"),
        ((EXTRACT, replace(AGGREGATE, at=NOON - timedelta(minutes=1))), "no aggregator running"),
        ((EXTRACT, replace(AGGREGATE, state="stopped")), "no aggregator running"),
        ((EXTRACT, replace(AGGREGATE, state="retrying", problem="away")), "a batch fails"),
    ],
)
def test_wall_alarms_when_nothing_is_taken_in(
    reports: tuple[ServiceReport, ...], text: str
) -> None:
    assert service_words.lag(reports, NOON) == service_words.Words(text, alarm=True)


def test_lag_is_not_known_while_one_does_not_know_its_own() -> None:
    assert service_words.lag((EXTRACT, replace(AGGREGATE, lag=None)), NOON).text == "lag not known"
    gauges = health_texts.figures(Said((EXTRACT, replace(AGGREGATE, lag=None))), (), NOON)
    assert said(gauges).startswith("not known | waiting")


def test_silence_of_one_of_several_is_told_and_does_not_stop_the_rest() -> None:
    gone = replace(EXTRACT, instance="b:2", at=NOON - timedelta(minutes=3))
    found = service_words.verdict((EXTRACT, gone, AGGREGATE), NOON)
    assert [one.text for one in found] == ["extractor b:2: silent for 3 min"]


def test_reason_of_an_end_is_told() -> None:
    ended = replace(EXTRACT, state="stopped", problem="Kafka refused")
    found = service_words.verdict((ended, AGGREGATE), NOON + timedelta(seconds=8))
    assert [one.text for one in found] == [
        "No extractor is running: stopped 8 s ago (Kafka refused)"
    ]


def test_figures_are_those_of_services_that_are_there() -> None:
    gone = replace(EXTRACT, instance="b:2", at=NOON - timedelta(minutes=3))
    gauges = said(health_texts.figures(Said((EXTRACT, gone, AGGREGATE)), (300, 100), NOON))
    assert "33 | waiting" in gauges
    assert "4.0 | articles a second" in gauges
    assert "200 ms / 400 ms | file to store" in gauges
    assert "100 ms / 300 ms | store to dashboard" in gauges


def test_table_tells_every_instance() -> None:
    table = said(health_texts.services(Said((EXTRACT, AGGREGATE)), LATER))
    assert "SILENT for 30 s" in table
    assert "8 in 120 ms, 30 s ago" in table


def test_topics_are_told_with_their_group() -> None:
    assert said(health_texts.lags(Said((EXTRACT, AGGREGATE)), NOON)).endswith(
        "articles | vigil-extract | extractors: 1 | 30 | claims | vigil-aggregate | aggregators: 1"
        " | 3 | reviews | vigil-aggregate | aggregators: 1 | 0"
    )


def test_status_says_in_a_word_whether_somebody_should_look() -> None:
    def word(state: State, known: Said[ServiceReport]) -> str:
        return said(health_texts.status(state, known, NOON)).partition(" | ")[0]

    assert word(State(), Said((EXTRACT, AGGREGATE))) == "WELL"
    assert word(State(), Said((EXTRACT,))) == "LOOK"
    assert word(State(stale_since=NOON), Said((EXTRACT, AGGREGATE))) == "STALE"
    assert word(State(), Said((EXTRACT, AGGREGATE), problem="away")) == "STALE"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(None, "\N{EN DASH}"), (80, "80 ms"), (1_340, "1.3 s"), (42_000, "42 s"), (300_000, "5 min")],
)
def test_duration_is_said_as_people_say_it(milliseconds: int | None, text: str) -> None:
    assert service_words.duration(milliseconds) == text


class Hall:
    """A reader that counts what it is asked, and can be broken."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False

    def read(self) -> tuple[ServiceReport, ...]:
        self.asked += 1
        if self.broken:
            message = "Redis is not answering"
            raise StoreUnavailable(message)
        return (EXTRACT,)


def test_services_are_read_once_for_all_viewers() -> None:
    hall, clock = Hall(), Clock()
    services = Board(hall.read, clock=clock)
    assert [services.said().known for _ in range(5)] == [(EXTRACT,)] * 5
    assert hall.asked == 1
    clock.turn(INTERVAL)
    services.said()
    assert hall.asked == 2


def test_what_services_said_is_kept_while_the_store_is_away() -> None:
    hall, clock = Hall(), Clock()
    services = Board(hall.read, clock=clock)
    services.said()
    hall.broken = True
    clock.turn(INTERVAL)
    assert services.said().known == (EXTRACT,)
    assert "not answering" in services.said().problem
