"""The rate of the topic ``claims``, read bare and aggregated, each in a process of its own.

So both can also be measured with kafka-python as it is published: without the package ``crc32c``,
which Vigil installs beside it, it computes checksums in Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from threading import Event
from typing import Literal
from uuid import uuid4

from consumers.aggregator.following import Following
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.restating import Restater
from consumers.aggregator.service import TOPICS, AggregateService, make_consumer
from consumers.dead_letters import DeadLetters
from consumers.runner import run
from vigil import admin, broker, topics
from vigil.settings import Settings
from vigil.store import make_store

# Before kafka-python is imported: as if crc32c were not installed.
_WITHOUT_CRC32C = "import sys; sys.modules['crc32c'] = None; "

Reader = Literal["bare", "aggregator"]


def seconds(settings: Settings, count: int, reader: Reader, *, c_checksums: bool) -> float:
    """Return the processor time of reading so many messages from the beginning.

    Args:
        settings: Where Kafka is, and a Redis that is emptied and filled.
        count: How many messages the topic holds.
        reader: ``bare`` does nothing with them; ``aggregator`` is the whole of one: group,
            estimates, commits and all.
        c_checksums: Whether ``crc32c`` is installed.
    """
    program = "" if c_checksums else _WITHOUT_CRC32C
    program += f"from bench import consuming; consuming.tell({reader!r}, {count})"
    places = {"VIGIL_KAFKA": settings.kafka, "VIGIL_REDIS": settings.redis.get_secret_value()}
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-c", program], env={**os.environ, **places}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def _bare(settings: Settings, count: int) -> float:
    reader = broker.make_reader(settings, topics.CLAIMS)
    start = time.process_time()
    read = 0
    while read < count:
        read += sum(len(part) for part in reader.poll(timeout_ms=500).values())
    spent = time.process_time() - start
    reader.close()
    return spent


def _aggregated(settings: Settings, count: int) -> float:
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


def tell(reader: Reader, count: int) -> None:
    """Print the processor time that a reader takes for so many messages."""
    read = {"bare": _bare, "aggregator": _aggregated}[reader]
    sys.stdout.write(f"{read(Settings(), count)}\n")
