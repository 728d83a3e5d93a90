"""A claim: one statement of one figure in one article, and the set of them an article makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from vigil.period import Period
from vigil.place import Place

Kind = Literal["detention", "protest", "petition", "prosecution"]
Bound = Literal["exact", "at_least", "more_than", "about", "up_to", "range", "vague"]
AuthorityKind = Literal["monitor", "official", "organiser", "unattributed"]
# Whose figure is best where several counted, unless ``VIGIL_AUTHORITY_ORDER`` says otherwise.
AUTHORITY_ORDER: Final[tuple[AuthorityKind, ...]] = (
    "monitor", "official", "organiser", "unattributed",
)  # fmt: skip
# What the place of a claim rests on, from the strongest to the weakest.
PlaceBasis = Literal["sentence", "context", "headline", "dateline"]
# What the day of a claim rests on: a date in so many words, a weekday or "last night" counted
# from the publication, a sentence nearby, or the publication day itself.
DayBasis = Literal["explicit", "relative", "context", "publication"]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who counted. The outlet is who printed it.

    Attributes:
        name: "OVD-Info", "Interior Ministry", "police"; None where nobody is named.
        kind: What sort of body it is.
    """

    name: str | None = None
    kind: AuthorityKind = "unattributed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in one article.

    Attributes:
        kind: What is counted. Detentions, not detainees: one person may be detained twice.
        low: The least number of people, None for "up to".
        high: The most, None where the statement is open upward ("more than 1,600").
        bound: How the statement put it.
        place: Where, or None where the article does not say.
        place_basis: What the place rests on, None without a place.
        day: The day it happened, or None.
        period: First and last day of a cumulative figure, either of them None where nobody tells
            it ("as of 25 February"), or None. Never beside ``day``, and never of one day.
        day_basis: What the day or the period rests on, None without either.
        authority: Who counted.
        named: Keyed hashes of the persons the claim is about, when it names them.
        cities: 53 in "1,667 people in 53 cities", else None.
        sentence: The sentence as it stands in the article, an accented letter as one character
            (Unicode's form NFC), names of detained people masked unless the setting
            ``show_names`` allows them.
        start: Where the sentence starts in ``Article.text``, in characters.
        end: Where it ends.
        mark_start: Where the figure starts in ``sentence``, for marking it on a screen.
        mark_end: Where it ends.
        rule: The name of the rule that made the claim.
    """

    kind: Kind
    low: int | None
    high: int | None
    bound: Bound
    sentence: str
    start: int
    end: int
    rule: str
    place: Place | None = None
    place_basis: PlaceBasis | None = None
    day: date | None = None
    period: Period | None = None
    day_basis: DayBasis | None = None
    authority: Authority = field(default_factory=Authority)
    named: tuple[str, ...] = ()
    cities: int | None = None
    mark_start: int = 0
    mark_end: int = 0

    @property
    def figure(self) -> int:
        """The number the statement turns on: its floor, or its ceiling for "up to"."""
        figure = self.high if self.low is None else self.low
        return figure or 0


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """All claims of one revision of one article, possibly none.

    A newer one of the same article, by ``order``, replaces it whole.
    """

    article: str
    revision: str
    seen_at: datetime
    claims: tuple[Claim, ...] = ()
    title: str = ""
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """What decides between two revisions: the later known, then the revision's hash."""
        return self.seen_at, self.revision
