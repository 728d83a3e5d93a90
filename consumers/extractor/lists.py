"""Read lists of numbers: "80 in Moscow, 77 in St Petersburg and 15 in Novosibirsk"."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.cues import Cue
from consumers.extractor.ellipsis import items
from consumers.extractor.link import Link
from consumers.extractor.places import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.ellipsis import Item
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.number_reading import Count

_BEFORE: Final = re.compile(
    r"(?:[,;(\u2013\u2014-]|\b(?:and|plus|while|including|includes|with|among them|"
    r"of whom|of which|as well as))\s*(?:a |another |some )?$",
    re.IGNORECASE,
)
# "Six of them from Italy" says where people come from.
_PLACE_AFTER: Final = re.compile(
    r"(?!\s*of \w+ from\b)"
    r"\s*(?:of (?:them|those|these|whom|which)\s+)?(?:more\s+|others\s+|people\s+|"
    r"\w+(?:ers|ors|ists|ions|sts|ees)\s+)?(?:(?:were\s+)?(?:detained|arrested|made|"
    r"held)\s+)?"
    r"(?:in|at|for|from|near|outside|across|around)\s+(?:the\s+|other\s+)*(?=[A-Z])",
)
_PLACE_BEFORE: Final = re.compile(
    r"(?:[,;]|\band|\bwhile)\s+in [A-Z][\w\u2019'-]+(?: [A-Z][\w\u2019'-]+){0,2},?\s*$"
)
# "most detentions were in Moscow, with 1,608, followed by St Petersburg (1,022)"
_PAIRED: Final = re.compile(
    r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,3}(?:,? with |\s*\(| [\u2013\u2014-] |: )$"
)
_OTHER_CITIES: Final = re.compile(
    r"[^.;,]{0,20}\b(?:in|across|from) (?:the rest|other|several|smaller|various)\b", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,3}\s*\($")
_THOSE: Final = re.compile(r"\b(?:the|those|protesters|people|number|activists) $")
_WHO: Final = 15  # characters before the word for who was detained
_BACK_TO: Final = re.compile(r" of (?:them|these|those|whom|which)\b")
_NEAR: Final = 60  # characters before a number
_OUT_OF: Final = re.compile(r"\bout of (?:the |a |some |about )*$")
_OF_THEM: Final = re.compile(r" of (?:them|these|those)\b")
# "25 in the Senate gallery": who sits there, and no place
_BODY: Final = re.compile(
    r"\b(?:Senate|House|Parliament|Congress|Court|Assembly|Police|University|Capitol|Duma|"
    r"Council|Cabinet|Ministry|Chamber|Commons|Lords|Bundestag|Knesset|Supreme|College|Embassy)$"
    r"|^House of\b|\bCourt of\b"
)
_FIGURE_REACH: Final = 3  # sentences on which "the figure" is still that of the detentions
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})


def expand(
    parsed: Parsed,
    links: Sequence[Link],
    counts: Sequence[Count],
    cues: Sequence[Cue] = (),
    *,
    told: int | None = None,
) -> list[Link]:
    """Return the links with those that a list adds, each number of a kind once.

    Args:
        parsed: The sentence.
        links: Its links so far.
        counts: Its numbers.
        cues: Its cues.
        told: How many sentences back detentions were told that it may go on from, if any.
    """
    found = list(links)
    for kind in ("detention", "prosecution"):
        linked = [each for each in found if each.cue.kind == kind]
        if not linked:
            continue
        known = {each.count.start: each for each in linked}
        for ordered, step in ((counts, 1), (counts[::-1], -1)):
            _walk(parsed, ordered, step, known)
        found.extend(each for start, each in known.items() if each not in linked)
    if not any(each.cue.kind == "detention" for each in found):
        found.extend(_paired(parsed, counts, cues))
    found = _beside(parsed, counts, found, cues, told=told)
    return sorted(found, key=lambda each: each.count.start)


def _beside(
    parsed: Parsed,
    counts: Sequence[Count],
    links: Sequence[Link],
    cues: Sequence[Cue],
    *,
    told: int | None,
) -> list[Link]:
    """Return the links with those of numbers whose noun is left out, and with places of lists."""
    own = {}
    added: list[Link] = []
    linked = {each.count.start for each in links}
    for item in items(parsed.text, counts):
        start = item.count.start
        if item.place and _is_body(parsed.text[slice(*item.place)]):
            item = replace(item, place=None)  # noqa: PLW2901  # "25 in the Senate gallery"
        if start in linked:
            own[start] = item.place
        elif _goes_on_from(parsed, item, links, told=told) or _names_them(
            parsed, item, links, cues
        ):
            cue = Cue("detention", "noun", start, start, item.count.end)
            added.append(Link(item.count, cue, "ellipsis", item.place))
    return [
        *(
            replace(each, place=own.get(each.count.start))
            if each.rule in {"list", "paired"}
            else each
            for each in links
        ),
        *added,
    ]


def _is_body(name: str) -> bool:
    """Say whether a name is that of a body, and of no place the gazetteer knows."""
    return bool(_BODY.search(name)) and not load_gazetteer().find(f"in {name}")


def _goes_on_from(parsed: Parsed, item: Item, links: Sequence[Link], *, told: int | None) -> bool:
    """Say whether what was counted last, in the sentence or before it, was detentions."""
    earlier = [
        each
        for each in links
        if each.count.start < item.count.start
        and not _OUT_OF.search(
            parsed.text, max(0, each.count.start - _NEAR), each.count.start
        )  # "out of 500 who marched"
    ]
    if earlier:
        start = earlier[-1].count.start
        return any(e.cue.kind == "detention" for e in earlier if e.count.start == start)
    later = [each for each in links if each.cue.kind == "detention"]
    if links and not later:
        return False
    if told is not None:
        return told <= (1 if _back(parsed, item) else _FIGURE_REACH if item.place is None else told)
    return bool(later) and item.place is not None


def _names_them(parsed: Parsed, item: Item, links: Sequence[Link], cues: Sequence[Cue]) -> bool:
    """Say whether a figure follows on the detained: "lawyers of those held had a list of 71"."""
    if links or item.place is not None:
        return False
    return any(
        cue.kind == "detention"
        and cue.start < item.count.start
        and _THOSE.search(parsed.text, max(0, cue.start - _WHO), cue.start)
        for cue in cues
    )


def _back(parsed: Parsed, item: Item) -> bool:
    """Say whether a number looks back at the sentence right before: "12 of them in Tver"."""
    return _OF_THEM.match(parsed.text, item.count.end) is not None


def opening(text: str, start: int) -> int:
    """Return where the member of a list begins whose number starts here: at its own place."""
    match = _PLACE_BEFORE.search(text[max(0, start - 60) : start])
    return max(0, start - 60) + match.start() if match else start


def _paired(parsed: Parsed, counts: Sequence[Count], cues: Sequence[Cue]) -> list[Link]:
    """Return the numbers that stand beside their places in a sentence about detentions."""
    text = parsed.text
    nouns = [
        cue for cue in cues
        if cue.kind == "detention"
        and cue.form in {"noun", "verb"}
        and grammar.is_noun(parsed.token_at(cue.start))
    ]  # fmt: skip
    if not nouns:
        return _bracketed(text, counts, cues)
    return [
        Link(count, nouns[0], "paired")
        for count in counts
        if _PAIRED.search(text, max(0, count.start - 2 * _NEAR), count.start)
    ]


def _bracketed(text: str, counts: Sequence[Count], cues: Sequence[Cue]) -> list[Link]:
    """Return the numbers in brackets behind their places: "were held in Kazan (12), Omsk (7)"."""
    verbs = [cue for cue in cues if cue.kind == "detention" and cue.form in {"verb", "phrase"}]
    found = [
        count
        for count in counts
        if text.startswith(")", count.end)
        and verbs
        and verbs[0].end <= count.start
        and _BRACKET.search(text, max(0, count.start - _NEAR), count.start)
    ]
    return [Link(count, verbs[0], "paired") for count in found] if len(found) > 1 else []


def _walk(parsed: Parsed, counts: Sequence[Count], step: int, known: dict[int, Link]) -> None:
    """Go from each linked number to its neighbours, as long as the list goes on."""
    for near, far in itertools.pairwise(counts):
        link = known.get(near.start)
        if link is None or far.start in known:
            continue
        first, second = (near, far) if step > 0 else (far, near)
        if step < 0 and _BACK_TO.match(parsed.text, near.end):  # "against 12, eight of them"
            continue
        if _is_member(parsed, far, [near]) and _goes_on(parsed, first, second, link, step):
            known[far.start] = Link(far, link.cue, "list")


# "14 on Friday and 150 on Saturday"
_DAY_AFTER: Final = re.compile(
    r"(?: more| others| people)? (?:(?:late |early )?(?:on|last) )?"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
# "12 were arrested for affray and three for assault"
_OFFENCE: Final = re.compile(
    r"(?: more| others| people)? (?:for|on suspicion of|on charges of|over|under) (?![A-Z])"
    r"(?!(?:questioning|hours|days|the|a|an|up|more|\w+ (?:days|hours|months|years))\b)"
)
_FOR: Final = re.compile(r" (?:for|on suspicion of|on charges of|over|under) ")


# "That includes 25 held on the bridge, nine inside a bank and 14 around another"
_INCLUDES: Final = re.compile(
    r"(?:That|This|These|Those|They|It|The (?:total|figure|number|count|tally|arrests))"
    r"(?: \w+)? includ(?:es?|ed) "
)
_SPOT_AFTER: Final = re.compile(
    r"(?: more| others| people)? (?:in and around|inside|outside|in|at|on|near|around) "
    r"(?:the|an?|another)\b"
)
# "520 in Moscow, where officers charged a crowd, and 344 in Perm"
_WHERE: Final = re.compile(r", (?:where|which|who) [^,;:.]{3,90}, and ")


def _is_member(parsed: Parsed, count: Count, before: Sequence[Count] = ()) -> bool:
    """Say whether a number stands as members of a list do: with a place of its own."""
    text = parsed.text
    tail = text[count.end : count.end + 60]
    if any(each.match(tail) for each in (_PLACE_AFTER, _OTHER_CITIES, _DAY_AFTER)):
        return True
    if _OFFENCE.match(tail):  # "25 were arrested, 12 for affray": 12 of them
        return any(_FOR.search(text, each.end, count.start) for each in before)
    if _PLACE_BEFORE.search(text[max(0, count.start - 60) : count.start]):
        return True
    if _INCLUDES.match(text) and _SPOT_AFTER.match(tail):
        return True
    if _BRACKET.search(text[max(0, count.start - 60) : count.start]) and tail.startswith(")"):
        return True
    return count.more and count.after in {
        "who",
        "in",
        "at",
        "people",
        "on",
        "were",
        "from",
        "near",
        "outside",
    }


def _goes_on(parsed: Parsed, first: Count, second: Count, link: Link, step: int) -> bool:
    """Say whether only members of one list stand between two numbers."""
    text = parsed.text
    gap = text[first.end : second.start]
    if len(gap) > 160:  # noqa: PLR2004  # the longest stretch a list leaves between members
        return False
    bracketed = gap.endswith("(")
    if not bracketed and not _BEFORE.search(gap) and not _PLACE_BEFORE.search(gap):
        return False
    aside = _WHERE.search(gap)
    for token in parsed.between(first.end, second.start):
        if aside and aside.start() <= token.idx - first.end < aside.end():
            continue
        if (
            token.tag_ in _FINITE
            and token.lower_ not in {"were", "was", "have", "had", "are"}
            and not link.cue.start <= token.idx < link.cue.end
        ):
            return False
    return step > 0 or bool(_PLACE_AFTER.match(text[first.end : first.end + 60]))
