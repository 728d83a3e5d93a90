"""Find the names of persons a sentence shows, whoever they are: it is printed without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import given_names, persons
from consumers.extractor.capitals import PARTICLE, UPPER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consumers.extractor.grammar import Parsed
    from consumers.extractor.passage import Page

_FULL: Final = re.compile(
    rf"[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?(?: [{UPPER}][^\W\d_]*\.?)?"
    rf"(?: (?:al|bin|de|van|von))? {PARTICLE}?[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?"
)
# "including", "the poet", "his brother": a name follows, or several
_INTRODUCED: Final = re.compile(
    r"\b(?:including|among (?:them|whom|those)|activists?|poet|journalists?|lawyer|leader|"
    r"politician|"
    r"(?:his|her|their) (?:\w+ )?(?:brother|sister|wife|husband|son|daughter|father|mother|"
    r"ally|aide|colleague)|"
    r"(?:brother|sister|wife|husband|widow|son|daughter|father|mother|friend|ally|allies|"
    r"supporters?) of|artist|singer|student|deputy|blogger|reporter|photographer|pastor)\b"
    r"[^.;:]{0,120}",
    re.IGNORECASE,
)
_DONE: Final = (
    r"(?:arrested|detained|jailed|imprisoned|charged|indicted|prosecuted|sentenced|convicted|fined"
    r"|released|freed|questioned|interrogated|searched|beaten|tortured|seized|acquitted|handcuffed"
    r"|remanded|bailed|tried|taken into custody|placed under)"
)
# Only people have ages, and have such things done to them.
_AGED: Final = r"\s?,\s?\d{1,3}\s?(?=,(?!\d)|;|\.|and\b|\()|\s?\(\d{1,3}\)"
# "supporters of Bread Action were held": of a body
_NO_BODY: Final = r"(?<![\w.-])(?<!\bof )(?<!\bfor )(?<!\bat )(?<!\bthe )"
_NO_GIVEN: Final = re.compile(
    r"(?:Greater|Central|New|Old|Upper|Lower|Mid|Inner|Outer|(?:North|South|East|West)\w*)$"
)
_SUFFERS: Final = (
    r"(?: \([^)\n]{1,20}\))?,? (?:(?:who|also|then|later|and) )?"
    rf"(?:was|were|is|are|has been|had been|have been) (?:\w+ly |also |being |later )*{_DONE}\b"
)
_BY_WHAT_FOLLOWS: Final = re.compile(rf"{_NO_BODY}(?P<name>{_FULL.pattern})(?:{_AGED}|{_SUFFERS})")
_BY_WHAT_STANDS_BEFORE: Final = re.compile(
    rf"\b(?:{_DONE}|arrests? of|detention of|charg(?:es|ing)(?: against)?|arresting|detaining"
    rf"|jailing) (?:and \w+ed )?(?P<name>{_FULL.pattern})(?!\w)"
)
_ROW: Final = re.compile(
    rf"(?<![\w.-]){_FULL.pattern}(?:(?:,|,? and|;|,? &) {_FULL.pattern}(?!\w))+"
)
_CAPITAL: Final = re.compile(rf"(?<![\w.-]){PARTICLE}?[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)*")
# Capitals of no person: days, months, bodies that count, and words that open sentences.
_COMMON: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|"
    r"July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|OVD|OVD-Info|"
    r"Info|"
    r"Viasna|HRANA|Interior|Ministry|Police|The|A|An|At|In|On|By|Of|It|Its|They|Their|There|"
    r"More|Most|Over|Nearly|About|Some|Dozens|Hundreds|Thousands|Scores|People|Among|Across|From|"
    r"For|After|Another|Security|Officers|Authorities|Protesters|Activists|Demonstrators|This|"
    r"That|"
    r"These|Those|He|She|We|His|Her|First|Last|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|"
    r"Twelve|Twenty|Thirty|Forty|Fifty|How|When|While|What|Who|Almost|Around|All|Both|Several|Many|"
    r"Few|No|Not|Such|Earlier|Later|Meanwhile|But|And|As|If|With|During|Before|So|Perhaps|Arrests?|"
    r"Arrested|Detained|Detentions?|Monitors?|According|Between|Since|Rights|Human|Russians?|Belarusians?|Northline|[A-Z]{2,}"
)
_SHOUTED: Final = re.compile(r"\b(?!(?:OVD|HRANA|USA|UPDATE)\b)[A-Z]{3,}\b")


def shown(parsed: Parsed, places: frozenset[str], others: Iterable[str]) -> list[str]:
    """Return the names of persons a sentence shows, whoever they are.

    A sentence about detained people is printed without any: the model misses who was detained
    more often than that somebody is named, and what stands behind "including" it misses too.

    Args:
        parsed: The sentence, with its named entities.
        places: Names of places, which are taken for persons now and then.
        others: Full names the article has elsewhere: the sentence may have a surname of them.
    """
    names = {span.text for span in parsed.doc.ents if span.label_ == "PERSON"}
    names.update(given_names.people_of(parsed.text))
    evident = evident_in(parsed.text)
    words = set(_CAPITAL.findall(parsed.text))
    names.update(name for name in others if name.rsplit(maxsplit=1)[-1] in words)
    for match in _INTRODUCED.finditer(parsed.text):
        names.update(_FULL.findall(match[0]))
    for row in _ROW.finditer(parsed.text):  # where one is a person, all are
        members = _FULL.findall(row[0])
        if not (names | evident).isdisjoint(members):
            names.update(members)
    names = {re.sub(r"['\u2019]s$", "", name).strip() for name in names}
    named = {name for name in names if name and persons.is_name(name, places)}
    return sorted(named | (evident - places))


def people_of(text: str) -> set[str]:
    """Return the full names in a text that a given name, an age or what befell them gives away."""
    return {*given_names.people_of(text), *evident_in(text)}


def evident_in(text: str) -> set[str]:
    """Return the full names in a text behind which an age stands, or with which something is done.

    That makes them names of persons where they end as a town is called: "Ann Davis, 19, was".
    """
    found = {
        match["name"]
        for pattern in (_BY_WHAT_FOLLOWS, _BY_WHAT_STANDS_BEFORE)
        for match in pattern.finditer(text)
    }
    return {name for name in found if _may_be_person(name)}


def _may_be_person(name: str) -> bool:
    first, _, _ = name.partition(" ")
    spoilt = _COMMON.fullmatch(first) or _NO_GIVEN.match(first)
    return not (spoilt or given_names.is_of_body(name))


def capitals_of(page: Page) -> frozenset[str]:
    """Return the words with a capital in the names of the places of an article."""
    return page.once(
        "capitals",
        lambda: frozenset(
            word
            for name in {each.place.name for each in page.places}
            for word in _CAPITAL.findall(name)
        ),
    )


def may_show(text: str, known: frozenset[str]) -> bool:
    """Say whether a sentence can show a name of a person: capitals that are of no place."""
    found = _CAPITAL.findall(text)
    return any(word not in known and not _COMMON.fullmatch(word) for word in found)


def may_hold_name(text: str, known: frozenset[str]) -> bool:
    """Say whether a sentence can name who was detained: any name, however it is written.

    Text that is small throughout shows no capital of a name, and in what is shouted any may be one.
    """
    shouted = (word for word in _SHOUTED.findall(text) if word.title() not in known)
    return may_show(text, known) or text.islower() or any(shouted)
