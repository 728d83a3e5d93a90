"""Days and periods are found and resolved; what cannot be known gives no mention."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from consumers.extractor.days import DayMention, find_days

TODAY = date(2026, 11, 22)
FRIDAY = datetime(2022, 2, 25, 12, tzinfo=UTC)
SUNDAY = datetime(2021, 1, 31, 20, tzinfo=UTC)
MONDAY = datetime(2021, 2, 1, 8, tzinfo=UTC)


def only(text: str, published: datetime | None = FRIDAY) -> DayMention:
    (mention,) = find_days(text, published=published, today=TODAY)
    return mention


def days(text: str, published: datetime | None = FRIDAY) -> list[date | None]:
    return [m.day for m in find_days(text, published=published, today=TODAY)]


@pytest.mark.parametrize(
    "written",
    [
        "24 February 2022",
        "February 24, 2022",
        "February 24",
        "Feb. 24",
        "24 Feb",
        "2022-02-24",
        "24/02/2022",
        "02/24/2022",
        "24.02.2022",
        "February 24th",
        "the 24th of February",
        "Thursday, February 24",
        "Thursday 24 February 2022",
    ],
)
def test_a_date_in_so_many_words_is_explicit(written: str) -> None:
    mention = only(f"Ten people were held on {written} in the centre.")
    assert (mention.day, mention.basis, mention.cue) == (date(2022, 2, 24), "explicit", "date")


@pytest.mark.parametrize(
    "text",
    [
        "It cost 03/02/2022 or so.",
        "Ten were held on 31 April 2022.",
        "They may 10 times march 5 miles.",
        "Version 1.2.2022.4 came out.",
        "In recent days many were held.",
    ],
)
def test_what_is_no_certain_day_gives_no_mention(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ten were held on December 20.", date(2021, 12, 20)),
        ("Ten were held on 29 February.", date(2020, 2, 29)),
        ("Ten were held on Tuesday, February 2.", date(2021, 2, 2)),
    ],
)
def test_the_year_is_the_one_nearest_to_publication(text: str, day: date) -> None:
    assert only(text).day == day


def test_a_weekday_with_a_date_gives_the_latest_fitting_year() -> None:
    assert only("The hearing was on Tuesday, February 2.", None).day == date(2021, 2, 2)


def test_a_full_date_lends_its_year() -> None:
    text = "It began on March 3, 2019. On March 5 ten were held."
    assert days(text, None) == [date(2019, 3, 3), date(2019, 3, 5)]


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Ten were held on Thursday.", FRIDAY, date(2022, 2, 24)),
        ("Ten were held on Friday.", FRIDAY, date(2022, 2, 25)),
        ("Ten were held last Friday.", FRIDAY, date(2022, 2, 18)),
        ("Ten were held on Monday night.", FRIDAY, date(2022, 2, 21)),
        ("Ten were held earlier on Thursday.", FRIDAY, date(2022, 2, 24)),
        ("She was held after calling for a vigil on Thursday.", FRIDAY, date(2022, 2, 24)),
        ("Who called for a vigil earlier on Thursday?", FRIDAY, date(2022, 2, 24)),
        ("Sunday's march was broken up.", MONDAY, date(2021, 1, 31)),
        ("Ten were held on Sunday.", MONDAY, date(2021, 1, 31)),
        ("Ten were held today.", FRIDAY, date(2022, 2, 25)),
        ("Ten were held this morning.", FRIDAY, date(2022, 2, 25)),
        ("Ten were held this afternoon.", FRIDAY, date(2022, 2, 25)),
        ("Ten were held a week ago.", FRIDAY, date(2022, 2, 18)),
        ("Ten were held yesterday.", FRIDAY, date(2022, 2, 24)),
        ("Ten were held last night.", FRIDAY, date(2022, 2, 24)),
        ("Ten were held overnight.", FRIDAY, date(2022, 2, 24)),
        ("Ten were held three days ago.", FRIDAY, date(2022, 2, 22)),
        ("Ten were held on the 9th of this month.", FRIDAY, date(2022, 2, 9)),
    ],
)
def test_relative_words_count_back_from_publication(
    text: str, published: datetime, day: date
) -> None:
    mention = only(text, published)
    assert (mention.day, mention.basis) == (day, "relative")


def test_the_day_before_counts_from_the_day_named_last() -> None:
    text = "On 20 February he spoke. The day before, ten were held."
    assert days(text) == [date(2022, 2, 20), date(2022, 2, 19)]


def test_a_weekday_named_with_its_date_keeps_it() -> None:
    published = datetime(2021, 5, 10, tzinfo=UTC)
    text = "The report came on Monday, May 3. Clashes went on on Monday night."
    assert days(text, published) == [date(2021, 5, 3), date(2021, 5, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "They will rally on Saturday.",
        "The march is planned for Monday.",
        "Next Tuesday nobody works.",
        "Arrests came ahead of Monday's vote.",
        "The trial begins on Wednesday.",
    ],
)
def test_what_lies_ahead_is_not_taken_backwards(text: str) -> None:
    mention = only(text)
    assert mention.cue == "future"
    assert mention.day is not None
    assert mention.day > FRIDAY.date()


@pytest.mark.parametrize(
    "text",
    ["Ten were held on Sunday.", "Ten were held last night.", "Ten were held over the weekend."],
)
def test_without_an_anchor_relative_words_give_nothing(text: str) -> None:
    assert days(text, None) == []


@pytest.mark.parametrize(
    ("text", "published", "first"),
    [
        ("Ten were held over the weekend.", FRIDAY, date(2022, 2, 19)),
        ("Ten were held this weekend.", SUNDAY, date(2021, 1, 30)),
        ("Ten were held last weekend.", SUNDAY, date(2021, 1, 23)),
        ("Ten were held last weekend.", MONDAY, date(2021, 1, 30)),
        ("They marched for the second weekend in a row.", SUNDAY, date(2021, 1, 30)),
        ("It was a busy weekend for the courts.", MONDAY, date(2021, 1, 30)),
    ],
)
def test_a_weekend_is_saturday_and_sunday(text: str, published: datetime, first: date) -> None:
    assert only(text, published).period == (first, first.replace(day=first.day + 1))


def test_a_coming_trial_anchors_the_weekend_before_it() -> None:
    text = "They marched for the third weekend in a row. The trial begins on Tuesday, February 2."
    weekend, trial = find_days(text, published=None, today=TODAY)
    assert weekend.period == (date(2021, 1, 30), date(2021, 1, 31))
    assert (trial.day, trial.cue) == (date(2021, 2, 2), "future")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("since 20 February", (date(2022, 2, 20), date(2022, 2, 25))),
        ("since the strike began on 14 February", (date(2022, 2, 14), date(2022, 2, 25))),
        ("since Monday", (date(2022, 2, 21), date(2022, 2, 25))),
        ("since 2014", (date(2014, 1, 1), date(2022, 2, 25))),
        ("from 28 January to 3 February", (date(2022, 1, 28), date(2022, 2, 3))),
        ("between 9 and 12 February", (date(2022, 2, 9), date(2022, 2, 12))),
        ("on February 4-6", (date(2022, 2, 4), date(2022, 2, 6))),
        ("on Saturday night and Sunday morning", (date(2022, 2, 19), date(2022, 2, 20))),
        ("this week", (date(2022, 2, 21), date(2022, 2, 25))),
        ("last year", (date(2021, 1, 1), date(2021, 12, 31))),
        ("so far this year", (date(2022, 1, 1), date(2022, 2, 25))),
        ("in July 2019", (date(2019, 7, 1), date(2019, 7, 31))),
        ("in July", (date(2021, 7, 1), date(2021, 7, 31))),
        ("in 2012", (date(2012, 1, 1), date(2012, 12, 31))),
        ("as of February 24", (date(2022, 2, 24), date(2022, 2, 24))),
    ],
)
def test_a_period_is_no_day(text: str, period: tuple[date, date]) -> None:
    mention = only(f"A total of ninety people were held {text}.")
    assert (mention.day, mention.period) == (None, period)


def test_since_the_invasion_is_known_where_ukraine_is_spoken_of() -> None:
    text = "Russia's war in Ukraine: ninety were held since the invasion began."
    assert only(text).period == (date(2022, 2, 24), date(2022, 2, 25))


def test_since_the_invasion_is_unknown_elsewhere() -> None:
    assert days("Ninety were held since the invasion began.") == []


def test_a_line_of_publication_is_an_anchor_and_not_an_event() -> None:
    text = "Title\n\nPublished: 1 February 2021\n\nTen were held yesterday."
    line, yesterday = find_days(text, published=None, today=TODAY)
    assert (line.cue, line.basis, line.day) == ("publication", "publication", date(2021, 2, 1))
    assert yesterday.day == date(2021, 1, 31)


def test_each_item_of_a_feed_counts_from_its_own_date() -> None:
    text = (
        "# One\n- date published: 2021-02-03 19:40:11+00:00\n\nTen were held yesterday.\n\n"
        "# Two\n- date published: 2021-02-10 08:00:00+00:00\n\nNine were held yesterday.\n"
    )
    mentions = find_days(text, published=None, today=TODAY)
    assert [m.day for m in mentions if m.cue == "relative"] == [date(2021, 2, 2), date(2021, 2, 9)]


def test_a_full_stop_after_a_date_is_left_outside() -> None:
    text = "Ten were held on 24 February. Nobody was hurt."
    mention = only(text)
    assert text[mention.start : mention.end] == "24 February"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It began on 16 February. On that Wednesday ten were held.", date(2022, 2, 16)),
        ("It began on 16 February. The same day ten were held.", date(2022, 2, 16)),
        ("It began on 16 February. A week earlier ten were held.", date(2022, 2, 9)),
        ("It began on 16 February. A day later ten were held.", date(2022, 2, 17)),
        ("Police said on Thursday ten were held the day before.", date(2022, 2, 23)),
        ("It began on 16 February, she said on Monday. That day ten fled.", date(2022, 2, 16)),
    ],
)
def test_a_day_spoken_of_is_counted_from(text: str, day: date) -> None:
    assert days(text)[-1] == day


@pytest.mark.parametrize(
    "text",
    [
        "Ten were held on that Wednesday.",
        "Ten were held on a single Sunday.",
        "Ten are held on Sundays.",
        "It was the largest march since 5 January.",
    ],
)
def test_a_day_nobody_spoke_of_gives_no_mention(text: str) -> None:
    assert days(text) == []


def test_a_comparison_gives_the_day_of_what_follows() -> None:
    mention = only("It was the largest march since 5 January, when ten were held.")
    assert (mention.day, mention.cue) == (date(2022, 1, 5), "compared")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in January last year", (date(2021, 1, 1), date(2021, 1, 31))),
        ("since November last year", (date(2021, 11, 1), date(2022, 2, 25))),
        ("counting from 20 February", (date(2022, 2, 20), date(2022, 2, 25))),
        ("over the two days before Thursday", (date(2022, 2, 22), date(2022, 2, 23))),
    ],
)
def test_a_period_may_be_told_in_other_words(text: str, period: tuple[date, date]) -> None:
    assert only(f"A total of ninety people were held {text}.").period == period


def test_two_days_before_what_was_a_day_ago_count_from_it() -> None:
    text = "It was quiet on Monday, a day after the strike. Over the two days before ten were held."
    assert find_days(text, published=FRIDAY, today=TODAY)[-1].period == (
        date(2022, 2, 18),
        date(2022, 2, 19),
    )


@pytest.mark.parametrize("gap", ["\n", " ", "word ", "\u0130", "\u0130 "])
def test_a_day_far_down_a_text_is_found_where_it_stands(gap: str) -> None:
    text = gap * 3_000 + "\nTen were held on 24 February 2022."
    mention = only(text)
    assert text[mention.start : mention.end] == "24 February 2022"


@pytest.mark.parametrize(
    "name",
    [
        "They blocked the 6th of October Bridge.",
        "They met in May 1 Street.",
        "The March 14 alliance spoke.",
        "The Mail on Sunday wrote so.",
        "The Sunday Times wrote so.",
        "It was called Bloody Sunday.",
    ],
)
def test_a_name_that_holds_a_day_is_none(name: str) -> None:
    assert days(name) == []


def test_a_weekday_is_the_late_date_in_full_that_falls_on_it() -> None:
    caption = "Bakers wait in Kiel, June 8, 2019.\n\nTen were held on Saturday"
    assert days(caption, None) == [date(2019, 6, 8), date(2019, 6, 8)]
    assert days(caption + " and nine on Monday", None) == [date(2019, 6, 8), date(2019, 6, 8)]


def test_overnight_is_of_the_small_hours_the_text_tells_of() -> None:
    assert days("Ten were held overnight.") == [date(2022, 2, 24)]
    early = "Police came early on Friday. Ten were held overnight."
    assert days(early) == [date(2022, 2, 25), date(2022, 2, 25)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ten were held on the eve of Thursday's march.", date(2022, 2, 23)),
        ("Ten were held a day after Wednesday's march.", date(2022, 2, 24)),
        ("Ten were held on Christmas Eve.", date(2021, 12, 24)),
        ("Ten were held on New Year\u2019s Day.", date(2022, 1, 1)),
    ],
)
def test_a_day_is_counted_from_a_named_one(text: str, day: date) -> None:
    assert day in days(text)


def test_a_named_day_is_that_of_the_country_told_of() -> None:
    assert days("Ten were held on National Day in Hong Kong.") == [date(2021, 10, 1)]
    assert days("Ten were held on National Day in Oslo.") == []


def test_a_feed_counts_from_its_items_even_where_its_own_day_is_known() -> None:
    text = (
        "# One\n- date published: 2022-02-03\n\nTen were held yesterday.\n\n"
        "# Two\n- date published: 2022-02-10\n\nNine were held yesterday.\n"
    )
    found = [m.day for m in find_days(text, published=FRIDAY, today=TODAY) if m.cue == "relative"]
    assert found == [date(2022, 2, 2), date(2022, 2, 9)]


def test_a_comment_below_the_article_dates_nothing() -> None:
    prose = (
        "The police of the town held ten people who had come to the market, " * 3 + "it says.\n\n"
    )
    text = prose + prose + "  \u2022 May 4, 2021 at 6:45 pm\n\nShame on them."
    assert [m.cue for m in find_days(text, published=None, today=TODAY)] == ["future"]


def test_a_season_of_a_year_is_a_period() -> None:
    mention = only("Bakers were held in the autumn of 2019", None)
    assert mention.period == (date(2019, 9, 1), date(2019, 11, 30))


def test_history_gives_its_year_to_no_other_date() -> None:
    text = "They remember those who died on 4 July 1971.\n\nTen were held on 6 May."
    assert days(text, None) == [date(1971, 7, 4)]


def test_an_anniversary_tells_the_year_of_the_story() -> None:
    text = (
        "Before the 40th anniversary of the fire they recalled those who died on 4 July 1971.\n\n"
        "Ten were held on 6 May."
    )
    assert days(text, None) == [date(1971, 7, 4), date(2011, 5, 6)]


def test_a_slip_in_the_weekday_leads_to_no_other_century() -> None:
    # 3 February 2022 was a Thursday, and no Tuesday for years before
    (day,) = days("Ten were held on Monday, 24 February")
    assert day == date(2020, 2, 24)
    (day,) = days("Ten were held on Wednesday, 23 February")
    assert day == date(2022, 2, 23)


def test_a_weekday_counts_from_a_day_written_with_its_weekday() -> None:
    caption = "Bakers wait in Kiel, Saturday, June 8, 2019.\n\nTen were held on Thursday"
    assert days(caption, None) == [date(2019, 6, 8), date(2019, 6, 6)]


def test_the_day_after_the_only_day_in_full_stays_open() -> None:
    caption = "Bakers wait in Kiel, Saturday, June 8, 2019.\n\nTen were held on Sunday"
    assert days(caption, None) == [date(2019, 6, 8)]


def test_a_page_updated_later_tells_of_days_after_its_date() -> None:
    page = "---\ndate: 2020-02-03\nlastUpdated: 2021-03-04\n---\n\nTen were held on 5 June 2020."
    cues = [m.cue for m in find_days(page, published=None, today=TODAY)]
    assert cues[-1] == "date"


def test_an_election_after_all_other_days_lies_ahead() -> None:
    text = "Bakers wait in Kiel, June 8, 2019.\n\nThey want elections in March 2020."
    assert find_days(text, published=None, today=TODAY)[-1].cue == "future"
