"""The moment of publication is read from the line that states it, and from nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from vigil.dateline import publication_lines
from vigil.publication import publication_in


def at(hours: float, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[arg-type,misc]  # mypy takes the last for tzinfo


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Friday 25 February 2022 12:51 GMT", at(0, 2022, 2, 25, 12, 51)),
        ("Wednesday, October 2, 2019", at(0, 2019, 10, 2)),
        ("Published: 15:08 BST, 31 July 2021", at(1, 2021, 7, 31, 15, 8)),
        ("By Jane Roe\nJan. 31, 2021, 10:15 p.m. EST", at(-5, 2021, 1, 31, 22, 15)),
        ("Posted on 3 March 2021 at 09:30 MSK", at(3, 2021, 3, 3, 9, 30)),
        ("date: 2020-08-31-19-59-54", at(0, 2020, 8, 31, 19, 59, 54)),
        ("date  : 2022-03-01 12:00:00 +0800", at(8, 2022, 3, 1, 12)),
        ("post_date: 2016-02-15 21:11:10", at(0, 2016, 2, 15, 21, 11, 10)),
        ("pubDate: Sun, 31 Jan 2021 23:02:35 +0300", at(3, 2021, 1, 31, 23, 2, 35)),
        ("This story is from March 2, 2002", at(0, 2002, 3, 2)),
        ("GRAZ, 14 OCT 87 (AGENCY) -- POLICE HELD TEN", at(0, 1987, 10, 14)),
        ("GRAZ, 14 OCT 21 (AGENCY) -- POLICE HELD TEN", at(0, 2021, 10, 14)),
        ("2024-02-01T14:28:43Z", at(0, 2024, 2, 1, 14, 28, 43)),
        ("> Feb 27th 2020ALMATY", at(0, 2020, 2, 27)),
        ("Radio | The news | Sunday 18 February 2024", at(0, 2024, 2, 18)),
        ("GRAZ, (City Post / Agency - 4th May, 2021 ) :Police held ten.", at(0, 2021, 5, 4)),
        ("GRAZ (City Post News / Agency - 4th May, 2021) Police held ten.", at(0, 2021, 5, 4)),
        ("Graz, Styria; May 4, 2021 \u2013 Police held ten of them.", at(0, 2021, 5, 4)),
        ("May 4, 2021Officials said ten were held in the town.", at(0, 2021, 5, 4)),
        ("May 4, 20210 comments", at(0, 2021, 5, 4)),
        ("May 4, 202117 Comments", at(0, 2021, 5, 4)),
        ("Posted by: Pat 2021-05-04", at(0, 2021, 5, 4)),
        ("Written by Pat Roe, May 4, 2021", at(0, 2021, 5, 4)),
        ("MINSK, August 9, 2020 (Agency) - Police held ten.", at(0, 2020, 8, 9)),
        ("Tuesday, 4 May, 2021 - 18:45\nGraz - Pat Roe", at(0, 2021, 5, 4, 18, 45)),
        ("Pat Roe May 4, 2021", at(0, 2021, 5, 4)),
        ("By AGENCY - May 4,2021 - Last updated at May 5,2021", at(0, 2021, 5, 4)),
        ("Pat Roe in Graz and Kim Poe in Linz Tuesday May 4, 2021 The Herald", at(0, 2021, 5, 4)),
        ("PublishDate: Tuesday, May 4, 2021 18:45", at(0, 2021, 5, 4, 18, 45)),
        ("Last Updated at May 4 2021 18:45 IST", at(5.5, 2021, 5, 4, 18, 45)),
        (
            "This article was published on 04 May 2021 at 06:45 PM. 9 views",
            at(0, 2021, 5, 4, 18, 45),
        ),
        ("martes, mayo 4, 2021", at(0, 2021, 5, 4)),
        ("Dienstag, 4. Mai 2021", at(0, 2021, 5, 4)),
        ("(The Agency) - Graz, May 4, 2021 - The police held ten who marched.", at(0, 2021, 5, 4)),
        ("+++ May 4, 2021 +++ Graz +++", at(0, 2021, 5, 4)),
        ("poe | 04/05/2021 18:45 \u2013 https://news.example/7", None),
        ("poe | 04.05.2021 18:45 \u2013 https://news.example/7", at(0, 2021, 5, 4, 18, 45)),
        ("poe | 14.05.2021 18:45 \u2013 https://news.example/7", at(0, 2021, 5, 14, 18, 45)),
        ("May 2 \u2013 May 4, 2021", at(0, 2021, 5, 4)),
        ("May 4 - 2021 GRAZ", at(0, 2021, 5, 4)),
        ("04-05-2021", at(0, 2021, 5, 4)),
        ("2021.05.04", at(0, 2021, 5, 4)),
        ("4/May/2021", at(0, 2021, 5, 4)),
        ("4-May-21", at(0, 2021, 5, 4)),
        ("May 4, 20216:45 PM", at(0, 2021, 5, 4, 18, 45)),
        ("Tue May 4 18:45:00 2021", at(0, 2021, 5, 4, 18, 45)),
        ("18:45 04.05.2021", at(0, 2021, 5, 4, 18, 45)),
        ("Submitted by desk on Tue, 05/04/2021 - 18:45", at(0, 2021, 5, 4, 18, 45)),
        ("2021 2021-05-04T18:45:00+0300 en https://news.example/7", at(3, 2021, 5, 4, 18, 45)),
        ("(4 May 2021) The bakers' union is worried about ten people.", at(0, 2021, 5, 4)),
        ("GRAZ (May 4, 2021): Police held ten people.", at(0, 2021, 5, 4)),
        ("GRAZ, May 4, 2021. Police held ten people.", at(0, 2021, 5, 4)),
        ("(Graz, May 4, 2021) \u2013 Police held ten people.", at(0, 2021, 5, 4)),
        ("May 4, 2021 by admin", at(0, 2021, 5, 4)),
        ("This entry was posted on Tuesday, May 4th, 2021", at(0, 2021, 5, 4)),
        ("For immediate release: May 4, 2021", at(0, 2021, 5, 4)),
        ("and The Agency May 4, 2021 8:02 am < a min read", at(0, 2021, 5, 4, 8, 2)),
        ("By Herald Staff 3 Min Read May 4, 2021", at(0, 2021, 5, 4)),
        ("5 minute read May 4, 2021 7:02 AM UTC", at(0, 2021, 5, 4, 7, 2)),
        ("Views: 1,204 May 4, 2021", at(0, 2021, 5, 4)),
        ("0 May 4, 2021", at(0, 2021, 5, 4)),
        ("Herald No. 14, 4 May 2021", at(0, 2021, 5, 4)),
        ("GRAZ, May 4, 2021. /HERALD/ Police held ten people.", at(0, 2021, 5, 4)),
        ("GRAZ, May 4, 2021 /Herald/. Police held ten people.", at(0, 2021, 5, 4)),
        ("Graz, 4 May 2021 (Herald) Police held ten people.", at(0, 2021, 5, 4)),
        ("3zwei, Graz, 4 May 2021 \u2014 Police held ten people.", at(0, 2021, 5, 4)),
        ("GRAZ \u2014 May 4, 2021 \u2014 Police held ten people.", at(0, 2021, 5, 4)),
        ("GRAZ (Herald) \u2014 May 4, 2021: Police held ten people.", at(0, 2021, 5, 4)),
        ("This article was originally published on May 4, 2021", at(0, 2021, 5, 4)),
        ("This story was first published in The Herald on May 4, 2021.", at(0, 2021, 5, 4)),
        ("Published in The Herald, May 4th, 2021.", at(0, 2021, 5, 4)),
        ("Posted in News | May 4, 2021", at(0, 2021, 5, 4)),
        ("Filed under News on May 4, 2021", at(0, 2021, 5, 4)),
        ("Published by Pat Roe on May 4, 2021", at(0, 2021, 5, 4)),
        ("Publishing date: May 4, 2021 \u2022 6:45 pm", at(0, 2021, 5, 4, 18, 45)),
        ("Time of publication: 4 May 2021", at(0, 2021, 5, 4)),
        ("Entry date: 4 May 2021", at(0, 2021, 5, 4)),
        ("Edited time: 4 May, 2021 18:45", at(0, 2021, 5, 4, 18, 45)),
        ("Added: 4 May 2021", at(0, 2021, 5, 4)),
        ("Issued on: 04/05/2021 - 18:45", at(0, 2021, 5, 4, 18, 45)),
        ("News release, 4 May 2021", at(0, 2021, 5, 4)),
        ("<time>May 4, 2021</time>", at(0, 2021, 5, 4)),
        ('<p class="date"><time datetime="">May 4, 2021</time></p>', at(0, 2021, 5, 4)),
        ("May 4 , 2021", at(0, 2021, 5, 4)),
        ("4 May , 2021", at(0, 2021, 5, 4)),
        ("14 | 05 | 2021", at(0, 2021, 5, 14)),
        ("04 . 05 . 2021", at(0, 2021, 5, 4)),
        ("Published:\n4 May 2021 y., Tuesday", at(0, 2021, 5, 4)),
        ("Published on\n\nMay 4, 2021", at(0, 2021, 5, 4)),
        ("May 4, 2021 12:16 pm | Updated June 6, 2022 06:07 pm - GRAZ", at(0, 2021, 5, 4, 12, 16)),
    ],
)
def test_a_line_that_states_the_publication_is_read(line: str, moment: datetime | None) -> None:
    found = publication_in(f"A title\n\n{line}\n\nTen people were held.\n")
    assert found == moment
    assert (found and found.utcoffset()) == (moment and moment.utcoffset())


@pytest.mark.parametrize(
    "text",
    [
        "On February 24, 2022 ten people were held.\n",
        "Ten people were held in Moscow on 24 February 2022.\n",
        "A title\n\nThe march of 6 May 2012 was remembered.\n",
        "date: 2022-02-31\n",
        "A title\n\nPolice hold a man in Graz on May 4, 2021. Agency PHOTO / Kim Poe\n",
        "A title\n\nMarchers wait in Graz, May 4, 2021\n",
        "A title\n\nCopyright May 4, 2021 The Herald\n",
        "Published by the city in 2021\n",
        "A title\n\nGraz, May 4, 2021. Photo: Kim Poe\n",
        "A title\n\nThe law 04-05-2021 was adopted.\n",
        "A title\n\nPublished in Graz on May 4, 2021, the report tells of ten people.\n",
        "A title\n\nReleased on May 4, 2021 after a night in the cells, the ten went home.\n",
        "A title\n\nGraz, May 4, 2021 (Photo: Herald) Ten are led away.\n",
    ],
)
def test_the_date_of_an_event_is_no_publication(text: str) -> None:
    assert publication_in(text) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("They had met in May.", datetime(2021, 5, 4, tzinfo=UTC)),
        ("They had met in April.", datetime(2021, 4, 5, tzinfo=UTC)),
        ("Read on: 23/04/2021", datetime(2021, 5, 4, tzinfo=UTC)),
        ("They had met before.", None),
    ],
)
def test_a_date_of_slashes_is_read_by_the_habit_of_the_text(
    said: str, day: datetime | None
) -> None:
    assert publication_in(f"A title\n\n04/05/2021\n\nTen people were held. {said}\n") == day


def test_the_collections_of_american_agencies_put_the_month_first() -> None:
    text = "<DOC>\n<DOCNO> AP1 </DOCNO>\n<DATE_TIME> 08/04/1999 </DATE_TIME>\n\nHeld in April.\n"
    assert publication_in(text) == datetime(1999, 8, 4, tzinfo=UTC)


def test_a_list_of_dated_items_has_no_day_of_its_own() -> None:
    items = "".join(f"### Bakers march | 2021-05-0{n}\n\nTen were held.\n\n" for n in (2, 5, 9))
    assert publication_in(items) is None


@pytest.mark.parametrize("line", ["KASIM 4, 2020", "Kas\u0131m 4, 2020", "\u017feptember 4, 2020"])
def test_capitals_and_old_letters_of_a_month_are_read(line: str) -> None:
    found = publication_in(f"A title\n\n{line}\n\nTen people were held.\n")
    assert found in {at(0, 2020, 11, 4), at(0, 2020, 9, 4)}


def test_published_comes_before_updated() -> None:
    text = "Updated 2 May 2020\nPublished 1 May 2020\n\nTen people were held.\n"
    assert publication_in(text) == datetime(2020, 5, 1, tzinfo=UTC)


def test_an_update_alone_is_taken() -> None:
    assert publication_in("Last updated: 2 May 2020\n\nText.\n") == datetime(2020, 5, 2, tzinfo=UTC)


def test_a_title_opens_with_its_day() -> None:
    text = "2021-05-04 Styria: marches in the towns\n\nTen people were held.\n"
    assert publication_in(text) == at(0, 2021, 5, 4)


def test_a_feed_of_several_items_has_no_publication() -> None:
    text = "# One\n- date published: 2021-01-31\n\nText.\n\n# Two\n- date published: 2021-02-10\n"
    assert publication_in(text) is None
    assert len(publication_lines(text)) == 2


def test_an_impossible_time_leaves_the_day() -> None:
    assert publication_in("date: 2021-01-31 25:61\n") == datetime(2021, 1, 31, tzinfo=UTC)


PROSE = (
    "The police of the town held ten people who had come to the market with banners, and a " * 3
)[:-2] + ".\n\n"


def test_the_title_may_give_the_day() -> None:
    text = "LIVE: a march through Graz - May 4, 2021\n\n" + PROSE
    assert publication_in(text) == datetime(2021, 5, 4, tzinfo=UTC)


def test_a_date_between_paragraphs_is_that_of_another_article() -> None:
    assert publication_in("Title\n\n" + 2 * PROSE + "May 4, 2021\n\n" + PROSE) is None


def test_a_date_alone_below_the_article_is_its_own() -> None:
    text = "Title\n\n" + 2 * PROSE + "The press office\nMay 4, 2021\n"
    assert publication_in(text) == datetime(2021, 5, 4, tzinfo=UTC)


def test_the_date_of_a_comment_is_not_the_articles() -> None:
    text = "Title\n\n" + 2 * PROSE + "  \u2022 May 4, 2021 at 6:45 pm\n\nShame!\n"
    assert publication_in(text) is None


@pytest.mark.parametrize(
    "foot",
    [
        "Written by Pat Roe\n\nMay 4, 2021 at 11:09\n",
        "May 4, 2021 at 11:09\n\nPosted in marches\n",
        "May 4, 2021 at 11:09\nCategories: marches\n",
    ],
)
def test_a_blog_says_below_its_text_when_it_wrote_it(foot: str) -> None:
    text = "Title\n\n" + 2 * PROSE + foot + "\nMay 5, 2021 at 6:45 pm\n\nShame!\n"
    assert publication_in(text) == at(0, 2021, 5, 4, 11, 9)


def test_what_other_articles_below_are_filed_under_dates_only_them() -> None:
    text = "May 4, 2021\n\n" + PROSE + "Posted in News on May 2, 2021\n"
    assert publication_in(text) == at(0, 2021, 5, 4)


def test_of_two_bare_dates_the_later_is_the_clock_of_the_page() -> None:
    text = "Fri. Jun 4th, 2021\n\nTitle\n\nPat Roe May 4, 2021\n\n" + PROSE
    assert publication_in(text) == datetime(2021, 5, 4, tzinfo=UTC)


def test_posts_of_the_same_days_date_an_article_that_nothing_else_dates() -> None:
    text = "Title\n\n" + PROSE + "A crowd.\u2014 Pat Roe (@patroe) May 4, 2021\n"
    assert publication_in(text) == datetime(2021, 5, 4, tzinfo=UTC)
    assert publication_in(text + "Old.\u2014 Kim (@kim) May 4, 2019\n") is None
    assert publication_in("Published 6 May 2021\n" + text) == datetime(2021, 5, 6, tzinfo=UTC)


def test_the_articles_own_address_dates_it() -> None:
    address = "https://news.example/2021/5/4/ten-bakers-held-after-march-in-graz"
    text = f"Ten bakers held after march in Graz\n\n{PROSE}{address}\n"
    assert publication_in(text) == datetime(2021, 5, 4, tzinfo=UTC)
    assert publication_in(text.replace("Ten bakers held after", "Rain follows the")) is None
    assert publication_in("https://news.example/2021/5/4/rain-in-graz\n" + PROSE) == at(
        0, 2021, 5, 4
    )


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, Sept. 13 Agency\n\nGuards held ten on Tuesday.\n\nCOPYRIGHT 2005 Agency",
        "Sept 13, 12:40 PM EDT\n\nGuards held ten on Tuesday.\n\n\u00a9 2005 The Agency",
        "A march in Lima, Peru, September 11, 2005.\nLIMA, Sept 13 (Agency) -- Guards held ten.",
    ],
)
def test_a_day_without_its_year_takes_that_of_the_page(text: str) -> None:
    assert publication_in(text) == at(0, 2005, 9, 13)


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, Sept. 13 Agency\n\nGuards held ten on Friday.\n\nCOPYRIGHT 2005 Agency",
        "LIMA, Sept. 13 Agency\n\nGuards held ten on Tuesday.\n\n\u00a9 2005 A\n\u00a9 2011 B",
        "LIMA, Sept. 13 Agency\n\nGuards held ten on Tuesday.\n\n\u00a9 2001-2005 Agency",
    ],
)
def test_a_notice_that_does_not_fit_dates_nothing(text: str) -> None:
    assert publication_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "A title\n\n4 May 2021 -- Guards held ten today.",
        "May 4, 2021 \u2013 Guards held ten today.",
        "A title\n\n04.05.2021    source:\n\nGuards held ten.",
        "A title\n\n4 May 21\n\nGuards held ten.",
        "Pat Roe \u2013 example.com, Tuesday 4 May 2021",
        "4 \u043c\u0430\u044f 2021\n\nA title",
        "A title\n\nMAYIS 4, 2021",
        "A title\n\n4 Nisan'da\n\nMay\u0131s 4, 2021",
    ],
)
def test_openings_of_agencies_and_of_other_tongues_date_an_article(text: str) -> None:
    assert publication_in(text) == at(0, 2021, 5, 4)
