"""Which of the lines that state a publication is the article's own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from vigil.dateline import TOP, PublicationLine, publication_lines

_DAYS_OF_A_PAGE = 2  # its own, and that of a clock at its top
_SAME_DAYS = timedelta(days=2)
_FRONT_MATTER = re.compile(r"\A\s*---\s*\n.{0,8000}?\n---\s*(?:\n|$)", re.DOTALL)


def publication_in(text: str) -> datetime | None:
    """Return the moment of publication the text states near its top, or None.

    Aware, in the offset the text gives (UTC where it gives none); a day without a time is
    00:00 UTC. A page of several items, each with a date of its own, has none.
    """
    return publication_of(publication_lines(text), text)


def publication_of(lines: list[PublicationLine], text: str) -> datetime | None:
    """Return the moment of publication that the lines of a text state, as publication_in does."""
    front = _FRONT_MATTER.match(text)
    if front is not None:
        inside = [line for line in lines if line.start < front.end()]
        if inside:
            return _first(inside).moment
    if is_digest(lines):
        return None
    top = [line for line in lines if line.start < TOP and line.kind not in {"post", "comment"}]
    if is_list(top, text):
        top = [line for line in top if line.kind != "bare"]
    return _first(top).moment if top else _posted(lines)


def is_list(lines: list[PublicationLine], text: str) -> bool:
    """Say whether lines without a label give more days than one page has: those of its items."""
    bare = [line for line in lines if line.kind == "bare"]
    days = {line.moment.date() for line in bare}
    headings = {line.moment.date() for line in bare if text.startswith("##", line.start)}
    return len(days) > _DAYS_OF_A_PAGE or len(headings) > 1


def _first(lines: list[PublicationLine]) -> PublicationLine:
    """Return the line to believe: a label before none; of two bare dates, one may be a clock."""
    bare = [line for line in lines if line.kind == "bare"]
    published = [line for line in lines if line.kind == "published"]
    if published or not bare:
        return (published or lines)[0]
    return min(bare, key=lambda line: (line.moment.date(), line.start))


def _posted(lines: list[PublicationLine]) -> datetime | None:
    """Return the last of the posts an article shows, if all are of the same days."""
    moments = [line.moment for line in lines if line.kind == "post"]
    near = moments and max(moments) - min(moments) <= _SAME_DAYS
    return max(moments) if near else None


def is_digest(lines: list[PublicationLine]) -> bool:
    """Say whether one label gives several moments: a feed, whose items each have their own."""
    moments: dict[str, datetime] = {}
    return any(
        line.kind == "published" and moments.setdefault(line.label, line.moment) != line.moment
        for line in lines
    )
