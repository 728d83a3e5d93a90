"""The day of a claim: its own sentence's, else the one spoken of, never that of the telling."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from consumers.extractor.days import find_days
from consumers.extractor.passage import Page, Spot
from consumers.extractor.sentences import split
from consumers.extractor.when import choose_day

TODAY = date(2026, 11, 22)
# Wednesday 12 June 2019
PUBLISHED = datetime(2019, 6, 12, 9, tzinfo=UTC)
SUNDAY, MONDAY, TUESDAY = date(2019, 6, 9), date(2019, 6, 10), date(2019, 6, 11)
_VERB = re.compile(r"detained|arrested|rounded up|seized|taken|held|detentions|arrests")


def chosen(
    text: str, *, published: datetime | None = PUBLISHED, tally: bool = False
) -> tuple[date | None, tuple[date, date] | None]:
    """Return the day and the period of the claim whose figure stands between angle brackets."""
    start = text.index("<")
    end = text.index(">") - 1
    text = text.replace("<", "").replace(">", "")
    cleaned = text.replace("#", " ")
    sentences = split(cleaned, raw=text)
    number = next(n for n, each in enumerate(sentences) if each.start <= start < each.end)
    sentence = sentences[number]
    verb = _VERB.search(text, end) or _VERB.search(text, sentence.start)
    spot = Spot(
        number, start, end, verb.start() if verb else start, verb.end() if verb else end,
        sentence.start, sentence.end, many_cities=False, tally=tally,
    )  # fmt: skip
    page = Page(
        text, cleaned, sentences,
        places=list,
        days=lambda: find_days(text, published=published, today=TODAY),
        dateline=lambda: None,
        published=published.date() if published else None,
    )  # fmt: skip
    found = choose_day(page, spot, place=None)
    return (found[0], found[1]) if found else (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, June 12 (Agency) - Officers arrested <58> people on Tuesday.",
        "Officers arrested <58> people late on Tuesday outside the mint.",
        "officers arrested <58> weavers on tuesday near the old mill.",
        "Officers arrested <58> people overnight.",
        "Some <58> pickets were arrested on Tuesday, a union that met on Sunday says.",
        "Tuesday, 11 June: <58> detained in nine towns.",
    ],
)
def test_a_day_in_the_sentence_comes_first(text: str) -> None:
    assert chosen(text) == (TUESDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The monitors on Tuesday raised their count of Sunday's detentions to <212>.",
        "The total for Sunday, 9 June, had grown by Tuesday noon to <212> detentions.",
        "Marchers filled the quay on Sunday. Police told reporters on Tuesday they detained <212>.",
        "Riots broke out on Sunday. The union said on Monday that <212> people were detained.",
        "A rally on Sunday ended in blows. By Monday night the number of detained was <212>.",
        "Men fought on Sunday.\n\nIt went through its lists on Tuesday.\n\nIt has <212> held.",
    ],
)
def test_the_day_of_the_telling_gives_way_to_the_event(text: str) -> None:
    assert chosen(text, tally="count of" in text or "total for" in text) == (SUNDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said on Monday that <31> people were detained.",
        "More than <31> arrests were reported on Monday.",
        "The minister flew home on Sunday. The union said on Monday <31> were detained.",
        "By Monday evening police had detained <31> people.",
    ],
)
def test_the_day_of_the_telling_stands_where_no_event_was_spoken_of(text: str) -> None:
    assert chosen(text) == (MONDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Crowds gathered on Sunday. That day <44> people were arrested.",
        "Crowds gathered on Sunday. On the same day <44> people were arrested.",
        "A march was held on 9 June. On that Sunday <44> people were arrested.",
        "Crowds gathered on Monday. The previous day <44> people were arrested.",
        "The union said on Monday that <44> people were arrested the day before.",
        "Crowds gathered on 2 June. A week later <44> people were arrested.",
        "Clashes went on all Sunday.\n\nStones flew.\n\nIn the port <44> people were arrested.",
    ],
)
def test_a_day_spoken_of_before_is_meant_again(text: str) -> None:
    assert chosen(text) == (SUNDAY, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Since Sunday <90> people have been detained.", 9, 12),
        ("From Sunday up to and including Tuesday <90> people were detained.", 9, 11),
        ("From 3 to 9 June there were <90> detentions.", 3, 9),
        ("Counting from 3 June, the total was <90> detentions.", 3, 12),
        ("Over the two days before Tuesday police detained <90> people.", 9, 10),
        ("A strike ran from 3 to 7 June. Over those five days <90> people were detained.", 3, 7),
        ("A strike ran from 4 to 7 June. In all four days together <90> were detained.", 4, 7),
        ("On Sunday, on Monday, on Tuesday men sat. All three days: <90> were held.", 9, 11),
        ("Doctors say <90> were detained from Sunday till the end of Tuesday.", 9, 11),
    ],
)
def test_a_total_over_several_days_has_a_period(text: str, first: int, last: int) -> None:
    assert chosen(text) == (None, (date(2019, 6, first), date(2019, 6, last)))


@pytest.mark.parametrize(
    "text",
    [
        "The crowd was the largest for years, when <70> people were detained on a single Sunday.",
        "On Sundays <70> people were arrested as a rule.",
        "She was among <70> people detained in March 2017 in the port.",
        "Not since January last year, when <70> people were arrested, had so many come.",
        "It was the heaviest toll since 2011, when <70> people were arrested in one March.",
        "Those three days cost the city dear: in all of those three days <70> people were held.",
    ],
)
def test_a_day_nobody_can_know_is_none(text: str) -> None:
    assert chosen(text) == (None, None)


def test_without_publication_and_date_there_is_no_day() -> None:
    assert chosen("On Sunday <11> people were detained.", published=None) == (None, None)


def test_days_that_compete_give_no_day() -> None:
    text = (
        "Dockers marched on Sunday. Bakers marched on Tuesday.\n\nNobody spoke.\n\nIt rained.\n\n"
        "The mayor kept quiet.\n\nIn the port <15> people were detained."
    )
    assert chosen(text) == (None, None)


def test_an_entry_of_a_live_page_has_the_day_of_the_page() -> None:
    assert chosen("Live from the quay\n\n23:38 - In the port <19> were detained.") == (
        PUBLISHED.date(),
        None,
    )


def test_the_day_beside_the_verb_beats_the_day_of_a_clause() -> None:
    text = "About <40> weavers who had sat there since Sunday were arrested on Tuesday morning."
    assert chosen(text) == (TUESDAY, None)


def test_a_single_day_told_of_throughout_holds_for_the_rest() -> None:
    text = (
        "The ministry said on Sunday that many were held.\n\nNo one was hurt.\n\nIt rained.\n\n"
        "Shops closed.\n\nIn the port <15> people were detained."
    )
    assert chosen(text) == (SUNDAY, None)


def test_until_a_day_closes_the_period_told_of() -> None:
    text = "Over 600 have been held since Sunday. In Ica <88> had been rounded up by Tuesday."
    assert chosen(text) == (None, (SUNDAY, TUESDAY))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (("Bakers marched on Tuesday.\n\nIt rained.\n\nNobody spoke.\n\nIt was cold.\n\n"
         "<44> people were held, a union said."), TUESDAY),
        ("<44> people held in the port\n\nThe march was broken up on Monday, police said.", MONDAY),
        ("KIEL, June 11 \u2014 <44> people were held at a march on Monday.", MONDAY),
        (("Bakers march in Kiel\n\nTue 11 Jun, 14:20 | 2 min read\n\n<44> people were held on "
         "Monday."), MONDAY),
        ("<44> people were held on Tuesday after a baker was shot dead on Sunday.", TUESDAY),
        (("Bakers marched on Tuesday.\n\n<44> people were held in a street that has been shut "
         "since a baker was shot on Sunday."), TUESDAY),
        ("<44> people were held at Monday's march over the June 1 killing of a baker.", MONDAY),
        ("<44> people were held hours before the June 10 march.", MONDAY),
        ("<44> people were held on the eve of Tuesday's march.", MONDAY),
        ("The bakers, who had set out to march on Monday, saw <44> people detained.", MONDAY),
    ],
)  # fmt: skip
def test_the_day_of_the_story_is_told(text: str, day: date) -> None:
    assert chosen(text) == (day, None)


@pytest.mark.parametrize(
    "text",
    [
        "Bakers marched on Tuesday.\n\nIn earlier protests <44> people were held.",
        (
            "Bakers marched on Tuesday.\n\nIt rained.\n\nIt was cold.\n\nThe sun went down.\n\n"
            "In total, <44> people were held.\n\nBakers had marched on Sunday too."
        ),
        "<44> people were held after a baker was shot dead on Sunday.",
        "<44> people were held, more than on Sunday.",
        "The bakers struck since the disputed May 19 election, and <44> people were held.",
    ],
)
def test_the_day_of_something_else_is_none(text: str) -> None:
    assert chosen(text) == (None, None)


def test_a_weekday_nobody_can_date_keeps_out_the_day_before_it() -> None:
    text = "The bakery burned on 3 May 2015.\n\nOn Saturday <44> people were held there."
    assert chosen(text, published=None) == (None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("<44> people have been held since the marches began on Saturday.", 8, 12),
        ("<44> people have been held since the marches erupted last Saturday.", 8, 12),
        ("<44> people have been held since the strike started five days ago.", 7, 12),
        ("<44> people have been held over the past five days.", 7, 12),
        ("Bakers marched on Tuesday.\n\n<44> people were held in two days of unrest.", 10, 11),
    ],
)
def test_a_total_has_the_right_ends(text: str, first: int, last: int) -> None:
    assert chosen(text) == (None, (date(2019, 6, first), date(2019, 6, last)))


def test_a_chronicle_dates_its_entries_by_their_headings() -> None:
    text = (
        "A week of marches\n\nJune 9\n\nBakers marched.\n\nIt rained.\n\nIt was cold.\n\n"
        "<44> people were held.\n\nJune 11\n\nNobody came."
    )
    assert chosen(text) == (SUNDAY, None)


def test_on_the_day_is_the_one_spoken_of_or_none() -> None:
    assert chosen("Bakers marched on Sunday. On the day alone <44> people were held.") == (
        SUNDAY,
        None,
    )
    text = "On the day alone <44> people were held.\n\nThe union met on Monday, the mayor said."
    assert chosen(text) == (None, None)


def test_the_event_told_last_sets_the_day_of_what_follows() -> None:
    text = (
        "Dockers marched on Saturday.\n\nBakers marched on Monday.\n\nNobody spoke.\n\nIt rained."
        "\n\nThe mayor kept quiet.\n\nIn the port <15> people were detained."
    )
    assert chosen(text) == (MONDAY, None)


WEDNESDAY = date(2019, 6, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Officers have arrested <58> bakers outside the mint, the union says.",
        "Marches have been banned since 2 March.\n\nThe union said <58> bakers had been arrested.",
        "The mill closed last month.\n\nIt rained.\n\nThen <58> people were held.",
    ],
)
def test_news_without_a_day_tells_of_the_day_it_is_printed(text: str) -> None:
    assert chosen(text) == (WEDNESDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Police often have <58> bakers arrested outside the mint.",
        "Some <58> bakers had been arrested years ago outside the mint.",
        "Then <58> bakers were arrested.\n\nThe mill had burned on 20 May, they recalled.",
    ],
)
def test_what_may_be_of_another_day_is_not_of_the_day_of_printing(text: str) -> None:
    assert chosen(text) == (None, None)


def test_what_follows_the_opening_is_not_of_the_day_of_printing() -> None:
    text = "The mill closed.\n\nIt rained.\n\nIt hailed.\n\nThen <58> people were held."
    assert chosen(text) == (None, None)


def test_an_undated_article_gives_no_day_of_printing() -> None:
    assert chosen("Officers have arrested <58> bakers.", published=None) == (None, None)


def test_the_day_of_another_verb_is_not_that_of_the_claim() -> None:
    text = "Officers held <58> bakers who asked for the release of a miller jailed on 20 February."
    assert chosen(text) == (None, None)


def test_the_day_of_a_gathering_comes_before_that_of_the_next_one() -> None:
    text = "Tuesday's march came after <58> bakers were arrested during Monday's clashes."
    assert chosen(text) == (MONDAY, None)


def test_of_two_days_in_a_row_told_as_often_the_first_is_that_of_the_story() -> None:
    text = (
        "Bakers marched on Tuesday.\n\nThey asked for flour, for salt and for a longer night, "
        "and the mayor promised them all of it.\n\nThey had  "
        "et on Monday.\n\nIt rained.\n\nIt hailed.\n\n"
        "Then the wind rose.\n\nIn the north <58> people were arrested."
    )
    assert chosen(text) == (TUESDAY, None)


def test_a_heading_that_ends_in_a_date_dates_what_stands_under_it() -> None:
    text = (
        "# Bakers\n\n## Clashes | 2019-05-03\n\nIt rained.\n\n- <58> people arrested\n\n"
        "## The mill | 2019-05-09\n\nIt hailed."
    )
    assert chosen(text, published=None) == (date(2019, 5, 3), None)


def test_the_next_heading_ends_what_a_dated_one_has_said() -> None:
    text = (
        "# Bakers\n\n## 3 May 2019\n\nIt rained.\n\n## 9 May 2019\n\nIt hailed.\n\n"
        "## Elsewhere\n\nThe wind rose.\n\nIt rained on.\n\n- <58> people arrested"
    )
    assert chosen(text, published=None) == (None, None)


def test_a_row_of_a_table_has_its_own_day() -> None:
    text = (
        "What happened to the bakers:\n\n| Day | Event |\n| 3 May 2019 | <58> people arrested |\n"
        "| 9 May 2019 | The mill burned |"
    )
    assert chosen(text, published=None) == (date(2019, 5, 3), None)
