"""A place as Vigil counts by it: a city, a region, a country or the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["city", "region", "country", "world"]


@dataclass(frozen=True, slots=True)
class Place:
    """One resolved place.

    Attributes:
        name: The English name in its normal form ("St Petersburg", "Kyiv").
        scope: How wide the place is. A national figure never lands on a city.
        country: ISO 3166-1 alpha-2 code, or None for the world.
        latitude: Degrees north, None where a point would mislead (the world).
        longitude: Degrees east, None likewise.
        geoname: The GeoNames id, which tells two towns of one name apart; None for
            places that are not in the gazetteer's list of cities.
    """

    name: str
    scope: Scope
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geoname: int | None = None

    @property
    def key(self) -> str:
        """The place's identity inside its country, fit for a Redis field."""
        return f"{self.scope}|{self.name}|{self.geoname or ''}"
