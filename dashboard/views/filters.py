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
CUSTOM: Final = "Chosen days"
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
    with st.container(key="filters"):
        kind, country, days, first, last, city = st.columns(
            [1, 1.15, 1.15, 1.2, 1.2, 1], gap="small"
        )
        with kind:
            _kind(filters)
        with country:
            _country(there, filters)
        with days:
            _days(there, filters)
        with first:
            _day("first", "From", filters.first)
        with last:
            _day("last", "To", filters.last)
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


def _days(there: Choices, filters: Filters) -> None:
    presets = {one.label: (one.first, one.last) for one in reversed(there.episodes)}
    asked = (filters.first, filters.last)
    preset = next((label for label, ends in presets.items() if ends == asked), CUSTOM)
    shown = ALL_DAYS if asked == (None, None) else preset
    _hold("filter-days", shown)

    def choose() -> None:
        first, last = presets.get(st.session_state["filter-days"], (None, None))
        set_filters(replace(current(), first=first, last=last))

    st.selectbox(
        "Days",
        [ALL_DAYS, *presets, *([CUSTOM] if shown == CUSTOM else [])],
        key="filter-days",
        on_change=choose,
        label_visibility="collapsed",
    )


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
