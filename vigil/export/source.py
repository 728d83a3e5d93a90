"""From Redis to what is exported: slot by slot, in an order that depends on nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from vigil import keys, rebuilding, reviewing, wire
from vigil import period as periods
from vigil.archive import Archive
from vigil.claim import Claim, ClaimSet
from vigil.correction import Correction, Told
from vigil.errors import StoreError
from vigil.estimate import Estimate
from vigil.review import Review
from vigil.store import make_store, map_errors, read_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigil.place import Place
    from vigil.settings import Settings

# Slots read in one round trip; with their articles a few megabytes at most.
_SLOTS_AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for; None asks for all.

    Attributes:
        first: First day. With a first or a last day what is undated is left out, and a period
            belongs when it overlaps.
        last: Last day, included.
        country: ISO 3166-1 alpha-2 code.
        city: Name of a city, in any case of letters. Only what is said of it itself.
        kind: What is counted.
    """

    first: date | None = None
    last: date | None = None
    country: str | None = None
    city: str | None = None
    kind: str | None = None

    def takes_slot(self, slot: str) -> bool:
        """Return whether anything in a slot may be asked for."""
        country, day, period = keys.slot_parts(slot)
        if self.country and country != self.country.upper():
            return False
        if not (self.first or self.last):
            return True
        span = period or ((day, day) if day else None)
        return span is not None and periods.overlaps(span, self.first, self.last)

    def takes(self, kind: str, place: Place | None) -> bool:
        """Return whether a kind and place of such a slot are asked for."""
        if self.kind and kind != self.kind:
            return False
        if not self.city:
            return True
        return bool(
            place and place.scope == "city" and place.name.casefold() == self.city.casefold()
        )


