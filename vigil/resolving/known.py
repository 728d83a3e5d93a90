"""What was known at a past moment, and how a figure came to be: derived from what articles said.

What was known at a moment is what the rules of resolution make of the revisions and reviews that
were known by then. Nothing of it is stored as such: it follows from the contributions of a slot,
which remember what was superseded, so it can never disagree with them, whatever came late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vigil import reviewing
from vigil.estimate import Estimate
from vigil.resolving.country import with_countries
from vigil.resolving.resolve import resolve_all
from vigil.resolving.said import judged_spells, statements_at
from vigil.resolving.statement import Group, group_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vigil.claim import AuthorityKind
    from vigil.estimate import Bucket
    from vigil.resolving.said import Spell
    from vigil.stored import Contribution

# More moments than this are thinned out: the figure is then looked at less often.
MOST_MOMENTS = 300
# How many letters of a moment, "2022-02-24T19:04:07.250000Z", those share of which only the last is
# looked at: each on its own, then of a second, ten seconds, a minute, ten, an hour, a day and more.
_GRAINS = (27, 19, 18, 16, 15, 13, 10, 9, 7, 4, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of what is shown for a bucket.

    Attributes:
        seen_at: The moment from which it was so.
        estimate: What there was to show from then on, None for nothing.
    """

    seen_at: datetime
    estimate: Estimate | None


def known_at(
    name: str,
    said: Mapping[str, Contribution],
    moment: datetime,
    *,
    authority_order: Sequence[AuthorityKind],
) -> tuple[Estimate, ...]:
    """Return every estimate of a slot as it was known at a moment, sorted by the bucket's key.

    It is what ``resolve_slot`` makes of all that was known by then, the moment included.

    Args:
        name: The slot's name.
        said: Article id -> its contribution.
        moment: The moment (aware).
        authority_order: The kinds of authority, the preferred first.
    """
    buckets = statements_at(name, said, reviewing.instant(moment))
    estimates = resolve_all(buckets.values(), authority_order=authority_order)
    return tuple(sorted(with_countries(estimates), key=lambda one: one.bucket.key))


def history(
    name: str,
    said: Mapping[str, Contribution],
    bucket: Bucket,
    *,
    authority_order: Sequence[AuthorityKind],
) -> tuple[Step, ...]:
    """Return how a bucket's figure came to be: each change of it, the oldest first.

    A change is another low, best or high, another rule or authority behind it, or another part of
    a country that its cities do not explain. A bucket that changed at more than ``MOST_MOMENTS``
    moments is looked at less often, at the last moment of every minute, or hour, or day: what is
    shown was so at that moment, and what came and went between two is left out.
    """
    wanted = group_of(bucket.kind, bucket.place)
    found = judged_spells(name, said, kind=bucket.kind)
    if wanted != (bucket.kind, "country"):
        found = {wanted: found.get(wanted, [])}
    steps: list[Step] = []
    standing: dict[Group, Estimate] = {}
    shown: tuple[object, ...] | None = None
    for instant, touched in _moments(found):
        for group in touched:
            now = [spell.statement for spell in found[group] if spell.covers(instant)]
            standing.pop(group, None)
            for one in resolve_all([now] if now else [], authority_order=authority_order):
                standing[group] = one
        estimate = _shown(standing, wanted)
        told = _told(estimate)
        if told != shown:
            steps.append(Step(datetime.fromisoformat(instant), estimate))
            shown = told
    return tuple(steps)


def thinned(instants: Collection[str]) -> tuple[str, ...]:
    """Return moments in order, ``MOST_MOMENTS`` at most: of a minute, hour or day the last one."""
    grain = _grain(instants)
    return tuple(sorted({instant[:grain]: instant for instant in sorted(instants)}.values()))


def _grain(instants: Collection[str]) -> int:
    """Return how many letters moments share of which only the last is looked at."""
    return next(
        grain for grain in _GRAINS if len({one[:grain] for one in instants}) <= MOST_MOMENTS
    )


def _moments(found: Mapping[Group, Iterable[Spell]]) -> list[tuple[str, set[Group]]]:
    """Return the moments to look at, each with the buckets that changed since the one before."""
    changed: dict[str, set[Group]] = {}
    for group, some in found.items():
        for spell in some:
            for instant in (spell.since, spell.until):
                if instant:
                    changed.setdefault(instant, set()).add(group)
    grain = _grain(changed)
    cells: dict[str, tuple[str, set[Group]]] = {}
    for instant in sorted(changed):
        _, groups = cells.get(instant[:grain], ("", set[Group]()))
        cells[instant[:grain]] = (instant, groups | changed[instant])
    return list(cells.values())


def _shown(standing: Mapping[Group, Estimate], wanted: Group) -> Estimate | None:
    if wanted[1] != "country":
        return standing.get(wanted)
    whole = with_countries(list(standing.values()))
    countries = (one for one in whole if one.bucket.place and one.bucket.place.scope == "country")
    return next(countries, None)


def _told(estimate: Estimate | None) -> tuple[object, ...] | None:
    if estimate is None:
        return None
    return (
        estimate.low, estimate.best, estimate.high, estimate.rule, estimate.authority,
        estimate.unspecified,
    )  # fmt: skip
