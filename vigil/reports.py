"""What a running service says of itself: how far behind it is, how fast and how late it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from vigil import wire
from vigil.errors import WireError

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["running", "retrying", "stopped"]

# A service says something every second. One that has said nothing for so long has died, or hangs
# as a whole: two busy cores alone do not keep it from speaking.
SILENT_AFTER = timedelta(seconds=10)
# A silent one is forgotten by the others of its kind, and by nobody while there is no other.
FORGOTTEN_AFTER = timedelta(minutes=5)
# Rates are those of the last minute; waits those of the last five, the newest so many of them.
RATE_SECONDS = 60
WAIT_SECONDS = 300
WAITS_KEPT = 200

# The header of a message of topic ``claims``: when its article was sent to topic ``articles``, in
# milliseconds since 1970, as the broker or the producer stamped it.
SENT_AT = "sent-at"


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch a service handled last.

    Attributes:
        messages: How many messages it had.
        seconds: How long handling and committing it took.
        done_at: When that was done (aware).
    """

    messages: int
    seconds: float
    done_at: datetime


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What one instance of a service said last.

    Attributes:
        service: What it is: "extract", "aggregate".
        instance: Which one of them: machine and process.
        started_at: When it started (aware).
        at: When it said this (aware).
        state: "retrying" while a batch fails and is tried again, "stopped" after its last word.
        problem: What is wrong, in words; "" while nothing is.
        busy_since: When it began with the batch it has in hand (aware), None between two.
        lag: Topic -> messages of its share that it has yet to handle; None while that is not
            known, as before the group has given it a share, and while the broker is away.
        totals: What is counted ("messages", "articles", "claims") -> how many since its start.
        rates: The same -> how many a second over the last minute.
        batch: The batch it handled last, None before the first.
        waits_ms: How long each of the newest articles was on its way to here, since its producer
            sent it; the newest last.
    """

    service: str
    instance: str
    started_at: datetime
    at: datetime
    state: State = "running"
    problem: str = ""
    busy_since: datetime | None = None
    lag: Mapping[str, int] | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    batch: Batch | None = None
    waits_ms: tuple[int, ...] = ()

    def silent(self, now: datetime) -> bool:
        """Return whether it has ended without a word, or cannot speak."""
        return self.state != "stopped" and now - self.at > SILENT_AFTER

    def alive(self, now: datetime) -> bool:
        """Return whether it is there."""
        return self.state != "stopped" and not self.silent(now)

    def forgettable(self, now: datetime) -> bool:
        """Return whether others of its kind may take its word off the list."""
        return now - self.at > FORGOTTEN_AFTER


def field_of(report: ServiceReport) -> str:
    """Return the field of the hash ``keys.SERVICES`` that holds an instance's report."""
    return f"{report.service} {report.instance}"


def parse(fields: Mapping[str, str]) -> tuple[ServiceReport, ...]:
    """Return what the fields of the hash say, sorted by service, then the eldest instance first.

    What another version of Vigil wrote in a way this one cannot read is left out: it is told
    anew within a second.
    """
    found = (_report(text) for text in fields.values())
    return tuple(
        sorted(
            (one for one in found if one),
            key=lambda one: (one.service, one.started_at, one.instance),
        )
    )


def _report(text: str) -> ServiceReport | None:
    try:
        return wire.decode(text, ServiceReport)
    except WireError:
        return None


def quantile_ms(waits: Iterable[int], share: float) -> int | None:
    """Return the wait that a share of all do not exceed (nearest rank); None without any."""
    ordered = sorted(waits)
    if not ordered:
        return None
    rank = min(len(ordered) - 1, max(0, -(-len(ordered) * share // 1) - 1))
    return ordered[int(rank)]
