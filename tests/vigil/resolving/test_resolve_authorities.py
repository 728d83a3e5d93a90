"""Which number wins among authorities, lone figures and names: one worked example a rule."""

from __future__ import annotations

import pytest

from tests.consumers.aggregator.ledgers import (
    MONITOR,
    NOBODY,
    OTHER_MONITOR,
    POLICE,
    claim,
)
from tests.vigil.resolving.statements import at, resolved, said, span
from vigil.claim import Authority
from vigil.estimate import Rule
from vigil.resolving.resolve import Statement, resolve

# --- several authorities --------------------------------------------------------------------


def test_disagreement_is_a_range_with_both_names() -> None:
    estimate = resolved(
        said(claim(500, authority=POLICE), hour=23), said(claim(1_450, authority=MONITOR), hour=20)
    )
    assert span(estimate) == (500, 1_450, 1_450)
    assert (estimate.authority, estimate.rule) == (MONITOR, Rule.AUTHORITY)
    assert [one.authority for one in estimate.figures] == [MONITOR, POLICE]


def test_authority_order_decides_whose_figure_is_best() -> None:
    statements = [
        said(claim(500, authority=POLICE)),
        said(claim(1_450, authority=MONITOR), outlet="Post"),
    ]
    estimate = resolve(statements, authority_order=("official", "monitor"))
    assert (estimate.best, estimate.authority) == (500, POLICE)


def test_kind_that_the_order_does_not_name_comes_last() -> None:
    organisers = Authority("organisers", "organiser")
    statements = [said(claim(90, authority=organisers)), said(claim(50), outlet="Post")]
    assert resolve(statements, authority_order=("unattributed",)).best == 50


def test_figures_stand_as_they_would_be_quoted_if_those_before_were_not_there() -> None:
    statements = [
        said(claim(1_450, authority=MONITOR), hour=20),
        said(claim(1_380, authority=OTHER_MONITOR), hour=21),
        said(claim(500, authority=POLICE), hour=23),
        said(claim(700), outlet="Post", hour=22),
        said(claim(900), outlet="Lantern", hour=19),
    ]
    for order in (("monitor", "official"), ("official", "monitor"), ("unattributed", "official")):
        left = list(statements)
        figures = resolve(left, authority_order=order).figures
        assert len(figures) == len(statements)
        for figure in figures:
            best = resolve(left, authority_order=order)
            assert (best.authority, best.best) == (figure.authority, figure.low)
            left = [
                one
                for one in left
                if (one.claim.authority, one.claim.low) != (figure.authority, figure.low)
            ]


def test_of_two_kinds_that_the_order_does_not_name_the_latest_is_best() -> None:
    organisers = Authority("organisers", "organiser")
    statements = [
        said(claim(90, authority=organisers), hour=21),
        said(claim(50, authority=POLICE), hour=20, outlet="Post"),
    ]
    estimate = resolve(statements, authority_order=("monitor",))
    assert (estimate.best, estimate.rule) == (90, Rule.LATEST)


def test_of_two_monitors_the_latest_to_speak_is_best() -> None:
    estimate = resolved(
        said(claim(1_450, authority=MONITOR), hour=20),
        said(claim(1_380, authority=OTHER_MONITOR), hour=21),
    )
    assert span(estimate) == (1_380, 1_380, 1_450)
    assert (estimate.authority, estimate.rule) == (OTHER_MONITOR, Rule.LATEST)


def test_named_authority_goes_before_an_unnamed_one_of_its_kind() -> None:
    unnamed = Authority(None, "monitor")
    estimate = resolved(
        said(claim(90, authority=unnamed), hour=23), said(claim(70, authority=MONITOR), hour=20)
    )
    assert (span(estimate), estimate.rule) == ((70, 70, 90), Rule.AUTHORITY)


def test_lower_figure_of_another_outlet_corrects_nobody() -> None:
    estimate = resolved(said(claim(90), hour=20), said(claim(3), hour=23, outlet="The Lantern"))
    assert span(estimate) == (3, 90, 90)
    assert estimate.rule == Rule.HIGHEST


def test_later_lower_figure_that_nobody_signs_corrects_nothing() -> None:
    estimate = resolved(said(claim(90), hour=20), said(claim(3), hour=23))
    assert (span(estimate), estimate.rule) == ((90, 90, 90), Rule.HIGHEST)


def test_growing_total_of_one_outlet_is_no_disagreement_with_itself() -> None:
    estimate = resolved(
        said(claim(90), hour=12), said(claim(900), hour=20), said(claim(800, bound="at_least"))
    )
    assert span(estimate) == (900, 900, 900)


def test_bound_of_an_outlet_above_its_own_figures_stands() -> None:
    estimate = resolved(said(claim(90), hour=20), said(claim(200, bound="more_than"), hour=12))
    assert span(estimate) == (200, 200, None)


