"""A statement: one claim with who printed it and when it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vigil.claim import Claim
from vigil.review import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigil.place import Place
    from vigil.stored import StoredPlace


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim with who printed it and when it was known.

    Attributes:
        claim: The claim; its sentence is not looked at.
        article: The id of the article that makes it.
        number: Its place among the article's claims, from 0.
        seen_at: When the article's revision became known.
        outlet: Who printed it, or None.
        verdict: What a person says of it, None where nobody does.
    """

    claim: Claim
    article: str
    number: int
    seen_at: datetime
    outlet: str | None = None
    verdict: Verdict | None = None

    @property
    def reference(self) -> str:
        """How an estimate refers to the claim."""
        return f"{self.article}#{self.number}"

    @property
    def overruled(self) -> bool:
        """Whether a person marked it as wrong: it is shown and counts for nothing."""
        return self.verdict == "wrong"

    @property
    def confirmed(self) -> bool:
        """Whether a person found it right."""
        return self.verdict == "confirmed"

    @property
    def source(self) -> str:
        """Who speaks where nobody is named: the outlet, or the article where that is unknown."""
        return self.outlet or f"#{self.article}"

    @property
    def only_names(self) -> bool:
        """Whether the statement names people and counts no others beside them."""
        return bool(self.claim.named) and self.claim.figure <= len(self.claim.named)


Group = tuple[str, str]


def group_of(kind: str, place: Place | StoredPlace | None) -> Group:
    """Return what statements of one bucket of a slot share.

    A slot has one country, so a country by any of its names is one place.
    """
    if place is None:
        return kind, ""
    if place.scope == "country":
        return kind, "country"
    return kind, place.key


def unique(statements: Iterable[Statement]) -> list[Statement]:
    """Return each statement once, sorted, whatever the order they came in."""
    return sorted(
        {(one.article, one.number): one for one in statements}.values(),
        key=lambda one: (one.article, one.number),
    )


def references_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return how an estimate refers to them, sorted."""
    return tuple(sorted(one.reference for one in statements))


def outlets_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return who printed them, sorted, each once."""
    return tuple(sorted({one.outlet for one in statements if one.outlet}))
