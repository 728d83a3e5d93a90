"""The day chosen for a claim of a text, the figure of which stands between angle brackets."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from consumers.extractor.days import find_days
from consumers.extractor.passage import Page, Spot
from consumers.extractor.sentences import split
from consumers.extractor.when import choose_day

if TYPE_CHECKING:
    from vigil.period import Period
    from vigil.place import Place

TODAY = date(2026, 11, 22)
# Wednesday 12 June 2019
PUBLISHED = datetime(2019, 6, 12, 9, tzinfo=UTC)
SUNDAY, MONDAY, TUESDAY = date(2019, 6, 9), date(2019, 6, 10), date(2019, 6, 11)
WEDNESDAY = date(2019, 6, 12)
_VERB = re.compile(r"detained|arrested|rounded up|seized|taken|held|detentions|arrests")


def chosen(
    text: str,
    *,
    published: datetime | None = PUBLISHED,
    tally: bool = False,
    place: Place | None = None,
) -> tuple[date | None, Period | None]:
    """Return the day and the period of the claim whose figure stands between angle brackets."""
    start = text.index("<")
    end = text.index(">") - 1
    text = text.replace("<", "").replace(">", "")
    cleaned = text.replace("#", " ")
    sentences = split(cleaned, raw=text)
    number = next(n for n, each in enumerate(sentences) if each.start <= start < each.end)
    sentence = sentences[number]
    verb = _VERB.search(text, end) or _VERB.search(text, sentence.start)
    spot = Spot(
        number, start, end, verb.start() if verb else start, verb.end() if verb else end,
        sentence.start, sentence.end, many_cities=False, tally=tally,
    )  # fmt: skip
    page = Page(
        text, cleaned, sentences,
        places=list,
        days=lambda: find_days(text, published=published, today=TODAY),
        dateline=lambda: None,
        published=published.date() if published else None,
    )  # fmt: skip
    found = choose_day(page, spot, place=place)
    return (found[0], found[1]) if found else (None, None)
