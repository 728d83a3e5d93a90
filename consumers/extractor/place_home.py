"""Find the city a story plays in: what its title, its dateline and its lead name, if it is one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from consumers.extractor.scene import is_capital, is_locative, scenes

if TYPE_CHECKING:
    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention
    from vigil.place import Place

_LEAD: Final = 3  # sentences of prose that say what a story is about
_SHARE: Final = 0.6  # of what is said of cities, for a story to be one city's
_ENOUGH: Final = 2.0  # weight: said once in the lead as where it happened
_NAMED: Final = 0.5  # the weight of a name that is no "in X"
_TWICE: Final = 2.0  # titles and leads weigh twice as much
_PRINTED: Final = {False: 2.0, True: 1.0}  # a dateline; a capital may stand for its country
_OPENS: Final = 3  # characters: a quotation mark before the first word
_NO_SCENE: Final = re.compile(r"\s(?:News|Times|Post|Agency|embassy|Embassy|time|talks|summit)\b")


def home_city(page: Page, index: int) -> Place | None:
    """Return the city in which the section of a sentence plays, or None where it is wider.

    A story is one city's if it names hardly another, and tells of that city more often than of
    what happened in, or all over, the country.
    """
    start, end, _ = page.section(index)
    return page.once(("home city", start), lambda: _city_of(page, start, end))


def _city_of(page: Page, start: int, end: int) -> Place | None:
    lead = _end_of_lead(page, start)
    heads = _in_heads(page, start, lead)
    cities: Counter[Place] = Counter()
    wide: Counter[str | None] = Counter()
    for mention in scenes(page, start, end):
        if _NO_SCENE.match(page.cleaned, mention.end):
            continue
        weight = _TWICE if mention.start < lead else 1.0
        if mention.place.scope == "city":
            full = mention.start in heads or is_locative(page, mention)
            cities[mention.place] += weight if full else weight * _NAMED  # type: ignore[assignment]
        elif _is_wide(page, mention):
            wide[mention.place.country] += weight  # type: ignore[assignment]
    if page.dateline and start <= page.dateline.start < end and page.dateline.place.scope == "city":
        cities[page.dateline.place] += _PRINTED[is_capital(page.dateline.place)]  # type: ignore[assignment]
    if not cities:
        return None
    city, weight = cities.most_common(1)[0]
    spread = wide[city.country]
    if weight < max(_ENOUGH, _SHARE * cities.total()) or weight <= spread:
        return None
    return city


def _in_heads(page: Page, start: int, lead: int) -> set[int]:
    """Return where the places of the titles start, and the one that opens the lead."""
    found: set[int] = set()
    for sentence in page.sentences:
        if not start <= sentence.start < lead:
            continue
        mentions = page.places_in(sentence.start, sentence.end)
        if sentence.heading:
            found.update(m.start for m in mentions)
        else:
            found.update(m.start for m in mentions[:1] if m.start - sentence.start < _OPENS)
    return found


def _is_wide(page: Page, mention: PlaceMention) -> bool:
    """Say whether a mention of a country or a region tells where things happened: a region may be the city's own."""
    if mention.form == "demonym" or mention.place.scope != "country":
        return False
    return is_locative(page, mention)


def _end_of_lead(page: Page, start: int) -> int:
    """Return where the first sentences of prose end, the title and furniture before them in."""
    prose = 0
    end = start
    for sentence in page.sentences:
        if sentence.start < start:
            continue
        end = sentence.end
        prose += not sentence.heading
        if prose == _LEAD:
            break
    return end
