"""An article: one text of one outlet at one revision, and how its identity is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

# Undated articles count as known before all others: they can add to what is known,
# and can never overrule a dated article as "the latest figure".
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
# No moment is as late: one further off could never be followed by a later one.
AFTER_ALL = datetime(2200, 1, 1, tzinfo=UTC)

_ID_BYTES = 12  # 96 bits: no collision to be expected among 10^12 articles


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one outlet at one revision.

    Attributes:
        id: Identity: from the URL where known, else from the text.
        revision: Hash of everything a reader would see; a new text under the same id is a
            new revision and replaces the old one.
        seen_at: When the article became known (aware): arrival when live, its publication
            or update time in a replay, ``BEFORE_ALL`` where that is unknown.
        text: The text as received, beginning with the title where there is one. Every
            offset in a claim counts characters (code points) of this text.
        title: The headline, or "" where there is none.
        published: When the outlet published it (aware, in the offset it was given in), or None.
            A publication that is known by its day only stands at 00:00 UTC.
        outlet: Who printed it, or None.
        url: Where, or None.
        origin: The file or feed it was read from, for people who look for it.
    """

    id: str
    revision: str
    seen_at: datetime
    text: str
    title: str = ""
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    origin: str | None = None


def article_id(*, url: str | None, text: str) -> str:
    """Return the identity of an article: its URL where known, else the hash of its text."""
    return _digest("url", url) if url else _digest("text", text)


def revision_of(*, text: str, published: datetime | None, outlet: str | None) -> str:
    """Return the revision: equal for equal content, whenever and from wherever it came."""
    when = published.astimezone(UTC).isoformat() if published else ""
    return _digest("revision", text, when, outlet or "")


def later_revision(revision: str, *, than: str) -> str:
    """Return a revision that counts before another where both became known at the same moment.

    Of two such the greater one counts, which is chance: content that replaces what was sent
    before must not leave it to that. One step of 48 bits of the 96 there are: a text that is
    corrected all day comes no nearer to the end of them.

    Args:
        revision: As ``revision_of`` makes it.
        than: Likewise, or made here.
    """
    if revision > than:
        return revision
    step = 1 + int(_digest("revision", revision, than)[:12], 16)
    return f"{int(than, 16) + step:0{2 * _ID_BYTES}x}"


def _digest(*parts: str) -> str:
    joined = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=_ID_BYTES).hexdigest()
