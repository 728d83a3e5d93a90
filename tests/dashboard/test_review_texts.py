"""What a person found, as the pages say it: struck through or marked, with who, when and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.charts.tally import Filters
from dashboard.views import panels, sentences, wall_texts
from tests.dashboard.snapshots import KAZAN, MOSCOW, NOON, claim, estimate, item, snapshot
from tests.dashboard.test_texts import evidence, said
from vigil.review import Review, claim_id, fingerprint

WRONG = Review("a", "0" * 16, "wrong", "The figure is last year's", "Night desk", NOON)


def looks(tree: Any) -> set[str]:
    """Return the classes of every element of a tree."""
    if not isinstance(tree, dict):
        return set()
    below = (looks(child) for child in tree["children"])
    return set(tree.get("look", "").split()).union(*below)


def test_wrong_claim_is_struck_through_with_who_when_and_why() -> None:
    counted, wrong = evidence("Police held 90.", 90), evidence("They held 900.", 900, counts=False)
    shown = sentences.section(
        replace(estimate(MOSCOW, 90), overruled=("a#1",)), [counted, replace(wrong, review=WRONG)]
    )
    text = said([shown])
    assert "Marked as wrong by a person, counted for nothing" in text
    assert "Night desk, 24 Feb 2022, 12:00 UTC: The figure is last year's" in text
    assert "Marked as wrong, left out | 1 claim |" in text
    assert "Also reported" not in text
    assert "v-overruled" in looks(shown)


def test_confirmed_claim_is_marked_and_not_struck_through() -> None:
    confirmed = replace(WRONG, verdict="confirmed", reason="")
    shown = sentences.section(
        replace(estimate(MOSCOW, 90), confirmed=("a#0",)),
        [replace(evidence("Police held 90.", 90), review=confirmed)],
    )
    text = said([shown])
    assert "Confirmed |  by Night desk, 24 Feb 2022, 12:00 UTC |" in text
    assert "Confirmed by a person | 1 of 1 claim" in text
    assert "v-overruled" not in looks(shown)


def test_evidence_says_what_to_call_a_claim() -> None:
    one = evidence("Police held 90.", 90)
    text = said([sentences.section(estimate(MOSCOW, 90), [one])])
    assert f"claim {claim_id('a', fingerprint(one.claim))}" in text


def test_number_without_a_claim_that_stands_says_so() -> None:
    wrong = replace(evidence("They held 900.", 900, counts=False), review=WRONG)
    text = said(sentences.all_wrong([wrong]))
    assert "Every claim for this place and time was marked as wrong." in text
    assert "The figure is last year's" in text


def test_feed_shows_what_stands_before_what_was_marked_as_wrong() -> None:
    both = item("T", claim(MOSCOW, 5, "They took 5."), claim(KAZAN, 7, "They took 7."))
    some = said(panels.feed(snapshot(feed=[replace(both, overruled=(0,))]), Filters()))
    assert ("They took " in some, "7" in some, "marked as wrong" in some) == (True, True, False)
    all_of_it = panels.feed(snapshot(feed=[replace(both, overruled=(0, 1))]), Filters())
    assert "marked as wrong" in said(all_of_it)
    assert "v-overruled" in set().union(*map(looks, all_of_it))


def test_wall_shows_what_was_marked_as_wrong_as_such() -> None:
    one = item("T", claim(MOSCOW, 5, "They took 5."))
    plain = wall_texts.ticker(snapshot(feed=[one]), Filters())
    wrong = wall_texts.ticker(snapshot(feed=[replace(one, overruled=(0,))]), Filters())
    assert "marked as wrong" not in said(plain)
    assert "marked as wrong" in said(wrong)
    assert "v-overruled" in set().union(*map(looks, wrong))
