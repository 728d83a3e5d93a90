"""The values of each chart as a table: by city, by day, and of two periods; no Streamlit here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.beside import ABSENT
from dashboard.charts.episodes import episodes
from dashboard.charts.reach import added, running
from dashboard.charts.words import KINDS, number, span
from dashboard.live.nodes import node
from dashboard.views.panels import pick
from dashboard.views.state import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dashboard.charts.compare import Comparison, Pair
    from dashboard.charts.reach import Reach
    from dashboard.charts.tally import DayTotal, Filters, PlaceTotal, Tally
    from dashboard.live.nodes import Child, Node

# Rows of one table; what is beyond them is in the CSV.
MOST_ROWS: Final = 250


def by_city(tally: Tally, days: Mapping[date, Reach]) -> list[Child]:
    """Return the values of the ranking and the map; they add up to the total below them."""
    what = KINDS[tally.filters.kind].headline
    everything = [
        *(_place_row(one, one.name, tally) for one in tally.cities),
        *(_place_row(one, f"{one.name}, city not stated", tally) for one in tally.unspecified),
    ]
    whole = added(days.values())
    total = _row(
        "All", number(whole.best), span(whole.low, whole.high), number(len(days)), heading="row"
    )
    return _table(
        f"{what.capitalize()} by city, as on the map and in its bars",
        ("City", "Figure", "Range", "Days"),
        everything,
        total,
    )


def by_day(tally: Tally, days: Mapping[date, Reach]) -> list[Child]:
    """Return the values of the charts of days, the newest episode first, its days in order."""
    what = KINDS[tally.filters.kind].headline
    so_far = running(days)
    known = {day.day: day for day in tally.days}
    rows: list[Node] = []
    for episode in reversed(episodes(known)):
        rows.append(_episode_row(episode.label))
        rows += [
            _day_row(known[day], days[day], so_far[day], tally.filters)
            for day in episode.days()
            if day in known
        ]
    whole = added(days.values())
    total = _row(
        "All",
        number(sum(day.cities for day in tally.days)),
        number(sum(day.unspecified for day in tally.days)),
        number(whole.best),
        "",
        heading="row",
    )
    return _table(
        f"{what.capitalize()} by day; days without a row were not read of: that is not a zero",
        ("Day", "In cities", "No city", "Total, range", "So far"),
        rows,
        total,
    )


def by_period(comparison: Comparison) -> list[Child]:
    """Return the values of two periods, a row for each city."""
    one, other = comparison.sides
    what = KINDS[one.tally.filters.kind].headline
    rows = [_pair_row(pair, comparison) for pair in comparison.pairs]
    total = _row("All", *_reach_cells([one.total, other.total]), heading="row")
    return _table(
        f"{what.capitalize()} by city, {one.period.text} beside {other.period.text}",
        ("City", one.period.text, "Range", other.period.text, "Range"),
        rows,
        total,
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Node], total: Node) -> list[Child]:
    left = len(rows) - MOST_ROWS
    return [
        node(
            "table",
            node("caption", caption),
            node("thead", node("tr", *(node("th", head, state="col") for head in heads))),
            node("tbody", *rows[:MOST_ROWS]),
            node("tfoot", total),
        ),
        node("p", f"{number(left)} more rows: in the CSV", look="v-quiet") if left > 0 else None,
    ]


def _row(*cells: Child, heading: str = "") -> Node:
    """Return a row whose first cell heads it."""
    first, *rest = cells
    return node(
        "tr",
        node("th", first, state=heading or "row"),
        *(node("td", one, look="v-number") for one in rest),
    )


def _place_row(place: PlaceTotal, name: str, tally: Tally) -> Node:
    asked = pick(Subject(tally.filters, place=place.code))
    reach = span(place.low, place.high) if place in tally.cities else ""
    return _row(name, node("button", number(place.best), pick=asked), reach, number(place.days))


def _episode_row(label: str) -> Node:
    return node(
        "tr", node("th", label, state="row", look="v-episode"), *(node("td") for _ in "1234")
    )


def _day_row(day: DayTotal, reach: Reach, so_far: Reach, filters: Filters) -> Node:
    asked = pick(Subject(filters, when=day.day.isoformat()))
    differs = span(reach.low, reach.high)
    return _row(
        f"{day.day.day} {day.day:%b}",
        number(day.cities),
        number(day.unspecified) if day.unspecified else "",
        node(
            "span",
            node("button", number(day.total), pick=asked),
            node("small", differs) if differs != number(day.total) else None,
        ),
        number(so_far.best),
    )


def _pair_row(pair: Pair, comparison: Comparison) -> Node:
    name = pair.name if pair.city else f"{pair.name}, city not stated"
    cells: list[Child] = []
    for place, side in zip(pair.sides, comparison.sides, strict=True):
        if place is None:
            cells += [node("span", ABSENT, look="v-quiet"), ""]
            continue
        asked = pick(Subject(side.tally.filters, place=pair.code))
        reach = span(place.low, place.high) if pair.city else ""
        cells += [node("button", number(place.best), pick=asked), reach]
    return _row(name, *cells)


def _reach_cells(sums: Iterable[Reach]) -> list[str]:
    return [text for one in sums for text in (number(one.best), span(one.low, one.high))]
