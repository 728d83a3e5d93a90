"""Choose the place of a claim: its own clause, its sentence, what came before, the dateline."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_home import home_city
from consumers.extractor.scene import (
    LOOKS_BACK,
    NATION,
    country_of,
    home_country,
    is_capital,
    is_locative,
    pick,
    scenes,
    set_scene,
)
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from vigil.claim import PlaceBasis

    Chosen = tuple[Place, PlaceBasis]


_GENERIC: Final = re.compile(
    r"\b(?:the|this) (?:capital(?: city)?|city|town)\b(?! of\b)", re.IGNORECASE
)

_ASIDE: Final = re.compile(
    r"[,\s](?:who|whose|which|whom)\s|\b(?:against|over|to protest|protesting|commemorat\w+|"
    r"opposing|condemn\w*)\s"
)

_ELSEWHERE: Final = re.compile(
    r"\b(?:elsewhere|in other (?:regions|cities|towns|parts|places)|(?:in|across) the (?:regions|"
    r"provinces)|in the rest of the country)\b",
    re.IGNORECASE,
)
_SOON: Final = 60  # characters behind a figure
_HERE: Final = re.compile(r"\bhere\b|\bin (?:the|this) (?:city|capital|town)\b", re.IGNORECASE)
_THE: Final = re.compile(r"(?:the|this|all)\b", re.IGNORECASE)

_BACK: Final = 4  # sentences before a claim that still set its scene
_BACK_INSIDE: Final = 12  # and inside one paragraph
_FAR: Final = 6_000  # characters back to the city that "the city" means


def choose_place(page: Page, spot: Spot) -> Chosen | None:
    """Return the place of a claim and what it rests on, or None where the article does not say."""
    chosen = (
        _own(page, spot)
        or _elsewhere(page, spot)
        or _in_sentence(page, spot)
        or _carried(page, spot)
    )
    if chosen is None:
        return None
    place, basis = chosen
    if spot.many_cities and place.scope in {"city", "region"}:
        country = country_of(place.country)
        return (country, basis) if country else chosen
    return chosen


def _own(page: Page, spot: Spot) -> Chosen | None:
    """Return the place a list puts beside the figure: a town no gazetteer knows keeps its name."""
    if spot.own is None:
        return None
    start, end = spot.own
    mentions = page.places_in(start, end)
    if mentions:
        return mentions[-1].place, "sentence"
    name = page.cleaned[start:end]
    if name[:1] != name[:1].upper() or _THE.match(name):
        return None
    country = _country_before(page, spot)
    return (Place(name, "city", country), "sentence") if country else None


def _elsewhere(page: Page, spot: Spot) -> Chosen | None:
    """Return the country where a figure is said to be of elsewhere, in no place named."""
    stretch = page.cleaned[spot.end : min(spot.right, spot.end + _SOON)]
    match = _ELSEWHERE.search(stretch)
    if match is None or scenes(page, spot.end, spot.end + match.end() + _SOON // 2):
        return None
    country = country_of(_country_before(page, spot))
    return (country, "context") if country else None


def _in_sentence(page: Page, spot: Spot) -> Chosen | None:
    sentence = page.sentences[spot.sentence]
    mentions = scenes(page, sentence.start, sentence.end)
    if mentions:
        own = [m for m in mentions if not (_is_aside(page, spot, m) or _is_dateline(page, m))]
        for stretch in (
            [m for m in own if spot.end <= m.start < spot.right],
            [m for m in own if spot.left <= m.start < spot.start],
            [m for m in own if m.start >= spot.end],
            [m for m in own if m.start < spot.start],
        ):
            place = pick(page, [m for m in stretch if is_locative(page, m)])
            if place:
                return place, "sentence"
        aside = [m for m in mentions if m not in own and is_locative(page, m)]
        place = (
            _actor(page, spot, mentions)
            or _any(page, spot, own)
            or pick(page, aside[:1])
            or pick(page, mentions_of_country(mentions)[:1])
        )
        if place and place.scope != "country":
            return place, "sentence"
        if place:
            narrowed = _generic(page, spot, place.country) or _at_home(page, spot, mentions)
            return (narrowed, "context") if narrowed else (place, "sentence")
    return None


def _at_home(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the city of the story where a sentence names countries, but not as where it was.

    "Police held 30 near the Russian embassy", "rallies against the invasion of Iraq".
    """
    if any(is_locative(page, m) for m in mentions) or spot.many_cities:
        return None
    sentence = page.sentences[spot.sentence]
    text = page.cleaned[sentence.start : sentence.end]
    if NATION.search(text) or LOOKS_BACK.search(text):
        return None
    return home_city(page, spot.sentence)


def _is_aside(page: Page, spot: Spot, mention: PlaceMention) -> bool:
    """Say whether a mention stands in a clause of its own, behind the figure and its cue."""
    after = max(spot.end, min(spot.cue_end, mention.start))
    return mention.start > after and bool(_ASIDE.search(page.cleaned[after : mention.start]))


def _is_dateline(page: Page, mention: PlaceMention) -> bool:
    """Say whether a mention is the dateline: where it was written, and the last resort."""
    return page.dateline is not None and page.dateline.start == mention.start


