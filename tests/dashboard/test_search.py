"""Looking for words: in what a snapshot says, then in the sentences of what is on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.search import found, words_of
from dashboard.charts.tally import Filters, tally
from dashboard.views.searching import MOST_CLAIMS, searched
from tests.dashboard.snapshots import KAZAN, MOSCOW, PETERSBURG, TEHRAN, claim, estimate, snapshot
from tests.vigil.resolving.statements import resolved, said
from vigil.claim import Authority
from vigil.snapshot import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection

    from vigil.estimate import Bucket, Estimate

POLICE = Authority("police", "official")


class Shelf:
    """Sentences by article, and a note of what was asked for."""

    def __init__(self, **sentences: str) -> None:
        self.said = sentences
        self.asked: list[str] = []
        self.evidences: tuple[Evidence, ...] = ()
        self.buckets: list[Bucket] = []

    def sentences(self, articles: Collection[str]) -> dict[str, tuple[str, ...]]:
        self.asked += sorted(articles)
        return {one: (self.said[one],) for one in articles if one in self.said}

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        self.buckets.append(bucket)
        return self.evidences


def told(one: Estimate, *articles: str) -> Estimate:
    return replace(one, rests_on=tuple(f"{article}#0" for article in articles))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("vans", True),
        ("RIVER vans", True),
        ("moscow river", True),
        ("Mosc\N{COMBINING ACUTE ACCENT}ow", True),
        ("cafe", True),
        ("vans trams", False),
    ],
)
def test_every_word_is_found_somewhere_whatever_its_case_and_accents(text: str, fits: bool) -> None:
    texts = (
        "Moscow",
        "By the river they sat in vans, near the Caf\N{LATIN SMALL LETTER E WITH ACUTE}.",
    )
    assert found(words_of(text), texts) is fits


def test_place_authority_and_outlet_are_found_without_reading_a_sentence() -> None:
    there = snapshot([told(estimate(MOSCOW, 900), "a"), told(estimate(KAZAN, 15), "b")])
    shelf = Shelf(b="By tram.")
    for text in ("moscow", "Moscow ovd-info wire"):
        shown = searched(there, Filters(text=text), shelf)
        assert [one.best for one in shown.estimates] == [900]
    assert set(shelf.asked) == {"b"}


def test_sentence_is_found_and_the_sums_are_of_what_was_found() -> None:
    there = snapshot([told(estimate(MOSCOW, 900), "a"), told(estimate(KAZAN, 15), "b")])
    filters = Filters(text="water cannon")
    shown = searched(there, filters, Shelf(a="They came with water cannons.", b="By tram."))
    assert tally(shown, filters).total == 900


def test_search_reads_what_is_on_the_screen_and_no_more() -> None:
    stored = [
        told(estimate(MOSCOW, 900), "a", "b"),
        told(estimate(KAZAN, 15, kind="protest"), "c"),
        told(estimate(TEHRAN, 40), "d"),
        told(estimate(PETERSBURG, 300), *(f"s{number}" for number in range(1_000))),
    ]
    shelf = Shelf()
    searched(snapshot(stored), Filters(text="tram", country="RU"), shelf)
    assert {"a", "b"} <= set(shelf.asked)
    assert not {"c", "d"} & set(shelf.asked)
    assert len(shelf.asked) == 2 + MOST_CLAIMS


def test_no_text_reads_nothing() -> None:
    there, shelf = snapshot([told(estimate(MOSCOW, 900), "a")]), Shelf()
    assert searched(there, Filters(), shelf) is there
    assert shelf.asked == []


def test_article_revised_since_is_no_failure() -> None:
    there = snapshot([replace(estimate(MOSCOW, 900), rests_on=("a#7",))])
    assert searched(there, Filters(text="tram"), Shelf(a="By tram.")).estimates == ()


def test_figure_of_an_authority_is_found_by_its_own_sentence() -> None:
    monitor = claim(MOSCOW, 1_450, "The monitors wrote down 1,450 names.")
    police = replace(claim(MOSCOW, 500, "Officers told of 500 rioters."), authority=POLICE)
    there = snapshot([resolved(said(monitor, article="a"), said(police, article="b"))])
    shelf = Shelf()
    shelf.evidences = tuple(
        Evidence(name, 0, one, "", None, None, None, there.changed_at, counts=True)  # type: ignore[arg-type]  # a moment
        for name, one in (("a", monitor), ("b", police))
    )
    for text, best in (("rioters", [500]), ("names", [])):
        filters = Filters(text=text, authority_kinds=("official",))
        shown = searched(there, filters, shelf)
        assert [day.total for day in tally(shown, filters).days] == best
    assert shelf.buckets == [there.estimates[0].bucket] * 2
