"""Tally -> the countries: what their cities have, and what has a country alone, in one bar each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts import theme as look
from dashboard.charts.ranking import Row, bars, figure, solid_marker
from dashboard.charts.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.charts.tally import PlaceTotal, Tally
    from dashboard.charts.theme import Theme

MOST_COUNTRIES: Final = 12


def countries(
    tally: Tally, theme: Theme, *, names: Mapping[str, str], most: int = MOST_COUNTRIES
) -> dict[str, Any]:
    """Return the figure: the largest countries, and the others summed up, so that they add up.

    A click on a bar gives the country's code.

    Args:
        tally: What to draw.
        theme: In which colours and sizes.
        names: Country code -> name.
        most: How many countries have a bar of their own.
    """
    cities, rest = _sums(tally.cities), _sums(tally.unspecified)
    order = sorted({*cities, *rest}, key=lambda code: (-cities[code] - rest[code], code))
    rows = [(names.get(code, code), code, cities[code], rest[code]) for code in order[:most]]
    if left := order[most:]:
        name = f"{len(left)} more {'country' if len(left) == 1 else 'countries'}"
        rows.append((name, "", sum(cities[one] for one in left), sum(rest[one] for one in left)))
    inner = bars(
        [Row(code, name, known) for name, code, known, _ in rows],
        "in cities",
        solid_marker(theme),
        theme,
    )
    inner.textposition = "none"
    outer = bars(
        [Row(code, name, beyond) for name, code, _, beyond in rows],
        "city not stated",
        look.unspecified_marker(theme),
        theme,
    )
    outer.text = [number(known + beyond) for _, _, known, beyond in rows]
    made = figure(
        [inner, outer],
        [Row(code, name, known + beyond) for name, code, known, beyond in rows],
        theme,
    )
    made["layout"]["barmode"] = "stack"
    return made


def _sums(places: Iterable[PlaceTotal]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for place in places:
        sums[place.country or ""] += place.best
    return sums
