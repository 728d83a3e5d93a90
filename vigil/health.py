"""How Vigil is: what waits in the topics, what failed, what is stored and how old it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from vigil import admin, dead, keys, rebuilding, reviewing, wire
from vigil.claim import ClaimSet
from vigil.estimate import Estimate, Rule
from vigil.rebuilding import Rebuilding
from vigil.replay import watermarks
from vigil.review import fingerprint
from vigil.store import make_store, map_errors, memory_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigil.settings import Settings
    from vigil.topics import Topic

_AT_A_TIME = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a group of consumers has yet to handle of a topic.

    Attributes:
        group: The group.
        topic: The topic's name.
        messages: How many offsets lie between what it has committed and the end. On a compacted
            topic some of them may be gone, so it is the most there can be.
        partitions: Partition -> how many, those with none left out.
    """

    group: str
    topic: str
    messages: int
    partitions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """What could not be read or handled and was neither sent back nor discarded.

    Attributes:
        stages: Stage ("extract", "aggregate") -> how many.
        newest: When the newest was put there (aware), None without any.
    """

    stages: Mapping[str, int] = field(default_factory=dict)
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reviews:
    """What persons say of claims, those taken back left out.

    Attributes:
        wrong: Claims that are marked as wrong and count for nothing.
        confirmed: Claims that are confirmed.
        lapsed: Reviews of statements that their article no longer makes.
    """

    wrong: int = 0
    confirmed: int = 0
    lapsed: int = 0

    @property
    def standing(self) -> int:
        """How many claims are marked, one way or the other."""
        return self.wrong + self.confirmed


@dataclass(frozen=True, slots=True)
class Stored:
    """What is in the store.

    Attributes:
        articles: Articles taken in, with and without claims.
        claims: Claims of the newest revision of each.
        estimates: Numbers that are shown.
        slots: Countries and days (or periods, or undated).
        reviews: What persons say of claims.
        newest: When the newest article that ever made a claim became known (aware), or None.
        changed_at: When anything last changed (aware), or None.
        memory: Bytes the servers use, for everything that is in them.
        memory_limit: Bytes they may use, None for no limit.
        evicts: The policy of a server that drops keys when it is full, else None.
        rebuilding: The newest rebuild, or None.
    """

    articles: int
    claims: int
    estimates: int
    slots: int
    reviews: Reviews
    newest: datetime | None
    changed_at: datetime | None
    memory: int
    memory_limit: int | None
    evicts: str | None
    rebuilding: Rebuilding | None


def waiting(settings: Settings, *, group: str, topic: Topic) -> Waiting:
    """Return how far a group is behind the end of a topic.

    Raises:
        BrokerUnavailable: Kafka does not answer.
        BrokerError: The topic is not there.
    """
    committed = admin.committed(settings, group=group, topic=topic)
    behind = {
        partition: end - start
        for partition, (start, end) in watermarks(settings, topic, starts=committed).items()
        if end > start
    }
    return Waiting(group, topic.name, sum(behind.values()), behind)


def dead_letters(settings: Settings) -> DeadLetters:
    """Count the dead letters nobody has dealt with, by the stage that could not handle them.

    Raises:
        BrokerUnavailable: Kafka does not answer.
        BrokerError: The topic is not there.
    """
    stages: Counter[str] = Counter()
    newest: datetime | None = None
    for letter in dead.letters(settings):
        if letter.handled is None:
            stages[letter.stage] += 1
            newest = max(newest or letter.at, letter.at)
    return DeadLetters(dict(sorted(stages.items())), newest)


def stored(settings: Settings) -> Stored:
    """Return what the store holds; reads every estimate once, and claims only where reviewed.

    Raises:
        StoreUnavailable: Redis does not answer.
        WireError: What is stored was written by an incompatible Vigil.
    """
    store = make_store(settings, retries=1)
    with map_errors("reading the overview"), store.pipeline(transaction=False) as pipe:
        pipe.scard(keys.ARTICLES)
        pipe.smembers(keys.REVIEWED)
        pipe.zrange(keys.SLOTS, 0, -1)
        pipe.zrange(keys.FEED, 0, 0, desc=True, withscores=True)
        pipe.get(keys.CHANGED_AT)
        pipe.hgetall(rebuilding.KEY)
        articles, reviewed, slots, newest, changed_at, mark = pipe.execute()
    claims, estimates = _count(store, slots)
    memory = memory_of(store)
    return Stored(
        articles=int(articles),
        claims=claims,
        estimates=estimates,
        slots=len(slots),
        reviews=_reviews(store, sorted(reviewed)),
        newest=_EPOCH + timedelta(microseconds=int(newest[0][1])) if newest else None,
        changed_at=datetime.fromisoformat(changed_at) if changed_at else None,
        memory=memory.used,
        memory_limit=memory.limit,
        evicts=memory.evicts,
        rebuilding=rebuilding.parse(mark),
    )


def claims_of(estimates: Sequence[Estimate]) -> int:
    """Return how many claims stand behind a slot's estimates, each once.

    ``Estimate.claims`` of a sum of cities has the cities' claims in it, which are also theirs.
    """
    total = 0
    for kind in {one.bucket.kind for one in estimates}:
        here = [one for one in estimates if one.bucket.kind == kind]
        total += sum(one.claims for one in here)
        if any(one.rule == Rule.CITIES for one in here):
            total -= sum(one.claims for one in _summed(here))
    return total


def _summed(here: Iterable[Estimate]) -> list[Estimate]:
    """Return the estimates that a sum of cities is made of: the regions where no city is."""
    scopes: dict[str, list[Estimate]] = {"city": [], "region": []}
    for one in here:
        place = one.bucket.place
        if place and place.country and place.scope in scopes:
            scopes[place.scope].append(one)
    return scopes["city"] or scopes["region"]


def _count(store: Any, slots: Sequence[str]) -> tuple[int, int]:
    claims = estimates = 0
    for start in range(0, len(slots), _AT_A_TIME):
        with map_errors("counting claims"), store.pipeline(transaction=False) as pipe:
            for slot in slots[start : start + _AT_A_TIME]:
                pipe.hvals(keys.slot_estimates(slot))
            replies = pipe.execute()
        for texts in replies:
            here = [wire.decode(text, Estimate) for text in texts]
            claims += claims_of(here)
            estimates += len(here)
    return claims, estimates


def _reviews(store: Any, articles: Sequence[str]) -> Reviews:
    """Count the reviews of the articles that ever had one."""
    verdicts: Counter[str] = Counter()
    for start in range(0, len(articles), _AT_A_TIME):
        with map_errors("counting reviews"), store.pipeline(transaction=False) as pipe:
            for article in articles[start : start + _AT_A_TIME]:
                pipe.hmget(keys.record(article), "body", "reviews")
            replies = pipe.execute()
        for body, text in replies:
            verdicts.update(_verdicts(body, text))
    return Reviews(verdicts["wrong"], verdicts["confirmed"], verdicts["lapsed"])


def _verdicts(body: str | None, text: str | None) -> Iterator[str]:
    claims = wire.decode(body, ClaimSet).claims if body else ()
    said = {fingerprint(claim) for claim in claims}
    for claim, review in reviewing.parse(text).items():
        if review.verdict != "none":
            yield review.verdict if claim in said else "lapsed"
