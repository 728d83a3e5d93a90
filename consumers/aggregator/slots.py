"""One country and day: what its articles say, and what changes when one says something new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigil import stored, wire
from vigil.estimate import Estimate
from vigil.resolving.country import with_countries
from vigil.resolving.resolve import resolve_all
from vigil.resolving.said import statements
from vigil.resolving.statement import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.claim import AuthorityKind
    from vigil.resolving.statement import Group
    from vigil.stored import Contribution

# Looking for a place's name in a contribution takes a twentieth of the time of reading it.
_FEW_PLACES = 16


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot as it was read.

    Attributes:
        name: Country and day, as ``keys.slot`` writes them.
        version: Its version when it was read, 0 where it was not there.
        claims: Article id -> contribution as stored.
        estimates: Bucket -> estimate as stored.
    """

    name: str
    version: int
    claims: Mapping[str, str]
    estimates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written to a slot, all of it or nothing.

    Attributes:
        slot: The slot's name.
        version: The version it was resolved from.
        claims: Article id and contribution, as stored.
        estimates: Bucket, estimate as stored, and best.
        removed: Buckets that nobody speaks of any more.
        forgotten: Articles whose contribution goes without leaving a tombstone.
    """

    slot: str
    version: int
    claims: Sequence[tuple[str, bytes]]
    estimates: Sequence[tuple[str, bytes, int]]
    removed: Sequence[str]
    forgotten: Sequence[str] = ()


def change(
    slot: Slot, said: Mapping[str, Contribution], *, authority_order: Sequence[AuthorityKind]
) -> Change | None:
    """Return what changes in a slot when some articles say something there, None if nothing does.

    What an article said in a newer revision, or with later reviews, stands, whatever comes late.
    Only the buckets spoken of before or now are resolved again, and the country's, which sums
    over the others as they are stored: the result is that of ``resolve_slot`` on all the
    statements.
    """
    standing = {one: stored.decode(slot.claims[one]) for one in said if one in slot.claims}
    news = {
        article: contribution
        for article, contribution in said.items()
        if article not in standing or standing[article].order < contribution.order
    }
    if not news:
        return None
    touched = _groups([*news.values(), *(standing[one] for one in news if one in standing)])
    said_here = {**_speaking(slot, touched), **news}
    changed = _changed(slot, said_here, touched, authority_order)
    return replace(
        changed, claims=[(article, stored.encode(news[article])) for article in sorted(news)]
    )


def without(
    slot: Slot, articles: Iterable[str], *, before: str, authority_order: Sequence[AuthorityKind]
) -> Change | None:
    """Return what changes in a slot when some articles are dropped, None if nothing does.

    Args:
        slot: The slot.
        articles: Their ids. Of one that spoke again since, nothing is dropped.
        before: The moment, as ``reviewing.instant`` writes it.
        authority_order: The kinds of authority, the preferred first.
    """
    standing = {article: stored.decode(text) for article, text in slot.claims.items()}
    gone = sorted(one for one in articles if one in standing and standing[one].since < before)
    if not gone:
        return None
    touched = _groups(standing[one] for one in gone)
    left = {article: one for article, one in standing.items() if article not in gone}
    return replace(_changed(slot, left, touched, authority_order), forgotten=gone)


def _changed(
    slot: Slot,
    said: Mapping[str, Contribution],
    touched: set[Group],
    authority_order: Sequence[AuthorityKind],
) -> Change:
    """Return how the estimates change when the buckets that were touched are resolved again."""
    touched = touched | {(kind, "country") for kind, _ in touched}
    buckets = statements(slot.name, said, touched)
    known = {
        bucket: wire.decode(text, Estimate)
        for bucket, text in slot.estimates.items()
        if bucket.partition("|")[0] in {kind for kind, _ in touched}
    }
    kept = [
        one for one in known.values() if group_of(one.bucket.kind, one.bucket.place) not in touched
    ]
    fresh = resolve_all(buckets.values(), authority_order=authority_order)
    estimates = with_countries([*kept, *fresh])
    return Change(
        slot=slot.name,
        version=slot.version,
        claims=[],
        estimates=list(_differing(estimates, known)),
        removed=sorted(set(known) - {estimate.bucket.key for estimate in estimates}),
    )


def _speaking(slot: Slot, wanted: set[Group]) -> dict[str, Contribution]:
    """Return what is stored of the wanted buckets and of the country, and perhaps more.

    A busy slot holds thousands of contributions, of which few are about the places of a batch.
    """
    marks = {_mark(place) for _, place in wanted} | {_mark("country")}
    if len(marks) > _FEW_PLACES:
        marks = {""}
    return {
        article: stored.decode(text)
        for article, text in slot.claims.items()
        if any(mark in text for mark in marks)
    }


def _mark(place: str) -> str:
    """Return what stands in every contribution that speaks of a group's place."""
    if place in ("", "country"):
        return f'"{place}"' if place else ""
    _, _, rest = place.partition("|")
    return wire.encode(rest.rpartition("|")[0]).decode()


def _groups(contributions: Iterable[Contribution]) -> set[Group]:
    return {group_of(claim.kind, claim.place) for one in contributions for claim in one.claims}


def _differing(
    estimates: Iterable[Estimate], known: Mapping[str, Estimate]
) -> Iterator[tuple[str, bytes, int]]:
    for estimate in sorted(estimates, key=lambda one: one.bucket.key):
        bucket = estimate.bucket.key
        if known.get(bucket) != estimate:
            yield bucket, wire.encode(estimate), estimate.best
