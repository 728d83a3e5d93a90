"""Read numbers whose noun is left out: "In Tver it was 20", "Ufa 95, Perm 30", "they counted 9"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from consumers.extractor.number_reading import Count

if TYPE_CHECKING:
    from collections.abc import Sequence

_BACK: Final = 120  # characters before a number that may name its place
_ON: Final = 90  # characters after it
_WORD: Final = r"[A-Z][^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
_NAME: Final = (
    rf"(?:St\.? |(?:All of |All |the )(?=[A-Z]))?{_WORD}"
    rf"(?:(?: (?:de|del|la|los|las|el|al|da|do|on|of)){{0,2}}[ -]{_WORD}){{0,2}}"
    r"|[Tt]h(?:e|is) (?:capital|city|town)(?: alone)?"
)
_SAID: Final = (
    r"(?:detentions|arrests|detainees|(?:people |persons )?(?:detained|arrested|held)|names)"
)
_OF_THEM: Final = rf"of (?:them|these|those|the {_SAID}|these {_SAID}|those {_SAID})"
# What may follow a number that stands alone: no noun of its own but those of the context.
_ALONE: Final = re.compile(
    rf"(?!\s+{_OF_THEM} from\b)"
    rf"[\"\u201d'\u2019]?(?:\s*$|\s*[.,;)\]:](?!\d)|\s+\(|\s+(?:each|more|so far|in all|"
    rf"in total|{_OF_THEM}|"
    rf"{_SAID}|there|others|in|at|for|from|and|by|out of|names|against|compared|on|according"
    r"|this|who were taken)\b)",
    re.IGNORECASE,
)
# "Six of them from Italy" says where people come from.
_PLACE_AFTER: Final = re.compile(
    rf"(?! {_OF_THEM}(?: (?:were|are|came|come))? from\b)(?: each)?(?: more| others)?"
    rf"(?: {_OF_THEM}| {_SAID})?"
    r"(?: (?:were |have been )?(?:made|recorded|counted|registered))?"
    r"(?: (?:were|was|took place|happened|occurred|came|are|had been))?"
    r" (?:in|for|from|at)"
    rf" (?:(?:the|its|a) (?:[\w-]+ ){{0,4}}of |(?:(?:the|"
    rf"its) )?(?:[a-z]+(?:ern)? )?)(?P<place>{_NAME})"
)
_LEAD: Final = r"(?:^|[,;:.(]\s*|\b(?:and|but|while|with|then|plus|by|versus)\s+(?:with\s+)?)"
_ASIDE: Final = r"(?:, (?:where|which|whose|the|an?)\b[^,;.]{1,60},)?"
_HELD: Final = (
    r"(?:it (?:was|is|stood at)|there (?:were|was|have been)|it came to|"
    r"(?:the|its|their) (?:group|number|figure|count|total|tally|monitors|counter|list|toll)"
    r"(?: (?:has|have|had|lists|listed|counted|counts|is|was|stood at|stands at|reached|"
    r"has reached|had reached|has just become|now has))?|"
    r"(?:saw|had|has|have|accounted for|accounts for|leads? with|led with|recorded|registered|"
    r"counted|reported|"
    r"remains? (?:at|on)|remained (?:at|on)|stood at|stands at|stayed at|(?:has |had )?reached|"
    r"followed with|is at|was at|made up|contributed|provided|came next with|"
    r"(?:number|count|figure|total|tally) (?:is|was|stood at|stands at|(?:has |had )?reached|"
    r"has just become))"
    r")(?: now| already| only| just| alone)?"
)
_PLACE_BEFORE: Final = (
    # "Ufa 95", "Moscow: 12", "Perm (30)", "St Petersburg with 9", "In Oral, 13"
    re.compile(
        rf"(?:{_LEAD}(?:[Ii]n |[Ff]or |[Aa]t )?|"
        rf"\b[Ii]n )(?P<place>{_NAME}){_ASIDE}(?:\s?[:\u2013\u2014]|\s-|,|\s\(|,? with| for)?\s*$"
    ),
    # "Moscow saw 30", "In Moscow, where it rained, there were 31"
    re.compile(
        rf"(?:{_LEAD}(?:[Ff]or |[Aa]cross )?|\b[Ii]n )(?P<place>{_NAME}){_ASIDE},? {_HELD} $"
    ),
    # "Krasnoyarsk, where the monitors' count stood at"
    re.compile(
        rf"{_LEAD}(?P<place>{_NAME}), where [^,;.]{{0,30}}\b(?:count|number|figure|total|tally|"
        rf"list)"
        r" (?:was|is|stood at|stands at|reached|had reached|has reached) $"
    ),
)
_NO_PLACE: Final = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|"
    r"Satur|"
    r"Sun)day|Still|There|By|Since|About|More|Less|Some|Only|Another|These|Those|They|Of|At|On|"
    r"In|"
    r"For|Police|OVD|And|But|Then|Its|His|Her|Our|Your|It|He|She|We|You|That|This|Over|Nearly|"
    r"Almost|Chapter|Article|Group|Update|Day|Photo|Image)"
)
_MONTH: Final = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.")  # ends nothing
_TALLY: Final = r"(?:figure|number|total|tally|count|counter|toll|sum|list)"
_MOVED: Final = (
    r"(?:is|was|stood|stands|now|reads|has|have|had|reached|passed|exceeded|topped|hit|rose|"
    r"risen|"
    r"climbed|grew|grown|swelled|jumped|become|runs|came|comes|thus|just|already|to|at|above|"
    r"nearer|near|from)"
)
_OF_CROWDS: Final = (
    r"(?! of (?!(?:the )?(?:detentions|detainees|arrests|those detained|people (?:detained|held)|"
    r"(?:those|people) arrested)))"
)
# Numbers that say again, or otherwise, how many were detained.
_FIGURES: Final = (
    re.compile(
        rf"\b{_TALLY}\b{_OF_CROWDS}(?!s? of)[^.;:,]{{0,60}}?(?: {_MOVED})+ [\"\u201c'\u2018]?$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:puts?|putting|gave|gives|giving) (?:it|(?:the|that|this|their|"
        rf"its) {_TALLY}) (?:at|as) [\"\u201c'\u2018]?$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:an?|the|its|their) (?:(?:much |far |slightly )?(?:higher|lower|larger|smaller|"
        rf"different|"
        rf"new|newer|updated|latest|final|later|revised|similar) ){_TALLY}(?: of|:| is| was|,)"
        r" [\"\u201c'\u2018]?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\b(?:They|they|[Tt]he (?:group|monitors?|ministry|volunteers|police|organi[sz]ation|"
        r"watchdog|lawyers|activists)|OVD-Info|Viasna|HRANA|[Mm]onitors|[Aa]ctivists|[Ll]awyers|"
        r"[Oo]rgani[sz]ers|[Mm]inistry)"
        r"(?: (?:has|have|had|now|itself|later|since|already))* (?:counted|counts|listed|lists|"
        r"registered|recorded|logged|documented|tallied|spoke of|speaks? of|has|had|gave|gives?|"
        r"reported|put it at)|\bit (?:now )?(?:has|lists|listed|counted)|"
        r"\bspoke of) [\"\u201c'\u2018]?$"
    ),
    # "a list of more than 500", "a list that by noon had 61 names on it"
    re.compile(
        r"\b(?:list|register|roll)\b(?! of (?:demands|candidates|suspects))[^.;:]{0,50}?"
        r" (?:of|with|had|has|holds|held|contain(?:s|ed)|includes|carries|ran to|runs to|"
        r"grew to|names|named) $"
    ),
    re.compile(
        r"\b[Ii]t (?:was|is|came to|stood at|stands at)(?: now| already)? [\"\u201c'\u2018]?$"
    ),
)
_AT_SOMETHING: Final = re.compile(r"[\"\u201d]? (?:at|from|for|out)\b")
_OTHER_NEWS: Final = re.compile(
    r"\b(?:injur|wound|kill|die[ds]?\b|dead|death|hospital|attend|turn(?:ed)? out|took part|"
    r"taken? part|marched|rallied|gathered|protesters (?:were|had) |fined|sentenced|jailed|"
    r"charged|"
    r"released(?! (?:an? |the |its )?(?:\w+ )?(?:lists?|names|figures?))|"
    r"freed|let go|signed|votes?\b|voted|infect|cases|degrees|minus|temperature|"
    r"went home|hospital|last year|a year ago|beaten|population|"
    r"searched|seats|bail|crowd of|participants|strong\b|roubles|court|years?\b)",
    re.IGNORECASE,
)


# "Temperatures: Graz 12, Linz 14"
_OTHER_LABEL: Final = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:temperatures?|results?|scores?|weather|votes?|turnout|injured|wounded|"
    r"dead|deaths|fines|photos?|population)\s?:",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[,;.:()]| and ")
_TAIL: Final = 60  # characters after a place that say what its people did


@dataclass(frozen=True, slots=True)
class Item:
    """One number of detained people without a noun of its own.

    Attributes:
        count: The number.
        place: Where the name of its place stands in the passage, or None where it has none.
    """

    count: Count
    place: tuple[int, int] | None


def items(text: str, counts: Sequence[Count]) -> list[Item]:
    """Return the numbers of a passage that stand beside a place, or say a figure again.

    The passage has to go on from detentions told before it: the numbers themselves do not say
    what they count.
    """
    if _OTHER_LABEL.match(text):
        return []
    text = _MONTH.sub(r"\1 ", text)
    found: list[Item] = []
    for count in counts:
        if count.figure > 1 and _ALONE.match(text, count.end):
            found += _placed(text, count) or _figure(text, count)
    return found


def _placed(text: str, count: Count) -> list[Item]:
    head = text[max(0, count.start - _BACK) : count.start]
    match = _PLACE_AFTER.match(text, count.end, count.end + _ON)
    if match is not None and _may_be(match["place"]):
        tail = _CLAUSE_END.split(text[match.end() : match.end() + _TAIL], maxsplit=1)[0]
        looks_back = count.definite and text.startswith(" from", count.end)  # "the 12 from Tver"
        if looks_back or _spoilt(_clause(head)) or _spoilt(tail):
            return []
        return [Item(count, match.span("place")), *_second(text, count, match)]
    shift = count.start - len(head)
    for pattern in _PLACE_BEFORE:
        match = pattern.search(head)
        if match and not _spoilt(head[match.end("place") :]) and _may_be(match["place"]):
            start, end = match.span("place")
            return [Item(count, (start + shift, end + shift))]
    return []


def _second(text: str, count: Count, match: re.Match[str]) -> list[Item]:
    """Read the other place of "122 each in Voronezh and Vladivostok"."""
    if not text.startswith(" each", count.end):
        return []
    other = re.compile(rf" and (?:in )?(?P<place>{_NAME})").match(text, match.end())
    return [Item(count, other.span("place"))] if other else []


def _figure(text: str, count: Count) -> list[Item]:
    head = text[max(0, count.start - _BACK) : count.start]
    if _spoilt(head) or _spoilt(
        re.split(r"[,;.]", text[count.end : count.end + 25], maxsplit=1)[0]
    ):
        return []
    if _AT_SOMETHING.match(text, count.end):  # "spoke of 100 at the rally": those who came
        return []
    told = any(pattern.search(head) for pattern in _FIGURES)
    return [Item(count, None)] if told else []


def _may_be(name: str) -> bool:
    return _NO_PLACE.fullmatch(name.split(maxsplit=1)[0]) is None


def _clause(head: str) -> str:
    return re.sub(r"^.*[;:.]", "", head, flags=re.DOTALL)


def _spoilt(text: str) -> bool:
    return _OTHER_NEWS.search(text) is not None
