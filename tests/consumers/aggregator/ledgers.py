"""What the ledger's tests share: claims that collide a lot, a plain reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from consumers.aggregator.record import records_of
from vigil import keys, reviewing, wire
from vigil.article import BEFORE_ALL
from vigil.claim import Authority, AuthorityKind, Claim, ClaimSet
from vigil.place import Place
from vigil.resolving.resolve import Statement, resolve_slot
from vigil.review import Review, Verdict, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis import Redis

    from consumers.aggregator.ledger import Applied, Ledger
    from vigil.estimate import Estimate
    from vigil.stored import Contribution

ORDER: tuple[AuthorityKind, ...] = ("monitor", "official", "organiser", "unattributed")
NOW = datetime(2022, 3, 1, 9, 30, tzinfo=UTC)
DAY = date(2022, 2, 24)
NEXT_DAY = date(2022, 2, 25)

RUSSIA = Place("Russia", "country", "RU", 61.5, 105.3)
FEDERATION = Place("Russian Federation", "country", "RU")
MOSCOW = Place("Moscow", "city", "RU", 55.75, 37.62, 524901)
KAZAN = Place("Kazan", "city", "RU", 55.79, 49.12, 551487)
TATARSTAN = Place("Tatarstan", "region", "RU")
MINSK = Place("Minsk", "city", "BY", 53.9, 27.57, 625144)
WORLD = Place("World", "world", None)

MONITOR = Authority("OVD-Info", "monitor")
OTHER_MONITOR = Authority("Memorial", "monitor")
POLICE = Authority("police", "official")
NOBODY = Authority()

MOMENTS = (
    BEFORE_ALL,
    datetime(2022, 2, 24, 12, 0, tzinfo=UTC),
    datetime(2022, 2, 24, 15, 0, tzinfo=timezone(timedelta(hours=3))),  # the same moment
    datetime(2022, 2, 24, 21, 15, 7, 250_000, tzinfo=UTC),
    datetime(2022, 2, 25, 8, 0, tzinfo=UTC),
)


def claim(
    figure: int | None,
    place: Place | None = MOSCOW,
    *,
    bound: str = "exact",
    high: int | None = None,
    **fields: Any,  # whatever a Claim takes
) -> Claim:
    """Return a claim as the extractor makes it: open upward where its bound is."""
    if bound in {"exact", "about"}:
        high = figure
    when = {} if "period" in fields or "day" in fields else {"day": DAY}
    return Claim(
        **{"kind": "detention", "authority": NOBODY, "rule": "test", **when, **fields},
        low=figure,
        high=high,
        bound=bound,  # type: ignore[arg-type]  # a literal of the caller
        place=place,
        sentence=f"{figure} taken away",
        start=0,
        end=10,
    )


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Claims of few places, days and figures, so that they meet in buckets."""
    bound = draw(
        st.sampled_from(["exact", "at_least", "more_than", "about", "up_to", "range", "vague"])
    )
    figure = draw(st.sampled_from([1, 2, 24, 30, 200, 250, 900, 1_450, 1_667, 6_000]))
    low: int | None = figure
    high: int | None = None
    if bound == "range":
        high = figure + draw(st.sampled_from([1, 500]))
    elif bound == "up_to":
        low, high = None, figure
    places = [MOSCOW, KAZAN, TATARSTAN, RUSSIA, FEDERATION, MINSK, WORLD, None]
    times: list[dict[str, Any]] = [
        {"day": DAY},
        {"day": DAY},
        {"day": NEXT_DAY},
        {"day": None},
        {"period": (DAY, NEXT_DAY)},
    ]
    return claim(
        low,
        draw(st.sampled_from(places)),
        bound=bound,
        high=high,
        kind=draw(st.sampled_from(["detention", "detention", "protest"])),
        authority=draw(st.sampled_from([NOBODY, MONITOR, OTHER_MONITOR, POLICE])),
        named=draw(st.sampled_from([(), (), (), ("p1",), ("p1", "p2")])),
        cities=draw(st.sampled_from([None, None, 53])),
        **draw(st.sampled_from(times)),
    )


@st.composite
def claim_sets(draw: st.DrawFn, *, articles: str = "abcde") -> ClaimSet:
    """Revisions of few articles; two may share their order and differ in their claims."""
    return ClaimSet(
        article=draw(st.sampled_from(articles)),
        revision=draw(st.sampled_from(["r1", "r2", "r10"])),
        seen_at=draw(st.sampled_from(MOMENTS)),
        claims=tuple(draw(st.lists(claims() | st.sampled_from(SAID), max_size=4))),
        title=draw(st.sampled_from(["", "A square is emptied", "Кириллица"])),
        outlet=draw(st.sampled_from([None, "The Lantern", "Northline", "Evening Post"])),
    )


def review(
    article: str, said: Claim, verdict: Verdict = "wrong", *, hour: int = 1, reason: str = "Misread"
) -> Review:
    """Return what a desk says of a claim, so many hours after the events."""
    at = datetime(2022, 3, 1, hour, tzinfo=UTC)
    return Review(article, fingerprint(said), verdict, reason, "the desk", at)


