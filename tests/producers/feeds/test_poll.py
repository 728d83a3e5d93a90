"""Rounds of one feed: what is new, what changed, what vanished, what comes again later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from producers.feeds.lists import Listed
from producers.feeds.memory import Memory
from producers.identity import identity
from tests.producers.feeds.site import item, page
from vigil.article import BEFORE_ALL, article_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.producers.feeds.conftest import Reader
    from tests.producers.feeds.site import Request, Site

NIGHT = "Police detained 940 people in Moscow on Thursday, the monitor OVD-Info said."
LATER = "Police detained 1,110 people in Moscow on Thursday, the monitor OVD-Info said."


def test_article_has_the_page_s_text_and_the_feed_s_date_and_outlet(
    site: Site, reader: Reader
) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    [article] = reader.sent()
    assert article.text == f"A day\n{NIGHT}"
    assert article.published
    assert article.published.isoformat() == "2022-02-24T20:00:00+03:00"
    assert article.outlet == "Northline"
    assert article.url == f"{site.address}/a"
    assert article.id == article_id(url=f"{site.address}/a", text="")
    assert article.origin == f"{site.address}/feed.xml"


def test_date_is_the_page_s_where_the_feed_has_none(site: Site, reader: Reader) -> None:
    head = '<meta property="article:published_time" content="2022-02-24T19:00:00+03:00">'
    site.article("/a", NIGHT, head=head)
    site.feed(item("/a", date=None))
    [article] = reader.sent()
    assert article.published == datetime(2022, 2, 24, 16, 0, tzinfo=UTC)


def test_offset_of_one_moment_is_that_of_the_page(site: Site, reader: Reader) -> None:
    head = '<meta property="article:published_time" content="2022-02-25T00:20:00+03:00">'
    site.article("/a", NIGHT, head=head)
    site.feed(item("/a", date="Thu, 24 Feb 2022 21:20:00 GMT"))
    [article] = reader.sent()
    assert article.published
    assert article.published.isoformat() == "2022-02-25T00:20:00+03:00"


def test_outlet_of_a_page_elsewhere_is_not_the_feed(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT, head='<meta property="og:site_name" content="The Lantern">')
    reader.feed = Listed(reader.feed.url.replace("127.0.0.1", "localhost"))
    reader.private = True
    site.feed(item(f"{site.address}/a"))
    [article] = reader.sent()
    assert article.outlet == "The Lantern"


def test_outlet_is_what_the_person_says(site: Site, reader: Reader) -> None:
    reader.feed = Listed(reader.feed.url, "Evening Sheet")
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    assert [article.outlet for article in reader.sent()] == ["Evening Sheet"]


def test_what_was_sent_is_not_sent_again(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    assert len(reader.sent()) == 1
    assert reader.sent() == []
    assert site.count("/a") == 1


def test_what_was_not_written_down_as_sent_comes_again(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"), ETag='"1"')
    first, again = reader.round().found, reader.round().found
    assert [one.article for one in first] == [one.article for one in again]


def test_feed_that_did_not_change_is_not_sent_by_the_site(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)

    def conditional(request: Request) -> None:
        if request.headers["If-None-Match"] == '"1"':
            request.begin(status=304)
        else:
            request.answer(
                f"<rss version='2.0'><channel><title>N</title>{item('/a')}</channel></rss>",
                ETag='"1"',
            )

    site.pages["/feed.xml"] = conditional
    assert len(reader.sent()) == 1
    done = reader.round()
    assert done.polled
    assert done.polled.error is None
    assert site.asked[-1].headers["if-none-match"] == '"1"'


def test_validators_outlive_a_restart(site: Site, reader: Reader, tmp_path: Path) -> None:
    site.feed(item("/a"), Last_Modified="Thu, 24 Feb 2022 20:00:00 GMT")
    reader.round()
    reader.memory.close()
    reader.memory = Memory(tmp_path / "feeds")
    reader.round()
    [last] = [one for one in site.asked if one.path == "/feed.xml"][1:]
    assert last.headers["if-modified-since"] == "Thu, 24 Feb 2022 20:00:00 GMT"
    reader.memory.close()


def test_text_that_changed_is_a_new_revision_known_from_now(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    [before] = reader.sent()
    site.article("/a", LATER)
    reader.later(minutes=20)
    [after] = reader.sent()
    assert (before.id, before.revision) != (after.id, after.revision)
    assert before.id == after.id
    assert after.seen_at == reader.now


def test_change_after_a_crash_is_known_from_now_however_often_it_is_read(
    site: Site, reader: Reader
) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    [first] = reader.round().found
    reader.memory.offered(first.page.item.link, first.article.revision)
    [again] = reader.round().found  # nobody heard that the broker has it
    assert again.article == first.article
    site.article("/a", LATER)
    for _ in range(2):
        reader.later(minutes=20)
        [change] = reader.round().found
        reader.memory.offered(change.page.item.link, change.article.revision)
        assert change.article.seen_at == reader.now > first.article.seen_at


def test_item_that_changed_is_read_at_once(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    reader.sent()
    site.article("/a", LATER)
    site.feed(item("/a", title="A day, updated"))
    assert len(reader.sent()) == 1


def test_page_is_looked_at_ever_more_rarely_and_then_no_more(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    for _ in range(2 * 24):
        reader.sent()
        reader.later(hours=2)
    assert 5 <= site.count("/a") <= 12


def test_article_is_known_from_its_publication(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    [article] = reader.sent()
    assert article.seen_at == datetime(2022, 2, 24, 17, 0, tzinfo=UTC)


def test_undated_item_of_a_backlog_can_overrule_nothing(site: Site, reader: Reader) -> None:
    site.article("/a", "In Moscow 940 people were detained, the monitor OVD-Info said.")
    site.feed(item("/a", date=None))
    [article] = reader.sent()
    assert article.seen_at == BEFORE_ALL


def test_undated_item_that_appears_is_known_from_now(site: Site, reader: Reader) -> None:
    site.feed(item("/a", date=None))
    reader.round()
    site.article("/b", "In Moscow 940 people were detained, the monitor OVD-Info said.")
    site.feed(item("/b", date=None), item("/a", date=None))
    reader.later(minutes=10)
    [article] = reader.sent()
    assert article.seen_at == reader.now


def test_password_of_a_feed_is_in_nothing_it_lists(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    reader.feed = Listed(reader.feed.url.replace("//", "//me:secret@"))
    [article] = reader.sent()
    assert site.asked[1].headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert "authorization" not in site.asked[2].headers
    assert "secret" not in repr(article)


def test_page_that_failed_is_tried_again_though_the_feed_did_not_change(
    site: Site, reader: Reader
) -> None:
    site.put("/a", "", status=500)
    site.feed(item("/a"))
    done = reader.round()
    assert done.found == []
    assert "HTTP 500" in done.refusals[0].reason
    site.article("/a", NIGHT)
    assert reader.round().found == []  # too early
    reader.later(minutes=2)
    assert len(reader.sent()) == 1


def test_page_that_vanished_is_told_once_and_left_alone(site: Site, reader: Reader) -> None:
    site.feed(item("/a"))
    assert "not found" in reader.round().refusals[0].reason
    reader.later(days=1)
    assert reader.round().refusals == []
    assert site.count("/a") == 1


def test_page_that_vanished_after_it_was_sent_is_not_taken_back(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    reader.sent()
    del site.pages["/a"]
    reader.later(minutes=20)
    done = reader.round()
    assert done.found == []
    assert "not found" in done.refusals[0].reason


def test_page_that_robots_txt_forbids_is_told(site: Site, reader: Reader) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /a\n")
    site.article("/a", NIGHT)
    site.article("/b", NIGHT)
    site.feed(item("/a"), item("/b"))
    done = reader.round()
    assert [one.article.url for one in done.found] == [f"{site.address}/b"]
    assert "robots.txt" in done.refusals[0].reason


def test_page_that_is_none_is_told(site: Site, reader: Reader) -> None:
    site.put("/a", b"%PDF-1.7", Content_Type="application/pdf")
    site.feed(item("/a"))
    assert "not a web page" in reader.round().refusals[0].reason


def test_encoding_of_a_page_may_stand_in_its_headers(site: Site, reader: Reader) -> None:
    text = "Полиция задержала в Москве 940 человек. Police detained 940 people in Moscow."
    site.put("/a", page(text).encode("cp1251"), Content_Type="text/html; charset=windows-1251")
    site.feed(item("/a"))
    [article] = reader.sent()
    assert text in article.text


def test_feed_that_fails_is_told(site: Site, reader: Reader) -> None:
    site.put("/feed.xml", "", status=500)
    assert "HTTP 500 (the site failed)" in reader.round().error


def test_page_that_leads_to_this_machine_is_not_asked_for(site: Site, reader: Reader) -> None:
    site.feed(item("http://169.254.169.254/latest"), item("http://localhost:1/x"))
    reasons = [one.reason for one in reader.round().refusals]
    assert len(reasons) == 2
    assert all("not public" in one for one in reasons)


def test_page_that_two_feeds_list_is_read_once(site: Site, reader: Reader) -> None:
    site.article("/a", NIGHT)
    site.feed(item("/a"))
    site.feed(item("/a", title="Said otherwise"), path="/other.xml")
    one, other = reader.feed, Listed(f"{site.address}/other.xml")
    reader.others = {one.name, other.name}
    assert len(reader.sent()) == 1
    reader.feed = other
    assert reader.sent() == []
    assert site.count("/a") == 1


def test_one_page_under_its_own_address(site: Site, reader: Reader) -> None:
    site.article("/amp/a", NIGHT, head=f'<link rel="canonical" href="{site.address}/a">')
    site.feed(item("/amp/a"))
    [article] = reader.sent()
    assert article.url == f"{site.address}/a"


def test_page_cannot_take_the_place_of_another_outlet_s() -> None:
    mine = "https://mine.example/a"
    assert identity(mine, "https://lantern.example/b") == mine
    assert identity(mine, "https://www.mine.example/b") == "https://www.mine.example/b"
    assert identity(mine, "https://mine.example/") == mine
    assert identity(mine, None) == mine
