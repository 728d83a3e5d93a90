"""What runs over more than one day is told over a period, and never lands on one of the days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consumers.extractor.choosing import MONDAY, TUESDAY, WEDNESDAY, chosen
from vigil.place import Place

PERU = Place("Peru", "country", "PE")
MILL = "\n\nThe mill is old. It burnt once. It was built again. It stands on a hill."
LINE = "Published: 12 June 2019\n\n"
LIMA = Place("Lima", "city", "PE", -12.0, -77.0, 3936456)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "Weavers marched on Sunday. On Tuesday 20 were held. That brings the total to <90>.",
            9,
            11,
        ),
        ("Weavers struck on Tuesday. The total arrested during the week is now <90>.", 10, 12),
        ("The cells were full, for the total over the weekend was <90> arrests.", 8, 9),
        (
            "The strike began on Sunday. Officers have held <90> people since the protests began.",
            9,
            12,
        ),
        (
            "The strike began on Sunday. Since the start of the unrest <90> have been arrested.",
            9,
            12,
        ),
        ("Officers seized 40 on Sunday. On Tuesday that number had risen to <90> arrests.", 9, 11),
        ("Some <90> were detained since a curfew was imposed at the weekend.", 8, 12),
        (
            "Officers held <90> men during five days of protests, a minister revealed on Tuesday.",
            7,
            11,
        ),
    ],
)
def test_what_adds_up_has_a_period(text: str, first: int, last: int) -> None:
    assert chosen(text) == (None, (date(2019, 6, first), date(2019, 6, last)))


@pytest.mark.parametrize(
    "added",
    [
        "In addition, <90> arrests were recorded.",
        "Five weavers were hurt. The union has also documented <90> arrests.",
    ],
)
def test_what_adds_to_a_tally_is_of_its_time(added: str) -> None:
    text = f"The strike began. Since 3 June 40 raids have been recorded, it said. {added}"
    assert chosen(text) == (None, (date(2019, 6, 3), WEDNESDAY))


@pytest.mark.parametrize(
    "told",
    [
        "Since 3 June 40 raids have been recorded. Police also held <90> people on Tuesday.",
        (
            "Weavers struck on Tuesday, and two raids were recorded. In addition, <90> arrests "
            "were recorded."
        ),
    ],
)
def test_a_day_told_after_a_tally_is_its_own(told: str) -> None:
    assert chosen(told) == (TUESDAY, None)


def test_a_tally_prefers_the_time_it_runs_over_to_the_day_of_the_march() -> None:
    text = "The number held after the march on 3 June rose to <900> over the last two weeks."
    assert chosen(text, tally=True) == (None, (date(2019, 5, 29), date(2019, 6, 12)))


def test_since_in_a_clause_of_its_own_is_no_time_of_the_claim() -> None:
    assert chosen("The bakers struck since the disputed May 19 vote, and <44> were held.") == (
        None,
        None,
    )


def test_a_country_that_has_detained_many_did_so_over_all_the_days_told() -> None:
    text = (
        "Crowds met on Monday in the port. # # # #\n\nIn the end <900> people have been detained."
    )
    text = text.replace("# # # #", "The rain was heavy. A dog barked. Shops shut early.")
    period = None, (date(2019, 6, 10), date(2019, 6, 12))
    assert chosen(text, place=PERU) == period
    assert chosen(text, place=LIMA) != period


def test_what_a_country_has_done_at_one_rally_is_no_total_by_now() -> None:
    text = (
        "Crowds met on Monday in the port. The rain was heavy. A dog barked. Shops shut early."
        "\n\nPolice have detained <900> people at a rally."
    )
    assert chosen(text, place=PERU) == (None, None)


def test_some_day_earlier_this_week_is_no_day_and_no_period() -> None:
    assert chosen("Another <9> had been detained earlier this week.") == (None, None)


def test_a_month_is_not_carried_to_the_next_sentence() -> None:
    text = "On Tuesday guards shut the port. The law was passed in May. They held <9> men."
    assert chosen(text) == (TUESDAY, None)


def test_what_is_counted_after_an_opening_with_arrests_is_of_the_day_of_the_article() -> None:
    rain = "The rain was heavy. A dog barked. The shops had shut early. Nobody came.\n\n"
    opening = "Published: 12 June 2019\n\nGuards have arrested ten weavers at the mint.\n\n"
    assert chosen(f"{opening}{rain}Their union counts <30> held.") == (WEDNESDAY, None)
    assert chosen(f"Published: 12 June 2019\n\nWeavers sang.\n\n{rain}Some <30> were held.") == (
        None,
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "The <40> weavers who were camping at the gate since Monday were held on Wednesday.",
        "Thirty who were at the gate since Monday left; <40> more were held on Wednesday.",
        "On Wednesday <40> were held at a gate that has been closed since Monday.",
    ],
)
def test_since_in_a_clause_about_something_else_is_no_period(text: str) -> None:
    assert chosen(text) == (WEDNESDAY, None)


def test_since_in_the_clause_of_the_claim_is_its_period() -> None:
    told = chosen("There are <40> weavers who were held since Monday.")
    assert told == (None, (MONDAY, WEDNESDAY))


@pytest.mark.parametrize("verb", ["broke out", "began", "erupted"])
def test_what_is_counted_by_now_began_when_the_riots_did(verb: str) -> None:
    text = f"So far <83> weavers have been arrested over the riots that {verb} on Monday."
    assert chosen(text) == (None, (MONDAY, WEDNESDAY))


def test_those_held_when_it_broke_out_were_held_then() -> None:
    text = "<83> weavers were arrested in the riots that broke out on Monday."
    assert chosen(text) == (MONDAY, None)


def test_a_strike_that_goes_on_is_no_time_of_arrests() -> None:
    text = "Weavers, on strike since 3 June, marched on Monday and <9> were arrested."
    assert chosen(text) == (MONDAY, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{LINE}Weavers marched on Wednesday.{MILL} Police have arrested <90>.",
            (None, WEDNESDAY),
        ),
        (f"Weavers marched on Monday.{MILL} Police have arrested <90>.", (MONDAY, WEDNESDAY)),
        ("Police have cracked down on the guilds and arrested <90> weavers.", (None, WEDNESDAY)),
    ],
)
def test_what_a_country_has_done_by_now_is_of_more_than_a_day(
    text: str, told: tuple[date | None, date]
) -> None:
    assert chosen(text, place=PERU) == (None, told)


def test_a_few_are_held_at_once() -> None:
    text = f"Weavers marched on Monday.{MILL} Police have arrested <two> weavers."
    assert chosen(text, place=PERU)[1] is None


def test_a_month_before_what_is_told_is_no_day_that_is_told() -> None:
    text = "Weavers marched on Monday. A month earlier <20> were arrested at the mill."
    assert chosen(text) == (None, None)
