"""What somebody picked on a chart -> what is filtered for then."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.charts.ranking import REST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.tally import Filters


@dataclass(frozen=True, slots=True)
class Pick:
    """What ``chart.js`` sends.

    Attributes:
        codes: Of the marks, as the chart has them.
        drawn: Whether a box or a lasso was drawn around them, not one of them clicked.
        more: Whether it is to be added to what is chosen: a click with Shift, Ctrl or Cmd.
        number: Whether the figure beside a mark was clicked, which asks for its sentences.
    """

    codes: tuple[str, ...]
    drawn: bool = False
    more: bool = False
    number: bool = False


def pick_from(sent: str) -> Pick:
    """Return what was picked; nothing for what no chart sends."""
    try:
        said = json.loads(sent)
        codes = tuple(code for code in said["codes"] if isinstance(code, str))
    except (ValueError, TypeError, KeyError):
        return Pick(())
    return Pick(codes, *(said.get(name) is True for name in ("drawn", "more", "number")))


def cities_picked(filters: Filters, pick: Pick) -> Filters:
    """Return the filters after cities were picked.

    A click chooses a city alone, or takes it back where it is the one that is chosen; the part
    of a country without a city chooses the country. A box chooses what is in it.
    """
    if not pick.drawn and pick.codes and pick.codes[0].startswith(REST):
        return _country_picked(filters, pick.codes[0].removeprefix(REST))
    cities = {code for code in pick.codes if ":city:" in code}
    if not cities:
        return filters
    chosen = set(filters.cities)
    if pick.more:
        wanted = chosen | cities if pick.drawn else chosen ^ cities
    else:
        wanted = set() if not pick.drawn and cities == chosen else cities
    return replace(filters, cities=tuple(sorted(wanted)))


def days_picked(filters: Filters, pick: Pick) -> Filters:
    """Return the filters after days were picked.

    A click chooses a day alone, or takes it back where it is the one that is chosen; with Shift it
    extends what is chosen to that day. A box chooses from the first day in it to the last.
    """
    days = sorted(_days(pick.codes))
    if not days:
        return filters
    first, last = days[0], days[-1]
    if pick.more:
        ends = [one for one in (filters.first, filters.last) if one]
        first, last = min(first, *ends), max(last, *ends)
    elif not pick.drawn and (filters.first, filters.last) == (first, last):
        return replace(filters, first=None, last=None)
    return replace(filters, first=first, last=last)


def taken_back(filters: Filters) -> Filters:
    """Return the filters without what was picked on charts: cities and days."""
    return replace(filters, first=None, last=None, cities=())


def _country_picked(filters: Filters, code: str) -> Filters:
    country = code.partition(":")[0]
    if not country:
        return filters
    chosen = filters.country == country and not filters.cities
    return replace(filters, country=None if chosen else country, cities=())


def _days(codes: Iterable[str]) -> Iterable[date]:
    for code in codes:
        try:
            yield date.fromisoformat(code)
        except ValueError:
            continue
