"""The claims that are counted: a stream of news over many countries, cities and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from vigil.claim import Authority, Claim, ClaimSet
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIMS_AN_ARTICLE = 3

_SEED = 20220224
FIRST_DAY = date(1990, 1, 1)
_COUNTRIES = ("RU", "BY", "KZ", "GE", "TR", "IR", "HK", "US", "GB", "FR")
_CITIES = 12
_OUTLETS = 30
_VOICES = (
    Authority(), Authority("OVD-Info", "monitor"), Authority("police", "official"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """Which days are written about: so many from one on, and so many articles on each."""

    first: int
    articles_a_day: int = 80


def claim_sets(count: int, days: Days) -> Iterator[ClaimSet]:
    """Yield articles of three claims each, day by day, the same in every run.

    Every day's articles are about ten countries, so that a country's day gathers some twenty
    claims of about as many cities, as on the evenings the corpus tells of.
    """
    for number in range(count):
        day = days.first + number // days.articles_a_day
        yield _article(day, number % days.articles_a_day)


def one_evening(count: int) -> Iterator[ClaimSet]:
    """Yield articles that are all about one country and one day."""
    for number in range(count):
        yield _article(-1, number, country=_COUNTRIES[0])


def _article(day: int, number: int, *, country: str | None = None) -> ClaimSet:
    chance = Random(f"{_SEED} {day} {number}")  # noqa: S311  # the same articles in every run
    when = FIRST_DAY + timedelta(days=day)
    seen_at = datetime(when.year, when.month, when.day, 18, tzinfo=UTC) + timedelta(seconds=number)
    code = country or chance.choice(_COUNTRIES)
    return ClaimSet(
        article=f"{chance.getrandbits(128):032x}",
        revision=f"{chance.getrandbits(64):016x}",
        seen_at=seen_at,
        claims=tuple(_claim(chance, code, when) for _ in range(CLAIMS_AN_ARTICLE)),
        title=f"Rally number {number}",
        published=seen_at,
        outlet=f"Outlet {chance.randrange(_OUTLETS)}",
        url=f"https://outlet.example/{day}/{number}",
    )


def _claim(chance: Random, country: str, day: date) -> Claim:
    figure, number = chance.randrange(5, 3_000), chance.randrange(_CITIES)
    city = f"{country} city {number}"
    sentence = (
        f"Police took away {figure} people at a rally in {city} that evening, "
        "the monitoring group said, and many of them were held overnight in cells."
    )
    return Claim(
        "detention", figure, figure, "exact", sentence, 0, len(sentence), "passive",
        place=Place(city, "city", country, 50.1, 30.2, 1_000 + number), place_basis="sentence",
        day=day, day_basis="relative", authority=chance.choice(_VOICES),
    )  # fmt: skip
