"""Snapshots made by hand, in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from vigil.claim import Authority, Claim, Kind
from vigil.estimate import Bucket, Estimate, Rule
from vigil.place import Place
from vigil.snapshot import FeedItem, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigil.period import Period

NOON = datetime(2022, 2, 24, 12, 0, tzinfo=UTC)
FEB_24 = date(2022, 2, 24)
MONITOR = Authority("OVD-Info", "monitor")

RUSSIA = Place("Russia", "country", "RU")
MOSCOW = Place("Moscow", "city", "RU", 55.75, 37.62, 524901)
PETERSBURG = Place("St Petersburg", "city", "RU", 59.94, 30.31, 498817)
KAZAN = Place("Kazan", "city", "RU", 55.79, 49.12, 551487)
TEHRAN = Place("Tehran", "city", "IR", 35.69, 51.42, 112931)
WORLD = Place("the world", "world", None)


def estimate(
    place: Place | None,
    best: int,
    *,
    day: date | None = FEB_24,
    low: int | None = None,
    high: int | None = -1,
    kind: Kind = "detention",
    period: Period | None = None,
    rule: str = Rule.ONLY,
) -> Estimate:
    """Return an estimate; a ``high`` of None is open upward, left out it equals ``best``."""
    return Estimate(
        bucket=Bucket(kind, place, None if period else day, period),
        low=best if low is None else low,
        best=best,
        high=best if high == -1 else high,
        authority=MONITOR,
        rule=rule,
        outlets=("The Wire",),
        claims=1,
        rests_on=("a#0",),
    )


def snapshot(
    estimates: Iterable[Estimate] = (), *, version: int = 1, feed: Iterable[FeedItem] = ()
) -> Snapshot:
    """Return a snapshot of these estimates."""
    found = tuple(estimates)
    return Snapshot(
        version=version,
        first_day=None,
        last_day=None,
        estimates=found,
        feed=tuple(feed),
        articles=len(found),
        changed_at=NOON if found else None,
    )


def claim(place: Place | None, figure: int, sentence: str, *, day: date | None = FEB_24) -> Claim:
    """Return a claim whose figure is marked where the sentence says it."""
    text = f"{figure:,}"
    start = sentence.index(text)
    return Claim(
        kind="detention",
        low=figure,
        high=figure,
        bound="exact",
        sentence=sentence,
        start=0,
        end=len(sentence),
        rule="test",
        place=place,
        place_basis="sentence" if place else None,
        day=day,
        day_basis="explicit" if day else None,
        authority=MONITOR,
        mark_start=start,
        mark_end=start + len(text),
    )


def item(title: str, *claims: Claim, outlet: str | None = "The Wire", number: int = 0) -> FeedItem:
    """Return an article of the feed."""
    return FeedItem(
        article=f"{number:024x}",
        seen_at=NOON,
        title=title,
        outlet=outlet,
        url="https://example.org/a",
        claims=claims,
    )
