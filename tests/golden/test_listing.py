"""What real articles come to: no row of the listing shows a second time whom another one counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from consumers.extractor.pipeline import Extractor
from producers.files import as_published, read
from tests.consumers.aggregator.ledgers import reference
from vigil import keys
from vigil.article import Article
from vigil.estimate import Rule
from vigil.settings import Settings

if TYPE_CHECKING:
    from vigil.claim import Claim, ClaimSet
    from vigil.estimate import Estimate

GOLDEN = Path(__file__).parent / "text"
# Articles of others, which lie beside the project where it is developed and are not part of it.
BESIDE = Path(__file__).parents[3] / "shared"
FOLDERS = {
    "golden": [GOLDEN],
    "beside": [BESIDE / "articles" / "text", BESIDE / "seeds"],
}
# Of fewer people one article may well count two groups, and a word like "dozens" says nothing.
MANY = 20


@pytest.fixture(scope="module", params=list(FOLDERS))
def sets(request: pytest.FixtureRequest) -> list[ClaimSet]:
    paths = FOLDERS[request.param]
    if not all(path.is_dir() for path in paths):
        pytest.skip("the articles are not there")
    articles = [one for one in read(paths, seen_at=as_published) if isinstance(one, Article)]
    extractor = Extractor(model=Settings().model, names_key=b"key", show_names=False)
    today = datetime.now(UTC).date()
    return [done.claims for done in extractor.extract(articles, today=today)]


@pytest.fixture(scope="module")
def listing(sets: list[ClaimSet]) -> set[Estimate]:
    found = reference(sets)
    assert len(found) > MANY
    return found


def test_no_total_is_of_a_single_day(listing: set[Estimate]) -> None:
    periods = {one.bucket.period for one in listing if one.bucket.period}
    assert periods
    assert [period for period in periods if period[0] == period[1]] == []


def test_one_article_gives_one_figure_of_a_place_on_one_day(sets: list[ClaimSet]) -> None:
    told: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for one in sets:
        for claim in one.claims:
            if claim.figure > MANY and claim.bound != "vague" and not claim.named:
                told[one.article, claim.kind, claim.figure, claim.place].append(claim)
    twice = [
        some
        for some in told.values()
        if len({keys.slot_of(claim) for claim in some}) > 1
        and not all(claim.day_basis in {"explicit", "relative"} for claim in some)
    ]
    assert told
    assert twice == []


def test_crowd_is_no_petition_as_well(listing: set[Estimate]) -> None:
    shown = {(one.bucket.kind, keys_of(one), one.best) for one in listing}
    assert not {("petition", *rest) for kind, *rest in shown if kind == "protest"} & shown


def test_country_counts_its_places_once(listing: set[Estimate]) -> None:
    slots: dict[tuple[str, object], list[Estimate]] = defaultdict(list)
    for one in listing:
        if one.bucket.day or one.bucket.period:
            slots[one.bucket.kind, slot_of(one)].append(one)
    for some in slots.values():
        country = [one for one in some if scope(one) == "country"]
        cities = [one for one in some if scope(one) == "city" and one.rule != Rule.NAMED]
        own = [one.best for one in country]
        assert not cities or own >= [sum(one.best for one in cities)]


def scope(one: Estimate) -> str | None:
    return one.bucket.place.scope if one.bucket.place else None


def slot_of(one: Estimate) -> str:
    bucket = one.bucket
    return keys.slot(bucket.place.country if bucket.place else None, bucket.day, bucket.period)


def keys_of(one: Estimate) -> tuple[str, str | None]:
    return slot_of(one), one.bucket.place.key if one.bucket.place else None
