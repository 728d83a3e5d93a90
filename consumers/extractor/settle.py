"""Tell each figure of an article once: headline and body, vague and exact, one person twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vigil.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigil.place import Place

_VAGUE_SPAN: Final = 10  # "hundreds" is told again by any figure from 200 to 2,000

_ROUNDING: Final = 1.5  # "over 1,000" rounds 1,103 and 1,400, and says nothing of 2,000
_ROUND: Final = 10

# The least that the next larger word would mean: whoever says "dozens" knows of no hundred.
_NEXT_WORD: Final = {3: 12, 24: 100, 40: 200, 200: 2_000, 2_000: 20_000}
_TOLD_DAYS: Final = frozenset({"explicit", "relative"})
_IN_PARTS: Final = frozenset({"list", "ellipsis", "row", "paired"})
_MANY: Final = 7  # more people are not named one by one
_FEW: Final = 20  # smaller figures are told of different people now and then
_MOST: Final = 200  # claims one claim is compared with: more are no article
_LOOSE: Final = frozenset({"more_than", "at_least", "about", "exact"})  # one figure, told twice


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: its sentence unmasked, and the names it prints.

    Attributes:
        claim: The claim; ``mark_start`` and ``mark_end`` count in the sentence as printed.
        names: The persons it names, as printed.
        heading: Whether it stands in a headline.
        shown: Names of persons in its sentence, detained or not, that are to be masked.
        again: Whether it looks back at people told of before: "the six were held".
        more: Whether it adds to a number told before: "another 30".
    """

    claim: Claim
    names: tuple[str, ...] = ()
    heading: bool = False
    shown: tuple[str, ...] = ()
    again: bool = False
    more: bool = False

    @property
    def headline(self) -> bool:
        """Whether it stands in a headline, and not in a first sentence with its full stop."""
        return self.heading and not self.claim.sentence.rstrip().endswith((".", ".\u201d", '."'))


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of an article with each figure told once, in the order of the text."""
    people = min((each.claim.start for each in drafts if each.names), default=None)
    counted = _tell_once(
        [each for each in drafts if not each.names and not _means_named(each, people)]
    )
    named = _name_once([each for each in drafts if each.names])
    return sorted([*counted, *named], key=lambda each: (each.claim.start, each.claim.mark_start))


def _means_named(draft: Draft, named: int | None) -> bool:
    """Say whether a few are told of again who were named before: "all three were held"."""
    claim = draft.claim
    return (
        draft.again
        and named is not None
        and named < claim.start
        and claim.kind == "detention"
        and claim.figure < _MANY
    )


def _tell_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the counted drafts without repetitions; each is compared with a few others only."""
    told: dict[tuple[str, int], list[Draft]] = {}
    for draft in sorted(drafts, key=_weight, reverse=True):
        kept = told.setdefault((draft.claim.kind, draft.claim.figure), [])
        twin = next((at for at, other in enumerate(kept[:_MOST]) if _same(draft, other)), None)
        if twin is None:
            kept.append(draft)
        else:
            kept[twin] = _joined(kept[twin], draft)
    return _without_rounded(_without_vague([draft for kept in told.values() for draft in kept]))


