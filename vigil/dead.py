"""Dead letters: what they are, which of them a person has dealt with, and dealing with them.

A log keeps what was written: Kafka deletes no single message. So what was done with a dead letter
stands on a topic of its own, ``articles.dead.handled``, under the letter's id; both are forgotten
with time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from vigil import broker, topics
from vigil.errors import DeadLetterError
from vigil.letters import deed_of
from vigil.replay import batches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from vigil.settings import Settings

    Deed = Literal["requeued", "discarded"]

_AT_A_TIME = 200
_ACK_SECONDS = 30
TRIES = "tries"
"""Header that counts how often a message was put back."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a person did with a dead letter, and when."""

    deed: Deed
    at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not be read or handled.

    Attributes:
        id: Where it stands on ``articles.dead``: "PARTITION-OFFSET".
        stage: What could not handle it ("extract", "aggregate").
        reason: Why, without any text of the article.
        topic: The topic it came from, with partition and offset there.
        partition: See ``topic``.
        offset: See ``topic``.
        at: When it was put here (aware).
        tries: How often it had been put back before.
        key: As received.
        value: As received; None: a tombstone.
        size: Bytes of its value.
        handled: What a person did with it, None where nobody did anything yet.
    """

    id: str
    stage: str
    reason: str
    topic: str
    partition: int
    offset: int
    at: datetime
    tries: int
    key: bytes | None
    value: bytes | None
    size: int
    handled: Handled | None = None

    @property
    def origin(self) -> str:
        """Where it came from, for people."""
        return f"{self.topic}[{self.partition}]@{self.offset}"


def letters(settings: Settings) -> Iterator[DeadLetter]:
    """Yield all dead letters that Kafka still has, one in memory at a time.

    Raises:
        BrokerUnavailable: Kafka does not answer.
        BrokerError: The topic is not there.
    """
    handled = _handled(settings)
    for batch in batches(settings, topics.DEAD, max_records=_AT_A_TIME):
        for record in batch.records:
            yield _letter(record, handled)


def without_text(letter: DeadLetter) -> DeadLetter:
    """Return a letter without what it says: many of them are to fit into memory."""
    return replace(letter, value=None)


def find(settings: Settings, ids: Collection[str], *, text: bool = False) -> list[DeadLetter]:
    """Return the dead letters of these ids, in the order of the topic; what they say on demand.

    Raises:
        DeadLetterError: There is none of that id.
        BrokerUnavailable: Kafka does not answer.
    """
    found = [
        letter if text else without_text(letter) for letter in letters(settings) if letter.id in ids
    ]
    missing = sorted(set(ids) - {letter.id for letter in found})
    if missing:
        message = f"there is no dead letter {', '.join(missing)}: see vigil dead-letters list --all"
        raise DeadLetterError(message)
    return found


def requeue(settings: Settings, some: Sequence[DeadLetter]) -> Iterator[tuple[DeadLetter, str]]:
    """Send letters back, as received, to the topics they came from; skip those dealt with.

    Yields:
        Each letter with "" once it is sent and noted, or with the reason why it was not. Whoever
        dies in between sends it again next time, which changes nothing.

    Raises:
        BrokerUnavailable: Kafka does not answer.
    """
    replaced = _replaced(settings, some)
    with broker.make_producer(settings) as producer:
        for letter in _again(settings, some):
            reason = _unfit(letter, replaced)
            if not reason:
                headers = [(TRIES, str(letter.tries + 1).encode())]
                with broker.map_errors(f"sending {letter.id} back to {letter.topic}"):
                    producer.send(
                        letter.topic, key=letter.key, value=letter.value, headers=headers
                    ).get(_ACK_SECONDS)
                _note(producer, letter, "requeued")
            yield letter, reason


def discard(settings: Settings, some: Sequence[DeadLetter]) -> Iterator[tuple[DeadLetter, str]]:
    """Note of letters that nothing is to be done; skip those dealt with. As ``requeue``."""
    with broker.make_producer(settings) as producer:
        for letter in _again(settings, some):
            reason = f"{letter.handled.deed} already" if letter.handled else ""
            if not reason:
                _note(producer, letter, "discarded")
            yield letter, reason


def _again(settings: Settings, some: Sequence[DeadLetter]) -> Iterator[DeadLetter]:
    """Yield letters with what they say, one in memory at a time."""
    wanted = {letter.id for letter in some}
    return (letter for letter in letters(settings) if letter.id in wanted)


def _unfit(letter: DeadLetter, replaced: Collection[str]) -> str:
    if letter.handled:
        return f"{letter.handled.deed} already"
    if letter.id in replaced:
        return f"a newer message of the same key stands on {letter.topic}: discard this one"
    if letter.topic not in {topic.name for topic in topics.ALL}:
        return f"it came from {letter.topic or 'nowhere'}, no topic of Vigil's"
    if letter.key is None and letter.value is None:
        return "it has neither key nor value"
    return ""


def _replaced(settings: Settings, some: Sequence[DeadLetter]) -> set[str]:
    """Return the ids of letters whose key has a newer message on a compacted topic.

    Compaction keeps the last message of a key: an old one that is put back behind a newer one
    would push it out, and a rebuild would bring back what was replaced.
    """
    found = set()
    for topic in topics.ALL:
        mine = {one.key: one for one in some if one.topic == topic.name and one.key is not None}
        if not mine or "compact" not in topic.configs.get("cleanup.policy", ""):
            continue
        for batch in batches(settings, topic, max_records=_AT_A_TIME):
            for record in batch.records:
                one = mine.get(record.key)
                if one and (record.partition != one.partition or record.offset > one.offset):
                    found.add(one.id)
    return found


def _note(producer: Any, letter: DeadLetter, deed: Deed) -> None:
    """Write what was done with a letter, under its id."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    # Its moment too: a topic that is made anew counts its offsets anew.
    value = {"did": deed, "at": now, "letter": letter.at.isoformat()}
    with broker.map_errors(f"noting on {topics.HANDLED.name} what was done with {letter.id}"):
        producer.send(
            topics.HANDLED.name, key=letter.id.encode(), value=json.dumps(value).encode()
        ).get(_ACK_SECONDS)


def _handled(settings: Settings) -> dict[tuple[str, str], Handled]:
    """Return what was done, by id and moment of the letter."""
    reader = broker.make_reader(settings, topics.HANDLED)
    is_there = bool(reader.assignment())  # not where no service of this version ever started
    reader.close()
    found: dict[tuple[str, str], Handled] = {}
    if not is_there:
        return found
    for batch in batches(settings, topics.HANDLED, max_records=_AT_A_TIME):
        for record in batch.records:
            noted = deed_of(record)
            if noted:  # what cannot be read deals with no letter
                name, deed = noted
                handled = Handled(cast("Deed", deed.did), deed.at)
                found[name, deed.letter.astimezone(UTC).isoformat()] = handled
    return found


def _letter(record: Any, handled: dict[tuple[str, str], Handled]) -> DeadLetter:
    headers = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
    name = f"{record.partition}-{record.offset}"
    at = datetime.fromtimestamp(max(0, record.timestamp or 0) / 1000, UTC)
    return DeadLetter(
        id=name,
        stage=headers.get("stage", "unknown"),
        reason=headers.get("error", ""),
        topic=headers.get("topic", ""),
        partition=_number(headers.get("partition")),
        offset=_number(headers.get("offset")),
        at=at,
        tries=_number(headers.get(TRIES)),
        key=record.key,
        value=record.value,
        size=len(record.value or b""),
        handled=handled.get((name, at.isoformat())),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
