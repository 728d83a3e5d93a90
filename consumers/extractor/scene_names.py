"""Tell the names of places that are no scene: of wars, bodies, courts, causes and destinations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention

# "from Moscow to the Urals": all over the country
SPREAD: Final = re.compile(r"\s+to\s+(?:the\s+)?[A-Z]")
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
# "rounded up 90 marchers headed for the capital": where they never came
_BOUND: Final = re.compile(
    r"\b(?:(?:headed|heading|bound|destined|leaving|setting off|set off) (?:for|to|towards?)"
    r"|en route (?:to|for)|on (?:their|the|his|her) way (?:in)?to"
    r"|(?:travell?|proceed|journey|go)ing to)\s"
    r"(?:the )?(?:(?:capital|city|town|village) (?:of )?)?\Z",
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


def is_no_scene(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name is of something else than where it happened: "the Ukraine war"."""
    start = mention.start
    return bool(
        _is_of_war(page, mention)
        or _is_cause(page, mention)
        or _is_court(page, mention)
        or _is_imprint(page, mention)
        or (mention.place.scope != "city" and _is_body(page, mention))
        or _BOUND.search(page.cleaned[max(0, start - _FAR_BEFORE) : start])
        or _ABOUT.search(page.cleaned[max(0, start - _LONG_BEFORE) : start])
        or _is_origin(page.cleaned[max(0, start - 40) : start], page.cleaned, mention.end)
    )


def is_no_subject(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name does not tell which country an article is about."""
    return (
        _is_of_war(page, mention)
        or (mention.form != "phrase" and _is_cause(page, mention))
        or _is_imprint(page, mention)
    )


def _is_of_war(page: Page, mention: PlaceMention) -> bool:
    before = page.cleaned[max(0, mention.start - _FAR_BEFORE) : mention.start]
    return bool(_WAR.match(page.cleaned, mention.end) or _WAR_IN.search(before))


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
    return bool(moved) and SPREAD.match(text, end) is None
