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
    words = set(_CAPITAL.findall(parsed.text))
    names.update(name for name in others if name.rsplit(maxsplit=1)[-1] in words)
    for match in _INTRODUCED.finditer(parsed.text):
        names.update(_FULL.findall(match[0]))
    names = {re.sub(r"['\u2019]s$", "", name).strip() for name in names}
    return sorted(name for name in names if name and persons.is_name(name, places))


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
