"""Tell which mentions of places say where something was: "in Moscow", "over Brooklyn Bridge"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention

# A preposition, then words that may stand between it and the name: "in the Belarusian capital of".
_STRICT: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Nn]ear|[Oo]utside|[Tt]hroughout|[Aa]round|[Ff]rom|"
    r"[Ii]nside|[Ww]ithin|residents of|streets of|suburbs? of|outskirts of)\s+"
    r"(?:(?:the|a|its|of|(?!with\b)[a-z]{3,12}(?:['\u2019]s)?,?|[A-Z][a-z]+(?:ian|ish|ese|an|i)|Occupy|"
    r"[A-Z][a-z]+(?=\s(?:capital|city|town|port|resort|province|region|state)\s)|"
    r"[A-Z][a-z]+['\u2019]s?)\s+){0,4}$"
    r"|\b(?:central|downtown|inner-city|[a-z]{4,5}ern)\s+$"
)

# "on Red Square", "over the Brooklyn Bridge": streets and squares of a city take more words.
_ON: Final = re.compile(r"\b(?:on|onto|over|along|by|off|through)\s+(?:the\s+)?$", re.IGNORECASE)
_STREET: Final = re.compile(
    r"(?:square|street|avenue|road|bridge|boulevard|parkway|highway|prospe[kc]t|plaza|park)$",
    re.IGNORECASE,
)

# "on Newport Harbour"
_WATERSIDE: Final = re.compile(
    r"\s(?:Harbou?r|Beach|Bay|Pier|Waterfront|Marina|Docks?|Wharf|Island)\b"
)

# "In the Nile Delta province of Sharqia": whatever stands before it.
_KIND_OF: Final = re.compile(
    r"\b(?:[Ii]n|[Tt]hrough|[Nn]ear|[Oo]utside)\s(?:[\w\u2019'-]+\s){1,5}?(?:province|state|region|city|town|village|district|"
    r"suburb|governorate|county|port|township|municipality|capital|hub) of\s+(?:the )?$"
)
# "in the center of Kazakhstan's largest city, Almaty"
_APPOSED: Final = re.compile(
    r"\b(?:[Ii]n|[Ii]nto|[Aa]t|[Tt]hrough|[Nn]ear|[Oo]utside|[Aa]cross|[Aa]round)\s"
    r"(?:[\w\u2019'-]+\s){1,8}?(?:capital|city|town|village|province|region|district|hub|port|suburb)"
    r"(?: city)?,\s$"
)
# "in Australia's most violent demonstration": an event, and not where in it
_EVENT_OF: Final = re.compile(
    r"['\u2019]s?\s(?:[\w-]+\s){0,3}?(?:demonstrations?|protests?|rall(?:y|ies)|elections?|vote|war|"
    r"history|government|parliament|crackdown|clashes|unrest|politics|campaign|referendum)\b"
)
# "San Francisco, where police held hundreds, was again the scene of protests"
_SCENE: Final = re.compile(
    r", where\b|(?:,[^,.;]{1,80},)? (?:was|saw|has seen|witnessed|is) (?:[\w-]+ ){0,3}(?:the )?"
    r"(?:scene|site|protests?|rall(?:y|ies)|demonstrations?|clashes|marches)\b"
)
# "near the office of Russia's security service": whose it is
_OFFICE_OF: Final = re.compile(
    r"['\u2019]s?\s(?:[\w-]+\s){0,3}?(?:[Ee]mbassy|[Cc]onsulate|[Mm]ission|[Dd]elegation|"
    r"[Mm]inistry|[Ss]ervices?|[Aa]gency|[Bb]ureau|[Cc]ommi(?:ttee|ssion)|[Hh]eadquarters|"
    r"[Oo]ffices?|[Bb]uilding|[Aa]mbassador|[Rr]epresentative|[Dd]iplomat\w*|[Bb]ank)\b"
)
_KIND: Final = re.compile(
    r"\s+(?:\w+ ){0,2}(?:cities|towns|regions|capital|city|forests?|rainforest|jungle|"
    r"wilderness|villages?|"
    r"port|islands?|countryside|coast|highlands|waters|campuses|universities|streets|provinces|"
    r"prisons|jails)\b"
)
FROM: Final = re.compile(r"\bfrom\s+(?:\w+\s+){0,4}$", re.IGNORECASE)

# "held after they marched to the White House"
_MARCHED: Final = re.compile(
    r"\b(?:marche[ds]|marching|walked|paraded|rallied)\s(?:peacefully\s)?"
    r"(?:to|on|through|towards?)\s(?:the )?$"
)
_LISTED_FOR: Final = re.compile(r"(?:\d|\b(?:list|figure|count|total|tally)) for\s+$")
_AWAY: Final = re.compile(
    r"\b(?:east|west|north|south|north-?west|north-?east|south-?west|south-?east|"
    r"miles|km|ambassador|embassy|president|parliament|government|people|citizens|republic|"
    r"ministry|church|bank|university|party) of\s+(?:the )?$|"
    r"\bof (?:them|those|these|whom) from\s+$",
    re.I,
)

# "Police in Kyrgyzstan" are the Kyrgyz police: whose they are, not where it was.
_AGENTS: Final = re.compile(
    r"\b(?:police|officers|authorities|forces|troops|officials|government|regime|opposition|"
    r"activists|campaigners|demonstrators|protesters) in\s+(?:the )?$",
    re.IGNORECASE,
)

# "in the old town, West Yorkshire Police said": the name of a force
_FORCE: Final = re.compile(r" (?:[A-Z][a-z]+ ){0,2}(?:Police|Constabulary|Sheriff)\b")
_FORCE_OF: Final = re.compile(r"\bPolice $")  # "Police Scotland"

# "outside the U.S. Immigration office", "near the UK mission": an adjective in all but form.
_SHORT: Final = re.compile(r"(?:[Tt]he )?(?:US|U\.S\.?|USA|UK|U\.K\.?|UAE|DRC)")
_OWNED: Final = re.compile(
    r"\.?\s(?!(?:On|In|At|After|The|Police|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z]*\b)"
    r"(?:[A-Z][\w-]+|mission|base|company|firm|forces|troops|soldiers|agents|officials|government|"
    r"military|marines|president|flag|consul\w*|ambassador\w*|diplomat\w*|federal|state)\b"
)

_HEAD: Final = re.compile(r"[*_]{0,3}(?:\s?[:\u2014\u2013][*_]{0,3}\s|\s-\s)")

JOINT: Final = re.compile(
    r"\s*(?:,|and|or|&|/|, and|as well as)\s*(?:also |in |the city of |in the city "
    r"of |elsewhere in |the (?:[\w-]+ ){0,3}(?:hub|town|port|capital|city|state) of )*\s*$",
    re.IGNORECASE,
)


def is_locative(page: Page, mention: PlaceMention, *, carried: bool = False) -> bool:
    """Say whether a mention tells where: "in Moscow".

    Args:
        page: The article.
        mention: The mention.
        carried: Whether it is to set the scene for later sentences; "from Moscow" does not.
    """
    if mention.form == "phrase" or _opens(page, mention):
        return True
    if is_agents(page, mention) or is_force(page, mention):
        return False
    if _is_adjective(page, mention):
        return False
    if mention.place.scope == "country" and any(
        each.match(page.cleaned, mention.end) for each in (_OFFICE_OF, _EVENT_OF)
    ):
        return False
    if carried and mention.place.scope == "city" and _SCENE.match(page.cleaned, mention.end):
        return True
    before = page.cleaned[max(0, mention.start - 60) : mention.start]
    if mention.form == "demonym":
        after = page.cleaned[mention.end : mention.end + 40]
        told = bool(_STRICT.search(before) and _KIND.match(after))
    else:
        told = _is_told_of(page, mention, before) and not (
            carried and _STRICT.search(before) and FROM.search(before)
        )
    return told and not _AWAY.search(before)


def is_force(page: Page, mention: PlaceMention) -> bool:
    """Say whether a name is that of a police force: "West Yorkshire Police", "Police Scotland"."""
    before = page.cleaned[max(0, mention.start - 8) : mention.start]
    return bool(_FORCE.match(page.cleaned, mention.end) or _FORCE_OF.search(before))


def _is_adjective(page: Page, mention: PlaceMention) -> bool:
    """Say whether a shortened country says whose something is: "outside the U.S. Embassy"."""
    if mention.place.scope != "country" or mention.form != "name":
        return False
    short = _SHORT.fullmatch(page.cleaned, mention.start, mention.end)
    return bool(short and _OWNED.match(page.cleaned, mention.end))


def _is_told_of(page: Page, mention: PlaceMention, before: str) -> bool:
    """Say whether what stands before a name says where something was."""
    if any(each.search(before) for each in (_LISTED_FOR, _KIND_OF, _STRICT, _APPOSED, _MARCHED)):
        return True
    if _ON.search(before) and (
        _STREET.search(page.cleaned[mention.start : mention.end])
        or _WATERSIDE.match(page.cleaned, mention.end)
    ):
        return True
    return bool(JOINT.search(before) and _STRICT.search(_before_joint(page, mention)))


def is_agents(page: Page, mention: PlaceMention) -> bool:
    """Say whether a country is only told as whose the police are: "police in Kyrgyzstan"."""
    if mention.place.scope != "country" or mention.form != "name":
        return False
    return bool(_AGENTS.search(page.cleaned, max(0, mention.start - 40), mention.start))


def _opens(page: Page, mention: PlaceMention) -> bool:
    """Say whether a mention opens its line as a dateline or an item of a list does: "Moscow: "."""
    if not _HEAD.match(page.cleaned, mention.end):
        return False
    return not page.cleaned[page.cleaned.rfind("\n", 0, mention.start) + 1 : mention.start].strip(
        " \t*_-•"
    )


def _before_joint(page: Page, mention: PlaceMention) -> str:
    """Return what stands before the first of several places in a row."""
    earlier = [
        m for m in page.places_in(mention.start - 120, mention.start) if m.end <= mention.start
    ]
    start = mention.start
    for each in reversed(earlier):
        if not JOINT.fullmatch(page.cleaned[each.end : start]):
            break
        start = each.start
    return page.cleaned[max(0, start - 60) : start]
