"""An estimate: what Vigil shows for one kind, place and day, and the claims behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigil.claim import Authority, Kind
from vigil.place import Place


@dataclass(frozen=True, slots=True)
class Bucket:
    """What claims are resolved together: one kind, one place, one day (or period, or neither)."""

    kind: Kind
    place: Place | None
    day: date | None
    period: tuple[date, date] | None = None

    @property
    def key(self) -> str:
        """The bucket's identity inside its slot (country and day), fit for a Redis field."""
        return f"{self.kind}|{self.place.key if self.place else '||'}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What Vigil shows for a bucket.

    Attributes:
        bucket: Kind, place and day.
        low: The lowest figure any authority gives; never None.
        best: The figure to quote: the preferred authority's, or the floor the cities' sum sets.
        high: The highest figure any authority gives; None where that one is open upward.
        authority: Whose figure ``best`` is.
        rule: The name of the rule that chose ``best``.
        outlets: Who printed the figures, sorted, each once.
        claims: How many claims stand in the bucket.
        rests_on: The claims ``best`` rests on, each "article#number", sorted.
        unconfirmed: Lone figures far above the rest, left out of ``best``, sorted.
        unspecified: For a country: the part of ``best`` that its cities do not explain, else None.
    """

    bucket: Bucket
    low: int
    best: int
    high: int | None
    authority: Authority
    rule: str
    outlets: tuple[str, ...]
    claims: int
    rests_on: tuple[str, ...]
    unconfirmed: tuple[int, ...] = ()
    unspecified: int | None = None
