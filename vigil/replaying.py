"""The one clock of a replay, as it stands in Redis, and what can be asked of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from vigil import pace as paces
from vigil.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping

# A hash; its fields are those of ``Replaying``, and some of the scripts' own (vigil/lua/).
KEY: Final = "vigil:{all}:replay"
# A sorted set: what was asked, by the number it was given.
REQUESTS: Final = "vigil:{all}:replay:requests"
# A string that expires: whoever holds it is the one that moves the clock.
LEASE: Final = "vigil:{all}:replay:lease"

State = Literal["playing", "paused", "stopped"]
Action = Literal[
    "play", "pause", "step", "back", "jump", "begin", "pace", "faster", "slower", "loop", "stop"
]
_ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of a replay.

    Attributes:
        token: Tells it from every other, so that one that is sent twice counts once.
        action: What is to be done.
        value: A moment for "jump" (ISO 8601), a pace for "pace", "on" or "off" for "loop", else "".
    """

    token: str
    action: Action
    value: str = ""

    def encode(self) -> str:
        """Return it as one text; a pace has a blank in it, so the value stands last."""
        return f"{self.token} {self.action} {self.value}"


def decode_request(text: str) -> Request | None:
    """Return the request of a text; None where it is none, for what is in Redis is not ours alone.

    A request that comes back can be done: its moment has a zone, its pace is one.
    """
    token, action, value = [*text.split(" ", 2), "", ""][:_PARTS]
    if action not in _ACTIONS:
        return None
    try:
        if action == "jump" and datetime.fromisoformat(value).tzinfo is None:
            return None
        if action == "pace":
            paces.decode(value)
    except ValueError:
        return None
    return Request(token, action, value)


@dataclass(frozen=True, slots=True)
class Replaying:
    """A replay as it stood when it last spoke.

    Attributes:
        corpus: Tells its articles, in their order, from every other corpus.
        name: What the corpus is called, for people.
        state: "stopped" when it came to its end or was ended; until then it holds the pages.
        pace: How fast it goes.
        loop: Whether it begins again after its end.
        position: How many of its articles the clock has passed, of ``total``.
        sent: How many of them Kafka has acknowledged, from the first on; more than ``position``
            after a jump back.
        total: How many articles there are.
        clock: The time of publication that is now replayed (aware).
        first: The first time of publication in the corpus.
        last: The last.
        seconds_left: How long the rest takes at this pace.
        days: Stretches of days with articles, each its first day and how many articles.
        updated_at: When it last spoke, by the clock of Redis; None before it was ever written.
        held: Whether a replay is alive that moves the clock.
    """

    corpus: str
    name: str
    state: State
    pace: Pace
    loop: bool
    position: int
    sent: int
    total: int
    clock: datetime
    first: datetime
    last: datetime
    seconds_left: float
    days: tuple[tuple[str, int], ...] = ()
    updated_at: datetime | None = None
    held: bool = True

    @property
    def on(self) -> bool:
        """Whether pages show the replay's time and not the present."""
        return self.state != "stopped"

    @property
    def broken_off(self) -> bool:
        """Whether it died without a word: the clock stands where it was."""
        return self.on and not self.held

    @property
    def at_end(self) -> bool:
        """Whether the clock has passed every article."""
        return self.position >= self.total

    @property
    def complete(self) -> bool:
        """Whether it is at its end and Kafka has everything: then it can only begin again."""
        return self.at_end and self.sent >= self.total

    def fields(self) -> dict[str, str]:
        """Return it as fields of the hash, without what only the scripts write."""
        return {
            "corpus": self.corpus,
            "name": self.name,
            "state": self.state,
            "pace": paces.encode(self.pace),
            "loop": "on" if self.loop else "off",
            "position": str(self.position),
            "sent": str(self.sent),
            "total": str(self.total),
            "clock": self.clock.astimezone(UTC).isoformat(),
            "first": self.first.astimezone(UTC).isoformat(),
            "last": self.last.astimezone(UTC).isoformat(),
            "seconds-left": f"{self.seconds_left:.1f}",
            "days": json.dumps(self.days),
        }


def parse(fields: Mapping[str, str], *, held: bool) -> Replaying | None:
    """Return what the fields of the hash say; None where nothing was ever replayed."""
    if "corpus" not in fields:
        return None
    updated = fields.get("updated-at")
    return Replaying(
        corpus=fields["corpus"],
        name=fields["name"],
        state=cast("State", fields["state"]),
        pace=paces.decode(fields["pace"]),
        loop=fields["loop"] == "on",
        position=int(fields["position"]),
        sent=int(fields["sent"]),
        total=int(fields["total"]),
        clock=datetime.fromisoformat(fields["clock"]),
        first=datetime.fromisoformat(fields["first"]),
        last=datetime.fromisoformat(fields["last"]),
        seconds_left=float(fields["seconds-left"]),
        days=tuple((str(day), int(count)) for day, count in json.loads(fields["days"])),
        updated_at=datetime.fromtimestamp(float(updated), UTC) if updated else None,
        held=held,
    )


def parse_moment(text: str) -> datetime:
    """Return the moment a person means: ``2022-02-24``, ``2022-02-24 19:00``, with a zone or UTC.

    Raises:
        ValueError: It is none.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"{text.strip()!r} is no date: say it like 2022-02-24 or 2022-02-24T19:00"
        raise ValueError(message) from None
