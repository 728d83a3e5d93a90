"""From the claims of one bucket to its estimate: which number wins, and why.

Everything here is a function of the set of statements: their order never matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from vigil.claim import Authority, AuthorityKind
from vigil.estimate import Bucket, Estimate, Figure, Rule
from vigil.resolving.country import with_countries
from vigil.resolving.figures import Says, Standing, says, split_unconfirmed, standing_figures
from vigil.resolving.statement import (
    Statement,
    group_of,
    outlets_of,
    references_of,
    unique,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from vigil.place import Place
    from vigil.resolving.statement import Group

__all__ = ["Statement", "resolve", "resolve_all", "resolve_slot"]

# The kinds of authority, each with its place in the order of preference.
Ranks = Mapping[str, int]


def resolve(
    statements: Collection[Statement], *, authority_order: Sequence[AuthorityKind]
) -> Estimate:
    """Return the estimate of one bucket.

    1. What every authority stands by is found: its latest figure, updates and corrections
       followed, reprints collapsed (``figures.standing_figures``). Where nobody is named, each
       outlet speaks for itself, with the highest figure it gives.
    2. A lone figure far above the rest is set aside as unconfirmed.
    3. ``best`` is the figure of the preferred kind of authority that gives a precise one; within
       a kind a named authority before an unnamed one, of the named the latest to speak, of the
       unnamed the highest, for nobody can correct a figure that nobody signs.
    4. ``low`` and ``high`` span the authorities; a lower bound that a closed figure at or above it
       satisfies is no disagreement and neither lowers nor opens the span.
    5. Where nobody counts, the different people named are counted.

    What a person marked as wrong takes no part in any of it.

    Args:
        statements: All of one kind, place and day; at least one that nobody marked as wrong.
        authority_order: The kinds of authority, the preferred first.

    Raises:
        ValueError: There is no such statement.
    """
    said = unique(statements)
    everything = [one for one in said if one.verdict != "wrong"]
    if not everything:
        message = "a bucket without statements has no estimate"
        raise ValueError(message)
    estimate = _resolved(everything, authority_order)
    if len(everything) == len(said):
        return estimate
    return replace(estimate, overruled=references_of(one for one in said if one.overruled))


def _resolved(
    everything: Sequence[Statement], authority_order: Sequence[AuthorityKind]
) -> Estimate:
    counted = [statement for statement in everything if not statement.only_names]
    if not counted:
        return _named(everything)
    if len(counted) == 1:
        return _only(counted[0], everything)
    return _weighed(counted, everything, authority_order)


def _only(one: Statement, everything: Sequence[Statement]) -> Estimate:
    """Return what ``_weighed`` makes of one count: most buckets never hear a second one."""
    claim = one.claim
    return Estimate(
        bucket=_bucket(everything),
        low=claim.low or 0,
        best=claim.figure,
        high=claim.high,
        authority=claim.authority,
        rule=Rule.VAGUE if claim.bound == "vague" else Rule.ONLY,
        outlets=outlets_of(everything),
        claims=len(everything),
        rests_on=(one.reference,),
        cities=claim.cities or None,
        figures=(Figure(*says(claim), claim.bound, (one.outlet,) if one.outlet else ()),),
        confirmed=(one.reference,) if one.confirmed else (),
    )


def _weighed(
    counted: Sequence[Statement],
    everything: Sequence[Statement],
    authority_order: Sequence[AuthorityKind],
) -> Estimate:
    found, unconfirmed = split_unconfirmed(standing_figures(counted), counted)
    ranks = _ranks(tuple(authority_order))
    standing = _preferred_first(found, ranks)
    best, rule = standing[0], _rule(standing, ranks)
    low, high = _span(standing, best)
    printed = _by_what_they_say(counted)
    reprints = printed[best.says]
    return Estimate(
        bucket=_bucket(everything),
        low=low,
        best=best.figure,
        high=high,
        authority=best.authority,
        rule=rule,
        outlets=outlets_of(everything),
        claims=len(everything),
        rests_on=references_of(reprints),
        unconfirmed=unconfirmed,
        cities=max((one.claim.cities for one in reprints if one.claim.cities), default=None),
        figures=_figures(standing, printed),
        confirmed=references_of(one for one in reprints if one.confirmed),
    )


def resolve_slot(
    statements: Collection[Statement], *, authority_order: Sequence[AuthorityKind]
) -> tuple[Estimate, ...]:
    """Return every estimate of one country and day (or period), the country's own among them.

    Sorted by the bucket's key. See ``country.with_countries`` for how cities and country meet.
    """
    buckets: dict[Group, list[Statement]] = {}
    for statement in statements:
        group = group_of(statement.claim.kind, statement.claim.place)
        buckets.setdefault(group, []).append(statement)
    estimates = resolve_all(buckets.values(), authority_order=authority_order)
    return tuple(sorted(with_countries(estimates), key=lambda estimate: estimate.bucket.key))


def resolve_all(
    buckets: Iterable[Collection[Statement]], *, authority_order: Sequence[AuthorityKind]
) -> list[Estimate]:
    """Return the estimate of each bucket; none of one in which a person marked all as wrong."""
    return [
        resolve(statements, authority_order=authority_order)
        for statements in buckets
        if not all(one.overruled for one in statements)
    ]


def _bucket(statements: Sequence[Statement]) -> Bucket:
    """Return the bucket; where its place was given in several forms, the same one every time."""
    claim = statements[0].claim
    places = [one.claim.place for one in statements if one.claim.place]
    place = min(places, key=_place_order) if places else None
    return Bucket(claim.kind, place, claim.day, claim.period)


def _place_order(place: Place) -> tuple[object, ...]:
    return (
        place.name, place.geoname or 0, place.latitude is None, place.latitude or 0.0,
        place.longitude is None, place.longitude or 0.0,
    )  # fmt: skip


def _named(statements: Sequence[Statement]) -> Estimate:
    people = {person for one in statements for person in one.claim.named}
    authorities = {one.claim.authority for one in statements}
    return Estimate(
        bucket=_bucket(statements),
        low=len(people),
        best=len(people),
        high=len(people),
        authority=authorities.pop() if len(authorities) == 1 else Authority(),
        rule=Rule.NAMED,
        outlets=outlets_of(statements),
        claims=len(statements),
        rests_on=references_of(statements),
        confirmed=references_of(one for one in statements if one.confirmed),
    )


@cache
def _ranks(authority_order: tuple[AuthorityKind, ...]) -> Ranks:
    return {kind: place for place, kind in enumerate(authority_order)}


def _preferred_first(standing: Sequence[Standing], ranks: Ranks) -> list[Standing]:
    """Return the figures as they are preferred: the first is the one to quote.

    Counted before vague, then by the kind of authority, named before unnamed; of those with a name
    the latest to speak, of those without, which nobody can correct, the highest.
    """
    if len(standing) == 1:
        return list(standing)
    latest = sorted(standing, key=lambda one: one.order, reverse=True)
    return sorted(
        latest,
        key=lambda one: (_class(one, ranks), 0 if one.authority.name else -one.figure),
    )


def _class(one: Standing, ranks: Ranks) -> tuple[bool, int, bool]:
    """Sort the figures whom time or size does not choose between, the preferred first."""
    claim = one.claim
    kind, name = claim.authority.kind, claim.authority.name
    return claim.bound == "vague", ranks.get(kind, len(ranks)), not name


def _rule(standing: Sequence[Standing], ranks: Ranks) -> Rule:
    """Return the rule that chose the first of the figures."""
    best = standing[0]
    if best.claim.bound == "vague":
        return Rule.VAGUE
    others = [one for one in standing if one.disagrees_with(best)]
    first = _class(best, ranks)
    if any(_class(one, ranks) == first for one in others):
        return Rule.LATEST if best.authority.name else Rule.HIGHEST
    if others:
        return Rule.AUTHORITY
    if not best.updated:
        return Rule.ONLY
    # Whoever signs nothing stands by the highest, which need not be the latest.
    return Rule.UPDATED if best.authority.name else Rule.HIGHEST


def _span(standing: Sequence[Standing], best: Standing) -> tuple[int, int | None]:
    """Return the lowest and the highest figure that stand, the latter None if open upward."""
    ceiling = max((one.claim.high for one in standing if one.claim.high is not None), default=None)
    shown = [one for one in standing if one is best or not one.satisfied_by(ceiling)]
    floors = [one.claim.low for one in shown if one.claim.low is not None]
    opened = any(one.claim.high is None and not one.satisfied_by(ceiling) for one in shown)
    # Nothing but "up to fifty": it may be nobody.
    low = min(*floors, best.figure) if floors else 0
    return low, None if opened else ceiling


def _by_what_they_say(statements: Iterable[Statement]) -> dict[Says, list[Statement]]:
    printed: dict[Says, list[Statement]] = {}
    for statement in statements:
        printed.setdefault(says(statement.claim), []).append(statement)
    return printed


def _figures(
    standing: Sequence[Standing], printed: Mapping[Says, Sequence[Statement]]
) -> tuple[Figure, ...]:
    figures: dict[Says, Figure] = {}
    for one in standing:
        figure = Figure(*one.says, one.claim.bound, outlets_of(printed[one.says]))
        figures.setdefault(one.says, figure)
    return tuple(figures.values())