@dataclass(frozen=True, slots=True)
class Content:
    """All of one slot: its estimates, the articles that were asked for, and their reviews.

    ``reviews`` has only the articles with reviews: article -> fingerprint -> review. Where
    corrections are read, there are these and the claims behind them, and nothing else.
    """

    slot: str
    estimates: tuple[Estimate, ...]
    articles: dict[str, ClaimSet]
    reviews: Mapping[str, Mapping[str, Review]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    told: Mapping[Told, tuple[ClaimSet, Claim]] = field(default_factory=dict)

    def review_of(self, article: str, claim: Claim) -> Review | None:
        """Return what a person says of a claim, None where nobody does or took it back."""
        return reviewing.review_of(claim, self.reviews.get(article, {}))


class Source:
    """Reads a store for exporting; keeps nothing."""

    def __init__(self, settings: Settings, *, known_at: datetime | None = None) -> None:
        """Read what a store holds.

        Args:
            settings: Where the store is; for the past also the order of authorities, as the
                aggregator has it.
            known_at: What was known at this moment (aware); None for what is known now.
        """
        self._store = make_store(settings)
        self._archive = Archive(self._store, authority_order=settings.authority_order)
        self._known_at = known_at

    def version(self) -> int:
        """Return ``vigil.store.read_version``."""
        return read_version(self._store)

    def require_complete(self, *, now: datetime | None = None) -> None:
        """Refuse a store that is being rebuilt: half a truth looks like a whole one.

        Raises:
            StoreError: Says what to do.
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the mark of rebuilding"):
            fields: Any = self._store.hgetall(rebuilding.KEY)
        mark = rebuilding.parse(fields)
        if mark is None or mark.done:
            return
        if mark.state == "stopped" or mark.silent(now or datetime.now(UTC)):
            message = "a rebuild of the store was broken off half way: run vigil rebuild again"
        else:
            message = f"the store is being rebuilt ({mark.read:,} of {mark.total:,}): wait for it"
        raise StoreError(message)

    def slots(self, wanted: Wanted) -> list[str]:
        """Return the slots that may hold what is wanted: by day, then periods, then undated.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the slots"):
            known: Any = self._store.zrange(keys.SLOTS, 0, -1)
        return sorted((slot for slot in known if wanted.takes_slot(slot)), key=_slot_order)

    def read(self, slots: Sequence[str], *, whole: bool) -> Iterator[Content]:
        """Yield the content of slots, in their order.

        Args:
            slots: As ``slots`` returned them.
            whole: Whether with every article that speaks in the slot; else with those the
                estimates rest on.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        if self._known_at:
            yield from self._read_past(slots, self._known_at, whole=whole)
            return
        for start in range(0, len(slots), _SLOTS_AT_A_TIME):
            some = slots[start : start + _SLOTS_AT_A_TIME]
            with map_errors(f"reading {len(some)} slots"), self._pipeline() as pipe:
                for slot in some:
                    pipe.hvals(keys.slot_estimates(slot))
                    pipe.hkeys(keys.slot_claims(slot))
                replies = iter(pipe.execute())
            found = [
                (slot, _estimates(texts), names)
                for slot, texts, names in zip(some, replies, replies, strict=True)
            ]
            for slot, estimates, names in found:
                articles = names if whole else _rested_on(estimates)
                yield Content(slot, estimates, *self._articles(sorted(articles)))

    def read_corrections(self, slots: Sequence[str]) -> Iterator[Content]:
        """Yield the corrections of slots, in their order.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        for slot, found in self._archive.corrections(slots, known_at=self._known_at):
            told = [one for each in found for one in (each.was, each.now) if one]
            claims = self._archive.claims_told(told) if told else {}
            yield Content(slot, (), {}, corrections=found, told=claims)

    def _read_past(
        self, slots: Sequence[str], moment: datetime, *, whole: bool
    ) -> Iterator[Content]:
        for slot in self._archive.slots(slots, moment):
            estimates = tuple(sorted(slot.estimates, key=_estimate_order))
            names = set(slot.articles) if whole else _rested_on(estimates)
            found = self._archive.articles(sorted(names), moment)
            yield Content(
                slot.name,
                estimates,
                {name: one.claims for name, one in found.items()},
                {name: one.reviews for name, one in found.items() if one.reviews},
            )

    def _articles(
        self, names: Sequence[str]
    ) -> tuple[dict[str, ClaimSet], dict[str, dict[str, Review]]]:
        with map_errors(f"reading {len(names)} articles"), self._pipeline() as pipe:
            for name in names:
                pipe.hmget(keys.record(name), "body", "reviews")
            replies = list(zip(names, pipe.execute(), strict=True))
        articles = {name: wire.decode(body, ClaimSet) for name, (body, _) in replies if body}
        reviews = {name: reviewing.parse(text) for name, (_, text) in replies if text}
        return articles, reviews

    def _pipeline(self) -> Any:
        return self._store.pipeline(transaction=False)


def reference_parts(reference: str) -> tuple[str, int]:
    """Return article and number of a claim that ``Estimate.rests_on`` refers to."""
    article, _, number = reference.rpartition("#")
    return article, int(number)


def place_order(place: Place | None) -> tuple[object, ...]:
    """Sort the country first, then its places by name, what has no place last."""
    if place is None:
        return (2, "", "", 0)
    return (int(place.scope != "country"), place.name, place.scope, place.geoname or 0)


def _slot_order(slot: str) -> tuple[object, ...]:
    country, day, period = keys.slot_parts(slot)
    when = periods.order(period) if period else ((day, day) if day else ())
    return (0 if day else 1 if period else 2, when, country or "~")


def _estimates(texts: Iterable[str]) -> tuple[Estimate, ...]:
    decoded = (wire.decode(text, Estimate) for text in texts)
    return tuple(sorted(decoded, key=_estimate_order))


def _estimate_order(estimate: Estimate) -> tuple[object, ...]:
    return (estimate.bucket.kind, *place_order(estimate.bucket.place))


def _rested_on(estimates: Iterable[Estimate]) -> set[str]:
    return {reference_parts(one)[0] for estimate in estimates for one in estimate.rests_on}
