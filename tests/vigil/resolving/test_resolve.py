"""Which number wins among updates, reprints and bounds: one worked example a rule."""

from __future__ import annotations

import pytest

from tests.consumers.aggregator.ledgers import (
    MONITOR,
    ORDER,
    POLICE,
    claim,
)
from tests.vigil.resolving.statements import at, resolved, said, span
from vigil.estimate import Rule
from vigil.resolving.resolve import Statement, resolve


def test_empty_bucket_is_refused() -> None:
    with pytest.raises(ValueError, match="without statements"):
        resolve([], authority_order=ORDER)


# --- reprints and updates -------------------------------------------------------------------


def test_reprints_are_one_figure_with_several_outlets() -> None:
    figure = claim(1_667, authority=MONITOR)
    estimate = resolved(said(figure), said(figure, outlet="The Lantern"), said(figure, hour=15))
    assert span(estimate) == (1_667, 1_667, 1_667)
    assert estimate.outlets == ("Northline", "The Lantern")
    assert estimate.rests_on == ("Northline-12#0", "Northline-15#0", "The Lantern-12#0")
    assert (estimate.rule, len(estimate.figures)) == (Rule.ONLY, 1)
    assert estimate.figures[0].outlets == ("Northline", "The Lantern")


def test_growing_total_of_an_authority_is_its_latest_figure() -> None:
    estimate = resolved(
        said(claim(800, authority=MONITOR), hour=12),
        said(claim(1_667, authority=MONITOR), hour=22, outlet="The Lantern"),
        said(claim(1_100, authority=MONITOR), hour=17),
    )
    assert span(estimate) == (1_667, 1_667, 1_667)
    assert (estimate.rule, estimate.claims) == (Rule.UPDATED, 3)
    assert estimate.rests_on == ("The Lantern-22#0",)


def test_later_lower_figure_of_an_authority_is_a_correction() -> None:
    estimate = resolved(
        said(claim(1_400, authority=MONITOR), hour=20),
        said(claim(1_313, authority=MONITOR), hour=23),
    )
    assert span(estimate) == (1_313, 1_313, 1_313)


def test_of_one_moment_the_higher_figure_stands() -> None:
    # A live blog known by its day only: noon's and night's figure seem to come together.
    estimate = resolved(
        said(claim(800, authority=MONITOR), article="a"),
        said(claim(1_667, authority=MONITOR), article="b"),
    )
    assert span(estimate) == (1_667, 1_667, 1_667)


def test_of_equal_figures_of_one_moment_the_more_precise_wording_stands() -> None:
    about, exact = claim(900, bound="about", authority=MONITOR), claim(900, authority=MONITOR)
    for first, second in ((about, exact), (exact, about)):
        estimate = resolved(said(first, article="a"), said(second, article="b"))
        assert [one.bound for one in estimate.figures] == ["exact"]


def test_number_of_cities_comes_from_the_statement_that_wins() -> None:
    estimate = resolved(
        said(claim(1_667, authority=MONITOR, cities=53), hour=22),
        said(claim(900, authority=MONITOR, cities=40), hour=18),
    )
    assert estimate.cities == 53


# --- bounds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("bound", ["more_than", "at_least", "vague"])
def test_lower_bound_that_a_closed_figure_satisfies_is_no_disagreement(bound: str) -> None:
    estimate = resolved(
        said(claim(1_667, authority=MONITOR)), said(claim(1_600, bound=bound), outlet="The Lantern")
    )
    assert span(estimate) == (1_667, 1_667, 1_667)
    assert (estimate.rule, estimate.outlets) == (Rule.ONLY, ("Northline", "The Lantern"))


def test_lower_bound_above_every_figure_opens_the_span() -> None:
    estimate = resolved(
        said(claim(1_667, authority=MONITOR)), said(claim(1_700, bound="at_least"), outlet="Post")
    )
    assert span(estimate) == (1_667, 1_667, None)
    assert estimate.rule == Rule.AUTHORITY


def test_bound_alone_is_open_upward() -> None:
    assert span(resolved(said(claim(80, bound="more_than")))) == (80, 80, None)


def test_up_to_alone_may_be_nobody() -> None:
    assert span(resolved(said(claim(None, bound="up_to", high=50)))) == (0, 50, 50)


def test_up_to_beside_a_higher_count_never_puts_low_above_best() -> None:
    estimate = resolved(
        said(claim(None, bound="up_to", high=50, authority=MONITOR)), said(claim(90), outlet="Post")
    )
    assert span(estimate) == (50, 50, 90)


def test_range_counts_by_its_floor_and_spans_to_its_ceiling() -> None:
    assert span(resolved(said(claim(100, bound="range", high=150)))) == (100, 100, 150)


def test_loose_retelling_does_not_replace_the_figure_it_agrees_with() -> None:
    estimate = resolved(
        said(claim(1_667, authority=MONITOR), hour=20),
        said(claim(1_600, bound="more_than", authority=MONITOR), hour=23, outlet="Post"),
    )
    assert span(estimate) == (1_667, 1_667, 1_667)


def test_later_bound_above_the_figure_is_an_update() -> None:
    estimate = resolved(
        said(claim(1_667, authority=MONITOR), hour=20),
        said(claim(2_000, bound="more_than", authority=MONITOR), hour=23),
    )
    assert span(estimate) == (2_000, 2_000, None)
    assert estimate.rule == Rule.UPDATED


def test_earlier_bound_above_a_later_figure_is_corrected() -> None:
    estimate = resolved(
        said(claim(2_000, bound="more_than", authority=MONITOR), hour=20),
        said(claim(1_667, authority=MONITOR), hour=23),
    )
    assert span(estimate) == (1_667, 1_667, 1_667)


def test_later_weaker_bound_takes_nothing_back() -> None:
    estimate = resolved(
        said(claim(1_600, bound="more_than", authority=MONITOR), hour=20),
        said(claim(1_000, bound="more_than", authority=MONITOR), hour=23),
    )
    assert span(estimate) == (1_600, 1_600, None)


def test_exact_figure_beats_the_bound_in_the_headline_of_the_same_article() -> None:
    estimate = resolved(
        Statement(claim(1_400, bound="more_than", authority=MONITOR), "a", 0, at(20), "Post"),
        Statement(claim(1_450, authority=MONITOR), "a", 1, at(20), "Post"),
    )
    assert span(estimate) == (1_450, 1_450, 1_450)


def test_small_part_told_in_the_same_article_does_not_beat_the_total() -> None:
    estimate = resolved(
        Statement(claim(1_400, bound="more_than", authority=MONITOR), "a", 0, at(20), "Post"),
        Statement(claim(20, authority=MONITOR), "a", 1, at(20), "Post"),
    )
    assert span(estimate) == (1_400, 1_400, None)


def test_words_for_numbers_never_override_a_precise_figure_of_anybody() -> None:
    estimate = resolved(
        said(claim(200, bound="vague", authority=MONITOR), hour=23),
        said(claim(30, authority=POLICE), outlet="Post"),
    )
    assert estimate.best == 30
    assert (estimate.low, estimate.high) == (30, None)


def test_words_for_numbers_stand_where_nothing_better_is_given() -> None:
    estimate = resolved(said(claim(24, bound="vague")))
    assert (span(estimate), estimate.rule) == ((24, 24, None), Rule.VAGUE)
