"""The wall without a browser: its address, its words, and figures that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.charts.countries import countries
from dashboard.charts.days import days, stacked
from dashboard.charts.ranking import OTHERS, REST, ranking
from dashboard.charts.tally import Filters, tally
from dashboard.charts.theme import DARK, LIGHT
from dashboard.live.nodes import texts
from dashboard.live.source import State
from dashboard.views import wall_texts
from dashboard.views.wall_address import FASTEST, Hanging, hanging, window
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    NOON,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    claim,
    estimate,
    item,
    snapshot,
)
from vigil.place import Place

IRAN = Place("Iran", "country", "IR")
NOWHERE = Place("Kirovka", "city", "RU")  # known by name only
MAR_1 = date(2022, 3, 1)
EVERYTHING = snapshot(
    [
        estimate(RUSSIA, 100),
        estimate(MOSCOW, 40, low=30, high=None),
        estimate(KAZAN, 5, low=5, high=9),
        estimate(PETERSBURG, 20, day=MAR_1),
        estimate(NOWHERE, 3, day=MAR_1),
        estimate(TEHRAN, 7),
        estimate(IRAN, 9),
        estimate(KAZAN, 4, day=None),
    ]
)


def said(children: Any) -> str:
    return " | ".join(text for child in children for text in texts(child))


def figures(children: Any) -> list[int]:
    return [int(text.replace(",", "")) for text in said(children).split(" | ") if text[0].isdigit()]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, Hanging(Filters())),
        ({"theme": "light"}, Hanging(Filters(), light=True)),
        ({"theme": "purple"}, Hanging(Filters())),
        ({"rotate": "20"}, Hanging(Filters(), rotate=20)),
        ({"rotate": "1"}, Hanging(Filters(), rotate=FASTEST)),
        ({"rotate": "0"}, Hanging(Filters())),
        ({"rotate": "-3"}, Hanging(Filters())),
        ({"rotate": "99999999999999999999"}, Hanging(Filters())),
        ({"days": "7", "country": "RU"}, Hanging(Filters(country="RU"), days=7)),
        ({"days": "seven", "kind": "protest"}, Hanging(Filters(kind="protest"))),
        ({"from": "2022-02-24"}, Hanging(Filters(first=FEB_24))),
    ],
)
def test_address_says_what_hangs(query: dict[str, str], asked: Hanging) -> None:
    assert hanging(query) == asked


@pytest.mark.parametrize("asked", [Hanging(Filters()), Hanging(Filters(), rotate=20, light=True)])
def test_type_in_charts_is_never_below_24_pixels(asked: Hanging) -> None:
    assert asked.theme.tick_px >= 24
    assert asked.theme.label_px >= 24


def test_days_count_back_from_the_newest_day_with_a_figure() -> None:
    found = window(Hanging(Filters(), days=3), EVERYTHING)
    assert (found.first, found.last) == (MAR_1 - timedelta(days=2), MAR_1)


def test_days_of_a_country_count_back_from_its_own_newest_day() -> None:
    assert window(Hanging(Filters(country="IR"), days=1), EVERYTHING).last == FEB_24


def test_days_without_any_figure_limit_nothing() -> None:
    assert window(Hanging(Filters(), days=3), snapshot()) == Filters()


def test_sum_leads_from_the_map_to_the_total() -> None:
    sums = tally(EVERYTHING, Filters())
    *parts, total = figures(wall_texts.addition(sums))
    assert parts == [72, 3, 57]
    assert sum(parts) == total == sums.total


def test_total_stands_beside_what_it_counts() -> None:
    text = said(wall_texts.headline(tally(EVERYTHING, Filters())))
    assert text.startswith("132 | reported detentions | detentions, not people")


def test_masthead_says_country_and_days() -> None:
    sums = tally(EVERYTHING, Filters(country="RU"))
    assert "Russia, 24 Feb 2022 \N{EN DASH} 1 Mar 2022" in said(
        wall_texts.masthead(sums, {"RU": "Russia"})
    )


def test_figures_kept_apart_are_told() -> None:
    text = said(wall_texts.facts(EVERYTHING, tally(EVERYTHING, Filters())))
    assert "1 | figure kept apart:" in text


def test_ticker_marks_the_figure_and_names_outlet_and_time() -> None:
    known = snapshot([], feed=[item("Night", claim(MOSCOW, 12, "Then 12 were gone."))])
    assert said(wall_texts.ticker(known, Filters())) == (
        "The Wire | 24 Feb 2022, 12:00 UTC | Then  | 12 |  were gone."
    )


@given(
    before=some.text(some.characters(codec="utf-8"), max_size=300),
    figure=some.integers(1, 10**6),
    after=some.text(some.characters(codec="utf-8"), max_size=300),
)
def test_excerpt_always_holds_the_marked_figure(before: str, figure: int, after: str) -> None:
    text = f"{figure:,}"
    made = replace(
        claim(MOSCOW, figure, text),
        sentence=before + text + after,
        mark_start=len(before),
        mark_end=len(before) + len(text),
    )
    shown, start, end = wall_texts.excerpt(made)
    assert shown[start:end] == text
    assert len(shown) <= 130


def test_short_sentence_is_shown_whole() -> None:
    made = claim(MOSCOW, 12, "Then 12 were gone.")
    assert wall_texts.excerpt(made)[0] == made.sentence


def test_beat_tells_moments_that_a_browser_can_count_from() -> None:
    known = snapshot([], feed=[item("Night", claim(MOSCOW, 12, "Then 12 were gone."))])
    beat = wall_texts.beat(State(known, read_at=NOON), NOON + timedelta(seconds=5))
    assert beat["now"] == 1645704005000
    assert beat["newest"] == 1645704000000
    assert beat["stale_since"] is None
    assert beat["word"] == "LIVE"


def test_beat_of_a_silent_store_tells_when_it_last_answered() -> None:
    later = NOON + timedelta(minutes=2)
    beat = wall_texts.beat(State(EVERYTHING, read_at=NOON, stale_since=later), later)
    assert beat["stale_since"] == 1645704000000


def test_days_are_stacked_by_the_largest_cities_and_add_up() -> None:
    sums = tally(EVERYTHING, Filters())
    names = [layer.name for layer in stacked(sums, DARK)]
    assert names == ["Moscow", "St Petersburg", "other cities"]
    bars = [bar for bar in days(sums, DARK, by_city=True)["data"] if bar["name"] != "nothing read"]
    assert sum(sum(bar["y"]) for bar in bars) == sums.total


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_stacked_cities_differ_in_more_than_hue(theme: Any) -> None:
    layers = stacked(tally(EVERYTHING, Filters()), theme)
    lights = sorted(lightness(layer.colour) for layer in layers)
    assert all((above + 0.05) / (below + 0.05) >= 1.5 for below, above in pairwise(lights))


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_ranking_writes_ranges_where_counts_differ() -> None:
    sums = tally(EVERYTHING, Filters())
    bars = ranking(sums, DARK, ranges=True)["data"][0]["text"]
    assert [text.replace(f'<span style="color:{DARK.muted}">', "") for text in bars] == [
        "40 (30+)</span>",
        "20",
        "7",
        "5 (5\N{EN DASH}9)</span>",
        "3",
    ]


def test_ranking_writes_a_plus_after_a_figure_that_is_open_upward() -> None:
    sums = tally(snapshot([estimate(MOSCOW, 191, high=None)]), Filters())
    text = ranking(sums, DARK, ranges=True)["data"][0]["text"][0]
    assert text == f'191<span style="color:{DARK.muted}">+</span>'


def test_ranking_gathers_what_has_no_city_and_still_adds_up() -> None:
    sums = tally(EVERYTHING, Filters())
    solid, hatched = ranking(sums, DARK, most=2, gathered=True)["data"]
    assert solid["y"][-1] == OTHERS
    assert hatched["y"] == [REST]
    assert sum(solid["x"]) + sum(hatched["x"]) == sums.total


def test_countries_add_up_with_the_largest_first() -> None:
    sums = tally(EVERYTHING, Filters())
    figure = countries(sums, DARK, names={"RU": "Russia"})
    inner, outer = figure["data"]
    assert inner["y"] == ["RU", "IR"]
    assert outer["text"] == ["123", "9"]
    assert figure["layout"]["yaxis"]["ticktext"][0].startswith("Russia")
    assert sum(inner["x"]) + sum(outer["x"]) == sums.total


def test_countries_beyond_the_most_are_one_bar() -> None:
    sums = tally(EVERYTHING, Filters())
    figure = countries(sums, DARK, names={}, most=1)
    assert figure["layout"]["yaxis"]["ticktext"][1].startswith("1 more country")