def _without_rounded(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without headlines that round what the body counts, whole or by city."""
    body = [each for each in drafts if not each.headline][:_MOST]
    return [
        each
        for each in drafts
        if not each.headline
        or not (any(_rounds(each.claim, other.claim) for other in body) or _sums_up(each, body))
    ]


def _rounds(one: Claim, exact: Claim) -> bool:
    """Say whether a headline's number is a rounding of another: "over 500" of 541."""
    if one.kind != exact.kind or exact.bound == "vague" or not _one_country(one, exact):
        return False
    scopes = {place.scope for place in (one.place, exact.place) if place}
    if one.place and exact.place and scopes == {"city"} and one.place != exact.place:
        return False
    return _is_rounding(one, exact.figure) and one.figure != exact.figure


def _is_rounding(one: Claim, figure: int) -> bool:
    if one.bound in {"more_than", "at_least"}:
        return one.figure <= figure <= one.figure * _ROUNDING
    if one.bound == "about" or (one.bound == "exact" and one.figure % _ROUND == 0):
        return abs(figure - one.figure) * 10 <= one.figure
    return False


def _sums_up(each: Draft, body: Sequence[Draft]) -> bool:
    """Say whether a headline's open number is the sum of the cities of the body."""
    one = each.claim
    if one.bound not in {"vague", "more_than", "at_least"} or one.low is None:
        return False
    parts = {
        other.claim.place: other.claim.figure
        for other in body
        if other.claim.kind == one.kind
        and other.claim.bound != "vague"
        and other.claim.place is not None
        and other.claim.place.scope == "city"
        and _one_country(one, other.claim)
    }
    most = _VAGUE_SPAN if one.bound == "vague" else _ROUNDING
    return len(parts) > 1 and one.low <= sum(parts.values()) <= one.low * most


def _without_vague(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without the vague ones that others tell exactly."""
    exact = [each for each in drafts if each.claim.bound != "vague"]
    beside: dict[int, list[Draft]] = {}
    for each in exact:
        beside.setdefault(each.claim.start, []).append(each)
    return [
        each
        for each in drafts
        if each.claim.bound != "vague"
        or (
            not any(_vaguer(each, other) for other in beside.get(each.claim.start, ()))
            and not _told_exactly(each, exact[:_MOST])
        )
    ]


def _told_exactly(vague: Draft, exact: Sequence[Draft]) -> bool:
    """Say whether other sentences count what one tells vaguely: "scores", and then "61"."""
    if vague.headline:
        return any(_vaguer(vague, other) for other in exact)
    beside = [other for other in exact if _may_be_one(vague.claim, other.claim)]
    if any(other.more for other in beside):  # "30 in one street, another 30 in the next": parts
        return False
    return any(other.claim.rule not in _IN_PARTS for other in beside)


def _may_be_one(one: Claim, exact: Claim) -> bool:
    """Say whether an exact number can be what a vague one means, of one place and day."""
    if one.low is None or not one.low <= exact.figure < _NEXT_WORD.get(one.low, 0):
        return False
    names = {one.authority.name, exact.authority.name} - {None}
    return (
        one.kind == exact.kind
        and len(names) < 2  # noqa: PLR2004  # two sources may differ
        and (one.place is None or exact.place is None or one.place == exact.place)
        and _days_agree(one, exact)
    )


def _weight(draft: Draft) -> tuple[bool, bool, bool, bool, int]:
    claim = draft.claim
    return (
        not draft.headline,
        not draft.again,
        claim.day is not None or claim.period is not None,
        claim.day_basis in _TOLD_DAYS and claim.place_basis == "sentence",
        claim.end - claim.start,
    )


def _same(draft: Draft, kept: Draft) -> bool:
    """Say whether two claims tell one figure: equal numbers, and places and days that agree."""
    one, other = draft.claim, kept.claim
    if one.kind != other.kind or one.figure != other.figure:
        return False
    if one.start == other.start:  # "about 40 were arrested, while another 40 were detained"
        return one.mark_start == other.mark_start and one.place == other.place
    if draft.again:
        return True
    if "-sum" in one.rule or "-sum" in other.rule:
        return _one_country(one, other)
    if one.bound != other.bound and not {one.bound, other.bound} <= _LOOSE:
        return False
    if one.figure > _FEW and one.figure % _ROUND and _places_agree(one, other):
        return True
    return _agree(draft, kept)


def _agree(draft: Draft, kept: Draft) -> bool:
    """Say whether places and days agree; a headline may put both more widely."""
    one, other = draft.claim, kept.claim
    if (draft.heading or kept.heading) and _one_country(one, other):
        return True
    return _places_agree(one, other) and _days_agree(one, other)


def _one_country(one: Claim, other: Claim) -> bool:
    places = (one.place, other.place)
    return None in places or places[0].country == places[1].country  # type: ignore[union-attr]


def _places_agree(one: Claim, other: Claim) -> bool:
    if one.place is None or other.place is None or one.place == other.place:
        return True
    if one.place.country != other.place.country:
        return False
    wide = one if one.place.scope == "country" else other
    # the weaker basis gives way: a figure the article puts in no place, and later in a city
    return wide.place_basis != "sentence" and {one.place.scope, other.place.scope} != {"city"}


def _days_agree(one: Claim, other: Claim) -> bool:
    if (one.day is None and one.period is None) or (other.day is None and other.period is None):
        return True
    if one.period and other.day:
        return one.period[0] <= other.day <= one.period[1]
    if one.day and other.period:
        return _days_agree(other, one)
    return (one.day, one.period) == (other.day, other.period)


def _joined(kept: Draft, other: Draft) -> Draft:
    """Return the kept draft with what only the other one knows, or knows better."""
    claim, more = kept.claim, other.claim
    if _knows_day(other, kept):
        claim = replace(claim, day=more.day, period=more.period, day_basis=more.day_basis)
    if _knows_place(other, kept):
        claim = replace(claim, place=more.place, place_basis=more.place_basis)
    if claim.authority.name is None:
        claim = replace(claim, authority=more.authority)
    if claim.cities is None:
        claim = replace(claim, cities=more.cities)
    return replace(kept, claim=claim)


def _knows_day(other: Draft, kept: Draft) -> bool:
    """Say whether another draft's day is better: told beside the number, and not around it."""
    claim, more = kept.claim, other.claim
    if claim.day is None and claim.period is None:
        return True
    if more.day_basis not in _TOLD_DAYS or claim.day_basis in _TOLD_DAYS:
        return False
    return not other.again or (claim.period is not None and _days_agree(claim, more))


def _knows_place(other: Draft, kept: Draft) -> bool:
    """Say whether another draft's place is better: told beside the number, and narrower."""
    claim, more = kept.claim, other.claim
    if claim.place is None:
        return True
    if more.place is None or more.place_basis != "sentence":
        return False
    if claim.place_basis != "sentence":
        return True
    return not other.again and _is_inside(more.place, claim.place)


def _is_inside(one: Place, other: Place) -> bool:
    scopes = ("city", "region", "country")
    if one.country != other.country or not {one.scope, other.scope} <= {*scopes}:
        return False
    return scopes.index(one.scope) < scopes.index(other.scope)


def _vaguer(draft: Draft, other: Draft) -> bool:
    """Say whether a vague number ("hundreds") is told exactly elsewhere."""
    one, exact = draft.claim, other.claim
    if not draft.headline and one.start != exact.start:
        return False
    if one.kind != exact.kind or one.bound != "vague" or exact.bound == "vague" or one.low is None:
        return False
    least = one.low // 2 if draft.headline else one.low  # headlines make much of it
    if not least <= exact.figure < one.low * _VAGUE_SPAN:
        return False
    return _agree(draft, other)


def _name_once(drafts: Sequence[Draft]) -> list[Draft]:
    told: dict[str, list[Draft]] = {}
    kept: list[Draft] = []
    for draft in sorted(drafts, key=_weight, reverse=True):
        others = [other for name in draft.names for other in told.get(name, ())[:_MOST]]
        if any(_same_person(draft, other) for other in others):
            continue
        kept.append(draft)
        for name in draft.names:
            told.setdefault(name, []).append(draft)
    return kept


def _same_person(one: Draft, other: Draft) -> bool:
    return bool(set(one.names) & set(other.names)) and _days_agree(one.claim, other.claim)
