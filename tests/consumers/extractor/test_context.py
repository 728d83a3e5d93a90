"""Whether a sentence stands in a context of dissent, on texts of our own."""

from __future__ import annotations

import pytest

from consumers.extractor.context import is_dissent
from consumers.extractor.passage import Page, Passage
from consumers.extractor.sentences import split
from tests.consumers.extractor.counted_so import SETTINGS

FILLER = "The baker sells bread, rolls and cakes to all who come by. " * 25


def told_last(text: str) -> bool:
    sentences = split(text, raw=text)
    page = Page(
        text,
        text,
        sentences,
        places=list,
        days=list,
        dateline=lambda: None,
        published=None,
    )
    return is_dissent(page, Passage.of(text, sentences[-1], len(sentences) - 1))


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Protesters marched to the palace. ", True),
        ("Burglars broke into the palace. ", False),
        ("The weather in the palace was fine. ", False),
    ],
)
def test_the_whole_article_decides_where_nothing_near_does(opening: str, expected: bool) -> None:
    assert told_last(f"{opening}{FILLER}In Graz alone, 160 people were arrested.") is expected


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_crowds_do_and_is_done_to_them_tells_of_dissent(setting: str) -> None:
    assert told_last(f"{setting} Some 160 people were arrested.")


@pytest.mark.parametrize(
    "setting",
    ["A bomb had gone off in the mill.", "Two men had died in a shooting.", "Leaflets were found."],
)
def test_crime_and_its_findings_tell_of_none(setting: str) -> None:
    assert not told_last(f"{setting} Some 160 people were arrested.")


def test_police_shooting_is_what_people_protest_against() -> None:
    assert told_last("The protests over a police shooting went on. Some 160 people were arrested.")


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Bakers marched over the shooting of a teenager in Linz. Police arrested 12.", True),
        ("A rally was held in response to the fatal shooting of a clerk. Some 12 were held.", True),
        ("The march began. Some 1,100 people have been held since Huber's murder.", True),
        ("Police arrested three people after the murder of a clerk.", False),
        ("A clerk was shot. Police arrested three people over the shooting of a teenager.", False),
        ("The march went by. Police arrested three people over the murder of a clerk.", False),
        ("Two men were held for Huber's murder. Police arrested three others.", False),
    ],
)
def test_what_people_protest_about_is_no_crime_of_theirs(opening: str, expected: bool) -> None:
    assert told_last(opening) is expected


@pytest.mark.parametrize(
    "setting",
    [
        "It was a crackdown on drugs gangs.",
        "The county lines crackdown went on for a week.",
        "Officers cracked down on the theft of bread.",
    ],
)
def test_a_crackdown_on_ordinary_crime_tells_of_no_dissent(setting: str) -> None:
    assert not told_last(f"{FILLER}{setting.removesuffix('.')}: some 160 people were arrested.")


def test_a_crackdown_on_bakers_does() -> None:
    assert told_last(f"{FILLER}It was a crackdown on bakers: some 160 people were arrested.")


@pytest.mark.parametrize(
    "told",
    [
        "Two men were arrested for stealing 80 sacks of flour.",
        "Four people were arrested after a number of drink-related incidents.",
        "The navy detained a trawler and its seven crew members.",
        "Border guards arrested 30 pilgrims who entered the country illegally.",
        "Four young men were arrested for a hate crime.",
        "Sixty people were arrested in connection with a ponzi scheme.",
    ],
)
def test_what_is_told_of_ordinary_crime_is_no_dissent(told: str) -> None:
    assert not told_last(f"Bakers protested. {told}")


def test_a_crackdown_in_an_article_on_drugs_is_on_drugs() -> None:
    text = "Gangs sell heroin. Cocaine and cannabis were found on the dealers of a gang."
    assert not told_last(f"{text} {FILLER}During the latest crackdown 23 people were held.")
