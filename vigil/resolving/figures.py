"""What each authority stands by in a bucket, and which of these figures stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigil.resolving.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vigil.claim import Authority, Claim

# A lone figure is set aside when it is more than this many times the next one ...
FAR_TIMES = 3
# ... and at least so many people above it: 1 and 5 are no contradiction worth a warning.
FAR_PEOPLE = 100

# Who put their name to a count are believed alone: a monitor's total is often printed once.
_TRUSTED = ("monitor", "official")

# From the least to the most precise: decides between equal figures of one moment.
_PRECISION = {
    bound: place
    for place, bound in enumerate(
        ("vague", "up_to", "more_than", "at_least", "about", "range", "exact")
    )
}

Voice = tuple[str, str, str]
# An authority and what it says: statements that share it are reprints of one another.
Says = tuple["Authority", int | None, int | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """The figure one voice stands by.

    Attributes:
        voice: Kind and name of the authority; where no name is given, the outlet instead.
        statement: The statement that gives the figure.
        figure: The number it turns on.
        order: A total order over the figures of a bucket, the latest last.
        updated: Whether the voice gave another closed figure before.
    """

    voice: Voice
    statement: Statement
    figure: int
    order: tuple[object, ...]
    updated: bool

    @property
    def claim(self) -> Claim:
        """The claim that gives the figure."""
        return self.statement.claim

    @property
    def authority(self) -> Authority:
        """Who counted."""
        return self.claim.authority

    @property
    def says(self) -> Says:
        """What reprints share."""
        return says(self.claim)

    def satisfied_by(self, ceiling: int | None) -> bool:
        """Whether this is a lower bound that a closed figure as high as ``ceiling`` satisfies."""
        return self.claim.high is None and ceiling is not None and self.figure <= ceiling

    def disagrees_with(self, other: Standing) -> bool:
        """Whether the two cannot both be right."""
        if self.figure == other.figure:
            return False
        return not self.satisfied_by(other.claim.high) and not other.satisfied_by(self.claim.high)


def says(claim: Claim) -> Says:
    """Return what reprints of a claim share: the authority and the figures."""
    return claim.authority, claim.low, claim.high


def standing_figures(statements: Collection[Statement]) -> list[Standing]:
    """Return the figure each voice stands by."""
    voices: dict[Voice, list[Statement]] = {}
    for one in speaking(statements):
        voices.setdefault(voice_of(one), []).append(one)
    return [standing_of(voice, said) for voice, said in sorted(voices.items())]


def speaking(statements: Collection[Statement]) -> list[Statement]:
    """Return the statements that speak for a voice.

    An article does not contradict itself: a figure nobody signs, no higher than one that a named
    authority gives in the same article, is a part of that one or a loose retelling of it.
    """
    signed: dict[str, int] = {}
    for one in statements:
        if one.claim.authority.name:
            signed[one.article] = max(one.claim.figure, signed.get(one.article, 0))
    return [
        one
        for one in statements
        if one.claim.authority.name or one.claim.figure > signed.get(one.article, -1)
    ]


def split_unconfirmed(
    standing: Sequence[Standing], statements: Collection[Statement]
) -> tuple[list[Standing], tuple[int, ...]]:
    """Return the figures without those that stand alone far above the rest, and these, sorted.

    A figure stands alone when one outlet printed it, no named monitor or official body gives it,
    and no person confirmed it. "Hundreds" does not contradict 1,450, so without a closed figure
    below nothing is far.
    """
    kept = list(standing)
    unconfirmed: list[int] = []
    while len(kept) > 1 and _alone(top := max(one.figure for one in kept), kept, statements):
        unconfirmed.append(top)
        kept = [one for one in kept if one.figure != top]
    return kept, tuple(sorted(unconfirmed))


def _alone(top: int, kept: Sequence[Standing], statements: Collection[Statement]) -> bool:
    rest = [one for one in kept if one.figure != top]
    next_best = max((one.figure for one in rest), default=top)
    if top <= FAR_TIMES * next_best or top - next_best < FAR_PEOPLE:
        return False
    if all(one.claim.high is None for one in rest):
        return False
    at_top = [one.authority for one in kept if one.figure == top]
    if any(authority.name and authority.kind in _TRUSTED for authority in at_top):
        return False
    printed = [one for one in statements if one.claim.figure == top]
    return len({one.source for one in printed}) == 1 and not any(one.confirmed for one in printed)


def voice_of(statement: Statement) -> Voice:
    """Return whose figure a statement gives: an authority's, or that of an outlet naming none."""
    authority = statement.claim.authority
    # Two outlets that name nobody are two voices: neither updates or corrects the other.
    return authority.kind, authority.name or "", "" if authority.name else statement.source


def standing_of(voice: Voice, said: Sequence[Statement]) -> Standing:
    """Return the figure a voice stands by, from all its statements."""
    if len(said) == 1:
        stands = said[0]
    else:
        stands = _latest(said) if said[0].claim.authority.name else _highest(said)
    updated = any(
        one.claim.high is not None and says(one.claim) != says(stands.claim)
        for one in said
        if one is not stands
    )
    order = (stands.seen_at, *_strength(stands), voice)
    return Standing(voice, stands, stands.claim.figure, order, updated)


def _latest(said: Sequence[Statement]) -> Statement:
    """Return an authority's latest closed figure, or a later bound that exceeds it.

    "More than 1,600" after 1,667 is the same figure told loosely; "more than 2,000" is an update.
    Words like "hundreds" never stand where the voice gave a number.
    """
    precise = [one for one in said if one.claim.bound != "vague"] or said
    closed = [one for one in precise if one.claim.high is not None]
    bounds = [one for one in precise if one.claim.high is None]
    if not closed:
        return max(bounds, key=_strength)
    latest = max(closed, key=_recency)
    ceiling = latest.claim.high or 0
    beyond = [one for one in bounds if one.seen_at >= latest.seen_at and one.claim.figure > ceiling]
    return max(beyond, key=_strength, default=latest)


def _highest(said: Sequence[Statement]) -> Statement:
    """Return the highest figure an outlet gives without naming who counted.

    Three people taken from another street, told later in the evening, correct no total. An outlet
    that corrects an article does so in a new revision, which has replaced the old one.
    """
    precise = [one for one in said if one.claim.bound != "vague"] or said
    ceiling = max((one.claim.high for one in precise if one.claim.high is not None), default=-1)
    beyond = [one for one in precise if one.claim.high is None and one.claim.figure > ceiling]
    return max(beyond or [one for one in precise if one.claim.high is not None], key=_strength)


def _recency(statement: Statement) -> tuple[object, ...]:
    return (statement.seen_at, statement.claim.bound != "up_to", *_strength(statement))


def _strength(statement: Statement) -> tuple[object, ...]:
    claim = statement.claim
    return (
        claim.figure,
        _PRECISION[claim.bound],
        claim.high or 0,
        statement.seen_at,
        statement.article,
        statement.number,
    )
