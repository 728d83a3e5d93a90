"""Reviews as the store keeps them: one line a claim of an article, of which the latest stands.

A line is ``FINGERPRINT MOMENT DIGEST REVIEW``, the review as JSON, which has no line breaks. Lines
of one claim compare like their reviews: by the moment, and then by a digest, so that two reviews
of one moment have an order too. The lines of an article are sorted and joined by line breaks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from vigil import wire
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigil.claim import Claim

_DIGEST_BYTES = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(moment: datetime) -> str:
    """Return a moment in UTC in a form of one width, whose bytes sort as the moments do."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def line(review: Review) -> str:
    """Return the line of one review."""
    encoded = wire.encode(review)
    digest = blake2b(encoded, digest_size=_DIGEST_BYTES).hexdigest()
    return f"{review.claim} {instant(review.at)} {digest} {encoded.decode()}"


def merged(*texts: str) -> str:
    """Return the lines that stand where all these are known; their order does not matter."""
    latest: dict[str, str] = {}
    for one in _lines(*texts):
        claim = one.partition(" ")[0]
        latest[claim] = max(one, latest.get(claim, ""))
    return "\n".join(sorted(latest.values()))


def parse(text: str | None) -> dict[str, Review]:
    """Return fingerprint -> review, those that were taken back among them.

    Raises:
        WireError: The text was not written by ``line`` and ``merged``.
    """
    return {
        review.claim: review
        for review in (wire.decode(one.split(" ", 3)[3], Review) for one in _lines(text or ""))
    }


def review_of(claim: Claim, reviews: Mapping[str, Review]) -> Review | None:
    """Return what a person says of a claim; None where nobody does, or took it back."""
    review = reviews.get(fingerprint(claim)) if reviews else None
    return review if review and review.verdict != "none" else None


def rank(text: str) -> int:
    """Return a number that grows with every review that is added or replaced by a later one.

    A sum, as reviews of different claims stand beside one another: whoever knows what two others
    know has a greater sum than either, unless one of them knew it all.
    """
    total = 0
    for one in _lines(text):
        _, moment, digest, _ = one.split(" ", 3)
        since = datetime.fromisoformat(moment) - _EPOCH
        microseconds = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        total += (microseconds << 8 * _DIGEST_BYTES) + int(digest, 16)
    return total


def _lines(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (one for one in text.split("\n") if one)
