"""What is on the screen as CSV: the rows that add up to the total, each with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.compare import Period
from dashboard.charts.tally import counted
from dashboard.views.growing import way_to
from dashboard.views.state import subject_of
from vigil.rows import estimate_row, to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from dashboard.charts.tally import Filters
    from vigil.estimate import Estimate
    from vigil.rows import Row
    from vigil.snapshot import Snapshot

    CountryDay = tuple[str | None, date | None]

COLUMNS: Final = (
    "period", "kind", "date", "country", "place", "scope", "part", "low", "best", "high",
    "authority", "authority_kind", "rule", "outlets", "claims", "known_at", "evidence",
)  # fmt: skip
IN_CITY: Final = "city"
BEYOND: Final = "city not stated"


def sheet(
    snapshot: Snapshot,
    views: Sequence[Filters],
    *,
    root: str,
    known: datetime | None = None,
) -> str:
    """Return the rows of views as CSV; what a spreadsheet takes for a formula is neutralised.

    Args:
        snapshot: What is known, now or at ``known``.
        views: What is on the screen: a view, or the two that are compared.
        root: The address of the overview, for the links to the evidence.
        known: The moment of the past that is shown; None for now.
    """
    found = [row for view in views for row in rows(snapshot, view, root=root, known=known)]
    return to_csv(found, COLUMNS)


def rows(
    snapshot: Snapshot, filters: Filters, *, root: str = "", known: datetime | None = None
) -> list[Row]:
    """Return the rows of a view, by day and then the largest first; ``best`` adds up to its total.

    A row is a city's day, or what a country's day has beyond its cities: of that one low and high
    are what the country's own range leaves. Undated and cumulative figures are in no total and
    have no row.
    """
    found = counted(snapshot, filters)
    widest, inside = _widest(found.wider), _sums(found.cities)
    made = [_row(one, filters, part=IN_CITY) for one in found.cities]
    for at, best in found.beyond.items():
        whole, cities = widest[at], inside.get(at, 0)
        made.append(
            _row(whole, filters, part=BEYOND)
            | {
                "low": min(best, max(0, whole.low - cities)),
                "best": best,
                "high": None if whole.high is None else max(best, whole.high - cities),
            }
        )
    told = {"known_at": known.isoformat() if known else None}
    return [
        row | told | {"evidence": root + way_to(row["evidence"], known)}
        for row in sorted(made, key=_order)
    ]


def _row(estimate: Estimate, filters: Filters, *, part: str) -> Row:
    return estimate_row(estimate) | {
        "period": Period(filters.first, filters.last).text,
        "part": part,
        "authority_kind": estimate.authority.kind,
        "evidence": subject_of(estimate.bucket, filters),
    }


def _widest(wider: Iterable[Estimate]) -> dict[CountryDay, Estimate]:
    """Return the estimate that sets each country's day: the largest; the country's among equals."""
    found: dict[CountryDay, Estimate] = {}
    for one in wider:
        known = found.get(_at(one))
        if known is None or _rank(one) > _rank(known):
            found[_at(one)] = one
    return found


def _rank(one: Estimate) -> tuple[int, bool]:
    place = one.bucket.place
    return one.best, place is not None and place.scope == "country"


def _sums(cities: Iterable[Estimate]) -> dict[CountryDay, int]:
    sums: dict[CountryDay, int] = {}
    for one in cities:
        sums[_at(one)] = sums.get(_at(one), 0) + one.best
    return sums


def _at(one: Estimate) -> CountryDay:
    return one.bucket.place.country if one.bucket.place else None, one.bucket.day


def _order(row: Row) -> tuple[object, ...]:
    return row["date"], row["country"], row["part"] == BEYOND, -row["best"], row["place"]
