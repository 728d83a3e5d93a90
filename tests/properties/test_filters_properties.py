"""What holds of filtered sums for every set of statements and all filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.selection import chosen, is_restated
from dashboard.charts.tally import Filters, place_code, tally
from tests.consumers.aggregator.ledgers import KAZAN, MINSK, MOMENTS, MOSCOW, ORDER, claims
from tests.dashboard.snapshots import snapshot
from vigil import keys
from vigil.claim import AuthorityKind, Bound
from vigil.estimate import Estimate, Rule
from vigil.resolving.resolve import Statement, resolve_slot

OUTLETS = ("Northline", "The Lantern", "Volga Today")


@st.composite
def estimates(draw: st.DrawFn) -> tuple[Estimate, ...]:
    """Return what the rules make of some statements of two days and two countries."""
    slots: dict[str, list[Statement]] = {}
    for number, one in enumerate(draw(st.lists(claims(), max_size=9))):
        outlet, seen_at = draw(st.sampled_from((None, *OUTLETS))), draw(st.sampled_from(MOMENTS))
        told = Statement(one, f"article-{number // 2}", number, seen_at, outlet)
        slots.setdefault(keys.slot_of(one), []).append(told)
    return tuple(
        estimate
        for _, told in sorted(slots.items())
        for estimate in resolve_slot(told, authority_order=ORDER)
    )


@st.composite
def sources(draw: st.DrawFn) -> Filters:
    some_cities = st.sets(st.sampled_from([place_code(one) for one in (MOSCOW, KAZAN, MINSK)]))
    return Filters(
        kind=draw(st.sampled_from(["detention", "protest"])),
        country=draw(st.sampled_from([None, None, "RU"])),
        cities=draw(st.just(()) | some_cities.map(lambda codes: tuple(sorted(codes)))),
        authority_kinds=draw(_some(get_args(AuthorityKind))),
        authorities=draw(_some(("OVD-Info", "Memorial"))),
        outlets=draw(_some(OUTLETS)),
        bounds=draw(_some(get_args(Bound))),
        printed=draw(st.integers(1, 3)),
    )


def _some(values: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    chosen_ = st.sets(st.sampled_from(values)).map(lambda found: tuple(sorted(found)))
    return st.just(()) | chosen_


@given(estimates(), sources())
def test_filtered_sums_agree_whichever_way_they_are_cut(
    known: tuple[Estimate, ...], filters: Filters
) -> None:
    sums = tally(snapshot(known), filters)
    by_place = sum(one.best for one in (*sums.cities, *sums.unspecified))
    assert sums.total == by_place == sum(day.total for day in sums.days)
    assert sum(best for day in sums.days for _, best in day.places) == sum(
        one.best for one in sums.cities
    )


@given(estimates(), sources())
def test_days_one_by_one_add_up_to_all_of_them(
    known: tuple[Estimate, ...], filters: Filters
) -> None:
    there = snapshot(known)
    sums = tally(there, filters)
    alone = [tally(there, replace(filters, first=day.day, last=day.day)) for day in sums.days]
    assert sum(one.total for one in alone) == sums.total


@given(estimates(), sources())
def test_no_filter_but_that_for_authorities_changes_a_figure(
    known: tuple[Estimate, ...], filters: Filters
) -> None:
    plain = replace(filters, authority_kinds=(), authorities=())
    assert all(chosen(one, plain) in {None, one} for one in known)


@given(estimates(), sources())
def test_figure_shown_for_authorities_is_one_they_stand_by(
    known: tuple[Estimate, ...], filters: Filters
) -> None:
    for one in known:
        shown = chosen(one, filters)
        if shown and is_restated(shown):
            assert shown.authority.kind in filters.authority_kinds or (
                shown.authority.name in filters.authorities
            )
            assert (shown.authority, shown.best) in {
                (figure.authority, (figure.high if figure.low is None else figure.low) or 0)
                for figure in one.figures
            }
            assert shown.low <= shown.best
            assert shown.high is None or shown.best <= shown.high


@given(estimates())
def test_all_authorities_together_say_what_is_said_without_a_filter(
    known: tuple[Estimate, ...],
) -> None:
    everybody = Filters(authority_kinds=tuple(sorted(get_args(AuthorityKind))))
    for one in known:
        if one.rule != Rule.CITIES:
            assert chosen(one, everybody) == one


@given(estimates(), sources())
def test_filtering_twice_is_filtering_once(known: tuple[Estimate, ...], filters: Filters) -> None:
    for one in known:
        shown = chosen(one, filters)
        if shown:
            assert chosen(shown, filters) == shown
