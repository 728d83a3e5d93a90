"""What services say of themselves -> a few words: how much waits, and whether anybody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dashboard.charts.words import age, number
from vigil.reports import quantile_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from vigil.reports import ServiceReport

# What has to run for an article to become a number, and what it is called on a screen.
NEEDED: Final = {"extract": "extractor", "aggregate": "aggregator"}
_HALF, _MOST = 0.5, 0.95
_SECOND_MS: Final = 1_000
_LARGE: Final = 10  # from here on a digit behind the point says nothing


@dataclass(frozen=True, slots=True)
class Words:
    """A few words, and whether somebody should look."""

    text: str
    alarm: bool = False


def name_of(service: str) -> str:
    """Return what a service is called on a screen."""
    return NEEDED.get(service, service)


def waiting(reports: Sequence[ServiceReport], now: datetime) -> int | None:
    """Return how many messages wait to be handled; None where a part of it is not known."""
    alive = [one for one in reports if one.service in NEEDED and one.alive(now)]
    if {one.service for one in alive} != set(NEEDED):
        return None
    lags = [one.lag for one in alive]
    return None if None in lags else sum(sum(lag.values()) for lag in lags if lag)


def lag(reports: Sequence[ServiceReport], now: datetime) -> Words:
    """Return how far the numbers are behind what was sent, for the line on top of a wall."""
    missing = [
        name
        for service, name in NEEDED.items()
        if not any(one.service == service and one.alive(now) for one in reports)
    ]
    if missing:
        who = missing[0] if len(missing) == 1 else "services"
        return Words(f"no {who} running", alarm=True)
    if any(one.state == "retrying" and one.alive(now) for one in reports):
        return Words("a batch fails", alarm=True)
    count = waiting(reports, now)
    if count is None:
        return Words("lag not known")
    return Words(f"{number(count)} waiting" if count else "nothing waiting")


def verdict(reports: Sequence[ServiceReport], now: datetime) -> list[Words]:
    """Return what is wrong, each in a sentence; nothing while all is well."""
    wrong = []
    for service, name in NEEDED.items():
        own = [one for one in reports if one.service == service]
        if not any(one.alive(now) for one in own):
            wrong.append(Words(_absent(name, own, now), alarm=True))
    wrong += [
        Words(f"{name_of(one.service)} {one.instance}: {trouble(one, now)}", alarm=True)
        for one in reports
        if any(other.alive(now) for other in reports if other.service == one.service)
        and (one.silent(now) or (one.alive(now) and one.state == "retrying"))
    ]
    return wrong


def _absent(name: str, own: Sequence[ServiceReport], now: datetime) -> str:
    if not own:
        return f"No {name} has ever reported: nothing is taken in"
    newest = max(own, key=lambda one: one.at)
    return f"No {name} is running: {trouble(newest, now)}"


def trouble(report: ServiceReport, now: datetime) -> str:
    """Return how an instance is that does not simply run."""
    passed = age(now - report.at)
    if report.state == "stopped":
        why = f" ({report.problem})" if report.problem else ""
        return f"stopped {passed} ago{why}"
    if report.silent(now):
        return f"silent for {passed}"
    return f"a batch fails and is tried again ({report.problem})"


def state(report: ServiceReport, now: datetime) -> Words:
    """Return the state of an instance."""
    if report.state == "stopped":
        return Words(trouble(report, now), alarm=bool(report.problem))
    if report.silent(now):
        return Words(f"SILENT for {age(now - report.at)}", alarm=True)
    if report.state == "retrying":
        return Words("FAILS, tries again", alarm=True)
    if report.lag is None:
        return Words("runs, waits for Kafka")
    return Words("runs")


def spread(waits: Iterable[int]) -> tuple[str, str]:
    """Return how long it takes half, and how long 95 of 100: each in words."""
    known = list(waits)
    half, most = quantile_ms(known, _HALF), quantile_ms(known, _MOST)
    return duration(half), duration(most)


def duration(milliseconds: int | None) -> str:
    """``80 ms``, ``1.3 s``, ``42 s``, ``5 min``; a dash where there is none."""
    if milliseconds is None:
        return "\N{EN DASH}"
    if milliseconds < _SECOND_MS:
        return f"{milliseconds} ms"
    seconds = milliseconds / _SECOND_MS
    return f"{seconds:.1f} s" if seconds < _LARGE else age(timedelta(seconds=seconds))


def rate(of: Iterable[ServiceReport], what: str, now: datetime) -> float:
    """Return how many a second some instances handle together; those alive."""
    return sum(one.rates.get(what, 0.0) for one in of if one.alive(now))


def rate_text(value: float) -> str:
    """``0``, ``0.4``, ``1,234``."""
    if not value:
        return "0"
    return f"{value:,.0f}" if value >= _LARGE else f"{value:.1f}"
