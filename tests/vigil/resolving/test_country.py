"""How cities and country meet on one day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.consumers.aggregator.ledgers import (
    DAY,
    FEDERATION,
    KAZAN,
    MONITOR,
    NEXT_DAY,
    NOBODY,
    ORDER,
    POLICE,
    RUSSIA,
    TATARSTAN,
    WORLD,
    claim,
)
from vigil.estimate import Estimate, Rule
from vigil.place import Place
from vigil.resolving.country import country_place
from vigil.resolving.resolve import Statement, resolve_slot

if TYPE_CHECKING:
    from vigil.claim import Claim

NOON = datetime(2022, 2, 24, 12, 0, tzinfo=UTC)


def resolved(*claims: Claim) -> dict[str, Estimate]:
    """Return the estimates of a slot by the name of their place, each claim in its own article."""
    statements = [
        Statement(one, f"article-{number}", 0, NOON, f"outlet-{number}")
        for number, one in enumerate(claims)
    ]
    return {
        one.bucket.place.name if one.bucket.place else "": one
        for one in resolve_slot(statements, authority_order=ORDER)
    }


def test_national_figure_contains_the_cities() -> None:
    day = resolved(claim(1_667, RUSSIA, authority=MONITOR), claim(900), claim(80, KAZAN))
    assert (day["Russia"].best, day["Russia"].unspecified) == (1_667, 687)
    assert (day["Russia"].rule, day["Russia"].claims) == (Rule.ONLY, 1)
    assert (day["Moscow"].best, day["Kazan"].best) == (900, 80)


def test_bound_that_the_cities_satisfy_neither_lowers_nor_opens_the_country() -> None:
    # As in: 900 in one city, 80 in another, and more than 300 elsewhere.
    rest = claim(300, RUSSIA, bound="more_than", authority=MONITOR)
    russia = resolved(rest, claim(900), claim(80, KAZAN))["Russia"]
    assert (russia.low, russia.best, russia.high) == (980, 980, 980)


def test_bound_beside_another_national_figure_still_leaves_a_range() -> None:
    rest = claim(300, RUSSIA, bound="more_than", authority=MONITOR)
    police = claim(700, RUSSIA, authority=POLICE)
    russia = resolved(rest, police, claim(900), claim(80, KAZAN))["Russia"]
    assert (russia.low, russia.best, russia.high) == (700, 980, 980)


def test_person_named_in_the_country_does_not_lower_the_sum_of_its_cities() -> None:
    russia = resolved(claim(1, RUSSIA, named=("p1",)), claim(900), claim(80, KAZAN))["Russia"]
    assert (russia.low, russia.best, russia.high) == (980, 980, 980)


def test_cities_that_add_up_to_more_set_the_floor_of_the_country() -> None:
    day = resolved(claim(700, RUSSIA, authority=POLICE), claim(900), claim(80, KAZAN))
    russia = day["Russia"]
    assert (russia.low, russia.best, russia.high, russia.unspecified) == (700, 980, 980, 0)
    assert (russia.rule, russia.authority, russia.claims) == (Rule.CITIES, NOBODY, 3)
    assert russia.rests_on == ("article-1#0", "article-2#0")
    assert russia.outlets == ("outlet-0", "outlet-1", "outlet-2")


def test_country_without_a_figure_of_its_own_gets_the_sum_of_its_cities() -> None:
    day = resolved(claim(900, authority=MONITOR), claim(80, KAZAN, authority=MONITOR))
    russia = day["Russia"]
    assert russia.bucket.place == Place("Russia", "country", "RU")
    assert (russia.low, russia.best, russia.high, russia.unspecified) == (980, 980, 980, 0)
    assert (russia.rule, russia.authority) == (Rule.CITIES, MONITOR)


def test_sum_is_open_upward_when_a_city_is() -> None:
    day = resolved(claim(900), claim(80, KAZAN, bound="more_than"))
    assert (day["Russia"].low, day["Russia"].high) == (980, None)


def test_country_without_cities_has_no_unspecified_part() -> None:
    assert resolved(claim(1_667, RUSSIA))["Russia"].unspecified is None


def test_country_by_two_names_is_one_place() -> None:
    day = resolved(claim(900, RUSSIA, authority=MONITOR), claim(950, FEDERATION, authority=POLICE))
    assert list(day) == ["Russia"]
    assert (day["Russia"].low, day["Russia"].best, day["Russia"].high) == (900, 900, 950)


def test_region_counts_only_where_no_city_does() -> None:
    alone = resolved(claim(60, TATARSTAN))
    beside_a_city = resolved(claim(60, TATARSTAN), claim(50, KAZAN))
    assert alone["Russia"].best == 60
    assert (beside_a_city["Russia"].best, beside_a_city["Tatarstan"].best) == (50, 60)


def test_kinds_are_never_added_together() -> None:
    day = resolve_slot(
        [
            Statement(claim(900), "a", 0, NOON, None),
            Statement(claim(5_000, KAZAN, kind="protest"), "b", 0, NOON, None),
        ],
        authority_order=ORDER,
    )
    countries = {
        one.bucket.kind: one.best for one in day if one.bucket.key.endswith("country|Russia|")
    }
    assert countries == {"detention": 900, "protest": 5_000}


def test_world_and_nowhere_belong_to_no_country() -> None:
    day = resolved(claim(10_000, WORLD), claim(3, None))
    assert sorted(day) == ["", "World"]


def test_named_people_of_a_city_never_add_to_a_counted_country() -> None:
    day = resolved(claim(900, RUSSIA), claim(900), claim(1, KAZAN, named=("anna",)))
    assert (day["Russia"].best, day["Russia"].unspecified) == (900, 0)
    assert (day["Kazan"].best, day["Kazan"].rule) == (1, Rule.NAMED)


def test_named_people_make_the_country_where_nobody_counted() -> None:
    day = resolved(claim(1, KAZAN, named=("anna",)), claim(1, named=("boris",)))
    assert (day["Russia"].best, day["Russia"].rule) == (2, Rule.CITIES)


def test_undated_cities_are_not_added_up() -> None:
    day = resolved(claim(900, day=None), claim(80, KAZAN, day=None))
    assert sorted(day) == ["Kazan", "Moscow"]


def test_cities_of_one_period_are_added_up() -> None:
    period = (DAY, NEXT_DAY)
    day = resolved(claim(900, period=period), claim(80, KAZAN, period=period))
    assert (day["Russia"].best, day["Russia"].bucket.period) == (980, period)


def test_unconfirmed_figure_of_a_country_stays_listed_beside_the_sum() -> None:
    day = resolved(claim(9_000, RUSSIA), claim(40, RUSSIA), claim(900))
    assert (day["Russia"].best, day["Russia"].unconfirmed) == (900, (9_000,))


def test_derived_country_has_its_normal_name() -> None:
    assert [country_place(code).name for code in ("BY", "NL")] == ["Belarus", "Netherlands"]


def test_country_code_nobody_knows_is_its_own_name() -> None:
    assert country_place("XQ").name == "XQ"
