"""Tell numbers of people from years, ages, money, times, and counts of other things."""

from __future__ import annotations

from functools import cache

from consumers.extractor.dictionary import load, words
from consumers.extractor.number_ages import is_age
from consumers.extractor.number_reading import DASHES, MOST, Count, Token, read_number

# what may follow "one arrest": "one arrest warrant" is none
_AFTER_ARREST = frozenset(
    {".", ",", ";", ")", "was", "being", "has", "made", "and", "at", "in", "during", "on", "for"}
)
_HALF_HOUR = 30
_NOON = 12
_DAY = 25  # hours
_STARTING = frozenset(
    {"began", "begins", "begin", "start", "starts", "started", "ends", "ended", "opened", "opens"}
)
_NEAR = 10  # tokens before "at 12 in Tver and at 2 in Omsk"
_DIGIT = range(10)
_YEARS = range(1900, 2100)
_OUR_YEARS = range(1960, 2040)
_ROUND = 10


_MONEY_SIGNS = frozenset("$€£₽¥₹₴")

_HAVING = frozenset({"has", "have", "had", "having", "with"})
_CHILDREN = frozenset({"children", "kids", "sons", "daughters", "grandchildren", "siblings"})
_ABBREVIATION = range(1, 4)  # letters
_ZIP = 5  # digits of a postal code
_PERCENT_SIGNS = frozenset("%‰°")


def is_other(row: list[Token], at: int, following: int, count: Count) -> bool:
    """Say whether a number counts something else than people, by the words beside it."""
    before = row[at - 1] if at else None
    after = row[following] if following < len(row) else None
    figure = count.figure
    if figure == 0 or figure >= MOST or _is_time(row, at, following, figure):
        return True
    people = people_follow(row, following)
    if before and (
        (after and after.lower in _CHILDREN and before.lower in _HAVING)  # "who has two children"
        or is_age(row, at, following, count, people=people)
        or _spoils_before(row, at, before, count)
        or _is_named_number(row, at, people=people)
    ):
        return True
    if after and (_spoils_after(row, following, after, count) or _is_difference(row, following)):
        return True
    digits = row[at].text.isdigit()
    if (
        digits
        and figure in _DIGIT
        and before
        and after
        and before.text[0].isupper()
        and after.text[0].isupper()
    ):
        return at > 1  # part of a name: "Fathers 4 Justice"
    if digits and _is_of_years(count):
        return _is_dated(row, at, figure) or not people
    alone = after is None or after.lower == "of"  # "one of the organisers"
    return figure == 1 and (alone or not people) and not _is_one_arrest(row, at, following)


def _is_one_arrest(row: list[Token], at: int, following: int) -> bool:
    """Say whether one was detained: "one arrest was made", "with one arrested", "one arrest"."""
    told = row[at - 1].lower if at else ""
    ahead = [token.lower for token in row[following : following + 2]]
    if ahead[:1] in (["arrest"], ["detention"]) and told != "than":
        return len(ahead) == 1 or ahead[1] in _AFTER_ARREST
    return told == "with" and ahead[:1] in (["arrested"], ["detained"])


def _is_of_years(count: Count) -> bool:
    """Say whether a number can be a year, or a range a stretch of years: "2014 to 2017"."""
    if count.bound not in {"exact", "range"}:
        return False
    return count.low in _YEARS and count.high in _YEARS


def _is_dated(row: list[Token], at: int, figure: int) -> bool:
    """Say whether the word before a year tells it to be one: "in 2019 protesters were held"."""
    before = row[at - 1].lower if at else ""
    if before == "the":  # "the 2019 protesters"; a round number may well be one of people
        return figure in _OUR_YEARS and figure % _ROUND != 0
    if before == "," and at > 2 and row[at - 2].text.isdigit():  # noqa: PLR2004
        return row[at - 3].lower in words("counts", "around", "months")  # "April 13, 2010 two men"
    return before in {"in", "since", "until", "till", "during", "from"}