def test_unsigned_part_of_a_signed_total_in_one_article_is_no_disagreement() -> None:
    estimate = resolved(
        Statement(claim(5_000, bound="more_than", authority=MONITOR), "a", 0, at(20), "Post"),
        Statement(claim(3), "a", 1, at(20), "Post"),
    )
    assert (span(estimate), estimate.rule) == ((5_000, 5_000, None), Rule.ONLY)


def test_unsigned_figure_above_the_signed_one_of_its_article_is_shown() -> None:
    estimate = resolved(
        Statement(claim(500, authority=POLICE), "a", 0, at(20), "Post"),
        Statement(claim(900), "a", 1, at(20), "Post"),
    )
    assert span(estimate) == (500, 500, 900)


def test_articles_of_unknown_outlets_are_different_voices() -> None:
    estimate = resolved(
        said(claim(90), hour=20, outlet=None, article="a"),
        said(claim(85), hour=23, outlet=None, article="b"),
    )
    assert (span(estimate), estimate.outlets) == ((85, 90, 90), ())


# --- lone figures ---------------------------------------------------------------------------


def test_lone_figure_far_above_the_rest_is_unconfirmed() -> None:
    estimate = resolved(
        said(claim(9_000), outlet="Post"), said(claim(40)), said(claim(45), outlet="L")
    )
    assert span(estimate) == (40, 45, 45)
    assert estimate.unconfirmed == (9_000,)
    assert estimate.outlets == ("L", "Northline", "Post")
    assert all(figure.low != 9_000 for figure in estimate.figures)


def test_lone_figures_one_above_the_other_are_all_unconfirmed() -> None:
    estimate = resolved(
        said(claim(9_000), outlet="Post"), said(claim(900), outlet="L"), said(claim(40))
    )
    assert (estimate.best, estimate.unconfirmed) == (40, (900, 9_000))


@pytest.mark.parametrize(
    ("high", "rest"),
    [(139, 40), (120, 40), (900, 300)],
    ids=["not 100 above", "not three times", "exactly three times"],
)
def test_figure_not_far_above_the_rest_is_confirmed_enough(high: int, rest: int) -> None:
    estimate = resolved(said(claim(high), outlet="Post"), said(claim(rest)))
    assert (span(estimate), estimate.unconfirmed) == ((rest, high, high), ())


def test_high_figure_that_a_second_outlet_prints_is_confirmed() -> None:
    estimate = resolved(
        said(claim(9_000), outlet="Post"), said(claim(9_000), outlet="L"), said(claim(40))
    )
    assert (span(estimate), estimate.unconfirmed) == ((40, 9_000, 9_000), ())


@pytest.mark.parametrize("authority", [MONITOR, POLICE])
def test_named_monitor_or_official_is_believed_alone(authority: Authority) -> None:
    estimate = resolved(said(claim(9_000, authority=authority), outlet="Post"), said(claim(40)))
    assert (estimate.best, estimate.unconfirmed) == (9_000, ())


def test_words_for_numbers_contradict_no_high_figure() -> None:
    estimate = resolved(
        said(claim(1_450), outlet="Post"), said(claim(200, bound="vague"), outlet="L")
    )
    assert (span(estimate), estimate.unconfirmed) == ((1_450, 1_450, 1_450), ())


# --- named people ---------------------------------------------------------------------------


def test_named_people_count_once_each_where_nobody_counted() -> None:
    estimate = resolved(
        said(claim(1, named=("anna",))),
        said(claim(2, named=("anna", "boris")), outlet="Post"),
    )
    assert (span(estimate), estimate.rule) == ((2, 2, 2), Rule.NAMED)
    assert estimate.rests_on == ("Northline-12#0", "Post-12#0")


def test_named_people_are_part_of_a_count() -> None:
    estimate = resolved(said(claim(1, named=("anna",)), hour=23), said(claim(30), outlet="Post"))
    assert (span(estimate), estimate.claims) == ((30, 30, 30), 2)
    assert estimate.rests_on == ("Post-12#0",)


def test_count_that_names_one_of_the_counted_is_a_count() -> None:
    estimate = resolved(said(claim(12, named=("anna",))))
    assert (span(estimate), estimate.rule) == ((12, 12, 12), Rule.ONLY)


@pytest.mark.parametrize("rule", list(Rule))
def test_rule_has_a_sentence_for_a_person(rule: Rule) -> None:
    assert rule.sentence.endswith(".")


def test_authority_of_named_people_is_the_one_all_share() -> None:
    shared = resolved(
        said(claim(1, named=("anna",), authority=MONITOR)),
        said(claim(1, named=("boris",), authority=MONITOR), outlet="Post"),
    )
    mixed = resolved(
        said(claim(1, named=("anna",), authority=MONITOR)),
        said(claim(1, named=("boris",)), outlet="Post"),
    )
    assert (shared.authority, mixed.authority) == (MONITOR, NOBODY)
