"""Make drafts of claims of links: with place, day, authority and names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from consumers.extractor import lists, name_lists, persons, shown_names, singles, traps
from consumers.extractor.authorities import find_authority, home_of
from consumers.extractor.context import are_fighters, is_dissent, is_headline
from consumers.extractor.counts import find_cities
from consumers.extractor.cues import Cue
from consumers.extractor.link import Link
from consumers.extractor.number_reading import Count
from consumers.extractor.passage import Spot
from consumers.extractor.rest import without_ceiling
from consumers.extractor.scene import country_of
from consumers.extractor.settle import Draft
from consumers.extractor.when import choose_day
from consumers.extractor.where import choose_place
from vigil.claim import Authority, Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

    from consumers.extractor.grammar import Parsed
    from consumers.extractor.passage import Page, Passage
    from consumers.extractor.rows import Row
    from vigil.claim import PlaceBasis
    from vigil.place import Place

_BEFORE: Final = 4_000  # characters before a claim in which "the group" was named
_ABOVE: Final = 600  # characters above a list that may say who counted


@dataclass(frozen=True, slots=True)
class Told:
    """Detentions told some sentences before, from which a sentence may go on.

    Attributes:
        back: How many sentences before.
        authority: Who counted them.
    """

    back: int
    authority: Authority


def drafts_of(
    page: Page,
    passage: Passage,
    parsed: Parsed,
    *,
    tag_names: Callable[[Doc], Doc],
    told: Told | None = None,
) -> list[Draft]:
    """Return the drafts of one sentence.

    Args:
        page: The article.
        passage: The sentence.
        parsed: The same, parsed, with its counts, cues and links.
        tag_names: Tags the names of a parsed sentence.
        told: The detentions told before that it may go on from, if any.
    """
    found = parsed.doc._
    counts, cues = found.counts, found.cues
    links = lists.expand(parsed, found.links, counts, cues, told=told.back if told else None)
    kept = [each for each in links if _holds(page, passage, parsed, each)]
    kept = _one_kind_each(kept)
    last = told.authority if told else None
    drafts = [_counted(page, passage, each, kept, last=last) for each in kept]
    detentions = [
        cue for cue in cues if cue.kind == "detention" and cue.form in {"verb", "phrase", "noun"}
    ]
    if detentions:
        drafts += _named(page, passage, parsed, detentions, tag_names=tag_names)
        drafts += _single(page, passage, parsed, detentions, drafts)
    shown = _shown(page, parsed, drafts, tag_names=tag_names)
    return [replace(each, shown=shown) for each in drafts] if shown else drafts


def _shown(
    page: Page, parsed: Parsed, drafts: Sequence[Draft], *, tag_names: Callable[[Doc], Doc]
) -> tuple[str, ...]:
    """Return the names a sentence about people detained or prosecuted shows."""
    told = any(each.claim.kind in {"detention", "prosecution"} for each in drafts)
    if not told or not shown_names.may_show(parsed.text, shown_names.capitals_of(page)):
        return ()
    _tag(parsed.doc, tag_names)
    places = page.once("names of places", lambda: _surfaces(page))
    others = page.once("full names of persons", lambda: shown_names.people_of(page.cleaned))
    return tuple(shown_names.shown(parsed, places, others))


def row_drafts(page: Page, row: Row) -> list[Draft]:
    """Return the draft of one row of a list by city, dated as the line above the list is."""
    each = Link(
        row.count, Cue("detention", "noun", row.count.start, row.count.start, row.count.end), "row"
    )
    spot = _spot(page, row.passage, each, [each])
    first = page.sentences[row.head].start
    head = find_authority(page.cleaned[first : page.sentences[row.head].end], figure=0)
    last = head if head.name else _source_above(page, first)
    claim = _claim(page, row.passage, each, spot, last=last)
    if row.dated:
        return [Draft(claim)]
    day = choose_day(page, replace(spot, sentence=row.head), place=claim.place)
    if claim.place is None or claim.place_basis != "sentence":
        return []
    told = {"day": day[0], "period": day[1], "day_basis": "context"} if day else {}
    return [Draft(replace(claim, **told))]  # type: ignore[arg-type]  # the fields named above


def _source_above(page: Page, start: int) -> Authority | None:
    """Return the last monitor named in the lines above a list."""
    above = page.cleaned[max(0, start - _ABOVE) : start]
    found = find_authority("the group", figure=0, before=above)
    return found if found.name else None


def _one_kind_each(links: Sequence[Link]) -> list[Link]:
    """Keep one kind for each number: whoever was arrested after marching was arrested."""
    order = ("detention", "prosecution", "petition", "protest")
    best: dict[tuple[int, tuple[int, int] | None], Link] = {}
    for each in links:
        at = each.count.start, each.place if each.rule == "ellipsis" else None
        held = best.get(at)
        if held is None or order.index(each.cue.kind) < order.index(held.cue.kind):
            best[at] = each
    return sorted(best.values(), key=lambda each: (each.count.start, each.place or ()))


def _holds(page: Page, passage: Passage, parsed: Parsed, each: Link) -> bool:
    if traps.trap_of(parsed, each) is not None or are_fighters(page, passage, each.count.end):
        return False
    return each.cue.kind != "detention" or is_dissent(page, passage)


def _counted(
    page: Page, passage: Passage, each: Link, kept: Sequence[Link], *, last: Authority | None
) -> Draft:
    spot = _spot(page, passage, each, kept)
    claim = _claim(page, passage, each, spot, last=last)
    return Draft(
        claim,
        heading=is_headline(page, passage.index),
        again=each.count.definite,
        more=each.count.more,
    )


def _spot(page: Page, passage: Passage, each: Link, kept: Sequence[Link]) -> Spot:
    count = each.count
    same = [other.count for other in kept if other.cue.kind == each.cue.kind]
    left = max((other.end for other in same if other.start < count.start), default=0)
    right = min(
        (other.start for other in same if other.start > count.start), default=len(passage.text)
    )
    right = max(count.end, lists.opening(passage.text, right))
    start, end = passage.to_article(count.start, count.end)
    cue_start, cue_end = passage.to_article(each.cue.start, each.cue.end)
    cities = _cities(passage.text, left, right, count)
    return Spot(
        passage.index, start, end, cue_start, cue_end,
        passage.origin[left], passage.origin[right],
        many_cities=cities is not None and cities > 1, tally=each.rule == "tally",
        own=passage.to_article(*each.place) if each.place else None,
    )  # fmt: skip


def _cities(text: str, left: int, right: int, count: Count) -> int | None:
    found = find_cities(text)
    own = [number for at, number in found if count.end <= at < right]
    if left == 0:  # a number between two claims belongs to the one before it
        own = own or [number for at, number in found if at < count.start]
    return own[0] if own else None


def _claim(
    page: Page, passage: Passage, each: Link, spot: Spot, *, last: Authority | None = None
) -> Claim:
    sentence = page.sentences[passage.index]
    place = choose_place(page, spot) or _home(page)
    day = choose_day(page, spot, place=place[0] if place else None)
    count = each.count
    if not each.rule.startswith(("named", "single")):
        count = without_ceiling(page, spot, count, place[0] if place else None)
    left = max(0, passage.from_article(spot.left))
    right = passage.from_article(spot.right)
    return Claim(
        kind=each.cue.kind,
        low=count.low,
        high=count.high,
        bound=count.bound,
        sentence=page.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        rule=each.rule,
        place=place[0] if place else None,
        place_basis=place[1] if place else None,
        day=day[0] if day else None,
        period=day[1] if day else None,
        day_basis=day[2] if day else None,
        authority=find_authority(
            passage.text,
            figure=count.start,
            following=_following(page, passage.index),
            before=page.cleaned[max(0, sentence.start - _BEFORE) : sentence.start],
            last=last,
            elliptic=each.rule in {"ellipsis", "row"},
        ),
        cities=_cities(passage.text, left, right, count),
        mark_start=spot.start - sentence.start,
        mark_end=spot.end - sentence.start,
    )


def _home(page: Page) -> tuple[Place, PlaceBasis] | None:
    """Return the country the monitor of an article watches, where the article names no place."""
    country = country_of(page.once("home of monitors", lambda: home_of(page.cleaned)))
    return (country, "context") if country else None


def _following(page: Page, index: int) -> str:
    """Return the sentence after one, in which its source may be told."""
    if index + 1 == len(page.sentences):
        return ""
    sentence = page.sentences[index + 1]
    return page.cleaned[sentence.start : sentence.end]


def _named(
    page: Page,
    passage: Passage,
    parsed: Parsed,
    cues: Sequence[Cue],
    *,
    tag_names: Callable[[Doc], Doc],
) -> list[Draft]:
    cues = [cue for cue in cues if persons.may_name(parsed, cue)]
    if not cues or not is_dissent(page, passage):
        return []
    before = page.sentences[passage.index - 1] if passage.index else None
    said = page.cleaned[before.start : before.end] if before else ""
    if shown_names.may_hold_name(parsed.text, shown_names.capitals_of(page)):
        _tag(parsed.doc, tag_names)
    full = page.once("full names", lambda: name_lists.full_names(page.cleaned))
    places = page.once("names of places", lambda: _surfaces(page))
    drafts: list[Draft] = []
    known: set[str] = set()
    for cue in cues:
        names = [
            name
            for name in persons.find_persons(parsed, cue, before=said, full=full, places=places)
            if name not in known
        ]
        if not names or traps.spoils(parsed, cue) is not None:
            continue
        known.update(names)
        drafts.append(_named_draft(page, passage, cue, names))
    return drafts


def _single(
    page: Page, passage: Passage, parsed: Parsed, cues: Sequence[Cue], drafts: Sequence[Draft]
) -> list[Draft]:
    """Return the draft of one person without a name, where a sentence tells of nobody else."""
    if any(each.claim.kind == "detention" for each in drafts) or not is_dissent(page, passage):
        return []
    for cue in cues:
        count = singles.find_single(parsed, cue)
        if count is not None:
            each = Link(count, cue, "single")
            if _holds(page, passage, parsed, each):
                return [_counted(page, passage, each, [each], last=None)]
    return []


def _tag(doc: Doc, tag_names: Callable[[Doc], Doc]) -> None:
    """Tag the names of a sentence, where that was not done together with many others."""
    if not doc.has_annotation("ENT_IOB"):
        tag_names(doc)


def _surfaces(page: Page) -> frozenset[str]:
    return frozenset(page.text[each.start : each.end] for each in page.places)


def _named_draft(page: Page, passage: Passage, cue: Cue, names: Sequence[str]) -> Draft:
    at = passage.text.find(names[0].split()[-1])
    start, end = (at, at + len(names[0].split()[-1])) if at >= 0 else (cue.start, cue.end)
    count = Count(start, max(end, start + 1), start, len(names), len(names), "exact")
    each = Link(count, cue, "named")
    claim = _claim(page, passage, each, _spot(page, passage, each, [each]))
    return Draft(replace(claim, cities=None), tuple(names), is_headline(page, passage.index))
