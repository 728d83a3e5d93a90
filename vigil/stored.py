"""What the store keeps of one article in one slot: all that resolving needs, and no sentence.

The sentences stand once, in the article's record. A slot is read whole whenever it changes, so
what is kept there is small: arrays without names of fields, fields added only at the end.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from vigil import keys, wire
from vigil.claim import Authority, AuthorityKind, Bound, Claim, ClaimSet, Kind
from vigil.place import Place, Scope
from vigil.review import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

# What the rules of resolution do not look at stays in the record.
_ELSEWHERE = ""


class StoredPlace(msgspec.Struct, array_like=True, frozen=True):
    """A place, as ``Place``."""

    name: str
    scope: Scope
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geoname: int | None = None

    @property
    def key(self) -> str:
        """The place's identity inside its country, as ``Place.key``."""
        return f"{self.scope}|{self.name}|{self.geoname or ''}"


class StoredClaim(msgspec.Struct, array_like=True, frozen=True):
    """A claim without its sentence; ``number`` is its place among the article's claims.

    ``verdict`` is what a person says of it, None where nobody does.
    """

    number: int
    kind: Kind
    low: int | None
    high: int | None
    bound: Bound
    place: StoredPlace | None
    authority: str | None
    authority_kind: AuthorityKind
    named: tuple[str, ...] = ()
    cities: int | None = None
    verdict: Verdict | None = None


class Contribution(msgspec.Struct, array_like=True, frozen=True):
    """What an article's newest revision says of a slot.

    Without claims it is a tombstone: the article once said something here, and an older
    revision that arrives late is not to say it again.
    """

    order: str
    outlet: str | None = None
    claims: tuple[StoredClaim, ...] = ()

    @property
    def seen_at(self) -> datetime:
        """When the revision became known."""
        return datetime.fromisoformat(self.order.partition(" ")[0])


def contributions(
    claims: ClaimSet, order: str, slots: Iterable[str], verdicts: Mapping[int, Verdict]
) -> dict[str, Contribution]:
    """Return what an article says of each slot it ever touched, tombstones included.

    Args:
        claims: What its newest revision says.
        order: Of the revision and of what is known of its reviews.
        slots: All that any revision touched.
        verdicts: What a person says of some of the claims, by their number.
    """
    said: dict[str, list[StoredClaim]] = {slot: [] for slot in slots}
    for number, claim in enumerate(claims.claims):
        said.setdefault(keys.slot_of(claim), []).append(
            _stored(number, claim, verdicts.get(number))
        )
    return {
        slot: Contribution(order, claims.outlet, tuple(here)) if here else Contribution(order)
        for slot, here in said.items()
    }


def encode(contribution: Contribution) -> bytes:
    """Return the contribution as it is stored, the same bytes for equal ones."""
    return wire.encode(contribution)


def decode(text: str) -> Contribution:
    """Return the contribution that ``encode`` wrote.

    Raises:
        WireError: The text is not such a contribution.
    """
    return wire.decode(text, Contribution)


def claim_of(stored: StoredClaim, *, day: date | None, period: tuple[date, date] | None) -> Claim:
    """Return a stored claim as a claim without sentence; day and period are its slot's."""
    place = stored.place
    return Claim(
        kind=stored.kind,
        low=stored.low,
        high=stored.high,
        bound=stored.bound,
        sentence=_ELSEWHERE,
        start=0,
        end=0,
        rule=_ELSEWHERE,
        place=Place(*_fields(place)) if place else None,
        day=day,
        period=period,
        authority=Authority(stored.authority, stored.authority_kind),
        named=stored.named,
        cities=stored.cities,
    )


def _stored(number: int, claim: Claim, verdict: Verdict | None) -> StoredClaim:
    place = claim.place
    return StoredClaim(
        number=number,
        kind=claim.kind,
        low=claim.low,
        high=claim.high,
        bound=claim.bound,
        place=StoredPlace(*_fields(place)) if place else None,
        authority=claim.authority.name,
        authority_kind=claim.authority.kind,
        named=claim.named,
        cities=claim.cities,
        verdict=verdict,
    )


def _fields(
    place: Place | StoredPlace,
) -> tuple[str, Scope, str | None, float | None, float | None, int | None]:
    return (
        place.name, place.scope, place.country, place.latitude, place.longitude, place.geoname,
    )  # fmt: skip
