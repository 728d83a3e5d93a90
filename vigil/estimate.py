"""An estimate: what Vigil shows for one kind, place and day, and the claims behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vigil.claim import Authority, Bound, Kind
from vigil.period import Period
from vigil.place import Place


class Rule(StrEnum):
    """Which rule chose ``Estimate.best``; the value is what is stored, shown and exported."""

    ONLY = "only figure"
    UPDATED = "latest figure"
    AUTHORITY = "preferred authority"
    LATEST = "latest authority"
    HIGHEST = "highest unattributed"
    VAGUE = "vague figure"
    NAMED = "named people"
    CITIES = "sum of cities"

    @property
    def sentence(self) -> str:
        """Why this number, in one sentence for a person."""
        return _WHY[self]


_WHY = MappingProxyType(
    {
        Rule.ONLY: "Everybody who gives a figure gives this one, or a bound it satisfies.",
        Rule.UPDATED: "The source gave several figures; this is the one it stands by.",
        Rule.AUTHORITY: "Several counted; this figure is of the kind of authority preferred.",
        Rule.LATEST: "Several of the preferred kind of authority counted; this is the latest.",
        Rule.HIGHEST: "Nobody is named as having counted; this is the highest figure printed.",
        Rule.VAGUE: "Only words like dozens or hundreds are given; this is the floor they mean.",
        Rule.NAMED: "No count is given; this is the number of different people named.",
        Rule.CITIES: "The figures of the country's cities add up to more than any figure for it.",
    }
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What claims are resolved together: one kind, one place, one day (or period, or neither)."""

    kind: Kind
    place: Place | None
    day: date | None
    period: Period | None = None

    @property
    def key(self) -> str:
        """The bucket's identity inside its slot (country and day), fit for a Redis field."""
        return f"{self.kind}|{self.place.key if self.place else '||'}"


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure one authority stands by in a bucket, after its own updates and corrections.

    Attributes:
        authority: Who counted.
        low: The least it says, None for "up to".
        high: The most it says, None where the figure is open upward.
        bound: How it is put.
        outlets: Who printed this figure, sorted.
    """

    authority: Authority
    low: int | None
    high: int | None
    bound: Bound
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """What Vigil shows for a bucket.

    Attributes:
        bucket: Kind, place and day.
        low: The lowest figure any authority gives; never None.
        best: The figure to quote: the preferred authority's, or the floor the cities' sum sets.
        high: The highest figure any authority gives; None where that one is open upward.
        authority: Whose figure ``best`` is.
        rule: The rule that chose ``best``, a value of ``Rule``.
        outlets: Who printed the figures, sorted, each once.
        claims: How many claims stand in the bucket (with those of the cities, for their sum).
        rests_on: The claims ``best`` rests on, each "article#number", sorted.
        unconfirmed: Lone figures far above the rest, left out of ``best``, sorted.
        unspecified: For a country: the part of ``best`` that its cities do not explain, else None.
        cities: 53 where the statement behind ``best`` says "in 53 cities", else None.
        figures: What each authority stands by, unconfirmed ones left out, for showing a range
            with its names; as the rules prefer them, so that without the first the second would
            be quoted.
        confirmed: Those of ``rests_on`` that a person confirmed, sorted.
        overruled: The claims a person marked as wrong, each "article#number", sorted: they stand
            in the bucket and count for nothing.
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
    cities: int | None = None
    figures: tuple[Figure, ...] = ()
    confirmed: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()
