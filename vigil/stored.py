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
from vigil.review import Verdict, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from vigil.period import Period

# What the rules of resolution do not look at stays in the record.
_ELSEWHERE = ""
# As ``reviewing.instant`` writes it: what is not known to have become known at any moment.
_BEFORE_ALL = "1970-01-01T00:00:00.000000Z"

# What persons found of a claim and when, the oldest first.
Judged = tuple[tuple[str, Verdict], ...]


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

    ``verdict`` is what a person says of it, None where nobody does; ``judged`` all that persons
    found, each with its moment, the oldest first.
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
    judged: Judged = ()


class Earlier(msgspec.Struct, array_like=True, frozen=True):
    """What a revision said of a slot, from ``since`` until the next one was known."""

    since: str
    outlet: str | None = None
    claims: tuple[StoredClaim, ...] = ()


class Contribution(msgspec.Struct, array_like=True, frozen=True):
    """What an article's newest revision says of a slot, and what earlier ones said, oldest first.

    Without claims it is a tombstone: the article once said something here, and an older
    revision that arrives late is not to say it again.
    """

    order: str
    outlet: str | None = None
    claims: tuple[StoredClaim, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    @property
    def since(self) -> str:
        """When the newest revision became known, as ``reviewing.instant`` writes it."""
        return self.order.partition(" ")[0]

    @property
    def seen_at(self) -> datetime:
        """When the newest revision became known."""
        return datetime.fromisoformat(self.since)

    @property
    def newest(self) -> Earlier:
        """What the newest revision says."""
        return Earlier(self.since, self.outlet, self.claims)

    def settled_by(self, instant: str) -> bool:
        """Whether all that is known of the article here was known at a moment."""
        return self.since <= instant and all(
            one.judged[-1][0] <= instant for one in self.claims if one.judged
        )

    def revisions(self) -> tuple[Earlier, ...]:
        """Return what each revision said here, the oldest first."""
        return (*self.earlier, self.newest)

    def learned(self, kind: Kind) -> Iterator[str]:
        """Yield the moments from which the article, or a person, says something else of a kind."""
        before: tuple[StoredClaim, ...] = ()
        for one in self.revisions():
            here = tuple(claim for claim in one.claims if claim.kind == kind)
            if here != before and one.since > _BEFORE_ALL:
                yield one.since
            for claim in here:
                yield from (instant for instant, _ in claim.judged if instant > _BEFORE_ALL)
            before = here

    def at(self, instant: str) -> Earlier | None:
        """Return what was said here at a moment, None where the article was not known yet."""
        if self.since <= instant:
            return self.newest
        return next((one for one in reversed(self.earlier) if one.since <= instant), None)


def contributions(
    told: Sequence[tuple[str, ClaimSet | None]],
    state: str,
    slots: Iterable[str],
    verdicts: Mapping[str, Judged],
) -> dict[str, Contribution]:
    """Return what an article says of each slot it ever touched, tombstones included.

    Args:
        told: When each of its revisions became known, and what it says, the oldest first.
        state: The order of all that is known of the article.
        slots: All that any revision touched.
        verdicts: What persons found of its claims, by fingerprint.
    """
    said = [(since, claims, _by_slot(claims, verdicts)) for since, claims in told]
    return {
        slot: _contribution(slot, said, state)
        for slot in {*slots, *(slot for _, _, here in said for slot in here)}
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


def claim_of(stored: StoredClaim, *, day: date | None, period: Period | None) -> Claim:
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


def _by_slot(
    claims: ClaimSet | None, verdicts: Mapping[str, Judged]
) -> dict[str, tuple[StoredClaim, ...]]:
    here: dict[str, list[StoredClaim]] = {}
    for number, claim in enumerate(claims.claims if claims else ()):
        judged = verdicts.get(fingerprint(claim), ()) if verdicts else ()
        here.setdefault(keys.slot_of(claim), []).append(_stored(number, claim, judged))
    return {slot: tuple(claims) for slot, claims in here.items()}


def _contribution(
    slot: str,
    said: Sequence[tuple[str, ClaimSet | None, Mapping[str, tuple[StoredClaim, ...]]]],
    state: str,
) -> Contribution:
    """Return what the revisions say of one slot, those left out that change nothing here."""
    known: list[Earlier] = []
    for since, claims, by_slot in said:
        here = by_slot.get(slot, ())
        one = Earlier(since, claims.outlet if claims and here else None, here)
        if known and known[-1].since == since:
            known.pop()  # of two of one moment the greater was never preceded by the other
        if here or (known and known[-1].claims):
            known.append(one)
    if not known or known[-1].since != said[-1][0]:
        return Contribution(state, earlier=tuple(known))
    newest = known.pop()
    return Contribution(state, newest.outlet, newest.claims, tuple(known))


def _stored(number: int, claim: Claim, judged: Judged) -> StoredClaim:
    place = claim.place
    verdict = judged[-1][1] if judged else None
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
        verdict=None if verdict == "none" else verdict,
        judged=judged,
    )


def _fields(
    place: Place | StoredPlace,
) -> tuple[str, Scope, str | None, float | None, float | None, int | None]:
    return (
        place.name, place.scope, place.country, place.latitude, place.longitude, place.geoname,
    )  # fmt: skip
