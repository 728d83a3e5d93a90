"""Reviews as the store keeps them: one line a claim of an article, of which the latest stands.

A line is ``FINGERPRINT MOMENT DIGEST REVIEW``, the review as JSON, which has no line breaks. Lines
of one claim compare like their reviews: by the moment, and then by a digest, so that two reviews
of one moment have an order too. The lines of an article are sorted and joined by line breaks.

What was found before is kept without reason and name, ``FINGERPRINT MOMENT DIGEST VERDICT``, so
that a past moment can be shown as it was: the newest few of each claim.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from vigil import wire
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vigil.claim import Claim
    from vigil.review import Verdict

# Of a claim that was judged more often, the history begins with the oldest of these.
VERDICTS_KEPT = 8

_DIGEST_BYTES = 8
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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


def verdict_line(review: Review) -> str:
    """Return what a review found, and when, without its reason and whoever gave it."""
    claim, moment, digest, _ = line(review).split(" ", 3)
    return f"{claim} {moment} {digest} {review.verdict}"


def verdicts_merged(*texts: str) -> str:
    """Return the newest ``VERDICTS_KEPT`` lines of each claim; their order does not matter."""
    claims: dict[str, set[str]] = {}
    for one in _lines(*texts):
        claims.setdefault(one.partition(" ")[0], set()).add(one)
    kept = (sorted(claims[name])[-VERDICTS_KEPT:] for name in sorted(claims))
    return "\n".join(one for some in kept for one in some)


def verdicts(text: str | None) -> dict[str, tuple[tuple[str, Verdict], ...]]:
    """Return fingerprint -> what was found and when, the oldest first."""
    found: dict[str, tuple[tuple[str, Verdict], ...]] = {}
    for one in sorted(_lines(text or "")):
        claim, moment, _, verdict = one.split(" ", 3)
        found[claim] = (*found.get(claim, ()), (moment, cast("Verdict", verdict)))
    return found


def reviews_at(article: str, text: str | None, found: str | None, at: str) -> dict[str, Review]:
    """Return the reviews of an article that stood at a moment, by fingerprint.

    Args:
        article: The article's id.
        text: The latest reviews.
        found: The verdicts; of one that was replaced since, reason and name are gone.
        at: The moment, as ``instant`` writes it.
    """
    then = {
        claim: Review(article, claim, known[-1][1], "", "", datetime.fromisoformat(known[-1][0]))
        for claim, judged in verdicts(found).items()
        if (known := [one for one in judged if one[0] <= at])
    }
    latest = parse(text)
    return then | {claim: one for claim, one in latest.items() if instant(one.at) <= at}


def verdict_at(judged: Iterable[tuple[str, Verdict]], at: str) -> Verdict | None:
    """Return what was found last at a moment; None where nobody had, or it was taken back."""
    known = [verdict for moment, verdict in judged if moment <= at]
    return known[-1] if known and known[-1] != "none" else None


def rank(orders: Iterable[str]) -> int:
    """Return a number that grows with everything that is learned beside the newest revision.

    A sum over all that is kept: where only so many are kept, a greater one takes the place of a
    lesser. So whoever knows what two others know has a greater sum than either, unless one of
    them knew it all.

    Args:
        orders: Of superseded revisions and of reviews: a moment first, a digest last.
    """
    total = 0
    for one in orders:
        moment, *_, digest = one.split(" ")
        since = (datetime.fromisoformat(moment) - _BEGINNING) // _MICROSECOND
        total += (since << 8 * _DIGEST_BYTES) + int(digest, 16)
    return total


def verdict_orders(text: str) -> list[str]:
    """Return the order of each line of verdicts, as ``rank`` takes it."""
    return [one.partition(" ")[2].rpartition(" ")[0] for one in _lines(text)]


def _lines(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (one for one in text.split("\n") if one)
