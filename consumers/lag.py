"""How far a member of a group is behind what its topics hold."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafka import KafkaConsumer

    from consumers.metering import Meter

_LAG_SECONDS: Final = 1.0
# A partition that has answered a fetch has a position: nobody is asked, and nothing waited for.
_POSITION_MS: Final = 100


class Lag:
    """Tells the meter how far behind a consumer is, at most once a second."""

    def __init__(self, consumer: KafkaConsumer, meter: Meter) -> None:
        self._consumer = consumer
        self._meter = meter
        self._due = 0.0

    def measure(self) -> None:
        """Tell it, where it is time to and known."""
        now = time.monotonic()
        if now < self._due:
            return
        lag = behind(self._consumer)
        self._due = now + _LAG_SECONDS if lag is not None else now
        self._meter.behind(lag)


def behind(consumer: KafkaConsumer) -> dict[str, int] | None:
    """Return how many messages of each topic a member of a group has yet to be given.

    Of its own share, counted to the high watermark of the newest answer to a fetch; on a compacted
    topic it is the most there can be. Call it after ``poll``, which asks the broker; this does not.

    Returns:
        None before every partition of its share has answered once, and while no broker is
        connected: what it was then says nothing about now.
    """
    share = consumer.assignment()
    ends = {partition: consumer.highwater(partition) for partition in share}
    if not share or None in ends.values():
        return None
    # kafka-python tells nowhere else that nobody answers: it polls on in silence.
    if not consumer.metrics()["consumer-metrics"]["connection-count"]:
        return None
    waiting: dict[str, int] = {}
    for partition, end in ends.items():
        at = consumer.position(partition, timeout_ms=_POSITION_MS)
        if at is None:
            return None
        waiting[partition.topic] = waiting.get(partition.topic, 0) + max(0, end - at)
    return dict(sorted(waiting.items()))
