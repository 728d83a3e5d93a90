"""A replay as a machine without a clock of its own: what is due, and what every request does."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from producers.schedule import Schedule
from vigil import pace as paces
from vigil.replaying import State

if TYPE_CHECKING:
    from vigil.pace import Pace
    from vigil.replaying import Request

# The most that is sent before the clock is said again and requests are heard.
MOST_DUE: Final = 500
# Time in which nobody asked what is due, beyond this, did not pass: the clock never runs ahead of
# a broker that is slow or away, nor through the night of a machine that slept.
MOST_SECONDS: Final = 1.0
# In a loop the last board stands for so long before it begins again.
HOLD_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Player:
    """Where a replay stands. Every method returns the next one and changes nothing.

    Articles before ``sent`` are with Kafka, and none of them is sent again. Where the clock jumped
    forward, what it jumped over is due at once; where it jumped back, nothing is, until it has come
    to where it was: what came later is still in the store, which knows what was known when.

    Attributes:
        schedule: The moments of the articles, and the pace.
        at: The moment (seconds of a clock that never goes back) all of this was so.
        state: Whether it goes on by itself.
        position: How many articles the clock has passed.
        since: The moment the clock left last: of the last article, or one that was jumped to.
        passed: How much of the way from there to the next article it has gone, below 1.
        sent: How many articles Kafka has acknowledged.
        loop: Whether it begins again at its end.
    """

    schedule: Schedule
    at: float
    state: State = "playing"
    position: int = 0
    since: datetime = datetime.min  # noqa: DTZ901  # stands for the first moment of the schedule
    passed: float = 0.0
    sent: int = 0
    loop: bool = False

    def __post_init__(self) -> None:
        if self.since.tzinfo is None:
            object.__setattr__(self, "since", self.schedule.first)

    @property
    def total(self) -> int:
        """How many articles there are."""
        return len(self.schedule.moments)

    @property
    def at_end(self) -> bool:
        """Whether the clock has passed every article."""
        return self.position == self.total

    @property
    def done(self) -> bool:
        """Whether every article was sent and nothing goes on by itself."""
        return self.at_end and self.sent == self.total and self.state != "playing"

    @property
    def clock(self) -> datetime:
        """The time of publication that is now replayed."""
        if self.at_end:
            return self.since
        return self.since + (self.schedule.moments[self.position] - self.since) * self.passed

    @property
    def seconds_to_next(self) -> float:
        """How long the next article is still waited for."""
        return self._wait() * (1 - self.passed)

    @property
    def seconds_left(self) -> float:
        """How long it takes to the last article, at this pace and undisturbed."""
        if self.at_end:
            return 0.0
        return self.seconds_to_next + self.schedule.seconds_after(self.position)

    @property
    def due(self) -> range:
        """The numbers of the articles that are to be sent now, the first first."""
        return range(self.sent, max(self.sent, min(self.position, self.sent + MOST_DUE)))

    def acknowledged(self, upto: int) -> Player:
        """Return it with every article before a number sent."""
        return replace(self, sent=max(self.sent, upto))

    def advanced(self, now: float) -> Player:
        """Return it as it stands at a moment, after at most ``MOST_DUE`` more articles."""
        left = min(max(0.0, now - self.at), MOST_SECONDS)
        if self.state != "playing" or self.sent < self.position:
            return replace(self, at=now)
        moved, moments = replace(self, at=now), self.schedule.moments
        for number in range(self.position, min(self.total, self.position + MOST_DUE)):
            need = moved.seconds_to_next
            if left < need:
                # Below 1, whatever the rounding: it comes when it is due and not before.
                gone = moved.passed + left / moved._wait()  # noqa: SLF001  # another of our own
                return replace(moved, passed=min(gone, _JUST_BEFORE))
            left -= need
            moved = replace(moved, position=number + 1, since=moments[number], passed=0.0)
        return moved._held(left) if moved.at_end else moved  # noqa: SLF001  # likewise

    def asked(self, request: Request) -> Player:
        """Return it after a request; one that means nothing here changes nothing."""
        action, moved = request.action, self
        match action:
            case "play":
                moved = self._jumped_to_start() if self.at_end else self
                moved = replace(moved, state="playing")
            case "pause" | "step" | "back":
                moved = replace(self._stepped(_STEPS[action]), state="paused")
            case "jump":
                moved = self._jumped(datetime.fromisoformat(request.value))
            case "begin":
                moved = self._jumped_to_start()
            case "pace":
                moved = self.at_pace(paces.decode(request.value))
            case "faster" | "slower":
                moved = self.at_pace(self.schedule.pace.stepped(_STEPS[action]))
            case "loop":
                moved = replace(self, loop=request.value != "off")
            case "stop":
                moved = replace(self, state="stopped")
        return moved

    def at_pace(self, pace: Pace) -> Player:
        """Return it at another pace; the clock stands where it stood."""
        return replace(self, schedule=self.schedule.at_pace(pace))

    def _wait(self) -> float:
        """Return how long the way takes that the clock is on."""
        if self.at_end:
            return HOLD_SECONDS
        if not self.position:
            return 0.0  # nothing was before the first, so nothing is waited for
        apart = self.schedule.moments[self.position] - self.since
        return self.schedule.pace.seconds(apart.total_seconds())

    def _held(self, seconds: float) -> Player:
        """Return it so many seconds on from its end."""
        if not self.loop:
            return replace(self, state="paused", passed=0.0)
        passed = self.passed + seconds / HOLD_SECONDS
        return self._jumped_to_start() if passed >= 1 else replace(self, passed=passed)

    def _stepped(self, steps: int) -> Player:
        position = min(max(0, self.position + steps), self.total)
        if position == self.position:
            return self
        since = self.schedule.moments[position - 1] if position else self.schedule.first
        return replace(self, position=position, since=since, passed=0.0)

    def _jumped(self, moment: datetime) -> Player:
        """Return it at a moment: what was published by then has been passed, and no more."""
        moments = self.schedule.moments
        if moment < moments[0]:
            return self._jumped_to_start()
        since = min(moment, moments[-1])
        return replace(self, position=bisect_right(moments, since), since=since, passed=0.0)

    def _jumped_to_start(self) -> Player:
        return replace(self, position=0, since=self.schedule.first, passed=0.0)


_JUST_BEFORE: Final = 1 - 1e-12
_STEPS: Final = {"pause": 0, "step": 1, "back": -1, "faster": 1, "slower": -1}


def player(
    plan: Schedule, *, now: float, position: int = 0, sent: int = 0, clock: datetime | None = None
) -> Player:
    """Return a replay at its beginning, or where one stood that was broken off."""
    since = plan.moments[position - 1] if position else plan.first
    if clock is not None:
        ahead = plan.moments[position] if position < len(plan.moments) else plan.last
        since = min(max(since, clock), ahead)
    return Player(plan, now, position=position, since=since, sent=sent)
