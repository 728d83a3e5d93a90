"""Corrections: derived from what articles said, as everything of the past is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vigil import reviewing
from vigil.correction import Correction, Told
from vigil.estimate import Bucket
from vigil.resolving.figures import speaking, standing_of, voice_of
from vigil.resolving.said import spells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigil.claim import Claim
    from vigil.correction import Cause
    from vigil.resolving.figures import Standing, Voice
    from vigil.resolving.said import Spell
    from vigil.resolving.statement import Statement
    from vigil.stored import Contribution


def corrections(
    name: str, said: Mapping[str, Contribution], *, known_at: datetime | None = None
) -> tuple[Correction, ...]:
    """Return the corrections in a slot, the oldest first.

    What an authority stands by is followed through time, bucket by bucket; where nobody is named,
    what an outlet stands by. Whenever that becomes a figure that contradicts the one before from
    below, or none at all, it is a correction. Rules:

    - "Up to" and words like "hundreds" are corrected by nothing; a bound by a figure below it.
    - An article that still gives the figure, and now says who counted or no longer does, has
      corrected nothing.
    - A higher figure is an update. So is a lower one beside a higher that still stands.
    - What a person marked as wrong takes no part, now or then.
    - The sum of a country's cities is not corrected: they are.

    Args:
        name: The slot's name.
        said: Article id -> its contribution.
        known_at: Only what was known at this moment (aware); None for all.
    """
    until = reviewing.instant(known_at) if known_at else None
    found: list[Correction] = []
    for some in spells(name, said, judged_at=until).values():
        counted = [one for one in some if not (one.statement.only_names or one.statement.overruled)]
        voices: dict[Voice, list[Spell]] = {}
        for one in _speaking(counted):
            voices.setdefault(voice_of(one.statement), []).append(one)
        for voice, spoken in voices.items():
            found += _of_voice(voice, spoken, counted)
    known = (one for one in found if known_at is None or one.at <= known_at)
    return tuple(sorted(known, key=_order))


def _speaking(spoken: Iterable[Spell]) -> list[Spell]:
    """Return the spells of the statements that speak for somebody in their article's revision."""
    revisions: dict[tuple[str, str], list[Spell]] = {}
    for one in spoken:
        revisions.setdefault((one.statement.article, one.since), []).append(one)
    found: list[Spell] = []
    for some in revisions.values():
        told = {id(one) for one in speaking([spell.statement for spell in some])}
        found += [one for one in some if id(one.statement) in told]
    return found


def _of_voice(
    voice: Voice, spoken: Sequence[Spell], everything: Sequence[Spell]
) -> list[Correction]:
    found: list[Correction] = []
    before: Standing | None = None
    known: dict[object, Statement] = {}
    for instant, ends, begins in _events(spoken):
        if ends:
            known = _foremost(one.statement for one in spoken if one.covers(instant))
        else:
            known = _foremost([*known.values(), *begins])
        after = standing_of(voice, list(known.values())) if known else None
        if before and (after is None or _contradicts(before.claim, after.claim)):
            correction = _correction(instant, before.statement, after, everything)
            found += [correction] if correction else []
        before = after
    return found


def _events(spoken: Sequence[Spell]) -> list[tuple[str, bool, list[Statement]]]:
    """Return the moments, each with whether something ended then, and what began."""
    begins: dict[str, list[Statement]] = {}
    ends = {one.until for one in spoken if one.until}
    for one in spoken:
        begins.setdefault(one.since, []).append(one.statement)
    moments = sorted({*begins, *ends})
    return [(instant, instant in ends, begins.get(instant, [])) for instant in moments]


def _foremost(statements: Iterable[Statement]) -> dict[object, Statement]:
    """Return of all statements of one figure the latest: the others change nothing beside it."""
    found: dict[object, Statement] = {}
    for one in statements:
        key = (one.claim.low, one.claim.high, one.claim.bound)
        if key not in found or _recency(found[key]) < _recency(one):
            found[key] = one
    return found


def _recency(statement: Statement) -> tuple[object, ...]:
    return statement.seen_at, statement.article, statement.number


def _contradicts(was: Claim, now: Claim) -> bool:
    """Whether a figure says that another was too high."""
    if was.low is None or was.bound == "vague" or now.high is None:
        return False
    return now.high < was.low


def _correction(
    instant: str, was: Statement, after: Standing | None, everything: Sequence[Spell]
) -> Correction | None:
    """Return the correction; None where the article still gives the figure, whoever counted."""
    if was.claim.low is None or was.claim.bound == "vague":
        return None
    article = [
        one.statement
        for one in everything
        if one.statement.article == was.article and one.covers(instant)
    ]
    cause: Cause = "authority" if was in article else "revised" if article else "withdrawn"
    highest = max(article, key=lambda one: (one.claim.figure, -one.number), default=None)
    if cause != "authority" and highest and highest.claim.figure >= was.claim.low:
        return None
    now = after.statement if after else highest
    claim = was.claim
    return Correction(
        bucket=Bucket(claim.kind, claim.place, claim.day, claim.period),
        cause=cause,
        at=datetime.fromisoformat(instant),
        was=_told(was),
        now=_told(now) if now else None,
    )


def _told(statement: Statement) -> Told:
    claim = statement.claim
    return Told(
        claim.authority, claim.low, claim.high, claim.bound,
        statement.outlet, statement.article, statement.number, statement.seen_at,
    )  # fmt: skip


def _order(one: Correction) -> tuple[object, ...]:
    authority = one.was.authority
    return one.at, one.bucket.key, authority.kind, authority.name or "", one.was.reference