def _any(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the first mention that fits what the article is about, however it is put."""
    home = home_country(page, spot.sentence)
    fitting = [m for m in mentions if home in {None, m.place.country}]
    named = [m for m in mentions if m.place.scope == "country" and m.form == "name"]
    return pick(page, (fitting or named or mentions_of_country(mentions))[:1])


def mentions_of_country(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the mentions that tell of a country, by its name or its people."""
    return [m for m in mentions if m.place.scope == "country"]


def _actor(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place of whoever detains: "Merseyside Police", "Belarusian police"."""
    police = re.compile(
        r"(?:['\u2019]s)?\s+(?:\w+ ){0,2}(?:police|authorities|officers|security|"
        r"government|regime|law)\b",
        re.IGNORECASE,
    )
    near = [
        m
        for m in mentions
        if m.start < spot.start and police.match(page.cleaned[m.end : m.end + 40])
    ]
    return near[-1].place if near else None


def _generic(page: Page, spot: Spot, country: str | None) -> Place | None:
    """Return the city that "the city" or "this capital" stands for, if a sentence says so."""
    sentence = page.sentences[spot.sentence]
    if not _GENERIC.search(page.cleaned[sentence.start : sentence.end]):
        return None
    near = page.places_in(max(0, sentence.start - _FAR), sentence.start)
    earlier = [m for m in near if m.place.scope == "city"]
    if page.dateline and not earlier:
        earlier = [page.dateline]
    fitting = [m.place for m in earlier if country is None or m.place.country == country]
    return fitting[-1] if fitting else None


def _carried(page: Page, spot: Spot) -> Chosen | None:
    sentence = page.sentences[spot.sentence]
    text = page.cleaned[sentence.start : sentence.end]
    if NATION.search(text) or spot.many_cities:
        code = _country_before(page, spot)
        country = country_of(code)
        return (country, "context") if country else None
    narrowed = _generic(page, spot, None)
    if narrowed:
        return narrowed, "context"
    if page.dateline and _HERE.search(text):
        return page.dateline.place, "dateline"
    return _before(page, spot) or _about(page, spot) or _dateline(page)


def _country_before(page: Page, spot: Spot) -> str | None:
    sentence = page.sentences[spot.sentence]
    earlier = page.places_in(max(0, sentence.start - _FAR // 4), sentence.start)
    codes = [m.place.country for m in earlier if m.place.country]
    if codes:
        return Counter(codes[-6:]).most_common(1)[0][0]
    return home_country(page, spot.sentence)


def _before(page: Page, spot: Spot) -> Chosen | None:
    """Return the place the sentences before have set, or the headline above them.

    The sentence right before may tell of any country; what is farther off has to be of the
    country the article is about.
    """
    sentence = page.sentences[spot.sentence]
    home = main = home_country(page, spot.sentence)
    back = bool(LOOKS_BACK.search(page.cleaned[sentence.start : sentence.end]))
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        earlier = page.sentences[index]
        near = spot.sentence - index == 1 or earlier.paragraph == sentence.paragraph
        if spot.sentence - index > _BACK and earlier.paragraph != sentence.paragraph:
            break
        fitting = [
            m
            for m in scenes(page, earlier.start, earlier.end)
            if near or home in {None, m.place.country}
        ]
        basis: PlaceBasis = "headline" if earlier.heading else "context"
        place = set_scene(page, [m for m in fitting if is_locative(page, m, carried=True)])
        if place is None and spot.sentence - index == 1 and fitting:
            home = fitting[-1].place.country or home
        if place:
            return _narrowed(page, spot, place, fitting, back=back), basis
        if earlier.section:
            break
    country = country_of(home) if home != main else None
    return (country, "context") if country else None


def _narrowed(
    page: Page, spot: Spot, place: Place, mentions: Sequence[PlaceMention], *, back: bool
) -> Place:
    """Return the place a sentence set for later ones: of a country the city the story plays in."""
    if back:
        return country_of(place.country) or place
    if place.scope != "country" or any(m.form == "phrase" for m in mentions):
        return place
    city = home_city(page, spot.sentence)
    return city if city and city.country == place.country else place


def _about(page: Page, spot: Spot) -> Chosen | None:
    """Return what a section is about as a whole: its headline's place, its city or country."""
    code = home_country(page, spot.sentence)
    if code is None or all(_is_dateline(page, m) for m in page.places[:2]):
        return None
    start, end, head = page.section(spot.sentence)
    titled = [m for m in scenes(page, head.start, head.end) if m.place.country == code]
    place = pick(page, [m for m in titled if is_locative(page, m)])
    city = home_city(page, spot.sentence)
    if city and (place is None or place.scope == "country"):
        return city, "context"
    if place:
        return place, "headline"
    country = country_of(code)
    return (country, "headline" if titled else "context") if country else None


def _dateline(page: Page) -> Chosen | None:
    """Return the place of the dateline; a capital stands for its country."""
    if page.dateline is None:
        return None
    place = page.dateline.place
    wide = country_of(place.country) if is_capital(place) else None
    return wide or place, "dateline"
