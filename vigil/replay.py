"""Topics from their beginning to where they end now, on Apache Kafka and on Tansu alike."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigil import broker
from vigil.errors import BrokerError, BrokerUnavailable

if TYPE_CHECKING:
    from collections.abc import Generator

    from vigil.settings import Settings
    from vigil.topics import Topic

_POLL_MS = 200
# A broker that has said nothing for so long, with more to come, is not just slow.
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of the topics, and how far they lead.

    Attributes:
        records: As received, at least one, in the order of each partition.
        read: Offsets passed so far, over all partitions.
        total: Offsets there were when reading began. Compaction leaves gaps, so this is the
            length of the way and not a number of messages.
        begins: Partition -> where it begins.
        at: Partition -> the offset up to which it was read.
    """

    records: list[Any]
    read: int
    total: int
    begins: Mapping[Any, int]
    at: Mapping[Any, int]


def batches(settings: Settings, *wanted: Topic, max_records: int) -> Generator[Batch]:
    """Yield every record that is in the topics when this is called, and some that come later.

    The end of a partition is the high watermark in the first answer it gives to a fetch. Not
    the end offset a broker tells when asked for it: Tansu counts batches there, not records.

    Args:
        settings: Where the broker is.
        wanted: Which topics; read outside any group, so no offset of anybody's moves.
        max_records: The most in one batch.

    Raises:
        BrokerUnavailable: No bootstrap address answers, or nothing comes for a minute.
        BrokerError: A topic is not there.
    """
    names = broker.names_of(wanted)
    reader = _reader(settings, *wanted)
    try:
        starts = _beginnings(reader, names)
        ends: dict[Any, int] = {}
        moved_at = time.monotonic()
        while not _done(reader, ends, starts):
            with broker.map_errors(f"reading {names}"):
                polled = reader.poll(timeout_ms=_POLL_MS, max_records=max_records)
            known = len(ends)
            _note_ends(reader, ends)
            records = [record for part in polled.values() for record in part]
            if records:
                at = {tp: reader.position(tp) if tp in ends else starts[tp] for tp in starts}
                yield Batch(records, *_way(reader, ends, starts), starts, at)
            if records or len(ends) > known:
                moved_at = time.monotonic()
            elif time.monotonic() - moved_at > _PATIENCE_SECONDS:
                raise _silent(settings, names)
    finally:
        reader.close()


def watermarks(
    settings: Settings, topic: Topic, *, starts: Mapping[int, int], seconds: float = 10.0
) -> dict[int, tuple[int, int]]:
    """Return for each partition where reading would go on, and where the partition ends.

    Args:
        settings: Where the broker is.
        topic: Which topic.
        starts: Partition -> the offset to go on from; the beginning for a partition left out,
            and where the offset is older than anything the topic has kept.
        seconds: How long to wait for the answers.

    Raises:
        BrokerUnavailable: The broker does not answer in time.
        BrokerError: The topic is not there.
    """
    reader = _reader(settings, topic)
    try:
        at = {
            tp: max(beginning, starts.get(tp.partition, 0))
            for tp, beginning in _beginnings(reader, topic.name).items()
        }
        for tp, offset in at.items():
            reader.seek(tp, offset)
        ends: dict[Any, int] = {}
        deadline = time.monotonic() + seconds
        while len(ends) < len(at):
            with broker.map_errors(f"asking where {topic.name} ends"):
                reader.poll(timeout_ms=_POLL_MS, max_records=1)
            _note_ends(reader, ends)
            if time.monotonic() > deadline:
                raise _silent(settings, topic.name)
        return {tp.partition: (at[tp], ends[tp]) for tp in at}
    finally:
        reader.close()


def _reader(settings: Settings, *wanted: Topic) -> Any:
    reader = broker.make_reader(settings, *wanted)
    there = {tp.topic for tp in reader.assignment()}
    missing = [topic for topic in wanted if topic.name not in there]
    if missing:
        reader.close()
        message = (
            f"there is no topic {broker.names_of(missing)} on {settings.kafka}: check VIGIL_KAFKA, "
            "or start vigil aggregate, which makes it"
        )
        raise BrokerError(message)
    return reader


def _beginnings(reader: Any, names: str) -> dict[Any, int]:
    with broker.map_errors(f"asking where {names} begins"):
        return dict(reader.beginning_offsets(sorted(reader.assignment())))


def _note_ends(reader: Any, ends: dict[Any, int]) -> None:
    """Keep the first high watermark of each partition: a live topic has no last one."""
    for tp in reader.assignment():
        watermark = reader.highwater(tp)
        if watermark is not None:
            ends.setdefault(tp, watermark)


def _done(reader: Any, ends: Mapping[Any, int], starts: Mapping[Any, int]) -> bool:
    return len(ends) == len(starts) and all(
        reader.position(tp) >= end or end <= starts[tp] for tp, end in ends.items()
    )


def _way(reader: Any, ends: Mapping[Any, int], starts: Mapping[Any, int]) -> tuple[int, int]:
    read = sum(max(0, min(reader.position(tp), ends[tp]) - starts[tp]) for tp in ends)
    return read, sum(max(0, ends[tp] - starts[tp]) for tp in ends)


def _silent(settings: Settings, names: str) -> BrokerUnavailable:
    message = f"{settings.kafka} gives no more of {names}, though there is more: is it up?"
    return BrokerUnavailable(message)
