"""A stream of claims that never ends: articles, revisions, withdrawals, reviews, repetitions."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from vigil import topics, wire
from vigil.claim import Authority, Claim, ClaimSet
from vigil.place import Place
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FIRST_DAY = date(2022, 2, 24)
_COUNTRIES = {"RU": "Russia", "BY": "Belarus", "KZ": "Kazakhstan", "GE": "Georgia"}
_VOICES = (
    Authority(), Authority(), Authority("OVD-Info", "monitor"), Authority("Viasna", "monitor"),
    Authority("police", "official"), Authority("organisers", "organiser"),
)  # fmt: skip
_OUTLETS = (None, "Northline", "The Lantern", "Evening Post", "Volga Today")
_DAYS = 60


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: to which topic, and the moment a tombstone counts from."""

    topic: str
    key: str
    value: bytes | None
    at: datetime


def stream(seed: int) -> Iterator[Message]:
    """Yield messages for ever; revisions come early and late."""
    chance = random.Random(seed)
    said: list[ClaimSet] = []
    sent: list[Message] = []
    while True:
        turn = chance.random()
        if turn < 0.6 or not said:
            one = _article(chance, f"{len(said):024x}")
            said.append(one)
            message = _of(one)
        elif turn < 0.8:
            number = chance.randrange(len(said))
            before = said[number]
            later = timedelta(minutes=chance.randrange(-200, 600))
            one = replace(
                _article(chance, before.article),
                revision=f"r{chance.randrange(100)}",
                seen_at=before.seen_at + later,
            )
            said[number] = max(one, before, key=lambda some: some.order)
            message = _of(one)
        elif turn < 0.85:
            before = chance.choice(said)
            at = before.seen_at + timedelta(minutes=chance.randrange(600))
            message = Message(topics.CLAIMS.name, before.article, None, at)
        elif turn < 0.95:
            message = _review(chance, chance.choice(said)) or sent[-1]
        else:
            message = chance.choice(sent)
        sent.append(message)
        yield message


def _article(chance: random.Random, article: str) -> ClaimSet:
    day = FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    seen_at = noon + timedelta(minutes=chance.randrange(1_440))
    claims = tuple(_claim(chance, day) for _ in range(chance.choice((0, 1, 1, 2, 3))))
    return ClaimSet(article, "r", seen_at, claims, "A square", None, chance.choice(_OUTLETS))


def _claim(chance: random.Random, day: date) -> Claim:
    code, country = chance.choice(sorted(_COUNTRIES.items()))
    number = chance.randrange(6)
    place = (
        Place(f"Town {number}", "city", code, 50.0 + number, 30.0, 1_000 + number)
        if number
        else Place(country, "country", code)
    )
    figure = chance.randrange(1, 900)
    bound = chance.choice(("exact", "exact", "about", "at_least"))
    when: dict[str, Any] = {"day": day}
    if chance.random() < 0.05:
        when = chance.choice(({"day": None}, {"period": (day, day + timedelta(days=3))}))
    return Claim(
        "detention", figure, figure if bound != "at_least" else None, bound,  # type: ignore[arg-type]  # a literal
        f"{figure} people were taken away.", 0, 20, "test",
        place=place, authority=chance.choice(_VOICES), **when,
    )  # fmt: skip


def _review(chance: random.Random, said: ClaimSet) -> Message | None:
    if not said.claims:
        return None
    verdict = chance.choice(("wrong", "wrong", "confirmed", "none"))
    at = said.seen_at + timedelta(days=1, minutes=chance.randrange(600))
    claim = fingerprint(chance.choice(said.claims))
    one = Review(said.article, claim, verdict, "Misread", "the desk", at)  # type: ignore[arg-type]  # a literal
    return Message(topics.REVIEWS.name, one.key, wire.encode_review(one), at)


def _of(claims: ClaimSet) -> Message:
    return Message(topics.CLAIMS.name, claims.article, wire.encode_claims(claims), claims.seen_at)
