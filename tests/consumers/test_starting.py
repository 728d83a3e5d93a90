"""A service that starts while Kafka is away waits for it, closes what it began, and hears stops."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from consumers import starting
from consumers.starting import when_there
from vigil.errors import BrokerError, BrokerUnavailable, NotLetIn

if TYPE_CHECKING:
    from contextlib import ExitStack


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_FIRST_PAUSE_SECONDS", 0)
    monkeypatch.setattr(starting, "_LONGEST_PAUSE_SECONDS", 0)


class Kafka:
    """Fails as it is told, then connects; knows what was opened and closed."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.opened = self.closed = 0

    def connect(self, stack: ExitStack) -> str:
        self.opened += 1
        stack.callback(self.close)
        if self.failures:
            raise self.failures.pop(0)
        return "connected"

    def close(self) -> None:
        self.closed += 1


def test_it_connects_once_kafka_answers_and_closes_all_it_began() -> None:
    kafka = Kafka(BrokerUnavailable("away"), BrokerUnavailable("away"))
    with when_there(kafka.connect, stopping=Event()) as there:
        assert there == "connected"
        assert (kafka.opened, kafka.closed) == (3, 2)
    assert kafka.closed == 3


def test_told_to_stop_it_yields_nothing() -> None:
    stopping = Event()

    def connect(_stack: ExitStack) -> None:
        stopping.set()
        message = "away"
        raise BrokerUnavailable(message)

    with when_there(connect, stopping=stopping) as there:
        assert there is None


@pytest.mark.parametrize(
    "failures",
    [
        (BrokerError("refused"),),
        (NotLetIn("who are you"), NotLetIn("who are you")),
    ],
    ids=["refused", "not let in twice"],
)
def test_what_waiting_cannot_mend_is_raised(failures: tuple[BrokerError, ...]) -> None:
    kafka = Kafka(*failures)
    with pytest.raises(BrokerError), when_there(kafka.connect, stopping=Event()):
        pytest.fail("connected")
    assert kafka.closed == kafka.opened == len(failures)


def test_not_let_in_once_by_a_broker_that_goes_down_is_waited_for() -> None:
    kafka = Kafka(NotLetIn("hung up"), BrokerUnavailable("away"), NotLetIn("hung up"))
    with when_there(kafka.connect, stopping=Event()) as there:
        assert there == "connected"


def test_an_error_of_the_service_itself_is_not_taken_for_kafka_away() -> None:
    kafka = Kafka()
    message = "in the middle of its work"
    with (
        pytest.raises(BrokerUnavailable, match=message),
        when_there(kafka.connect, stopping=Event()),
    ):
        raise BrokerUnavailable(message)
    assert (kafka.opened, kafka.closed) == (1, 1)
