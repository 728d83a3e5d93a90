"""What the articles of a slot say, as statements: now, at a past moment, or over all time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from vigil import keys, reviewing, stored
from vigil.resolving.statement import Statement, group_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from vigil.resolving.statement import Group
    from vigil.review import Verdict
    from vigil.stored import Contribution, Earlier, StoredClaim

# After every moment, as ``reviewing.instant`` writes them.
LAST = "9999-12-31T23:59:59.999999Z"


@dataclass(frozen=True, slots=True)
class Spell:
    """A statement with the time it stood for.

    Attributes:
        since: The moment it became known, or was judged, as ``reviewing.instant`` writes it.
        until: The moment it was superseded or judged anew, None while it stands.
        statement: The statement, with what a person said of it meanwhile.
    """

    since: str
    until: str | None
    statement: Statement

    def covers(self, instant: str) -> bool:
        """Whether the statement stood at a moment."""
        return self.since <= instant and (self.until is None or instant < self.until)


class _Slot:
    """Makes statements of one slot."""

    def __init__(self, name: str) -> None:
        _, self._day, self._period = keys.slot_parts(name)

    def statements(
        self, article: str, revision: Earlier, wanted: Collection[Group] | None
    ) -> Iterator[tuple[Group, StoredClaim, Statement]]:
        """Yield what a revision says, without what persons said of it."""
        if not revision.claims:
            return
        seen_at = datetime.fromisoformat(revision.since)
        for one in revision.claims:
            group = group_of(one.kind, one.place)
            if wanted is None or group in wanted:
                claim = stored.claim_of(one, day=self._day, period=self._period)
                yield (
                    group,
                    one,
                    Statement(claim, article, one.number, seen_at, revision.outlet, one.verdict),
                )


def statements(
    name: str, said: Mapping[str, Contribution], wanted: Collection[Group] | None = None
) -> dict[Group, list[Statement]]:
    """Return the statements that stand in a slot, bucket by bucket.

    Args:
        name: The slot's name.
        said: Article id -> its contribution.
        wanted: Only these buckets; None for all.
    """
    slot = _Slot(name)
    buckets: dict[Group, list[Statement]] = {}
    for article, contribution in said.items():
        newest = contribution.newest
        for group, _, statement in slot.statements(article, newest, wanted):
            buckets.setdefault(group, []).append(statement)
    return buckets


def statements_at(
    name: str, said: Mapping[str, Contribution], instant: str
) -> dict[Group, list[Statement]]:
    """Return the statements that stood in a slot at a moment (``reviewing.instant``)."""
    slot = _Slot(name)
    buckets: dict[Group, list[Statement]] = {}
    for article, contribution in said.items():
        revision = contribution.at(instant)
        if revision:
            for group, one, statement in slot.statements(article, revision, None):
                verdict = reviewing.verdict_at(one.judged, instant)
                buckets.setdefault(group, []).append(_judged(statement, verdict))
    return buckets


def spells(
    name: str,
    said: Mapping[str, Contribution],
    *,
    kind: str | None = None,
    judged_at: str | None = None,
) -> dict[Group, list[Spell]]:
    """Return all that was ever said in a slot, each with the time it stood for.

    What persons said of a claim is what they had said last by a moment, whenever it is looked at.

    Args:
        name: The slot's name.
        said: Article id -> its contribution.
        kind: Only what is said of this kind.
        judged_at: That moment; None for now.
    """
    found: dict[Group, list[Spell]] = {}
    for group, one, spell in _revised(name, said, kind):
        verdict = reviewing.verdict_at(one.judged, judged_at or LAST)
        statement = _judged(spell.statement, verdict)
        found.setdefault(group, []).append(Spell(spell.since, spell.until, statement))
    return found


def judged_spells(
    name: str, said: Mapping[str, Contribution], *, kind: str
) -> dict[Group, list[Spell]]:
    """As ``spells``; a new one begins whenever a person judges the claim."""
    found: dict[Group, list[Spell]] = {}
    for group, one, spell in _revised(name, said, kind):
        found.setdefault(group, []).extend(_spells(one, spell))
    return found


def _revised(
    name: str, said: Mapping[str, Contribution], kind: str | None
) -> Iterator[tuple[Group, StoredClaim, Spell]]:
    slot = _Slot(name)
    for article, contribution in said.items():
        revisions = contribution.revisions()
        until = [one.since for one in revisions[1:]]
        for revision, ends in zip(revisions, [*until, None], strict=True):
            for group, one, statement in slot.statements(article, revision, None):
                if kind is None or one.kind == kind:
                    yield group, one, Spell(revision.since, ends, statement)


def _spells(stored_claim: StoredClaim, spell: Spell) -> Iterator[Spell]:
    """Yield a statement's spells between what persons said of it."""
    judged = stored_claim.judged
    cuts = sorted(
        {moment for moment, _ in judged if moment != spell.since and spell.covers(moment)}
    )
    for begins, ends in zip([spell.since, *cuts], [*cuts, spell.until], strict=True):
        verdict = reviewing.verdict_at(judged, begins)
        yield Spell(begins, ends, _judged(spell.statement, verdict))


def _judged(statement: Statement, verdict: Verdict | None) -> Statement:
    return statement if statement.verdict == verdict else replace(statement, verdict=verdict)
