"""Every Redis key, with its type and lifetime, and the slots that keep keys together.

A slot is one country and one day; its keys share the hash tag in braces, so that one Lua script
can change them together on Redis Cluster too. So do the keys of ``{all}``. No key but a lease has a
timer: what is kept is decided by retention, which is off by default. ``docs/redis.md`` tells how
they are used.

| key                       | type   | holds |
| --- | --- | --- |
| vigil:{all}:version       | string | counts up with every change; the dashboard polls it |
| vigil:{all}:changed-at    | string | when that was, ISO 8601 |
| vigil:{all}:slots         | zset   | every slot, scored by the day's proleptic ordinal |
| vigil:{all}:slot-versions | hash   | slot -> the slot's version that `version` has counted |
| vigil:{all}:slot-changes | zset   | slot, scored by the `version` of its last change |
| vigil:{all}:rebuild       | hash   | the newest rebuild; see ``vigil/rebuilding.py`` |
| vigil:{all}:bookmarks     | hash   | partition of a topic -> the offset before which the store |
|                           |        | has everything; ``consumers/aggregator/bookmarks.py`` |
| vigil:{all}:missing       | hash   | the same -> up to where it was once and has to come again |
| vigil:{all}:services      | hash   | instance of a service -> what it last said of itself; see |
|                           |        | ``vigil/reports.py``; not derived from the topics |
| vigil:{all}:dead          | hash   | id of a dead letter -> what, where and why, no text; the |
|                           |        | newest ones; see ``vigil/letters.py`` |
| vigil:{all}:dead-wishes   | hash   | the same -> what a person asks to be done with it |
| vigil:{all}:dead-deeds    | hash   | the same -> what was done with it |
| vigil:{all}:articles      | set    | every article id that was taken in |
| vigil:{all}:reviewed      | set    | every article id that a person ever reviewed a claim of |
| vigil:{all}:replay        | hash   | the clock of the replay; see ``vigil/replaying.py`` |
| vigil:{all}:replay:requests | zset | what was asked of it, by number |
| vigil:{all}:replay:lease  | string | who moves it; expires three seconds after its last word |
| vigil:{all}:sources       | hash   | address of a feed -> how it does; see ``vigil/sources.py`` |
| vigil:{all}:feed          | zset   | the newest article ids that ever made a claim, by seen_at |
| vigil:{ARTICLE}:record    | hash   | order: of the newest revision; slots: all that any revision |
|                           |        | touched; body: its ClaimSet, "" where it makes no claim; |
|                           |        | reviews: what persons say of its claims, a line each; |
|                           |        | earlier, verdicts: the newest of what was superseded |
| vigil:{SLOT}:version      | string | counts up with every change of the slot |
| vigil:{SLOT}:claims       | hash   | article id -> what its newest revision says of this slot |
| vigil:{SLOT}:estimates    | hash   | bucket -> Estimate |
| vigil:{SLOT}:counters     | hash   | bucket -> best, a plain number |
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vigil import period as periods

if TYPE_CHECKING:
    from vigil.claim import Claim
    from vigil.period import Period

VERSION = "vigil:{all}:version"
CHANGED_AT = "vigil:{all}:changed-at"
SLOTS = "vigil:{all}:slots"
SLOT_VERSIONS = "vigil:{all}:slot-versions"
SLOT_CHANGES = "vigil:{all}:slot-changes"
ARTICLES = "vigil:{all}:articles"
REVIEWED = "vigil:{all}:reviewed"
FEED = "vigil:{all}:feed"
SOURCES = "vigil:{all}:sources"
BOOKMARKS = "vigil:{all}:bookmarks"
MISSING = "vigil:{all}:missing"
SERVICES = "vigil:{all}:services"
DEAD = "vigil:{all}:dead"
DEAD_WISHES = "vigil:{all}:dead-wishes"
DEAD_DEEDS = "vigil:{all}:dead-deeds"

NOWHERE = "--"  # stands for the country where none is known
UNDATED = "undated"

# Scores that sort slots without a day before every day.
UNDATED_SCORE = 0
PERIOD_SCORE = -1


def slot(country: str | None, day: date | None, period: Period | None = None) -> str:
    """Return the slot of a country and a day, a period, or neither ("undated")."""
    if period:
        return f"{country or NOWHERE}:{periods.code(period)}"
    return f"{country or NOWHERE}:{day.isoformat() if day else UNDATED}"


def slot_of(claim: Claim) -> str:
    """Return the slot of a claim: its country and its day, period, or "undated"."""
    return slot(claim.place.country if claim.place else None, claim.day, claim.period)


def slot_parts(name: str) -> tuple[str | None, date | None, Period | None]:
    """Return country, day and period of a slot: the reverse of ``slot``."""
    country, _, when = name.partition(":")
    known = None if country == NOWHERE else country
    if when == UNDATED:
        return known, None, None
    period = periods.parse(when)
    return known, None if period else date.fromisoformat(when), period


def slot_score(day: date | None, period: Period | None) -> int:
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
