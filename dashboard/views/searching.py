"""A snapshot narrowed to the figures that a text is found in: place, authority, outlet, sentences.

Sentences are read of the figures on the screen alone, so that a search costs by what is shown and
never by how much is stored; and only of those whose place, authority and outlets do not say it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.search import found, words_of
from dashboard.charts.selection import chosen, is_restated, quoted, speaks_for
from dashboard.charts.tally import passes
from dashboard.charts.words import authority_text
from dashboard.gathered import stands_in
from vigil.archive import slot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from typing import Protocol

    from dashboard.charts.tally import Filters
    from dashboard.live.lookback import Lookback
    from vigil.estimate import Bucket, Estimate
    from vigil.snapshot import Evidence, Snapshot

    class Shelf(Protocol):
        """Where sentences are read: ``dashboard.live.source.Source``."""

        def sentences(self, articles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
            """Return the sentences of the claims of articles."""

        def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
            """Return the claims behind a bucket."""


class ShelfThen:
    """The shelf as it stood at a moment (aware); what was withdrawn since is on it no more."""

    def __init__(self, back: Lookback, version: int, moment: datetime) -> None:
        self._back = back
        self._version = version  # of the store, as it is shown
        self._moment = moment
        # A country's day has many buckets, and is read of all its claims.
        self._slots: dict[str, tuple[Evidence, ...]] = {}

    def sentences(self, articles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the sentences of the claims of articles."""
        return self._back.sentences(self._version, self._moment, articles) if articles else {}

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims of a bucket; which of them count is not told."""
        slot = slot_of(bucket)
        if slot not in self._slots:
            self._slots[slot] = self._back.claims(self._moment, slot)
        return tuple(
            one
            for one in self._slots[slot]
            if stands_in(one.claim.kind, one.claim.place, bucket, whole=False)
        )


# A figure printed a thousand times says in its first fifty claims what it has to say.
MOST_CLAIMS: Final = 50


def searched(snapshot: Snapshot, filters: Filters, shelf: Shelf) -> Snapshot:
    """Return a snapshot with the estimates in which every word of the text is found.

    Args:
        snapshot: All there is.
        filters: What is shown; what they leave out is not searched, and left out.
        shelf: Where sentences are read.

    Raises:
        VigilError: The store does not answer.
    """
    words = words_of(filters.text)
    if not words:
        return snapshot
    shown = [
        (one, as_shown)
        for one in snapshot.estimates
        if passes(one, filters) and (as_shown := chosen(one, filters))
    ]
    open_ = [as_shown for _, as_shown in shown if not found(words, _said_of(as_shown))]
    said = _sentences(open_, shelf)
    kept = tuple(
        one
        for one, as_shown in shown
        if found(words, (*_said_of(as_shown), *said.get(as_shown.bucket, ())))
    )
    return replace(snapshot, estimates=kept)


def _said_of(estimate: Estimate) -> Iterable[str]:
    place = estimate.bucket.place
    printed = {outlet for one in quoted(estimate) for outlet in one.outlets}
    return (
        place.name if place else "",
        authority_text(estimate.authority),
        *sorted(printed or estimate.outlets),
    )


def _sentences(estimates: Collection[Estimate], shelf: Shelf) -> Mapping[Bucket, tuple[str, ...]]:
    """Return the sentences that say what is shown, of each bucket."""
    claims = {
        one.bucket: [reference.rpartition("#") for reference in one.rests_on[:MOST_CLAIMS]]
        for one in estimates
        if not is_restated(one)
    }
    known = shelf.sentences({article for said in claims.values() for article, _, _ in said})
    said = {
        bucket: tuple(_at(known.get(article, ()), int(number)) for article, _, number in told)
        for bucket, told in claims.items()
    }
    restated = {
        one.bucket: tuple(
            told.claim.sentence
            for told in shelf.evidence(one.bucket)
            if speaks_for(told.claim, one) and not told.overruled
        )
        for one in estimates
        if is_restated(one)
    }
    return {**said, **restated}


def _at(sentences: tuple[str, ...], number: int) -> str:
    """Return a sentence; "" where the article was revised since the figure was made of it."""
    return sentences[number] if number < len(sentences) else ""
