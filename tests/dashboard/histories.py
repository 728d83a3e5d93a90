"""Histories of a figure made by hand, in few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.dashboard.snapshots import MONITOR, MOSCOW, NOON, estimate
from vigil.claim import Authority
from vigil.estimate import Estimate, Figure
from vigil.resolving.known import Step

POLICE = Authority("Interior Ministry", "official")
NOBODY = Authority(None, "unattributed")


def figure(
    authority: Authority, low: int, *, high: int | None = -1, outlets: tuple[str, ...] = ()
) -> Figure:
    """Return what an authority stands by; a ``high`` left out equals ``low``."""
    bound = "at_least" if high is None else "exact"
    return Figure(authority, low, low if high == -1 else high, bound, outlets)  # type: ignore[arg-type]  # a literal


def of(best: int, *figures: Figure) -> Estimate:
    """Return the estimate of Moscow that these figures make."""
    given = figures or (figure(MONITOR, best),)
    lows = [one.low or 0 for one in given]
    highs = [one.high for one in given]
    high = None if None in highs else max(one for one in highs if one is not None)
    return replace(estimate(MOSCOW, best, low=min(lows), high=high), figures=given)


def step(minutes: int, told: Estimate | None) -> Step:
    """Return a change so many minutes after noon."""
    return Step(at(minutes), told)


def at(minutes: int) -> datetime:
    """Return the moment so many minutes after noon."""
    return NOON + timedelta(minutes=minutes)
