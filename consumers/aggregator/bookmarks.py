"""How far along the topics a store has come, said in the store itself: it goes back with it.

A group's offsets stand in Kafka, and what was written for them in Redis. A Redis that fails over to
a copy that was a moment behind, that is emptied, or put back from a backup, goes back, and Kafka
knows nothing of it: what was lost would never come again, and a number would be wrong for good. So
beside what it holds the store keeps, for each partition, before which offset it has everything.
One server loses the end of what was written and nothing from the middle; a bookmark is written
after what it speaks of, so wherever the store went back to, its bookmarks are true there. It
is moved on the server alone that everything it speaks of was written to: one that takes over in the
middle of a batch may lack the first half, though it acknowledged the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from vigil.errors import StoreUnavailable
from vigil.store import map_errors, servers_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kafka import TopicPartition
    from redis import Redis

    from consumers.aggregator.scripts import Scripts

_HELD = -2


@dataclass(frozen=True, slots=True)
class Way:
    """Part of a partition that was read without a gap, and is written.

    Attributes:
        start: Its first offset.
        end: The offset behind its last.
        begin: Before this offset the partition holds nothing.
    """

    start: int
    end: int
    begin: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the store is along a partition.

    Attributes:
        here: It has everything before this offset. None where it has nothing.
        once: It once had everything before this one, which it has to come to again; 0: nothing
            is missing.
    """

    here: int | None
    once: int


class Bookmarks:
    """The bookmarks of one store."""

    def __init__(self, store: Redis, scripts: Scripts, *, ids: Mapping[str, str]) -> None:
        """Speak of some topics.

        Args:
            store: Its client.
            scripts: Its scripts.
            ids: Id of each topic by name: what is said of a topic is not said of the next one.
        """
        self._store = store
        self._scripts = scripts
        self._ids = dict(ids)
        self._written_to = ("", "")

    def watch(self) -> None:
        """Remember the servers: what is written from now on has to be written to these.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("asking which servers the store stands on"):
            servers = servers_of(self._store)
            process, _ = self._scripts.bookmark(["", servers, "", "", ""])
        self._written_to = (servers, process)

    def move(
        self, ways: Mapping[TopicPartition, Way], *, now: datetime, token: str = ""
    ) -> dict[TopicPartition, Place]:
        """Say what is written by now, and return where the store really is.

        A bookmark moves where the store has all that lies before the way. Where it has not, it
        stays, and the store is marked as incomplete until it has come as far again.

        Args:
            ways: By partition.
            now: The time (aware).
            token: Of the rebuild that speaks; empty: an aggregator.

        Returns:
            By partition; those are left out that somebody else is just filling.

        Raises:
            StoreUnavailable: Redis does not answer, or a server was replaced since the last
                ``watch`` or ``move``: write it, and say it, again.
        """
        named = {tp: f"{tp.topic}@{self._ids[tp.topic]}[{tp.partition}]" for tp in ways}
        args: list[str | int] = []
        for tp, way in ways.items():
            args += (named[tp], way.start, way.end, way.begin)
        with map_errors(f"saying how far {len(ways)} partitions are written"):
            # Asked after everything was written: it was written to these servers, or before them.
            servers = servers_of(self._store)
            there, meant = self._written_to
            process, replies = self._scripts.bookmark(
                [
                    now.astimezone(UTC).isoformat(),
                    servers,
                    token,
                    meant if servers == there else "",
                    " ".join(f"{topic}@{known}" for topic, known in self._ids.items()),
                    *args,
                ]
            )
        if (servers, process) != self._written_to:
            self._written_to = (servers, process)
            message = "a server of the store was replaced: it may lack what was just written"
            raise StoreUnavailable(message)
        told = iter(replies)
        return {
            tp: Place(None if here < 0 else here, once)
            for tp, here, once in zip(ways, told, told, strict=True)
            if here != _HELD
        }