def _is_time(row: list[Token], at: int, following: int, figure: int) -> bool:
    """Say whether a number tells the time: both in "twenty-five to eleven"."""
    if figure <= _HALF_HOUR and following + 1 < len(row) and row[following].lower in {"to", "past"}:
        hour = read_number(row, following + 1)
        return hour is not None and hour[0].figure <= _NOON and hour[0].figure < figure
    if figure < _DAY and row[at - 1].lower == "at" and at and row[at].text.isdigit():
        return any(token.lower in _STARTING for token in row[max(0, at - _NEAR) : at])
    if figure > _NOON or at <= 1 or row[at - 1].lower not in {"to", "past"}:
        return False
    return row[at - 2].lower in {"five", "ten", "quarter", "twenty", "half"}


def _is_difference(row: list[Token], following: int) -> bool:
    """Say whether a number tells a difference or a rate: "30 more than before", "5 per 1,000"."""
    ahead = [token.lower for token in row[following : following + 5]]
    owned = any(word.endswith(("'", "'s", "\u2019", "\u2019s")) for word in ahead)
    if ahead[:1] == ["to"] and owned and any(map(str.isdigit, ahead)):
        return True  # "84 to Huber's 67"
    ahead = ahead[:2]
    return ahead[:1] in (["fewer"], ["less"]) or ahead == ["more", "than"] or ahead[1:] == ["per"]


def _is_named_number(row: list[Token], at: int, *, people: bool) -> bool:
    """Say whether the words before a number leave nobody to count.

    "The Graz Seven", "a ratio of 25 votes to 12", "one in 25", "rose by 30", "if not thousands".
    """
    before = [token.lower for token in row[max(0, at - 3) : at]]
    if before[-2:] == ["if", "not"] or before[-2:] == ["class", "of"] or before[-1:] == ["per"]:
        return True
    if before[-1:] == ["in"] and before[-2:-1] in (["one"], ["two"], ["1"], ["2"]):
        return True
    if before[-1:] == ["by"] and (before[-2:-1] in (["up"], ["down"]) or _has_risen(before)):
        return True
    if before[-1:] == ["to"] and before[-2:-1] in (["votes"], ["goals"], ["points"]):
        return True
    group = at > 1 and row[at - 1].text[0].isupper() and before[-2:-1] == ["the"]
    return group and row[at].text[:1].isupper() and not people


def _has_risen(before: list[str]) -> bool:
    """Say whether a word tells that a number changed: "rose by", "grew by"."""
    changed = {"rose", "risen", "rise", "grew", "grown", "grow", "fell", "fallen", "dropped"}
    return not changed.union({"increased", "jumped", "climbed", "declined"}).isdisjoint(before)


def _spoils_before(row: list[Token], at: int, before: Token, count: Count) -> bool:
    glued = before.end == row[at].start
    if before.text in _MONEY_SIGNS or (
        glued and (before.text in DASHES | set("#/.,:'\u2019_") or before.text.isalpha())
    ):
        return True
    lower = before.lower
    if lower == "at" and _is_address(row, at):
        return True
    if len(row[at].text) == _ZIP and before.text in words("counts", "around", "states"):
        return True
    if lower == "." and at > 1:  # "on Jan. 23"
        lower = row[at - 2].lower
    if (
        lower in words("counts", "around", "months")
        and row[at].text.isdigit()
        and (not before.text[0].islower() or lower != "may")
    ):
        # "on March 6, 30 people": the month's own number stands next to it, this one does not.
        return True
    return _is_labelled(row, at, before, count)


def _is_labelled(row: list[Token], at: int, before: Token, count: Count) -> bool:
    """Say whether the word before a number makes it a name: "Article 20", "Local 5 members"."""
    lower = before.lower
    if not row[at].text.isdigit():
        return lower in words("counts", "around", "episodes") and count.bound == "exact"
    if lower in words("counts", "around", "labels"):
        return count.bound == "exact" or lower in {"aged", "ages"}
    if not before.text[0].isupper() or count.bound != "exact":
        return _is_of_labels(row, at)
    if len(before.text) in _ABBREVIATION and before.text.isupper():
        return not people_follow(row, at + 1)  # "NH 57", "BA 117"
    if lower in words("counts", "around", "names"):
        return True
    ahead = row[at - 2] if at > 1 else None  # "in Kirov District 12 were held": no name
    lone = ahead is None or not (ahead.text[0].isupper() or ahead.lower in {"the", "this"})
    return lone and lower in words("counts", "around", "lone_names")


