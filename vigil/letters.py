"""Dead letters as the health view lists them: what failed, where and why; never the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from vigil import keys, wire
from vigil.errors import WireError
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from redis import Redis

Action = Literal["requeue", "discard"]

# The newest so many are listed; Kafka keeps all of them for thirty days.
KEPT = 200
_ALL = (keys.DEAD, keys.DEAD_WISHES, keys.DEAD_DEEDS)


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter, without what it holds.

    Attributes:
        id: "PARTITION-OFFSET" on the topic ``articles.dead``.
        stage: Who could not handle it: "extract", "aggregate".
        reason: Why, in words that hold nothing of the article.
        origin: Where it came from: "TOPIC[PARTITION]@OFFSET".
        at: When it was put there (aware).
        size: How many bytes it has.
    """

    id: str
    stage: str
    reason: str
    origin: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for on the page of health.

    Attributes:
        action: What is to be done.
        at: When it was asked (aware).
        refused: Why it cannot be done; "" while it is yet to be tried.
    """

    action: Action
    at: datetime
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done with a letter.

    Attributes:
        did: "requeued" or "discarded".
        at: When (aware).
        letter: When the letter was put there: another of the same id is another letter.
    """

    did: str
    at: datetime
    letter: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter on the list.

    Attributes:
        letter: The letter.
        wish: What a person asks for, or None.
        deed: What was done with it, or None.
    """

    letter: Letter
    wish: Wish | None = None
    deed: Deed | None = None


def letter_of(record: Any) -> Letter:
    """Return what is listed of a record of topic ``articles.dead``."""
    headers = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
    where = (headers.get(name, "?") for name in ("topic", "partition", "offset"))
    return Letter(
        id=f"{record.partition}-{record.offset}",
        stage=headers.get("stage", "unknown"),
        reason=headers.get("error", "no reason was given"),
        origin="{}[{}]@{}".format(*where),
        at=datetime.fromtimestamp(max(0, record.timestamp or 0) / 1000, UTC),
        size=len(record.value or b""),
    )


def deed_of(record: Any) -> tuple[str, Deed] | None:
    """Return the letter's id and what was done with it; None for what cannot be read."""
    try:
        return (record.key or b"").decode(errors="replace"), wire.decode(record.value or b"", Deed)
    except WireError:
        return None


class LetterList:
    """The list in Redis. Every change can be made twice, late, and by several."""

    def __init__(self, store: Redis) -> None:
        self._store = store

    def add(self, letters: Iterable[Letter]) -> None:
        """Put letters on the list; those that are older than the newest ``KEPT`` fall off.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        fields = {one.id: wire.encode(one) for one in letters}
        if not fields:
            return
        with map_errors("listing dead letters"):
            with self._store.pipeline(transaction=False) as pipe:
                for name, text in fields.items():
                    pipe.hset(keys.DEAD, name, text)
                pipe.execute()
            known: Any = self._store.hgetall(keys.DEAD)
            found = sorted(_parsed(known, Letter).values(), key=lambda one: (one.at, one.id))
            gone = [one.id for one in found[:-KEPT]]
            for key in _ALL if gone else ():
                self._store.hdel(key, *gone)

    def read(self) -> tuple[Listed, ...]:
        """Return the list, the newest first.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the dead letters"), self._store.pipeline(transaction=False) as p:
            for key in _ALL:
                p.hgetall(key)
            texts = p.execute()
        letters, wishes, deeds = (
            _parsed(text, kind) for text, kind in zip(texts, (Letter, Wish, Deed), strict=True)
        )
        found = []
        for name, letter in letters.items():
            deed = deeds.get(name)
            mine = deed if deed and deed.letter == letter.at else None
            found.append(Listed(letter, wishes.get(name), mine))
        return tuple(sorted(found, key=lambda one: (one.letter.at, one.letter.id), reverse=True))

    def wish(self, name: str, wish: Wish) -> None:
        """Say what is to be done with a letter, or why that cannot be.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("asking for a dead letter"):
            self._store.hset(keys.DEAD_WISHES, name, wire.encode(wish))

    def wished(self) -> bool:
        """Return whether anything is asked for.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("asking for wishes"):
            return bool(self._store.hlen(keys.DEAD_WISHES))

    def settle(self, deeds: Iterable[tuple[str, Deed]]) -> None:
        """Say what was done with letters: nothing is to be done with them any more.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        done = {name: wire.encode(deed) for name, deed in deeds}
        if done:
            with map_errors("settling dead letters"):
                for name, text in done.items():
                    self._store.hset(keys.DEAD_DEEDS, name, text)
                self._store.hdel(keys.DEAD_WISHES, *done)


def _parsed(fields: Mapping[str, str], kind: type[Any]) -> dict[str, Any]:
    """Return what can be read; what another version of Vigil wrote otherwise is left out."""
    found = {}
    for name, text in fields.items():
        try:
            found[name] = wire.decode(text, kind)
        except WireError:
            continue
    return found
