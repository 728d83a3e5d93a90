"""A slot is resolved from what is said of the places of a batch, and from nothing less."""

from __future__ import annotations

import pytest

from consumers.aggregator.record import record_of
from consumers.aggregator.slots import Slot, change
from tests.consumers.aggregator.ledgers import KAZAN, MOSCOW, NOW, ORDER, RUSSIA, claim
from vigil import stored, wire
from vigil.claim import ClaimSet
from vigil.estimate import Estimate
from vigil.place import Place

SLOT = "RU:2022-02-24"


def contribution(article: str, place: Place | None, figure: int) -> stored.Contribution:
    claims = (claim(figure, place),)
    record = record_of(ClaimSet(article, "r1", NOW, claims, outlet=article))
    [(_, said)] = record.contributions().items()
    return said


def best(slot: Slot, said: dict[str, stored.Contribution]) -> dict[str, int]:
    news = change(slot, said, authority_order=ORDER)
    assert news
    found = [wire.decode(text, Estimate) for _, text, _ in news.estimates]
    return {one.bucket.place.name if one.bucket.place else "": one.best for one in found}


@pytest.mark.parametrize(
    "place",
    [
        MOSCOW,
        Place("Ростов", "city", "RU"),
        Place('The "Square"', "city", "RU"),
        Place("Back\\slash|bar\t", "region", "RU", geoname=7),
        RUSSIA,
    ],
    ids=lambda place: place.name,
)
def test_news_of_a_place_meets_all_that_was_said_of_it(place: Place) -> None:
    before = {"a": contribution("a", place, 60), "b": contribution("b", KAZAN, 30)}
    slot = Slot(SLOT, 2, {name: wire.encode(one).decode() for name, one in before.items()}, {})
    assert best(slot, {"c": contribution("c", place, 24)})[place.name] == 60


def test_news_without_a_place_meets_all_that_was_said_without_one() -> None:
    before = {"a": contribution("a", None, 60), "b": contribution("b", KAZAN, 30)}
    slot = Slot("--:2022-02-24", 2, {a: wire.encode(c).decode() for a, c in before.items()}, {})
    assert best(slot, {"c": contribution("c", None, 24)})[""] == 60


def test_news_of_many_places_meets_all_that_was_said_of_each() -> None:
    places = [Place(f"Town {number}", "city", "RU") for number in range(40)]
    before = {f"a{place.name}": contribution(f"a{place.name}", place, 60) for place in places}
    slot = Slot(SLOT, 2, {name: wire.encode(one).decode() for name, one in before.items()}, {})
    said = {f"b{place.name}": contribution(f"b{place.name}", place, 24) for place in places}
    found = best(slot, said)
    assert {found[place.name] for place in places} == {60}
