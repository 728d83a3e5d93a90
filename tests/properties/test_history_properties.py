"""What was known at a past moment is what the rules make of all that was known by then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    MOMENTS,
    ORDER,
    claim_sets,
    contributed,
    give,
    known_by,
    news,
    own_revision,
    reference,
    reviews,
)
from vigil import reviewing
from vigil.claim import ClaimSet
from vigil.resolving.corrections import corrections
from vigil.resolving.figures import standing_figures
from vigil.resolving.known import history, known_at
from vigil.resolving.said import spells
from vigil.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis import Redis

    from vigil.claim import Claim
    from vigil.estimate import Bucket, Estimate
    from vigil.resolving.figures import Standing, Voice
    from vigil.resolving.statement import Group, Statement
    from vigil.stored import Contribution

News = ClaimSet | Review
INSTANT = timedelta(microseconds=1)
# Reviews are of March: so that they also come before what they speak of.
LATE = MOMENTS[-1] + timedelta(days=4, hours=3)
late_sets = st.builds(
    lambda one, hour: ClaimSet(
        one.article, one.revision, LATE + timedelta(hours=hour), one.claims, outlet=one.outlet
    ),
    claim_sets(articles="ab"),
    st.integers(0, 3),
)
some_news = st.lists(news() | reviews(articles="ab") | late_sets, min_size=1, max_size=12).map(
    lambda items: [own_revision(one) if isinstance(one, ClaimSet) else one for one in items]
)


def moments(items: Iterable[News]) -> list[datetime]:
    """Return when something became known, and the instants before."""
    told = {one.seen_at if isinstance(one, ClaimSet) else one.at for one in items}
    return sorted(told | {one - INSTANT for one in told})


def all_at(said: dict[str, dict[str, Contribution]], moment: datetime) -> set[Estimate]:
    return {
        estimate
        for slot, here in said.items()
        for estimate in known_at(slot, here, moment, authority_order=ORDER)
    }


def told(estimate: Estimate | None) -> tuple[object, ...] | None:
    if estimate is None:
        return None
    return (
        estimate.low, estimate.best, estimate.high, estimate.rule, estimate.authority,
        estimate.unspecified,
    )  # fmt: skip


@given(items=some_news)
def test_past_is_the_state_of_what_was_known_by_then(items: list[News]) -> None:
    said = contributed(items)
    for moment in moments(items):
        assert all_at(said, moment) == known_by(items, moment)


@given(items=some_news)
def test_present_is_the_last_of_the_past(items: list[News]) -> None:
    sets = [one for one in items if isinstance(one, ClaimSet)]
    found = [one for one in items if isinstance(one, Review)]
    assert all_at(contributed(items), moments(items)[-1]) == reference(sets, found)


@given(items=some_news)
def test_history_has_every_change_and_no_other(items: list[News]) -> None:
    said = contributed(items)
    buckets: dict[str, dict[str, Bucket]] = {}
    for moment in moments(items):
        for slot, here in said.items():
            for one in known_at(slot, here, moment, authority_order=ORDER):
                buckets.setdefault(slot, {})[place_key(one.bucket)] = one.bucket
    for slot, known in buckets.items():
        for key, bucket in known.items():
            steps = history(slot, said[slot], bucket, authority_order=ORDER)
            changes = []
            shown: Estimate | None = None
            for moment in moments(items):
                estimates = known_at(slot, said[slot], moment, authority_order=ORDER)
                now = next((one for one in estimates if place_key(one.bucket) == key), None)
                if told(now) != told(shown):
                    changes.append((moment, now))
                shown = now
            assert [(one.seen_at, one.estimate) for one in steps] == changes


def place_key(bucket: Bucket) -> str:
    """Return what tells buckets of a slot apart, whatever an article calls its country."""
    if bucket.place and bucket.place.scope == "country":
        return f"{bucket.kind}|country"
    return bucket.key


@pytest.mark.integration
@hypothesis_settings(max_examples=60)
@given(items=some_news, data=st.data())
def test_store_tells_the_past_whatever_came_when(
    store: Redis, items: list[News], data: st.DataObject
) -> None:
    store.flushall(asynchronous=False)
    repeated = [*items, *data.draw(st.lists(st.sampled_from(items), max_size=3))]
    for one in data.draw(st.permutations(repeated)):
        give(Ledger(store, authority_order=ORDER), [one])
    reader = Reader(store, authority_order=ORDER)
    for moment in moments(items):
        snapshot = reader.as_known_at(moment)
        assert set(snapshot.estimates) == known_by(items, moment)
        assert len(snapshot.estimates) == len(set(snapshot.estimates))
        for estimate in snapshot.estimates:
            evidence = reader.evidence_at(estimate.bucket, moment)
            resting = {f"{one.article}#{one.number}" for one in evidence if one.counts}
            assert resting == set(estimate.rests_on)
    assert reader.as_known_at(moments(items)[-1]).estimates == reader.read().estimates


def stood(
    slot: str, here: dict[str, Contribution], moment: datetime
) -> dict[Group, list[Statement]]:
    """Return what stood at a moment and counts, as persons judge it now."""
    instant = reviewing.instant(moment)
    return {
        group: [
            one.statement
            for one in some
            if one.covers(instant) and not one.statement.overruled and not one.statement.only_names
        ]
        for group, some in spells(slot, here).items()
    }


def has_fallen(was: Standing, now: Standing | None, article: list[Statement]) -> bool:
    """Return whether a voice was corrected, by what it stands by and what its article says now."""
    low = was.claim.low
    if low is None or was.claim.bound == "vague":
        return False
    if now and (now.claim.high is None or now.claim.high >= low):
        return False
    still = any(one.claim.figure >= low for one in article)
    return was.statement in article or not still


@given(items=some_news)
def test_every_fall_of_a_figure_is_a_correction_and_nothing_else(items: list[News]) -> None:
    for slot, here in contributed(items).items():
        expected: list[tuple[datetime, str, Claim]] = []
        before: dict[tuple[Group, Voice], Standing] = {}
        for moment in moments(items):
            said = stood(slot, here, moment)
            now = {
                (group, one.voice): one
                for group, some in said.items()
                for one in standing_figures(some)
            }
            for voice, was in before.items():
                article = [one for one in said[voice[0]] if one.article == was.statement.article]
                if has_fallen(was, now.get(voice), article):
                    expected.append((moment, was.statement.reference, was.claim))
            before = now
        listed = [
            (one.at, one.was.reference, one.was.low, one.was.high or 0, one.was.bound)
            for one in corrections(slot, here)
        ]
        assert sorted(listed) == sorted(
            (at, reference, one.low, one.high or 0, one.bound) for at, reference, one in expected
        )