def _is_of_labels(row: list[Token], at: int) -> bool:
    """Say whether a number is one of several of a label: "Articles 19, 20 and 21"."""
    first = at
    while first > 1 and row[first - 1].lower in {"and", ",", "&"} and row[first - 2].text.isdigit():
        first -= 2
    return first < at and row[first - 1].lower in words("counts", "around", "many")


def _is_address(row: list[Token], at: int) -> bool:
    """Say whether a number is that of a house: "at 40 Harbour Street", "at 10 Downing Street"."""
    ahead = row[at + 1 : at + 2]
    named = bool(ahead) and ahead[0].text[0].isupper()
    return named and row[at].text.isdigit() and not people_follow(row, at + 1)


def _spoils_after(row: list[Token], following: int, after: Token, count: Count) -> bool:
    lower = after.lower
    glued = after.start == count.end
    if after.text in _PERCENT_SIGNS or (glued and after.text in _MONEY_SIGNS):
        return True
    if glued and (after.text[0].isalpha() or after.text[0] in "_/\\@="):
        return True  # "6th", "30s", "9am", "3f9c0", "12_photo"
    if glued and lower == "." and _is_glued(row, following + 1):
        return True  # "1204.jpg", "3.example.org"
    if (
        after.text in DASHES
        and following + 1 < len(row)
        and (glued or _is_year(row, following + 1))
    ):
        return _is_hyphened(row, following + 1)
    if (
        lower in words("counts", "around", "months")
        and count.bound == "exact"
        and (after.text[0].isupper() or lower not in {"may", "march"})
    ):
        return True
    return not _are_cases_of_detention(row, following) and any(
        is_unit(token.lower) for token in noun_phrase(row, following)
    )


def _is_year(row: list[Token], at: int) -> bool:
    return row[at].lower in {"year", "years"}


def _is_hyphened(row: list[Token], at: int) -> bool:
    """Say whether a hyphen ties a number to a word: "30-minute", "a 61- year old baker"."""
    tied = row[at].start == row[at - 1].end and row[at].lower not in {"plus", "strong", "odd"}
    return tied or _is_year(row, at)


def _are_cases_of_detention(row: list[Token], following: int) -> bool:
    """Say whether each case counted is someone detained: "126 cases of arbitrary detention"."""
    ahead = [token.lower for token in row[following : following + 5]]
    if ahead[:2] not in (["cases", "of"], ["instances", "of"]):
        return False
    return any(word.startswith(("detention", "arrest")) for word in ahead[2:])


def _is_glued(row: list[Token], at: int) -> bool:
    """Say whether a word in small letters stands right behind the sign before it."""
    return at < len(row) and row[at].start == row[at - 1].end and row[at].text[0].islower()


def noun_phrase(row: list[Token], following: int) -> list[Token]:
    """Return the words between a number and the end of its noun, as far as can be guessed.

    Only the first word decides unless it is one that leads on ("53 different cities").
    """
    phrase = []
    for token in row[following : following + 3]:
        phrase.append(token)
        if token.lower not in {
            "different",
            "other",
            "separate",
            "more",
            "russian",
            "major",
            "of",
            "square",
            "such",
            "college",
            "university",
        }:
            break
    return phrase


@cache
def _units() -> frozenset[str]:
    return frozenset(unit for units in load("counts")["units"].values() for unit in units)


def is_unit(word: str) -> bool:
    """Say whether a noun counts something else than people who can be detained."""
    return word in _units()


@cache
def _people() -> frozenset[str]:
    return words("cues", "people", "nouns")


def people_follow(row: list[Token], following: int) -> bool:
    """Say whether a word for people stands among the next few."""
    for token in row[following : following + 4]:
        if token.lower in _people():
            return True
        if not token.text.isalpha() and token.text not in DASHES:
            return False
    return False
