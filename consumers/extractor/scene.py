"""Read which mentions of places tell where something happened, and what a section is about."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_locative import FROM, JOINT
from consumers.extractor.places import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence
    from vigil.place import Place


# "from Moscow to the Urals": all over the country
_SPREAD: Final = re.compile(r"\s+to\s+(?:the\s+)?[A-Z]")
_MOVED_FROM: Final = re.compile(
    r"\b(?:home|back|return\w*|fl[eoy]w?\w*|arriv\w+|travel\w*|came|come|deported|expelled)"
    r" (?:\w+ ){0,2}from\s+(?:\w+\s+){0,2}$"
    r"|\bfrom (?:outside|elsewhere in|other parts of)(?: of)?\s+(?:the )?$",
    re.IGNORECASE,
)
# "Ukraine war", "Hong Kong-style", "the St Louis suburb": named, and not where it happened.
_WAR_IN: Final = re.compile(
    r"\b(?:war|invasion|conflict|fighting|offensive|aggression|cease-?fires?|truce|peace|genocide"
    r"|famine|killings?|bloodshed|bombardment|assault|campaign)\s+(?:in|of|on|against)\s+(?:the )?$"
    r"|\b(?:solidarity|sympathy|ties|trade|relations) with\s+(?:the )?$"
    r"|\b(?:support|aid|arms|weapons|justice|freedom) (?:for|to|of)\s+(?:the )?$"
    r"|\b(?:bombings?|strikes?|attacks?|siege|occupation|annexation|shelling)\s+(?:of|on|against)"
    r"\s+(?:the )?$|\b(?:breakaway|self-proclaimed|self-declared)\s+$",
    re.IGNORECASE,
)
# "over the killing of a student in Vermont", "inspired by events in Tunisia": what a protest is
# about
_ABOUT: Final = re.compile(
    r"\b(?:killing|death|murder|shooting|beating|lynching|execution|suicide|rape)\sof\s"
    r"(?:[\w\u2019'-]+\s){1,6}(?:in|at|near)\s(?:the )?\Z"
    r"|\b(?:related to|sparked by|in response to|prompted by|triggered by|inspired by|echoing)\s"
    r"(?:(?!and |or )[\w\u2019'-]+\s){0,4}(?:events|developments|protests|unrest|riots?|shootings?"
    r"|deaths?|killings?|violence|uprisings?|raids?|revolts?|revolutions?|demonstrations)\s(?:\w+\s){0,2}"
    r"(?:in|at|across)\s(?:the )?\Z",
    re.IGNORECASE,
)
_WAR: Final = re.compile(
    r"\.?(?:['\u2019]s)?\s+(?:war|conflict|invasion|crisis|suburbs?|embass(?:y|ies)|consulates?|"
    r"ambassadors?|diplomat(?:s|ic)?|airstrikes?|"
    r"high commission|bha[wv]an|(?:square )?"
    r"(?:massacre|anniversary))\b|-(?:style|based|"
    r"born|backed|led)\b",
    re.IGNORECASE,
)
# "Ankara magistrates released them": a court that did something, but "outside the Ankara court" is
# where it was.
_COURT: Final = re.compile(
    r"(?:['\u2019]s?)?\s(?:\w+\s){0,2}?(?:magistrates?|court)\b", re.IGNORECASE
)
_AT_COURT: Final = re.compile(
    r"\b(?:outside|near|around|by|in front of) (?:a|the)\s+$", re.IGNORECASE
)
# "Palestine Action", "Ukraine Solidarity Campaign": bodies named after what they care for.
_BODY: Final = re.compile(
    r"\s(?:[A-Z]\w+\s)?(?:Action|Solidarity|Campaign|Coalition|Network|Alliance|Society|Forum|"
    r"Association|Foundation|Institute|Initiative|Movement|Committee|Cent(?:er|re) for|Lawyers|"
    r"Journalists|Helsinki|Red (?:Cross|Crescent)|Syndicate|Federation|Observatory|Monitor|Focus|"
    r"Bar|Medical|Doctors|Broadcasting|Times|Post|Herald|Tribune|Today|News|Press|Radio|"
    r"University|Human Rights(?! [Cc]ommission)|newspaper|daily|broadcaster|"
    r"news (?:agency|site|outlet)|media)\b"
)
# "the University of Chile", "the Bank of Ghana": bodies of a country
_BODY_OF: Final = re.compile(
    r"\b(?:University|College|Institute|Academy|Bank|Church|Museum|Radio|Voice|Party|Union|"
    r"Federation|Congress) of (?:the )?$"
)
# "The Other Russia", "European Belarus", "Alternative for Germany": parties and movements
_PARTY: Final = re.compile(
    r"\b(?:Other|United|Just|Fair|Open|Young|Our|European|Free|One|"
    r"Forward|Brothers of|Sons of) $"
)
_NAMED_FROM: Final = re.compile(r"[A-Z][\w\u2019'-]+(?: \([A-Z]+\))?,? from\s+$")

_IMPRINT: Final = re.compile(r"[^()\n]{0,30}\)\s?[\u2013\u2014-]")

# "pro-Palestinian students", "the anti-Putin movement", "ex-Soviet": what people stand for.
_PREFIX: Final = re.compile(r"\b(?:pro|anti|ex|non|post|pre)[-\u2010\u2011\u2013]$", re.IGNORECASE)
# "reinforcements from across the country": where they came from
_FROM_ALL: Final = re.compile(r"\bfrom (?:all )?$")
_BEFORE: Final = 12  # characters: room for these
_FAR_BEFORE: Final = 30  # and for "a ceasefire in the"
_LONG_BEFORE: Final = 90  # and for what a protest is about

OUTSIDE: Final = re.compile(r"\b(?:outside|beyond|away from)(?: of)?\s+$", re.IGNORECASE)

OTHERS: Final = re.compile(
    r"\s*,? and (?:in )?(?:its|the (?:country|nation)['\u2019]s|the) (?:[\w-]+ ){1,2}"
    r"(?:city|hub|town)\b(?! of)|"
    r"\s*,? and (?:in )?(?:\d+ |several |many |dozens of |other |unspecified )+(?"
    r":\w+ )?(?:cities|towns|regions|places|parts|provinces|states|districts|areas|locations|"
    r"villages|municipalities|counties|campuses)\b|\s*,? and elsewhere\b",
    re.IGNORECASE,
)

_INSIDE: Final = re.compile(r",?\s*(?:in (?:\w+ )?|the |of |capital |city )*\s*")
# "in Myanmar's second city of Mandalay", "the Siberian city of Tomsk": the name that follows.
OF_COUNTRY: Final = re.compile(
    r"(?:['\u2019]s?)?,?\s+(?:(?!and |or |while |but |in )[\w-]+ ){0,3}?"
    r"(?:cities|city|capital|towns?|village|port|suburb|region|province|state|republic)"
    r"(?: of|,)?\s+(?:the )?"
)

# Sentences that look back over a time of their own share no scene with their neighbours.
LOOKS_BACK: Final = re.compile(
    r"\b(?:since(?! (?:yesterday|morning|noon|dawn|midnight|mon|tue|wed|thu|fri|sat|"
    r"sun))|in recent (?:days|weeks|months|years)|(?:in|over|during) the (?:first|"
    r"past|last|previous|following) (?:\w+ )?(?:days|weeks|months|years)|over the "
    r"years|previously|in the past|"
    r"earlier (?:this|in the) (?:week|month|year)|last (?:year|month|week)|(?:this|"
    r"that) (?:year|month|week)|in (?:19|20)\d\d|to date|after the (?:election|coup|"
    r"invasion))\b",
    re.IGNORECASE,
)


# Words for more than one city.
NATION: Final = re.compile(
    r"\b(?:nationwide|(?:across|around|throughout|all over) the (?:country|nation)"
    r"|countrywide|coast to coast|(?:all|every) corners? of the country|"
    r"(?:both|other|several|many|various|dozens of) (?:\w+ ){0,2}(?:cities|"
    r"towns|regions)|in (?:city|town) cent(?:re|er)s)\b",
    re.I,
)


def country_of(code: str | None) -> Place | None:
    """Return the country with a code, if there is one."""
    return load_gazetteer().country(code) if code else None


def seat_of(code: str) -> Place | None:
    """Return the capital of the country with a code, if there is one."""
    return load_gazetteer().seat(code)


def is_capital(place: Place) -> bool:
    """Say whether a place is the capital of its country."""
    seat = load_gazetteer().seat(place.country) if place.country else None
    return seat is not None and (seat == place or seat.geoname == place.geoname)


def scenes(page: Page, start: int, end: int) -> list[PlaceMention]:
    """Return the places in a stretch that can be a scene, the names of wars left out."""
    return [
        m
        for m in page.places_in(start, end)
        if not _WAR.match(page.cleaned, m.end)
        and not _is_cause(page, m)
        and not _is_court(page, m)
        and not _is_imprint(page, m)
        and not (m.place.scope != "city" and _is_body(page, m))
        and not _WAR_IN.search(page.cleaned[max(0, m.start - _FAR_BEFORE) : m.start])
        and not _ABOUT.search(page.cleaned[max(0, m.start - _LONG_BEFORE) : m.start])
        and not _is_origin(page.cleaned[max(0, m.start - 40) : m.start], page.cleaned, m.end)
    ]


def _is_cause(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name tells what people are for or come from: "pro-Palestinian"."""
    before = page.cleaned[max(0, mention.start - _BEFORE) : mention.start]
    if mention.form == "phrase":
        return mention.place.scope != "city" and _FROM_ALL.search(before) is not None
    return _PREFIX.search(before) is not None


