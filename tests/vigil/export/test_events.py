"""Events add up: to the dashboard's total, for whatever is claimed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.tally import Filters, tally
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MONITOR,
    MOSCOW,
    NOW,
    RUSSIA,
    TATARSTAN,
    claim,
    claim_sets,
    reference,
)
from vigil import keys
from vigil.claim import Claim, ClaimSet
from vigil.export.acled import ACLED
from vigil.export.events import Event, country_codes, events
from vigil.export.plover import PLOVER
from vigil.export.source import Content, Wanted
from vigil.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigil.estimate import Estimate

ALL = Wanted()


def contents(sets: Sequence[ClaimSet]) -> list[Content]:
    slots: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in reference(sets):
        bucket = estimate.bucket
        country = bucket.place.country if bucket.place else None
        slots[keys.slot(country, bucket.day, bucket.period)].append(estimate)
    articles = {one.article: one for one in sets}
    return [Content(slot, tuple(here), articles) for slot, here in sorted(slots.items())]


def content(*claims: Claim) -> Content:
    [one] = contents(
        [ClaimSet("a", "r1", NOW, claims, outlet="Northline", url="https://n.example")]
    )
    return one


def sizes(*claims: Claim) -> dict[tuple[str, bool], int]:
    return {
        (event.estimate.bucket.place.name if event.estimate.bucket.place else "", event.rest): (
            event.size
        )
        for event in events(content(*claims), ALL)
    }


@given(st.lists(claim_sets(), max_size=8))
def test_events_of_countries_add_up_to_the_dashboards_total(sets: list[ClaimSet]) -> None:
    sets = list({one.article: one for one in sets}.values())
    estimates = tuple(reference(sets))
    shown = tally(Snapshot(1, None, None, estimates, (), 0, None), Filters(kind="detention"))
    told = sum(
        event.size
        for one in contents(sets)
        for event in events(one, Wanted(kind="detention"))
        if event.estimate.bucket.place and event.estimate.bucket.place.country
    )
    assert told == shown.total


def test_country_without_cities_is_one_event() -> None:
    assert sizes(claim(1_702, RUSSIA)) == {("Russia", False): 1_702}


def test_rest_of_a_country_is_an_event_of_its_own() -> None:
    assert sizes(claim(1_702, RUSSIA), claim(940, MOSCOW)) == {
        ("Russia", True): 762,
        ("Moscow", False): 940,
    }


def test_country_that_is_the_sum_of_its_cities_is_no_event() -> None:
    assert sizes(claim(940, MOSCOW), claim(30, KAZAN)) == {
        ("Moscow", False): 940,
        ("Kazan", False): 30,
    }


def test_region_stands_only_where_no_city_does() -> None:
    assert sizes(claim(50, TATARSTAN)) == {("Tatarstan", False): 50}
    assert sizes(claim(50, TATARSTAN), claim(60, KAZAN)) == {("Kazan", False): 60}


def test_what_has_no_day_is_no_event() -> None:
    assert sizes(claim(7, MOSCOW, day=None)) == {}
    assert sizes(claim(13_000, RUSSIA, period=(date(2022, 2, 1), DAY))) == {}


def test_identity_stays_when_the_figure_changes() -> None:
    [before] = events(content(claim(389, RUSSIA)), ALL)
    [after] = events(content(claim(1_702, RUSSIA)), ALL)
    assert before.identity == after.identity


def test_events_have_identities_of_their_own() -> None:
    told: list[Event] = list(events(content(claim(1_702, RUSSIA), claim(940, MOSCOW)), ALL))
    assert len({event.identity for event in told}) == len(told) == 2


def test_country_codes_are_those_of_iso_3166() -> None:
    assert country_codes("RU")[:2] == ("RUS", 643)
    assert country_codes(None) == (None, None, None)
    assert country_codes("XX") == (None, None, None)


def test_plover_calls_a_detention_coerce_arrest() -> None:
    [row] = PLOVER.rows(content(claim(940, MOSCOW, authority=MONITOR)), Wanted(city="moscow"))
    assert (row["event"], row["mode"], row["quad_code"]) == ("COERCE", "arrest", 4)
    assert (row["size"], row["size_of"]) == (940, "arrested")
    assert (row["resolved_place"], row["geonameid"], row["resolution"]) == ("Moscow", 524901, 4)
    assert (row["country_code"], row["date"]) == ("RUS", "2022-02-24")
    assert row["text"] == ["940 taken away"]
    assert row["url"] == ["https://n.example"]
    assert tuple(row) == tuple(PLOVER.columns)


def test_plover_knows_no_mode_for_a_protest() -> None:
    [row, *_] = PLOVER.rows(content(claim(5_000, RUSSIA, kind="protest")), ALL)
    assert (row["event"], row["mode"]) == ("PROTEST", None)
    assert (row["size_of"], row["lat"], row["resolution"]) == ("participants", None, 1)


def test_acled_calls_a_detention_arrests() -> None:
    [row] = ACLED.rows(content(claim(940, MOSCOW, authority=MONITOR)), Wanted(city="Moscow"))
    assert (row["event_type"], row["sub_event_type"]) == ("Strategic developments", "Arrests")
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2022-02-24", 1, 1)
    assert (row["iso"], row["country"], row["location"]) == (643, "Russia", "Moscow")
    assert (row["actor1"], row["actor2"]) == ("State Forces (Russia)", "Civilians (Russia)")
    assert row["notes"].startswith("940 people reported detained in Moscow (counted by OVD-Info).")
    assert "940 taken away" in row["notes"]
    assert row["tags"] is None
    assert tuple(row) == tuple(ACLED.columns)


def test_acled_puts_the_size_of_a_protest_into_its_tags() -> None:
    [row] = ACLED.rows(content(claim(5_000, RUSSIA, kind="protest")), ALL)
    assert (row["event_type"], row["sub_event_type"]) == ("Protests", None)
    assert row["tags"] == "crowd size=5000"
    assert (row["actor2"], row["geo_precision"], row["latitude"]) == (None, 3, None)


def test_acled_says_that_a_rest_is_a_rest() -> None:
    [rest] = [
        row
        for row in ACLED.rows(content(claim(1_702, RUSSIA), claim(940, MOSCOW)), ALL)
        if row["rest_of_country"]
    ]
    told = "762 people reported detained in Russia beyond the cities listed, of 1,702 in all"
    assert rest["notes"].startswith(told)
    assert (rest["people"], rest["people_low"], rest["people_high"]) == (762, None, None)


def test_acled_has_no_petitions() -> None:
    assert list(ACLED.rows(content(claim(9_000, RUSSIA, kind="petition")), ALL)) == []
