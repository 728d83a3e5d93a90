"""A snapshot: all the dashboard shows at one moment, read from the store in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from vigil.claim import Claim
from vigil.estimate import Estimate
from vigil.rebuilding import Rebuilding
from vigil.review import Review


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One article in the feed of newest items, with the claims it made.

    ``overruled`` are the numbers of those that a person marked as wrong, from 0.
    """

    article: str
    seen_at: datetime
    title: str
    outlet: str | None
    url: str | None
    claims: tuple[Claim, ...]
    overruled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the store knew at one moment.

    Attributes:
        version: The store's version; equal versions mean equal content.
        first_day: First day of the window that was read, or None for all.
        last_day: Last day of the window, or None.
        estimates: Every estimate in the window, sorted by day, country, place and kind. The
            undated and the periods are always part of it.
        feed: The newest articles that made a claim, newest first.
        articles: How many articles are known, with and without claims.
        changed_at: When the store last changed (aware), None while it is empty.
        rebuilding: The newest rebuild of the store, done or not; None where there never was one.
        known_at: The moment as of which all this was known; None for now.
        read_on: The day (UTC) on which it was asked for last; None where nobody kept that.
    """

    version: int
    first_day: date | None
    last_day: date | None
    estimates: tuple[Estimate, ...]
    feed: tuple[FeedItem, ...]
    articles: int
    changed_at: datetime | None
    rebuilding: Rebuilding | None = None
    known_at: datetime | None = None
    read_on: date | None = None

    @property
    def stamp(self) -> str:
        """Equal for equal content: of one version there are as many pasts as moments."""
        return f"{self.version}|{self.known_at or ''}|{self.read_on or ''}"

    @property
    def until(self) -> date | None:
        """The last day (UTC) that anything can have been read of: later ones had not come yet."""
        return self.known_at.astimezone(UTC).date() if self.known_at else self.read_on

    def dated(self, now: datetime) -> Snapshot:
        """Return it as one that was asked for on the day of a moment (aware)."""
        today = now.astimezone(UTC).date()
        return self if self.read_on == today else replace(self, read_on=today)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim behind a number, with who printed it.

    Attributes:
        article: The article's id.
        number: The claim's place among the article's claims, from 0.
        claim: The claim, with its sentence.
        title: The article's headline, or "".
        outlet: Who printed it, or None.
        url: Where, or None.
        published: When the outlet published it, or None.
        seen_at: When it became known.
        counts: Whether the number rests on this claim (``Estimate.rests_on``).
        review: What a person says of the claim, or None.
    """

    article: str
    number: int
    claim: Claim
    title: str
    outlet: str | None
    url: str | None
    published: datetime | None
    seen_at: datetime
    counts: bool
    review: Review | None = None

    @property
    def overruled(self) -> bool:
        """Whether a person marked the claim as wrong."""
        return self.review is not None and self.review.verdict == "wrong"
