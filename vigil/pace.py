"""How fast a replay goes: so much time of the news a second, or so many articles a second."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_SECONDS: Final = {
    "ms": 0.001, "s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0,
}  # fmt: skip
_NAMES: Final = {"w": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
_PARTS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)(?:/([a-z]+))?")
_TIMES: Final = "x"  # 3600x: so many times as fast as it happened

# What "faster" and "slower" go through, and how far: from as it happened to a month a second.
SPEEDS: Final = (
    1.0, 10.0, 60.0, 300.0, 600.0, 1_800.0, 3_600.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0,
    172_800.0, 604_800.0, 2_592_000.0,
)  # fmt: skip
RATES: Final = (
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0,
)  # fmt: skip
# Beyond these no clock can be followed, and a time that is left no longer be said.
_LEAST, _MOST = 0.001, 1e10


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a replay goes: exactly one of speed and rate is there.

    Attributes:
        speed: Seconds of the news in one second.
        rate: Articles a second, evenly, however far apart they were published.
        longest: The longest wait between two articles at a speed, in seconds; None: as long as it
            takes. An archive has months in which nothing happens.
    """

    speed: float | None = None
    rate: float | None = None
    longest: float | None = None

    def __post_init__(self) -> None:
        if (self.speed is None) == (self.rate is None):
            message = "a replay has a speed or a rate"
            raise ValueError(message)

    def seconds(self, apart: float) -> float:
        """Return how long an article is waited for that came so many seconds after the last."""
        if self.rate:
            return 1 / self.rate
        wait = apart / (self.speed or 1.0)
        return wait if self.longest is None else min(wait, self.longest)

    def stepped(self, steps: int) -> Pace:
        """Return a pace so many steps faster; slower where that is negative."""
        if self.rate:
            return Pace(rate=_stepped(self.rate, RATES, steps), longest=self.longest)
        return Pace(speed=_stepped(self.speed or 1.0, SPEEDS, steps), longest=self.longest)


DEFAULT: Final = Pace(speed=3_600.0, longest=2.0)


def _stepped(value: float, ladder: tuple[float, ...], steps: int) -> float:
    for _ in range(abs(steps)):
        above = [one for one in ladder if one > value * 1.0001]
        below = [one for one in ladder if one < value * 0.9999]
        value = (above[0] if above else value) if steps > 0 else (below[-1] if below else value)
    return value


def parse_speed(text: str) -> float:
    """Return seconds of the news a second: ``1d/s``, ``90min/s``, ``3600x``, ``3600``.

    Raises:
        ValueError: It is none of these.
    """
    amount, unit, per = _split(text)
    if unit in {"", _TIMES} and not per:
        return _within(amount, text)
    if unit in _SECONDS and per == "s":
        return _within(amount * _SECONDS[unit], text)
    message = f"{text!r} is no speed: say it like 1d/s, 90min/s or 3600x"
    raise ValueError(message)


def parse_rate(text: str) -> float:
    """Return articles a second: ``50/s``, ``30/min``, ``0.5``.

    Raises:
        ValueError: It is none of these.
    """
    amount, unit, per = _split(text)
    if unit or (per or "s") not in _SECONDS:
        message = f"{text!r} is no rate: say it like 50/s or 30/min"
        raise ValueError(message)
    return _within(amount / _SECONDS[per or "s"], text)


def parse_wait(text: str) -> float | None:
    """Return seconds: ``2s``, ``500ms``, ``1min``, ``2``; None for ``none``.

    Raises:
        ValueError: It is none of these.
    """
    if text.strip().lower() == "none":
        return None
    amount, unit, per = _split(text)
    if per or (unit or "s") not in _SECONDS:
        message = f"{text!r} is no time to wait: say it like 2s, 1min or none"
        raise ValueError(message)
    return amount * _SECONDS[unit or "s"]


def _split(text: str) -> tuple[float, str, str]:
    found = _PARTS.fullmatch(text.strip().lower())
    if found is None:
        message = f"{text!r} begins with no number"
        raise ValueError(message)
    return float(found[1]), found[2], found[3] or ""


def _within(value: float, text: str) -> float:
    if not _LEAST <= value <= _MOST:
        message = f"{text!r} is slower or faster than any replay can be"
        raise ValueError(message)
    return value


def encode(pace: Pace) -> str:
    """Return a pace as a text that ``decode`` reads: ``3600x 2``, ``50/s``."""
    first = f"{_digits(pace.rate)}/s" if pace.rate else f"{_digits(pace.speed or 1.0)}x"
    return first if pace.longest is None else f"{first} {_digits(pace.longest)}"


def decode(text: str) -> Pace:
    """Return the pace of a text.

    Raises:
        ValueError: It is none.
    """
    first, _, longest = text.partition(" ")
    wait = parse_wait(longest) if longest else None
    if first.endswith(_TIMES):
        return Pace(speed=parse_speed(first), longest=wait)
    return Pace(rate=parse_rate(first), longest=wait)


def short(pace: Pace) -> str:
    """``1 h/s``, ``50 articles/s``: as it stands beside a clock."""
    if pace.rate:
        noun = "article" if pace.rate == 1 else "articles"
        return f"{_figure(pace.rate)} {noun}/s"
    amount, unit = _in_units(pace.speed or 1.0)
    return f"{_figure(amount)} {unit}/s"


def words(pace: Pace) -> str:
    """``1 hour a second``, ``50 articles a second``: as it is read out."""
    if pace.rate:
        return f"{short(pace).removesuffix('/s')} a second"
    amount, unit = _in_units(pace.speed or 1.0)
    if unit == "s" and amount == 1:
        return "as it happened"
    return f"{_figure(amount)} {_NAMES[unit]}{'' if amount == 1 else 's'} a second"


def _in_units(speed: float) -> tuple[float, str]:
    """Return a speed in the largest unit of which it is at least one."""
    units = [(unit, seconds) for unit, seconds in _SECONDS.items() if unit in _NAMES]
    for (unit, seconds), (_, more) in pairwise([*units, ("", math.inf)]):
        if speed < more:
            return speed / seconds, unit
    raise AssertionError  # nothing is beyond infinity


def _digits(amount: float) -> str:
    """Return a number without an exponent, to a millionth."""
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def _figure(amount: float) -> str:
    return f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.3g}"
