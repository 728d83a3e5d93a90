"""A correction: a figure that somebody stood by and does not stand by any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vigil.claim import Authority, Bound
from vigil.estimate import Bucket

# An authority gave a lower figure later; an article was revised and gives another; an article
# gives none any more, as it was revised or withdrawn.
Cause = Literal["authority", "revised", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as an article told it.

    Attributes:
        authority: Who counted.
        low: The least it says, None for "up to".
        high: The most it says, None where the figure is open upward.
        bound: How it is put.
        outlet: Who printed it, or None.
        article: The article's id.
        number: The claim's place among those of the article's revision, from 0.
        seen_at: When that revision became known.
    """

    authority: Authority
    low: int | None
    high: int | None
    bound: Bound
    outlet: str | None
    article: str
    number: int
    seen_at: datetime

    @property
    def reference(self) -> str:
        """How an estimate refers to the claim."""
        return f"{self.article}#{self.number}"


@dataclass(frozen=True, slots=True)
class Correction:
    """Was 1,400, now 1,313: who, and when.

    Attributes:
        bucket: Kind, place and day.
        cause: What made the difference.
        at: When it became known (aware).
        was: The figure that was stood by.
        now: The figure that is since, lower than that; None for none.
    """

    bucket: Bucket
    cause: Cause
    at: datetime
    was: Told
    now: Told | None
