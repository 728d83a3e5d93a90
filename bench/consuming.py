"""``python -m bench.consuming``: the rate of the topic ``claims``, read bare and aggregated.

A program of its own, so that both can also be measured with kafka-python as it is published:
without the package ``crc32c``, which Vigil installs beside it, it computes checksums in Python.
It reads the Kafka of ``VIGIL_KAFKA`` and empties and fills the Redis of ``VIGIL_REDIS``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from threading import Event
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

if TYPE_CHECKING:
    from vigil.settings import Settings

_PYTHON_CHECKSUMS = "python-checksums"

Reader = Literal["bare", "aggregator"]


def seconds(settings: Settings, count: int, reader: Reader, *, c_checksums: bool) -> float:
    """Return the processor time of reading so many messages from the beginning.

    Args:
        settings: Where Kafka and Redis are.
        count: How many messages the topic holds.
        reader: ``bare`` does nothing with them; ``aggregator`` is the whole of one: group,
            estimates, commits and all.
        c_checksums: Whether ``crc32c`` is installed.
    """
    mode = "c-checksums" if c_checksums else _PYTHON_CHECKSUMS
    command = [sys.executable, "-m", "bench.consuming", reader, str(count), mode]
    places = {"VIGIL_KAFKA": settings.kafka, "VIGIL_REDIS": settings.redis.get_secret_value()}
    done = subprocess.run(  # noqa: S603  # ourselves
        command, env={**os.environ, **places}, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _bare(settings: Settings, count: int) -> float:
    from vigil import broker, topics  # noqa: PLC0415  # after `_main` has chosen the checksums

    reader = broker.make_reader(settings, topics.CLAIMS)
    start = time.process_time()
    read = 0
    while read < count:
        read += sum(len(part) for part in reader.poll(timeout_ms=500).values())
    spent = time.process_time() - start
    reader.close()
    return spent


def _aggregated(settings: Settings, count: int) -> float:
    # All after `_main` has chosen the checksums.
    from consumers.aggregator.following import Following  # noqa: PLC0415
    from consumers.aggregator.ledger import Ledger  # noqa: PLC0415
    from consumers.aggregator.restating import Restater  # noqa: PLC0415
    from consumers.aggregator.service import TOPICS, AggregateService, make_consumer  # noqa: PLC0415
    from consumers.dead_letters import DeadLetters  # noqa: PLC0415
    from consumers.runner import run  # noqa: PLC0415
    from vigil import admin, broker  # noqa: PLC0415
    from vigil.store import make_store  # noqa: PLC0415

    store = make_store(settings)
    store.flushall()
    stopping = Event()
    left = count

    def handled(some: int) -> None:
        nonlocal left
        left -= some
        if left <= 0:
            stopping.set()

    ledger = Ledger(store, authority_order=settings.authority_order)
    with (
        broker.make_producer(settings) as producer,
        make_consumer(settings, group=f"bench-{uuid4()}") as consumer,
    ):
        dead = DeadLetters(producer, stage="aggregate")
        service = AggregateService(ledger, dead, Restater(producer))
        start = time.process_time()
        place = Following(consumer, ledger.bookmarks(admin.topic_ids(settings, TOPICS)))
        run(consumer, service, stopping=stopping, handled=handled, place=place)
        return time.process_time() - start


def _main(reader: str, count: int, mode: str) -> None:
    if mode == _PYTHON_CHECKSUMS:
        sys.modules["crc32c"] = None  # type: ignore[assignment]  # as if it were not installed
    from vigil.settings import Settings  # noqa: PLC0415  # after that

    read = {"bare": _bare, "aggregator": _aggregated}[reader]
    sys.stdout.write(f"{read(Settings(), count)}\n")


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
