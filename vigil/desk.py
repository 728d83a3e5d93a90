"""What a person at a desk does: find a claim by its id, say what is wrong with it, see it shown."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from vigil import broker, keys, reviewing, stored, topics, wire
from vigil.claim import ClaimSet
from vigil.errors import ReviewError
from vigil.estimate import Bucket
from vigil.review import Review, claim_id, fingerprint
from vigil.store import make_store, map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from vigil.claim import Claim
    from vigil.review import Verdict
    from vigil.settings import Settings

# ``claim_id``, with more or fewer digits, or the key of a review.
_ID = re.compile(r"(.+)[-#]([0-9a-f]{4,16})")
# Shorter beginnings of an article's id are more likely a slip than meant.
_LEAST_BEGINNING = 6
_MOST_ARTICLES = 50
_GLOB = re.compile(r"([*?\[\]\\])")
_MOST_REASON, _MOST_NAME = 1_000, 100
_ACK_SECONDS = 30
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that stands in the store.

    Attributes:
        said: Its article's claims.
        number: Its place among them, from 0.
        reviews: What persons said of the article's claims, by fingerprint.
    """

    said: ClaimSet
    number: int
    reviews: Mapping[str, Review]

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.said.claims[self.number]

    @property
    def fingerprint(self) -> str:
        """What its reviews call it."""
        return fingerprint(self.claim)

    @property
    def id(self) -> str:
        """What a person calls it."""
        return claim_id(self.said.article, self.fingerprint)

    @property
    def review(self) -> Review | None:
        """What a person says of it, None where nobody does or took it back."""
        return reviewing.review_of(self.claim, self.reviews)

    def reviewed(self, verdict: Verdict, *, reason: str, by: str, now: datetime) -> Review:
        """Return a review of the claim, later than any there is, whatever the clocks say.

        Raises:
            ReviewError: Reason or name are missing, too long, or no plain text.
        """
        reason = _plain("reason", reason, most=_MOST_REASON, needed=verdict != "none")
        by = _plain("name", by, most=_MOST_NAME, needed=True)
        before = self.reviews.get(self.fingerprint)
        # Of two reviews the topic keeps the one sent last and the store the later one.
        at = max(now, before.at + timedelta(microseconds=1)) if before else now
        return Review(self.said.article, self.fingerprint, verdict, reason, by, at)


class Desk:
    """Finds claims in the store, and sends reviews of them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = make_store(settings)

    def find(self, name: str) -> Found:
        """Return the claim with an id.

        Args:
            name: As ``claim_id`` writes it; article and fingerprint may be shortened or whole.

        Raises:
            ReviewError: There is none, or several.
            StoreUnavailable: Redis does not answer.
        """
        match = _ID.fullmatch(name.strip())
        if not match:
            message = f"{name} is no claim's id, like 3f9a2b71c0-9c1e4f: see vigil review list"
            raise ReviewError(message)
        article, claim = match.groups()
        found = {
            (one.said.article, one.fingerprint): one
            for one in self._claims_of(self._articles(article))
            if one.fingerprint.startswith(claim)
        }
        if not found:
            message = (
                f"there is no claim {name}: a statement that changed has another id; "
                "see vigil review list"
            )
            raise ReviewError(message)
        if len(found) > 1:
            listed = ", ".join(sorted(f"{one}-{claim}" for one, claim in found))
            message = f"{name} means several claims: give more of the id, as in {listed}"
            raise ReviewError(message)
        return next(iter(found.values()))

    def send(self, review: Review) -> None:
        """Send a review; when it returns, the broker has it.

        Raises:
            BrokerUnavailable: The broker did not acknowledge it.
        """
        broker.ensure_topics(self._settings)
        with (
            broker.map_errors(f"sending a review to {topics.REVIEWS.name}"),
            broker.make_producer(self._settings) as producer,
        ):
            producer.send(
                topics.REVIEWS.name, key=review.key.encode(), value=wire.encode_review(review)
            ).get(_ACK_SECONDS)

    def wait_until_shown(self, review: Review, *, seconds: float) -> bool:
        """Wait until whoever looks sees the review; False if that takes too long.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        deadline = time.monotonic() + seconds
        while not self._shown(review):
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def best(self, claim: Claim) -> int | None:
        """Return the number shown for a claim's kind, place and day; None where there is none.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        bucket = Bucket(claim.kind, claim.place, claim.day, claim.period).key
        with map_errors("reading the counters"):
            counters: Any = self._store.hgetall(keys.slot_counters(keys.slot_of(claim)))
        if claim.place and claim.place.scope == "country":
            # A slot has one country, whatever the article calls it.
            beginning = f"{claim.kind}|country|"
            bucket = next((one for one in counters if one.startswith(beginning)), bucket)
        return int(counters[bucket]) if bucket in counters else None

    def _articles(self, beginning: str) -> list[str]:
        """Return the articles whose id is this or begins so."""
        with map_errors("looking for an article"):
            if self._store.sismember(keys.ARTICLES, beginning):
                return [beginning]
            if len(beginning) < _LEAST_BEGINNING:
                return []
            pattern = _GLOB.sub(r"\\\1", beginning) + "*"
            some: Any = self._store.sscan_iter(keys.ARTICLES, match=pattern, count=1_000)
            return sorted(set(some))[:_MOST_ARTICLES]

    def _claims_of(self, articles: Iterable[str]) -> Iterator[Found]:
        for article in articles:
            with map_errors(f"reading article {article}"):
                reply: Any = self._store.hmget(keys.record(article), "body", "reviews")
            body, reviews = reply
            if body:
                said, known = wire.decode(body, ClaimSet), reviewing.parse(reviews)
                yield from (Found(said, number, known) for number in range(len(said.claims)))

    def _shown(self, review: Review) -> bool:
        """Whether record, slots and announcement all have the review, or a later one."""
        with map_errors(f"looking for a review of {review.article}"):
            reply: Any = self._store.hget(keys.record(review.article), "reviews")
        standing = reviewing.parse(reply).get(review.claim)
        if standing is None or reviewing.line(standing) < reviewing.line(review):
            return False
        return all(
            self._announced(found, standing)
            for found in self._claims_of([review.article])
            if found.fingerprint == review.claim
        )

    def _announced(self, found: Found, standing: Review) -> bool:
        slot = keys.slot_of(found.claim)
        with map_errors(f"reading {slot}"), self._store.pipeline(transaction=False) as pipe:
            pipe.hget(keys.slot_claims(slot), found.said.article)
            pipe.get(keys.slot_version(slot))
            pipe.hget(keys.SLOT_VERSIONS, slot)
            text, version, told = pipe.execute()
        verdict = None if standing.verdict == "none" else standing.verdict
        here = stored.decode(text).claims if text else ()
        written = any(one.number == found.number and one.verdict == verdict for one in here)
        return written and int(told or 0) >= int(version or 0)


def _plain(what: str, text: str, *, most: int, needed: bool) -> str:
    """Return a text without the space around it, refused where a page could not show it."""
    text = text.strip()
    if needed and not text:
        message = f"the {what} is empty: whoever sees the number wants to know"
        raise ReviewError(message)
    if len(text) > most or not text.isprintable():
        message = f"the {what} has to be one line of at most {most:,} characters"
        raise ReviewError(message)
    return text
