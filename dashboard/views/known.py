"""The moment of the past that a page is asked for: ``known=2022-02-24T19:04Z`` in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dashboard.charts.words import moment_exact

KNOWN: Final = "known"  # its name in an address
_MOST_LETTERS: Final = 40  # of what makes no sense, quoted


@dataclass(frozen=True, slots=True)
class Known:
    """What an address asks for.

    Attributes:
        moment: The moment (aware, UTC); None for now.
        problem: In words why what was asked for cannot be shown; "" where it can.
        replayed: Whether it is a replay's clock, which nobody asked for and the page says on top.
    """

    moment: datetime | None = None
    problem: str = ""
    replayed: bool = False


NOW: Final = Known()


def read_known(text: str, now: datetime) -> Known:
    """Return which moment an address asks for; what makes no sense is said, and now is shown.

    Args:
        text: As it stands in the address; "" for now.
        now: The time of the screen (aware): nothing is known of what lies ahead.
    """
    if not text.strip():
        return NOW
    try:
        # In an address a plus is a blank: "...T22:04+03:00" arrives without it.
        asked = datetime.fromisoformat(text.strip().replace(" ", "+"))
        found = asked.astimezone(UTC) if asked.tzinfo else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        return Known(problem=_no_moment(text))
    if found > now:
        return Known(problem=f"{moment_exact(found)} lies ahead: this is what is known now.")
    return Known(found)


def known_code(moment: datetime) -> str:
    """Return a moment in a form fit for an address, as short as it can be."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    whole = "auto" if utc.second or utc.microsecond else "minutes"
    return f"{utc.isoformat(timespec=whole)}Z"


def _no_moment(text: str) -> str:
    shown = text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}\N{HORIZONTAL ELLIPSIS}"
    return (
        f"\N{LEFT DOUBLE QUOTATION MARK}{shown}\N{RIGHT DOUBLE QUOTATION MARK} is no moment with "
        "its zone, like 2022-02-24T19:04Z: this is what is known now."
    )
