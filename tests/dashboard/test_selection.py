"""Filters for sources: whose figure is shown, and which of the figures that stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.charts.selection import (
    WHY,
    chosen,
    is_restated,
    item_fits,
    quoted,
    speaks_for,
    without_sources,
)
from dashboard.charts.tally import Filters, tally
from tests.consumers.aggregator.ledgers import KAZAN, MONITOR, MOSCOW, POLICE, RUSSIA, claim
from tests.dashboard.snapshots import item, snapshot
from tests.vigil.resolving.statements import resolved, said, span
from vigil.claim import Authority
from vigil.estimate import Rule
from vigil.resolving.country import with_countries

ORGANISERS = Authority("strike committee", "organiser")


def evening() -> tuple[object, ...]:
    """Return who said what of Moscow: a monitor is quoted, police and organisers differ."""
    return (
        said(claim(1_450, authority=MONITOR), outlet="Northline"),
        said(claim(1_450, authority=MONITOR), outlet="The Lantern"),
        said(claim(500, authority=POLICE), outlet="The Lantern", article="another"),
        said(claim(2_000, bound="about", authority=ORGANISERS), outlet="Volga Today"),
    )


MOSCOW_EVENING = resolved(*evening())  # type: ignore[arg-type]  # statements


def test_of_two_monitors_that_are_filtered_for_the_latest_is_shown() -> None:
    lawyers = Authority("lawyers' guild", "monitor")
    estimate = resolved(
        said(claim(1_300, authority=Authority("press club", "monitor")), hour=23),
        said(claim(1_450, authority=MONITOR), hour=20),
        said(claim(1_380, authority=lawyers), hour=21),
    )
    shown = chosen(estimate, Filters(authorities=("OVD-Info", "lawyers' guild")))
    assert shown
    assert (shown.best, shown.authority, shown.rule) == (1_380, lawyers, WHY)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(), (500, 1_450, 2_000)),
        (Filters(authority_kinds=("official",)), (500, 500, 500)),
        (Filters(authorities=("police",)), (500, 500, 500)),
        (Filters(authorities=("OVD-Info",)), (1_450, 1_450, 1_450)),
        (Filters(authority_kinds=("monitor", "official")), (500, 1_450, 1_450)),
        (Filters(authority_kinds=("official", "organiser")), (500, 500, 2_000)),
        (Filters(authority_kinds=("organiser",), authorities=("police",)), (500, 500, 2_000)),
        (Filters(authorities=("Memorial",)), None),
        (Filters(outlets=("Northline",)), (500, 1_450, 2_000)),
        (Filters(outlets=("Volga Today",)), None),
        (Filters(outlets=("Volga Today",), authority_kinds=("organiser",)), (2_000, 2_000, 2_000)),
        (Filters(outlets=("Northline",), authority_kinds=("official",)), None),
        (Filters(bounds=("exact",)), (500, 1_450, 2_000)),
        (Filters(bounds=("about",)), None),
        (Filters(printed=2), (500, 1_450, 2_000)),
        (Filters(printed=3), None),
        (Filters(printed=2, authority_kinds=("official",)), None),
    ],
)
def test_figure_is_that_of_the_sources_filtered_for(
    filters: Filters, shown: tuple[int, int, int | None] | None
) -> None:
    found = chosen(MOSCOW_EVENING, filters)
    assert (span(found) if found else None) == shown


def test_figure_of_another_authority_says_why_it_is_shown() -> None:
    found = chosen(MOSCOW_EVENING, Filters(authority_kinds=("official",)))
    assert found
    assert (found.authority, found.rule, found.outlets) == (POLICE, WHY, ("The Lantern",))
    assert is_restated(found)
    assert not is_restated(MOSCOW_EVENING)
    assert speaks_for(claim(500, authority=POLICE), found)
    assert not speaks_for(claim(1_450, authority=MONITOR), found)


def test_figure_that_is_left_out_of_the_quoted_is_not_shown_for_its_outlet() -> None:
    found = resolved(
        said(claim(389, authority=MONITOR), hour=12, outlet="Noon"),
        said(claim(1_702, authority=MONITOR), hour=23, outlet="Night"),
    )
    assert chosen(found, Filters(outlets=("Night",))) == found
    assert chosen(found, Filters(outlets=("Noon",))) is None


def test_people_known_by_name_were_counted_by_no_single_outlet() -> None:
    one = claim(1, named=("p1",))
    found = resolved(
        said(replace(one, named=("p1",)), outlet="Northline"),
        said(replace(one, named=("p2",)), outlet="The Lantern"),
    )
    assert found.rule == Rule.NAMED
    assert chosen(found, Filters(outlets=("Northline",))) is None
    assert chosen(found, Filters(outlets=("Northline", "The Lantern"))) == found
    assert chosen(found, Filters(printed=2)) is None
    assert chosen(found, Filters(bounds=("exact",))) is None
    assert chosen(found, Filters(authority_kinds=("unattributed",))) == found
    assert chosen(found, Filters(authority_kinds=("monitor",))) is None


def test_sum_of_cities_is_made_anew_of_the_cities_that_fit() -> None:
    country = with_countries(
        [
            resolved(said(claim(900, authority=MONITOR), outlet="Northline")),
            resolved(said(claim(24, KAZAN, authority=POLICE), outlet="Volga Today")),
            resolved(said(claim(300, RUSSIA, authority=POLICE), outlet="Volga Today")),
        ]
    )
    assert [one.best for one in country if one.rule == Rule.CITIES] == [924]
    there = snapshot(country)
    assert tally(there, Filters()).total == 924
    assert tally(there, Filters(outlets=("Northline",))).total == 900
    police = tally(there, Filters(authority_kinds=("official",)))
    assert (police.total, [one.best for one in police.unspecified]) == (300, [276])
    assert tally(there, Filters(text="x")).total == 924  # narrowed by whoever reads sentences


def test_quoted_figure_is_every_form_it_was_said_in() -> None:
    found = resolved(
        said(claim(200), outlet="Northline"),
        said(claim(200, bound="at_least"), outlet="The Lantern"),
    )
    assert {outlet for one in quoted(found) for outlet in one.outlets} == {
        "Northline",
        "The Lantern",
    }
    assert chosen(found, Filters(printed=2)) == found


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        (Filters(), True),
        (Filters(authority_kinds=("monitor",)), True),
        (Filters(authorities=("police",)), False),
        (Filters(outlets=("The Wire",)), True),
        (Filters(outlets=("Northline",)), False),
        (Filters(bounds=("exact",)), True),
        (Filters(bounds=("vague",)), False),
        (Filters(printed=9), True),
        (Filters(text="wire TAKEN moscow ovd"), True),
        (Filters(text="taken by tram"), False),
    ],
)
def test_item_fits_as_far_as_one_claim_can(filters: Filters, fits: bool) -> None:
    told = claim(900, MOSCOW, authority=MONITOR)
    assert item_fits(item("Evening", told), told, filters) is fits


def test_filters_without_sources_keep_place_and_time() -> None:
    every = Filters(
        country="RU",
        authority_kinds=("monitor",),
        authorities=("police",),
        outlets=("Northline",),
        bounds=("exact",),
        printed=3,
        text="van",
    )
    assert without_sources(every) == Filters(country="RU")
