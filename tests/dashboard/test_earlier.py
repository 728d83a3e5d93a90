"""What changed since a moment: told from the history, whatever server looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from dashboard.charts.tally import Filters, total_of
from dashboard.earlier import MOST_ARTICLES, EarlierReader
from dashboard.live.changes import ChangesHolder
from dashboard.live.nodes import texts
from dashboard.reader import Reader
from dashboard.views.wall_texts import changed
from tests.browser.pages import article
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, NOON, RUSSIA, claim
from vigil.claim import AUTHORITY_ORDER
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from redis import Redis

    from vigil.claim import ClaimSet

MINUTE = timedelta(minutes=1)
COUNTED = claim(MOSCOW, 900, "Monitors counted 900 in the capital.")


def tell(store: Redis, *sets: ClaimSet, reviews: tuple[Review, ...] = ()) -> None:
    Ledger(store, authority_order=AUTHORITY_ORDER).apply(sets, reviews, now=NOON)


def evening() -> list[ClaimSet]:
    return [
        article(1, claim(RUSSIA, 1000, "Across the country 1,000 were held."), seen_at=NOON),
        article(2, COUNTED, seen_at=NOON + 30 * MINUTE),
        article(3, claim(RUSSIA, 1313, "By now it was 1,313."), seen_at=NOON + 80 * MINUTE),
        article(4, claim(KAZAN, 12, "In Kazan 12."), seen_at=NOON + 90 * MINUTE),
    ]


def change(store: Redis, moment: datetime, filters: Filters | None = None) -> int | None:
    since = EarlierReader(store).since(moment, Reader(store).read())
    if since is None:
        return None
    asked = filters or Filters()
    return total_of(since.after, asked) - total_of(since.before, asked)


def test_change_since_a_moment_is_what_became_known_after_it(store: Redis) -> None:
    tell(store, *evening())
    assert change(store, NOON + 31 * MINUTE) == 313
    assert change(store, NOON - MINUTE) == 1313
    assert change(store, NOON + 91 * MINUTE) == 0


def test_change_is_that_of_the_filters(store: Redis) -> None:
    tell(store, *evening())
    assert change(store, NOON, Filters(country="BY")) == 0
    assert change(store, NOON, Filters(last=FEB_24 - timedelta(days=1))) == 0


@pytest.mark.parametrize("late", [0, 1, 2, 3])
def test_change_does_not_depend_on_what_arrived_when(store: Redis, late: int) -> None:
    sets = evening()
    tell(store, *sets[:late], *sets[late + 1 :])
    tell(store, sets[late])
    assert change(store, NOON + 31 * MINUTE) == 313


def test_correction_makes_the_change_negative(store: Redis) -> None:
    tell(store, *evening())
    said = claim(RUSSIA, 1250, "It was 1,250, not 1,313.")
    tell(store, replace(article(3, said, seen_at=NOON + 100 * MINUTE), revision="2"))
    assert change(store, NOON + 95 * MINUTE) == -63


def test_review_changes_what_was_known_before_it(store: Redis) -> None:
    tell(store, article(2, COUNTED, seen_at=NOON))
    at = NOON + 300 * MINUTE
    wrong = Review(f"{2:024x}", fingerprint(COUNTED), "wrong", "Misread", "Desk", at)
    tell(store, reviews=(wrong,))
    assert change(store, NOON + 299 * MINUTE) == -900
    assert change(store, NOON + 301 * MINUTE) == 0


def test_article_that_withdrew_its_claims_takes_them_away(store: Redis) -> None:
    tell(store, article(2, COUNTED, seen_at=NOON))
    tell(store, replace(article(2, seen_at=NOON + 60 * MINUTE), revision="2"))
    assert change(store, NOON + 59 * MINUTE) == -900


def test_more_than_can_be_looked_through_is_not_told(store: Redis) -> None:
    many = (article(number, COUNTED, seen_at=NOON + MINUTE) for number in range(MOST_ARTICLES + 1))
    tell(store, *many)
    assert change(store, NOON) is None
    assert change(store, NOON + MINUTE) == 0


def said(store: Redis, now: datetime) -> list[str]:
    holder = ChangesHolder(EarlierReader(store))
    snapshot = Reader(store).read()
    holder.changes(snapshot, now)
    holder.close()  # it is known by then, however busy the machine
    known = holder.changes(snapshot, now)
    return ["".join(texts(line)) for line in changed(known, Filters())]


def test_wall_tells_the_last_hour_and_the_newest_item(store: Redis) -> None:
    tell(store, *evening())
    assert said(store, NOON + 100 * MINUTE) == [
        "+313 in the last hour",
        "no change at the newest item",
    ]


def test_hour_goes_by_the_clock_while_items_are_of_now(store: Redis) -> None:
    tell(store, *evening())
    assert said(store, NOON + 300 * MINUTE)[0] == "no change in the last hour"


def test_hour_of_an_old_corpus_is_the_one_before_its_newest_item(store: Redis) -> None:
    tell(store, *evening()[:3])
    assert said(store, NOON + timedelta(days=1000)) == [
        "+313 in the hour to the newest item",
        "+313 at the newest item",
    ]


def test_empty_store_has_no_change(store: Redis) -> None:
    assert said(store, NOON) == []
