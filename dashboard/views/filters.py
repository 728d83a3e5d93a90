"""The row of filters: widgets that show and change what the address says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, get_args

import streamlit as st

from dashboard.charts.episodes import Episode, episodes
from dashboard.charts.tally import tally
from dashboard.charts.words import KINDS
from dashboard.views.address import filters as current
from dashboard.views.address import set_filters
from vigil.claim import Kind

if TYPE_CHECKING:
    from dashboard.charts.tally import Filters
    from vigil.snapshot import Snapshot

ALL_DAYS: Final = "All days"
CUSTOM: Final = "Between two days"
_CUSTOM_FLAG: Final = "filter-custom"
_EARLIEST, _LATEST = date(1970, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from; it changes with the store and the view only.

    Attributes:
        countries: Code -> name.
        episodes: The stretches of days with data, in order.
        cities: Place code -> name, largest first, those without a figure here last.
    """

    countries: dict[str, str]
    episodes: tuple[Episode, ...]
    cities: dict[str, str]


def choices(snapshot: Snapshot, filters: Filters) -> Choices:
    """Return what a viewer of this view can choose from."""
    always = tally(snapshot, replace(filters, first=None, last=None, cities=()))
    cities = {city.code: city.name for city in tally(snapshot, replace(filters, cities=())).cities}
    absent = {code: _name_in(code) for code in filters.cities if code not in cities}
    return Choices(
        countries=country_names(snapshot),
        episodes=episodes(day.day for day in always.days),
        cities={**cities, **absent},
    )


def row(there: Choices, filters: Filters) -> None:
    """Show the widgets."""
    custom = _is_custom(there, filters)
    widths = [1, 1, 1.25, *([2.3] if custom else []), 1.3]
    kind, country, days, *between, city = st.columns(widths, gap="small")
    with kind:
        _kind(filters)
    with country:
        _country(there, filters)
    with days:
        _days(there, filters, custom=custom)
    if between:
        with between[0]:
            _between(filters)
    with city:
        _cities(there, filters)


def _hold(key: str, value: object) -> None:
    """Set a widget to what is filtered for, unless it stands there already.

    Setting it anew with every run would undo what somebody is just choosing.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _kind(filters: Filters) -> None:
    _hold("filter-kind", filters.kind)
    st.selectbox(
        "What",
        get_args(Kind),
        key="filter-kind",
        format_func=lambda kind: KINDS[kind].menu,
        on_change=lambda: set_filters(replace(current(), kind=st.session_state["filter-kind"])),
        label_visibility="collapsed",
    )


def _country(there: Choices, filters: Filters) -> None:
    names = there.countries
    _hold("filter-country", filters.country or "")
    st.selectbox(
        "Country",
        sorted({"", filters.country or "", *names}, key=lambda code: names.get(code, code)),
        key="filter-country",
        format_func=lambda code: names.get(code, code) or "All countries",
        on_change=lambda: set_filters(
            replace(current(), country=st.session_state["filter-country"] or None, cities=())
        ),
        label_visibility="collapsed",
    )


def country_names(snapshot: Snapshot) -> dict[str, str]:
    """Return the countries there are estimates for: code -> name, or the code where unnamed."""
    names: dict[str, str] = {}
    for estimate in snapshot.estimates:
        place = estimate.bucket.place
        if place and place.country:
            if place.scope == "country":
                names[place.country] = place.name
            else:
                names.setdefault(place.country, place.country)
    return names


def _is_custom(there: Choices, filters: Filters) -> bool:
    if st.session_state.get(_CUSTOM_FLAG):
        return True
    asked = (filters.first, filters.last)
    presets = {(one.first, one.last) for one in there.episodes}
    return asked != (None, None) and asked not in presets


def _days(there: Choices, filters: Filters, *, custom: bool) -> None:
    presets = {one.label: one for one in reversed(there.episodes)}
    asked = (filters.first, filters.last)
    label = next(
        (name for name, one in presets.items() if (one.first, one.last) == asked), ALL_DAYS
    )
    _hold("filter-days", CUSTOM if custom else label)

    def choose() -> None:
        chosen = st.session_state["filter-days"]
        st.session_state[_CUSTOM_FLAG] = chosen == CUSTOM
        if chosen == CUSTOM:
            return
        one = presets.get(chosen)
        set_filters(
            replace(current(), first=one.first if one else None, last=one.last if one else None)
        )

    st.selectbox(
        "Days",
        [ALL_DAYS, *presets, CUSTOM],
        key="filter-days",
        on_change=choose,
        label_visibility="collapsed",
    )


def _between(filters: Filters) -> None:
    first, last = st.columns(2, gap="small")
    with first:
        _day("first", "From", filters.first)
    with last:
        _day("last", "To", filters.last)


def _day(name: str, label: str, value: date | None) -> None:
    key = f"filter-{name}"
    _hold(key, value)
    st.date_input(
        label,
        value=None,
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        key=key,
        on_change=lambda: set_filters(replace(current(), **{name: st.session_state[key]})),
        label_visibility="collapsed",
    )


def _cities(there: Choices, filters: Filters) -> None:
    _hold("filter-cities", list(filters.cities))
    st.multiselect(
        "City",
        list(there.cities),
        key="filter-cities",
        format_func=lambda code: there.cities.get(code, code),
        placeholder="All cities",
        on_change=lambda: set_filters(
            replace(current(), cities=tuple(sorted(st.session_state["filter-cities"])))
        ),
        label_visibility="collapsed",
    )


def _name_in(code: str) -> str:
    """Return the name in a place code, for a city that has no figure in this view."""
    parts = code.split(":")
    return ":".join(parts[2:-1]) or code
