"""Superseded revisions as the store keeps them: one line a revision, the newest of them.

A line is ``MOMENT REVISION DIGEST BODY``, the first three being the revision's order and the last
its ClaimSet as JSON, which has no line breaks, empty where it made no claim. What was known at a
past moment is read from these lines; what is known now is not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from vigil import wire
from vigil.claim import ClaimSet
from vigil.review import WITHDRAWN, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.claim import Claim

# Of an article that changed more often, the history begins with the oldest of these.
KEPT = 32

# What the body of a revision begins with whose sentences were removed, less than any that has them.
_WORDLESS = "-"


class Revision(NamedTuple):
    """One revision: its order, "MOMENT REVISION DIGEST", and its ClaimSet as JSON or "".

    Before the JSON stands a dash where its sentences were removed.
    """

    order: str
    body: str

    @property
    def instant(self) -> str:
        """When it became known, as ``reviewing.instant`` writes it."""
        return self.order.partition(" ")[0]

    @property
    def withdraws(self) -> bool:
        """Whether it is a tombstone: it has no text, so the text has no hash."""
        return self.order.split(" ")[1] == ""

    def claims(self) -> ClaimSet | None:
        """Return what it says; None where it makes no claim."""
        return wire.decode(self.body.removeprefix(_WORDLESS), ClaimSet) if self.body else None


def parse(text: str | None) -> list[Revision]:
    """Return the revisions in some lines, the oldest first."""
    return sorted(_revisions(text or ""))


def merged(known: Iterable[Revision], *, newest: str) -> str:
    """Return the lines of all revisions but the newest, given by its order; only ``KEPT`` of them.

    Whatever order they come in, the greatest orders are kept. Of two bodies of one revision the
    lesser stands: its sentences were removed.
    """
    bodies: dict[str, str] = {}
    for order, body in known:
        if order and order != newest:
            bodies[order] = min(body, bodies.get(order, body))
    kept = sorted(bodies)[-KEPT:]
    return _joined(Revision(order, bodies[order]) for order in kept)


def without_withdrawn(text: str, *, newest: str) -> str:
    """Return the lines without the sentences of what was withdrawn: figures stay, words go.

    Args:
        text: The superseded revisions.
        newest: The order of the revision that counts; it may be what withdraws them.
    """
    known = parse(text)
    withdrawn = [one.order for one in (*known, Revision(newest, "")) if newest and one.withdraws]
    if not withdrawn:
        return text
    last = max(withdrawn)
    return _joined(one if one.order >= last else Revision(one.order, _told(one)) for one in known)


def standing(order: str, body: str, text: str | None, *, at: str) -> Revision | None:
    """Return the revision that was the newest at a moment; None where none was known."""
    known = [*parse(text), Revision(order, body)] if order else []
    return max((one for one in known if one.instant <= at), default=None)


def _told(revision: Revision) -> str:
    said = revision.claims()
    if said is None:
        return ""
    claims = tuple(_wordless(claim) for claim in said.claims)
    return _WORDLESS + wire.encode(replace(said, title="", claims=claims)).decode()


def _wordless(claim: Claim) -> Claim:
    return replace(
        claim, sentence="", start=0, end=0, mark_start=0, mark_end=0,
        rule=f"{WITHDRAWN}{fingerprint(claim)}",
    )  # fmt: skip


def _joined(revisions: Iterable[Revision]) -> str:
    return "\n".join(f"{one.order} {one.body}" for one in revisions)


def _revisions(text: str) -> Iterator[Revision]:
    for one in text.split("\n"):
        if one:
            moment, revision, digest, body = one.split(" ", 3)
            yield Revision(f"{moment} {revision} {digest}", body)
