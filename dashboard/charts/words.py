"""Numbers, kinds and moments as people read them; the same on charts, in tables and in text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from vigil.article import BEFORE_ALL

if TYPE_CHECKING:
    from datetime import date, timedelta

    from vigil.claim import Authority, Kind
    from vigil.estimate import Bucket


@dataclass(frozen=True, slots=True)
class KindWords:
    """How one kind is spoken of: its name in a menu, its headline, and what it is not."""

    menu: str
    headline: str
    caveat: str


KINDS: Final[dict[Kind, KindWords]] = {
    "detention": KindWords(
        "Detentions", "reported detentions", "detentions, not people; reported, not verified"
    ),
    "protest": KindWords(
        "Protesters",
        "reported attendances at protests",
        "attendances, not people; reported, not verified",
    ),
    "petition": KindWords(
        "Signatures", "reported signatures", "signatures, not people; reported, not verified"
    ),
    "prosecution": KindWords(
        "Prosecutions", "reported prosecutions", "cases, not people; reported, not verified"
    ),
}

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def number(value: int) -> str:
    """``1,667``."""
    return f"{value:,}"


def span(low: int, high: int | None) -> str:
    """``500\N{EN DASH}1,450``, ``1,600 or more`` where open upward, one number where they agree."""
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)}\N{EN DASH}{number(high)}"


def day_text(day: date) -> str:
    """``24 Feb 2022``."""
    return f"{day.day} {day:%b} {day.year}"


def when_text(bucket: Bucket) -> str:
    """Return the day or the period of a bucket, or ``undated``."""
    if bucket.period:
        return _period_text(*bucket.period)
    return day_text(bucket.day) if bucket.day else "undated"


def _period_text(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{day_text(first)} \N{EN DASH} {day_text(last)}"
    return f"until {day_text(last)}" if last else f"since {day_text(first)}" if first else ""


def moment(when: datetime | None) -> str:
    """``24 Feb 2022, 18:20 UTC``; in words where it is not known."""
    if when is None or when <= BEFORE_ALL:
        return "time not known"
    when = when.astimezone(UTC)
    return f"{day_text(when.date())}, {when:%H:%M} UTC"


def moment_exact(when: datetime) -> str:
    """Return ``moment`` with the seconds, where it has any: two changes may share a minute."""
    whole = when.second == when.microsecond == 0
    return moment(when) if whole or when <= BEFORE_ALL else moment(when)[:-4] + f":{when:%S} UTC"


def authority_text(authority: Authority) -> str:
    """``OVD-Info (monitor)``; in words where nobody is named."""
    if authority.kind == "unattributed":
        return authority.name or "nobody named"
    return f"{authority.name} ({authority.kind})" if authority.name else authority.kind


def age(passed: timedelta) -> str:
    """``4 s``, ``12 min``, ``3 h``, ``5 days``: how long ago, rounded down."""
    seconds = max(0, int(passed.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY:,} days"


def rest_text(*, by_source: bool) -> str:
    """Return what the part of a country's figure is called that no city has.

    Where sources are filtered, other sources may well have stated its cities.
    """
    return "the rest" if by_source else "city not stated"


def unread_text(*, filtered: bool) -> str:
    """Return why a day has no bar; where places or sources are filtered, others may have one."""
    return "nothing that fits" if filtered else "nothing read"


def plain(text: str) -> str:
    """Return text in the form plotly shows as it stands: plotly reads ``<b>`` and the like."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