# Few sentences, said by several articles: a review made up here speaks of a claim made up there.
SAID = (claim(900), claim(24, KAZAN), claim(1_450, authority=MONITOR), claim(1_667, RUSSIA))


@st.composite
def reviews(draw: st.DrawFn, *, articles: str = "abcde") -> Review:
    """Reviews of few claims at few moments; two may share theirs and differ."""
    return review(
        draw(st.sampled_from(articles)),
        draw(st.sampled_from(SAID)),
        draw(st.sampled_from(["wrong", "wrong", "confirmed", "none"])),
        hour=draw(st.integers(1, 4)),
        reason=draw(st.sampled_from(["Misread", "Второй раз", ""])),
    )


def latest(known: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """Return the review of each claim that stands; of two of one moment, as the store decides."""
    found: dict[tuple[str, str], Review] = {}
    for one in known:
        place = (one.article, one.claim)
        found[place] = max(one, found.get(place, one), key=reviewing.line)
    return found


def news() -> st.SearchStrategy[ClaimSet | Review]:
    """What an aggregator is given: claims, and reviews that may come before them or for nothing."""
    return claim_sets() | claim_sets() | reviews() | withdrawals()


def withdrawals(*, articles: str = "abcde") -> st.SearchStrategy[ClaimSet]:
    """Tombstones, as the aggregator makes them of a message without a value."""
    return st.builds(ClaimSet, st.sampled_from(articles), st.just(""), st.sampled_from(MOMENTS))


def give(ledger: Ledger, items: Iterable[ClaimSet | Review]) -> Applied:
    """Let a ledger take in a batch of both topics."""
    some = list(items)
    sets = [one for one in some if isinstance(one, ClaimSet)]
    return ledger.apply(sets, [one for one in some if isinstance(one, Review)], now=NOW)


def dump(store: Redis) -> dict[str, object]:
    """Return all that is stored, but for versions, the last change, reports and bookmarks."""
    client: Any = store
    passing = {
        keys.VERSION, keys.CHANGED_AT, keys.SLOT_VERSIONS, keys.SLOT_CHANGES, keys.SERVICES,
        keys.DEAD, keys.BOOKMARKS, keys.MISSING,
    }  # fmt: skip
    content: dict[str, object] = {}
    for key in sorted(client.scan_iter(count=1_000)):
        if key in passing or key.endswith("}:version"):
            continue
        read: dict[str, Callable[[str], object]] = {
            "hash": client.hgetall,
            "set": lambda name: sorted(client.smembers(name)),
            "zset": lambda name: client.zrange(name, 0, -1, withscores=True),
        }
        content[key] = read[client.type(key)](key)
    return content


def newest(sets: Iterable[ClaimSet]) -> dict[str, ClaimSet]:
    """Return the newest revision of each article, by ``ClaimSet.order``."""
    known: dict[str, ClaimSet] = {}
    for one in sets:
        if one.article not in known or known[one.article].order < one.order:
            known[one.article] = one
    return known


def known_by(items: Iterable[ClaimSet | Review], moment: datetime) -> set[Estimate]:
    """Return what was to be shown at a moment: all that was known by then, and nothing else."""
    some = list(items)
    return reference(
        (one for one in some if isinstance(one, ClaimSet) and one.seen_at <= moment),
        (one for one in some if isinstance(one, Review) and one.at <= moment),
    )


def contributed(items: Iterable[ClaimSet | Review]) -> dict[str, dict[str, Contribution]]:
    """Return what is stored of each slot, found without a store."""
    some = list(items)
    sets = [one for one in some if isinstance(one, ClaimSet)]
    found: dict[str, dict[str, Contribution]] = {}
    for record in records_of(sets, [one for one in some if isinstance(one, Review)]):
        for slot, contribution in record.contributions().items():
            found.setdefault(slot, {})[record.article] = contribution
    return found


def own_revision(one: ClaimSet) -> ClaimSet:
    """Give different contents different revisions, as the producer's hash of the text does."""
    if not one.revision:
        return one  # a tombstone has no content
    return replace(one, revision=blake2b(wire.encode(one), digest_size=8).hexdigest())


def reference(sets: Iterable[ClaimSet], known: Iterable[Review] = ()) -> set[Estimate]:
    """Return what is to be shown, found without a store: resolve what each article says last."""
    verdicts = {place: one.verdict for place, one in latest(known).items()}
    slots: dict[str, list[Statement]] = {}
    for one in newest(sets).values():
        for number, said in enumerate(one.claims):
            verdict = verdicts.get((one.article, fingerprint(said)), "none")
            statement = Statement(
                said,
                one.article,
                number,
                one.seen_at,
                one.outlet,
                None if verdict == "none" else verdict,
            )
            slots.setdefault(keys.slot_of(said), []).append(statement)
    return {
        estimate
        for statements in slots.values()
        for estimate in resolve_slot(statements, authority_order=ORDER)
    }
