"""How each source of news does, as the reader of feeds tells it through Redis.

``vigil feed`` writes one value a source; whoever shows health reads them and asks ``standing``.
It is told, not counted: a lost hash is filled again by the next round, and no number rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vigil import keys, wire
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["broken", "partly", "not asked", "silent", "well"]

# A desk that lists nothing new for so long is either closed or has moved its feed.
SILENT_AFTER = timedelta(days=3)
# Nobody asked although it was due so long ago: the reader is not running.
_OVERDUE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Source:
    """How one source does.

    Attributes:
        url: Its address, without user and password.
        title: Its name, or "".
        asked_at: When it was last asked (aware).
        due_at: When it is asked again.
        ok_at: When it last answered well, a "nothing new" included, or None: never.
        error: What is wrong with it since then, in words, or None.
        error_at: When that was last so, or None.
        failures: How often it failed in a row.
        trouble: What kept pages it lists from being read in the last round, in words, or None.
        seen: How many items it ever listed.
        sent: How many articles and revisions of it the broker has.
        newest_at: When it last listed something new, or None: it is silent since then.
    """

    url: str
    title: str
    asked_at: datetime
    due_at: datetime
    ok_at: datetime | None = None
    error: str | None = None
    error_at: datetime | None = None
    failures: int = 0
    trouble: str | None = None
    seen: int = 0
    sent: int = 0
    newest_at: datetime | None = None


class Standing(NamedTuple):
    """A source, what its state is, and why, in words for a person ("" where all is well)."""

    source: Source
    state: State
    words: str


def standing(
    sources: Iterable[Source], *, now: datetime, silent_after: timedelta = SILENT_AFTER
) -> list[Standing]:
    """Return the sources with their states, what needs a person first, then by address."""
    order: tuple[State, ...] = ("broken", "partly", "not asked", "silent", "well")
    judged = [_judged(source, now, silent_after) for source in sources]
    return sorted(judged, key=lambda one: (order.index(one.state), one.source.url))


def write(store: Any, source: Source) -> None:
    """Tell how a source does.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors(f"writing how {source.url} does"):
        store.hset(keys.SOURCES, source.url, wire.encode(source).decode())


def read(store: Any) -> list[Source]:
    """Return how all sources do that anybody told of, by address.

    Raises:
        StoreUnavailable: Redis does not answer.
        WireError: What is stored was written by an incompatible Vigil.
    """
    with map_errors("reading how the sources do"):
        told = store.hgetall(keys.SOURCES)
    return [wire.decode(told[url], Source) for url in sorted(told)]


def forget(store: Any, url: str) -> None:
    """Tell of a source no more.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors(f"forgetting {url}"):
        store.hdel(keys.SOURCES, url)


def _judged(source: Source, now: datetime, silent_after: timedelta) -> Standing:
    if source.error:
        since = f"; last well {_ago(source.ok_at, now)}" if source.ok_at else "; never well yet"
        return Standing(source, "broken", source.error + since)
    if now - source.due_at > _OVERDUE:
        words = f"not asked since {_ago(source.asked_at, now)}: is vigil feed running?"
        return Standing(source, "not asked", words)
    if source.trouble:
        return Standing(source, "partly", source.trouble)
    if source.newest_at is None:
        return Standing(source, "silent", "has never listed anything")
    if now - source.newest_at > silent_after:
        return Standing(source, "silent", f"nothing new since {_ago(source.newest_at, now)}")
    return Standing(source, "well", "")


def _ago(when: datetime, now: datetime) -> str:
    minutes = max(0, int((now - when).total_seconds() // 60))
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count:,} {name}{'s' if count > 1 else ''} ago"
    return "a moment ago"
