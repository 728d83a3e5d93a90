"""Every Redis key, with its type and lifetime, and the slots that keep keys together.

A slot is one country and one day; its keys share the hash tag in braces, so that one Lua script
can change them together on Redis Cluster too. Nothing here expires: what is kept is decided
by retention, not by a timer.

| key                          | type   | holds |
| --- | --- | --- |
| vigil:version                | string | counts up with every change; the dashboard polls it |
| vigil:changed-at             | string | when that was, ISO 8601 |
| vigil:slots                  | zset   | every slot, scored by the day's proleptic ordinal |
| vigil:articles               | set    | every article id that was taken in |
| vigil:{article ID}:record    | hash   | order: the newest revision; slots: all it ever touched |
| vigil:{SLOT}:version         | string | counts up with every change of the slot |
| vigil:{SLOT}:claims          | hash   | article id -> what its newest revision says of this slot |
| vigil:{SLOT}:estimates       | hash   | bucket -> Estimate |
| vigil:{SLOT}:counters        | hash   | bucket -> best, a plain number |
| vigil:{feed}:order           | zset   | the newest article ids with claims, scored by seen_at |
| vigil:{feed}:items           | hash   | article id -> FeedItem |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from vigil.claim import Claim

VERSION = "vigil:version"
CHANGED_AT = "vigil:changed-at"
SLOTS = "vigil:slots"
ARTICLES = "vigil:articles"
FEED_ORDER = "vigil:{feed}:order"
FEED_ITEMS = "vigil:{feed}:items"

NOWHERE = "--"  # stands for the country where none is known
UNDATED = "undated"

# Scores that sort slots without a day before every day.
UNDATED_SCORE = 0
PERIOD_SCORE = -1


def slot_of(claim: Claim) -> str:
    """Return the slot of a claim: its country and its day, period, or "undated"."""
    country = (claim.place.country if claim.place else None) or NOWHERE
    if claim.period:
        first, last = claim.period
        return f"{country}:{first.isoformat()}..{last.isoformat()}"
    return f"{country}:{claim.day.isoformat() if claim.day else UNDATED}"


def slot_score(day: date | None, period: tuple[date, date] | None) -> int:
    """Return the score of a slot in ``SLOTS``: the ordinal of its day."""
    if period:
        return PERIOD_SCORE
    return day.toordinal() if day else UNDATED_SCORE


def record(article: str) -> str:
    """Return the key of an article's record."""
    return f"vigil:{{{article}}}:record"


def slot_version(slot: str) -> str:
    """Return the key of a slot's version."""
    return f"vigil:{{{slot}}}:version"


def slot_claims(slot: str) -> str:
    """Return the key of what each article says of a slot."""
    return f"vigil:{{{slot}}}:claims"


def slot_estimates(slot: str) -> str:
    """Return the key of a slot's estimates."""
    return f"vigil:{{{slot}}}:estimates"


def slot_counters(slot: str) -> str:
    """Return the key of a slot's counters."""
    return f"vigil:{{{slot}}}:counters"
