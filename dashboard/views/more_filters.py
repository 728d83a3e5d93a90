"""The filters somebody needs now and then, behind one button: exact days, and sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

import streamlit as st

from dashboard.views.address import filters as current
from dashboard.views.address import set_filters
from dashboard.views.filter_words import BOUND_WORDS, KIND_OF_AUTHORITY
from dashboard.views.widgets import hold
from vigil.claim import AUTHORITY_ORDER, Bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.charts.tally import Filters

_EARLIEST, _LATEST = date(1970, 1, 1), date(2100, 12, 31)
_PRINTED: Final = (1, 2, 3, 5, 10)
_KIND: Final = "kind:"  # before a kind of authority, among the names


def more(authorities: Mapping[str, str], outlets: Sequence[str], filters: Filters) -> None:
    """Show the button and what is behind it.

    Args:
        authorities: Name -> how it is called.
        outlets: Those there are.
        filters: What is filtered for.
    """
    with st.popover("More", key="more-filters", width="stretch"):
        first, last = st.columns(2, gap="small")
        with first:
            _day("first", "From", filters.first)
        with last:
            _day("last", "To", filters.last)
        _authorities(authorities, filters)
        _several("outlets", "Printed by", outlets, "All outlets")
        _several("bounds", "Put as", get_args(Bound), "However it is put", BOUND_WORDS)
        _printed(filters)
        st.caption(
            "An authority chosen here has its own figure shown. The other filters choose among "
            "the figures shown and change none. A total is of what fits: what is left out is not "
            "zero. Outlets are told apart by name: two that print one agency's text are two."
        )


def _day(name: str, label: str, value: date | None) -> None:
    held = hold(name, value, lambda day: _set(name, day))
    st.date_input(
        label,
        value=held.default,
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        key=held.key,
        on_change=held.on_change,
    )


def _set(name: str, value: Any) -> None:
    changed = replace(current(), **{name: value})
    if changed.first and changed.last and changed.first > changed.last:
        changed = replace(changed, first=changed.last, last=changed.first)
    set_filters(changed)


def _authorities(names: Mapping[str, str], filters: Filters) -> None:
    kinds = [f"{_KIND}{kind}" for kind in AUTHORITY_ORDER]
    wanted = [f"{_KIND}{kind}" for kind in filters.authority_kinds]

    def take(values: Sequence[str]) -> None:
        chosen_kinds = (kind for kind in AUTHORITY_ORDER if f"{_KIND}{kind}" in values)
        chosen_names = (value for value in values if not value.startswith(_KIND))
        set_filters(
            replace(
                current(),
                authority_kinds=tuple(sorted(chosen_kinds)),
                authorities=tuple(sorted(chosen_names)),
            )
        )

    called = {
        **dict(zip(kinds, (_all_of(kind) for kind in AUTHORITY_ORDER), strict=True)),
        **names,
    }
    held = hold("authorities", [*wanted, *filters.authorities], take)
    st.multiselect(
        "Who counted",
        list({**called, **dict.fromkeys(held.default)}),
        default=held.default,
        key=held.key,
        format_func=lambda value: called.get(value, value),
        placeholder="Whoever is quoted",
        on_change=held.on_change,
    )


def _all_of(kind: Any) -> str:
    name = KIND_OF_AUTHORITY[kind]
    return name.capitalize() if kind == "unattributed" else f"All {name}"


def _several(
    name: str,
    label: str,
    options: Sequence[str],
    placeholder: str,
    words: Mapping[Any, str] | None = None,
) -> None:
    held = hold(name, list(getattr(current(), name)), lambda values: _set(name, _sorted(values)))
    st.multiselect(
        label,
        list(dict.fromkeys([*options, *held.default])),
        default=held.default,
        key=held.key,
        format_func=lambda value: words[value] if words else value,
        placeholder=placeholder,
        on_change=held.on_change,
    )


def _sorted(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(values))


def _printed(filters: Filters) -> None:
    held = hold("printed", filters.printed, lambda count: _set("printed", count))
    options = sorted({*_PRINTED, held.default, filters.printed})
    st.selectbox(
        "Printed by at least",
        options,
        index=options.index(held.default),
        key=held.key,
        format_func=lambda count: "any number of outlets" if count == 1 else f"{count} outlets",
        on_change=held.on_change,
    )