def _is_body(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name is part of the name of a body: "Palestine Action"."""
    before = page.cleaned[max(0, mention.start - 20) : mention.start]
    return bool(
        _BODY.match(page.cleaned, mention.end)
        or _BODY_OF.search(before)
        or (mention.form == "name" and _PARTY.search(before))
    )


def _is_imprint(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name tells where a release was issued: "(New York) \u2013 Police have"."""
    line = page.cleaned.rfind("\n", 0, mention.start) + 1
    opened = page.cleaned[line : mention.start].strip() == "("
    return opened and _IMPRINT.match(page.cleaned, mention.end) is not None


def _is_court(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name is that of a court which did something."""
    before = page.cleaned[max(0, mention.start - 20) : mention.start]
    return bool(_COURT.match(page.cleaned, mention.end)) and not _AT_COURT.search(before)


def _is_origin(before: str, text: str, end: int) -> bool:
    """Say whether a name tells where somebody came from: "flew home from Germany"."""
    moved = _MOVED_FROM.search(before) or _NAMED_FROM.search(before)
    return bool(moved) and _SPREAD.match(text, end) is None


def pick(page: Page, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place that mentions in one stretch agree on, the narrower of two that fit."""
    if not mentions:
        return None
    first = mentions[0]
    if first.form == "phrase" and OUTSIDE.search(
        page.cleaned[max(0, first.start - 20) : first.start]
    ):  # "outside the capital" is anywhere else
        return country_of(first.place.country) or first.place
    if _SPREAD.match(page.cleaned, first.end) and FROM.search(
        page.cleaned[max(0, first.start - 40) : first.start]
    ):
        return country_of(first.place.country) or first.place
    places = [first.place]
    end = first.end
    joint = True
    for each in mentions[1:]:
        joint = joint and _joined(page.cleaned, end, each.start)
        if not joint:
            break
        places.append(each.place)
        end = each.end
    return _common(page, places, others=bool(OTHERS.match(page.cleaned[end : end + 60])))


def last_group(page: Page, mentions: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """Return the last of several mentions, with those it is coordinated with."""
    first = len(mentions) - 1
    while first > 0 and _joined(page.cleaned, mentions[first - 1].end, mentions[first].start):
        first -= 1
    return mentions[max(first, 0) :]


def _joined(text: str, end: int, start: int) -> bool:
    """Say whether two mentions belong together: "in Lyon and Nice", "the town of X in Y"."""
    gap = text[end:start]
    return bool(JOINT.fullmatch(gap) or OF_COUNTRY.fullmatch(gap) or _INSIDE.fullmatch(gap))


def _common(page: Page, places: list[Place], *, others: bool) -> Place | None:
    cities = {place.name: place for place in places if place.scope == "city"}
    countries = {place.country for place in places}
    if len(countries) > 1:
        return places[0]
    if len(cities) > 1 or (cities and others):
        return country_of(places[0].country) or places[0]
    if cities:
        return next(iter(cities.values()))
    regions = [place for place in places if place.scope == "region"]
    if len({place.name for place in regions}) > 1:
        return country_of(places[0].country) or places[0]
    return regions[0] if len(regions) == 1 else places[0]


def set_scene(page: Page, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place an earlier sentence sets: of several the dateline's or the commonest."""
    cities = {m.place for m in mentions if m.place.scope == "city"}
    if len(cities) <= 1 or pick(page, mentions) not in cities:
        return pick(page, mentions)
    if page.dateline and page.dateline.place in cities:
        return page.dateline.place
    times = page.once("times", lambda: Counter(m.place for m in page.places))
    return max((m.place for m in mentions if m.place in cities), key=lambda place: times[place])


def home_country(page: Page, index: int) -> str | None:
    """Return the code of the country a section is about, or None where it is about several."""
    start, end, first = page.section(index)
    return page.once(("home", start), lambda: _commonest(page, start, end, first))


def _commonest(page: Page, start: int, end: int, first: Sentence) -> str | None:
    weights: Counter[str] = Counter()
    for mention in page.places_in(start, end):
        if mention.place.country and not (
            _WAR.match(page.cleaned, mention.end)
            or _WAR_IN.search(page.cleaned, max(0, mention.start - _FAR_BEFORE), mention.start)
            or (mention.form != "phrase" and _is_cause(page, mention))
            or _is_imprint(page, mention)
        ):
            # a headline says what it is about
            weights[mention.place.country] += 4 if mention.start < first.end else 1
    if page.dateline and page.dateline.place.country and start <= page.dateline.start < end:
        weights[page.dateline.place.country] += 2
    if not weights:
        return None
    (code, most), *others = weights.most_common(2)
    return code if not others or most > others[0][1] else None
