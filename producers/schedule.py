"""When each article of a corpus comes in a replay: its order, its moments, the waits between."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from vigil.article import BEFORE_ALL
from vigil.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# More stretches than these are no columns on a screen any more.
MOST_STRETCHES: Final = 120
_ID_BYTES: Final = 12


class Undated(StrEnum):
    """Where articles without a date come: they have no place in time, so a rule gives them one."""

    FIRST = "first"
    LAST = "last"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The moments of a corpus in the order of the replay, and the waits between at a pace.

    Attributes:
        moments: When each article was published (aware), never falling. An undated one has the
            moment of the first dated article where it comes first, of the last where it comes last.
        pace: How fast it goes.
        due: How many seconds after the start each article comes, undisturbed.
    """

    moments: tuple[datetime, ...]
    pace: Pace
    due: tuple[float, ...]

    @property
    def first(self) -> datetime:
        """The moment the clock starts at."""
        return self.moments[0]

    @property
    def last(self) -> datetime:
        """The moment the clock ends at."""
        return self.moments[-1]

    def at_pace(self, pace: Pace) -> Schedule:
        """Return the same articles at another pace."""
        return self if pace == self.pace else schedule(self.moments, pace)

    def seconds_after(self, position: int) -> float:
        """Return how long it takes from the article at a position to the last."""
        return self.due[-1] - self.due[position]


def schedule(moments: Sequence[datetime], pace: Pace) -> Schedule:
    """Return the schedule of articles with these moments; there is at least one."""
    waits = (
        pace.seconds((later - earlier).total_seconds()) for earlier, later in pairwise(moments)
    )
    return Schedule(tuple(moments), pace, tuple(accumulate(waits, initial=0.0)))


def moments_of(seen: Iterable[datetime]) -> list[datetime]:
    """Return the moment of each article; the undated have that of the dated one next to them.

    Args:
        seen: When each became known, in the order of the replay; the undated stand together.
    """
    found = list(seen)
    known = [one for one in found if one > BEFORE_ALL]
    first, last = (known[0], known[-1]) if known else (BEFORE_ALL, BEFORE_ALL)
    begun = False
    for number, one in enumerate(found):
        begun = begun or one > BEFORE_ALL
        if one <= BEFORE_ALL:
            found[number] = last if begun else first
    return found


def corpus_id(articles: Iterable[tuple[str, str]]) -> str:
    """Return what tells these articles in this order from all others, wherever they are read.

    Args:
        articles: Id and revision of each.
    """
    digest = blake2b(digest_size=_ID_BYTES)
    for name, revision in articles:
        digest.update(f"{name} {revision}\n".encode())
    return digest.hexdigest()


def stretches(moments: Iterable[datetime]) -> tuple[tuple[str, int], ...]:
    """Return the days with articles, each its first day and how many; of many days in a column.

    Days without an article are left out. Where there are too many days, they are gathered to
    weeks, to months, or to years.
    """
    days = Counter(moment.astimezone(UTC).date() for moment in moments)
    for begin in (_day, _week, _month, _year):
        found: Counter[date] = Counter()
        for day, count in days.items():
            found[begin(day)] += count
        if len(found) <= MOST_STRETCHES:
            break
    return tuple((day.isoformat(), count) for day, count in sorted(found.items()))


def _day(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday()) if day.toordinal() > day.weekday() else day


def _month(day: date) -> date:
    return day.replace(day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)
