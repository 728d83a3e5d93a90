"""What a library says several times a second is heard once in a few, and nobody else less."""

from __future__ import annotations

import logging

import pytest

from vigil.thinning import Thinning

LOST = "%s: Connection lost: KafkaConnectionError: 111 ECONNREFUSED"


class Heard(logging.Handler):
    """What is written of what loggers say, at a time that the test sets."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 100.0
        self.lines: list[str] = []
        self.addFilter(Thinning("kafka", seconds=5.0, clock=lambda: self.at))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def hear(self, message: str, *args: object, name: str = "kafka.net", level: int = 40) -> None:
        self.handle(logging.LogRecord(name, level, __file__, 1, message, args, None))


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_same_message_is_heard_once_in_a_few_seconds_and_says_how_often_it_came(
    heard: Heard,
) -> None:
    for _ in range(100):  # ten seconds, ten times a second
        heard.hear(LOST, "bootstrap-0")
        heard.at += 0.125
    said = LOST % "bootstrap-0"
    assert heard.lines == [
        said,
        f"{said} (39 more like it in 5 s)",
        f"{said} (39 more like it in 5 s)",
    ]


def test_another_message_level_or_broker_is_heard_at_once(heard: Heard) -> None:
    for broker in ("bootstrap-0", "bootstrap-1"):
        heard.hear(LOST, broker)
    heard.hear(LOST, "bootstrap-0", level=30)
    heard.hear("Bootstrap failed: %s", "nobody")
    heard.hear("Bootstrap failed: %s", "nobody", name="kafka.cluster")
    assert len(heard.lines) == 5


def test_what_changes_every_time_makes_no_other_message(heard: Heard) -> None:
    for port, wait in ((54_321, "0.05"), (43_210, "0.12"), (51_234, "3.00")):
        heard.hear(f"bootstrap-0 from 127.0.0.1:{port} failed (backoff {wait} secs)")
    heard.hear("bootstrap-0 from 127.0.0.2:54321 failed (backoff 0.05 secs)")
    assert len(heard.lines) == 2


@pytest.mark.parametrize("name", ["vigil", "consumers.runner", "kafkaesque", "root"])
def test_lines_of_others_are_all_heard(heard: Heard, name: str) -> None:
    for _ in range(3):
        heard.hear("Kafka is not answering", name=name)
    assert heard.lines == ["Kafka is not answering"] * 3


def test_messages_without_end_are_not_remembered_without_end(heard: Heard) -> None:
    for number in range(999):
        heard.hear("topic-%s is gone", number)
    [thinning] = heard.filters
    assert isinstance(thinning, Thinning)
    assert len(heard.lines) == 999
    assert len(thinning._said) <= 200
