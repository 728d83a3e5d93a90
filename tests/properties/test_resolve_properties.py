"""What holds of resolution for every set of statements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.consumers.aggregator.ledgers import MOMENTS, ORDER, RUSSIA, claims
from vigil import keys, wire
from vigil.estimate import Estimate, Rule
from vigil.resolving.resolve import Statement, _only, _weighed, resolve, resolve_slot


@st.composite
def slots(draw: st.DrawFn) -> list[Statement]:
    """Statements of one country and day, or one of its periods, each once."""
    said = draw(st.lists(claims(), min_size=1, max_size=12))
    slot = keys.slot_of(said[0])
    outlets = st.sampled_from([None, "The Lantern", "Northline"])
    return [
        Statement(
            one, f"article-{number // 2}", number, draw(st.sampled_from(MOMENTS)), draw(outlets)
        )
        for number, one in enumerate(said)
        if keys.slot_of(one) == slot
    ]


def whole(statements: list[Statement]) -> tuple[Estimate, ...]:
    return resolve_slot(statements, authority_order=ORDER)


@given(data=st.data(), statements=slots())
def test_order_of_statements_does_not_matter(
    data: st.DataObject, statements: list[Statement]
) -> None:
    shuffled = data.draw(st.permutations(statements))
    assert wire.encode(whole(shuffled)) == wire.encode(whole(statements))


@given(data=st.data(), statements=slots())
def test_duplicates_change_nothing(data: st.DataObject, statements: list[Statement]) -> None:
    again = data.draw(st.lists(st.sampled_from(statements), max_size=5))
    assert whole([*statements, *again]) == whole(statements)


@given(statements=slots())
def test_one_count_is_resolved_as_many_are(statements: list[Statement]) -> None:
    for one in statements:
        if not one.only_names:
            assert _only(one, [one]) == _weighed([one], [one], ORDER)


@given(statements=slots())
def test_best_lies_between_low_and_high(statements: list[Statement]) -> None:
    for estimate in whole(statements):
        assert 0 <= estimate.low <= estimate.best
        assert estimate.high is None or estimate.best <= estimate.high


@given(statements=slots())
def test_every_number_leads_to_claims_that_were_made(statements: list[Statement]) -> None:
    made = {one.reference for one in statements}
    for estimate in whole(statements):
        assert estimate.rests_on
        assert made.issuperset(estimate.rests_on)
        assert len(estimate.rests_on) <= estimate.claims <= len(statements)
        assert estimate.rule in set(Rule)


@given(statements=slots())
def test_country_is_never_below_its_counted_cities(statements: list[Statement]) -> None:
    for country in whole(statements):
        if country.bucket.place is None or country.bucket.place.scope != "country":
            continue
        cities = [
            one.best
            for one in whole(statements)
            if one.bucket.kind == country.bucket.kind
            and one.bucket.place
            and one.bucket.place.scope == "city"
            and one.rule != Rule.NAMED
        ]
        if country.bucket.day or country.bucket.period:
            assert country.best >= sum(cities)
            assert country.unspecified is None or country.unspecified <= country.best


@given(statements=slots())
def test_every_dated_city_has_its_country(statements: list[Statement]) -> None:
    estimates = whole(statements)
    countries = {
        (one.bucket.kind, one.bucket.place.country)
        for one in estimates
        if one.bucket.place and one.bucket.place.scope == "country"
    }
    for one in estimates:
        place = one.bucket.place
        if place and place.scope == "city" and (one.bucket.day or one.bucket.period):
            assert (one.bucket.kind, place.country) in countries


@given(statements=slots())
def test_buckets_are_sorted_and_each_once(statements: list[Statement]) -> None:
    found = [estimate.bucket.key for estimate in whole(statements)]
    assert found == sorted(set(found))


@given(statements=slots())
def test_reprint_by_another_outlet_leaves_the_best_figure(statements: list[Statement]) -> None:
    bucket = [one for one in statements if one.claim.place == RUSSIA] or statements[:1]
    only = [one for one in bucket if one.claim.kind == bucket[0].claim.kind]
    only = [one for one in only if one.claim.place == only[0].claim.place]
    before = resolve(only, authority_order=ORDER)
    winner = next(one for one in only if one.reference in before.rests_on)
    reprint = Statement(winner.claim, "reprint", 0, winner.seen_at, "Evening Post")
    after = resolve([*only, reprint], authority_order=ORDER)
    assert after.best == before.best or before.unconfirmed
    assert "Evening Post" in after.outlets
