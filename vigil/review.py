"""A review: what a person says of a claim, that it is wrong or that it is right, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from vigil import period as periods

if TYPE_CHECKING:
    from vigil.claim import Claim

# What a person found; "none" takes back what was said before.
Verdict = Literal["wrong", "confirmed", "none"]

# What the rule of a claim begins with that was withdrawn and lost its sentence; its fingerprint,
# which no longer follows from what is left, comes after it.
WITHDRAWN = "withdrawn "

_FINGERPRINT_BYTES = 8  # tells the claims of one article apart, which are few
# Of article and fingerprint in a claim's id: 40 and 24 bits, for people to copy.
_ARTICLE_SHOWN, _FINGERPRINT_SHOWN = 10, 6


@dataclass(frozen=True, slots=True)
class Review:
    """What a person says of one claim. Of several on one claim the latest stands.

    Attributes:
        article: The id of the claim's article.
        claim: The claim's fingerprint.
        verdict: What the person found.
        reason: Why, in the person's words; kept and shown as given.
        by: Who, in the person's words; kept and shown as given.
        at: When (aware).
    """

    article: str
    claim: str
    verdict: Verdict
    reason: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """The review's key on its topic: one a claim, so that each keeps its newest."""
        return key(self.article, self.claim)


def key(article: str, claim: str) -> str:
    """Return the key of all reviews of a claim, given by article and fingerprint."""
    return f"{article}#{claim}"


def fingerprint(claim: Claim) -> str:
    """Return what a claim says, as 16 hexadecimal digits.

    It stays when the article changes elsewhere, and changes with the sentence, or with what was
    read out of it: a person who found 1,450 in Moscow wrong has said nothing of 450 in Kazan.
    """
    if claim.rule.startswith(WITHDRAWN):
        return claim.rule.removeprefix(WITHDRAWN)
    place, authority = claim.place, claim.authority
    parts = (
        claim.kind, claim.low, claim.high, claim.bound,
        place.country if place else None, place.key if place else None,
        claim.day, claim.period and periods.code(claim.period),
        authority.kind, authority.name,
        " ".join(claim.sentence.split()),
    )  # fmt: skip
    told = "\x00".join("" if part is None else str(part) for part in parts)
    data = told.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=_FINGERPRINT_BYTES).hexdigest()


def claim_id(article: str, claim: str) -> str:
    """Return the short id of a claim, given by article and fingerprint, for people to copy."""
    return f"{article[:_ARTICLE_SHOWN]}-{claim[:_FINGERPRINT_SHOWN]}"
