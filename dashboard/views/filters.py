"""The row of filters: widgets that show and change what the address says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, get_args

import streamlit as st

from dashboard.charts.episodes import Episode, episodes
from dashboard.charts.selection import without_sources
from dashboard.charts.tally import tally
from dashboard.charts.words import KINDS, authority_text
from dashboard.views.address import filters as current
from dashboard.views.address import set_filters
from dashboard.views.filter_words import city_name, days_text
from dashboard.views.more_filters import more
from dashboard.views.state import text_of
from dashboard.views.widgets import hold
from vigil.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.tally import Filters
    from vigil.estimate import Estimate
    from vigil.snapshot import Snapshot

ALL_DAYS: Final = "All days"


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from; it changes with the store and the view only.

    Attributes:
        countries: Code -> name.
        episodes: The stretches of days with data, in order.
        cities: Place code -> name, largest first, those without a figure here last.
        authorities: Name of an authority -> how it is called, by name.
        outlets: Who printed a figure, sorted.
    """

    countries: dict[str, str]
    episodes: tuple[Episode, ...]
    cities: dict[str, str]
    authorities: dict[str, str]
    outlets: tuple[str, ...]


def choices(snapshot: Snapshot, filters: Filters) -> Choices:
    """Return what a viewer of this view can choose from, whatever is asked of sources."""
    there = replace(without_sources(filters), cities=())
    always = tally(snapshot, replace(there, first=None, last=None))
    here = always if there.first is there.last is None else tally(snapshot, there)
    cities = {city.code: city.name for city in here.cities}
    absent = {code: city_name(code) for code in filters.cities if code not in cities}
    of_kind = [one for one in snapshot.estimates if one.bucket.kind == filters.kind]
    authorities = _authorities(of_kind)
    return Choices(
        countries=country_names(snapshot),
        episodes=episodes(day.day for day in always.days),
        cities={**cities, **absent},
        authorities={**{name: name for name in filters.authorities}, **authorities},
        outlets=tuple(
            sorted({*filters.outlets, *(outlet for one in of_kind for outlet in one.outlets)})
        ),
    )


def row(there: Choices, filters: Filters) -> None:
    """Show the widgets."""
    with st.container(key="filters"):
        kind, country, days, city, text, others = st.columns(
            [1.2, 1.25, 1.4, 1.15, 1.05, 0.8], gap="small"
        )
        with kind:
            _kind(filters)
        with country:
            _country(there, filters)
        with days:
            _days(there, filters)
        with city:
            _cities(there, filters)
        with text:
            _text(filters)
        with others:
            more(there.authorities, there.outlets, filters)


def _kind(filters: Filters) -> None:
    kinds = get_args(Kind)
    held = hold("kind", filters.kind, lambda kind: set_filters(replace(current(), kind=kind)))
    st.selectbox(
        "What",
        kinds,
        index=kinds.index(held.default),
        key=held.key,
        format_func=lambda kind: KINDS[kind].menu,
        on_change=held.on_change,
        label_visibility="collapsed",
    )


def _country(there: Choices, filters: Filters) -> None:
    names = there.countries
    held = hold(
        "country",
        filters.country or "",
        lambda code: set_filters(replace(current(), country=code or None, cities=())),
    )
    codes = sorted(
        {"", held.default, filters.country or "", *names}, key=lambda code: names.get(code, code)
    )
    st.selectbox(
        "Country",
        codes,
        index=codes.index(held.default),
        key=held.key,
        format_func=lambda code: names.get(code, code) or "All countries",
        on_change=held.on_change,
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


def _authorities(estimates: Iterable[Estimate]) -> dict[str, str]:
    named = {
        one.authority.name: authority_text(one.authority)
        for estimate in estimates
        for one in estimate.figures
        if one.authority.name
    }
    return dict(sorted(named.items(), key=lambda one: one[0].casefold()))


def _days(there: Choices, filters: Filters) -> None:
    presets = {one.label: (one.first, one.last) for one in reversed(there.episodes)}
    asked = (filters.first, filters.last)
    preset = next((label for label, ends in presets.items() if ends == asked), "")
    shown = preset or days_text(filters) or ALL_DAYS

    def choose(label: str) -> None:
        first, last = presets.get(label, asked if label == shown else (None, None))
        set_filters(replace(current(), first=first, last=last))

    held = hold("days", shown, choose)
    options = list(dict.fromkeys([ALL_DAYS, *presets, shown]))
    # An episode that grew since has another name.
    default = held.default if held.default in options else shown
    st.selectbox(
        "Days",
        options,
        index=options.index(default),
        key=held.key,
        on_change=held.on_change,
        label_visibility="collapsed",
    )


def _cities(there: Choices, filters: Filters) -> None:
    held = hold(
        "cities",
        list(filters.cities),
        lambda codes: set_filters(replace(current(), cities=tuple(sorted(codes)))),
    )
    st.multiselect(
        "City",
        list({**there.cities, **dict.fromkeys(held.default)}),
        default=held.default,
        key=held.key,
        format_func=lambda code: there.cities.get(code) or city_name(code),
        placeholder="All cities",
        on_change=held.on_change,
        label_visibility="collapsed",
    )


def _text(filters: Filters) -> None:
    held = hold(
        "text",
        filters.text,
        lambda typed: set_filters(replace(current(), text=text_of(typed))),
    )
    st.text_input(
        "Search places, authorities, outlets and sentences",
        held.default,
        key=held.key,
        placeholder="Search",
        on_change=held.on_change,
        label_visibility="collapsed",
    )
