"""Feeds as they are found: relative, doubled, undated, in wrong encodings, and made to harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from producers.feeds.errors import FetchError
from producers.feeds.parse import Feed, parse
from tests.producers.feeds.site import item, rss

NOW = datetime(2022, 2, 25, 12, 0, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"


def parsed(text: str | bytes, *, charset: str | None = None) -> Feed:
    data = text.encode() if isinstance(text, str) else text
    return parse(data, url=URL, charset=charset, now=NOW)


def links(feed: Feed) -> list[str]:
    return [one.link for one in feed.items]


def test_links_may_be_relative() -> None:
    feed = parsed(rss(item("/a/1"), item("2.html"), item("//other.example/3")))
    assert links(feed) == [
        "https://news.example/a/1",
        "https://news.example/feeds/2.html",
        "https://other.example/3",
    ]


def test_tracking_and_fragments_are_no_part_of_a_link() -> None:
    [one] = parsed(rss(item("https://news.example/a?utm_source=rss&amp;id=7#top"))).items
    assert one.link == "https://news.example/a?id=7"


def test_item_that_is_listed_twice_counts_once() -> None:
    assert links(parsed(rss(item("/a"), item("/b"), item("/a")))) == [
        "https://news.example/a",
        "https://news.example/b",
    ]


def test_two_items_of_one_identity_and_two_links_are_two() -> None:
    twice = [f"<item><guid>tag:7</guid><link>/{name}</link></item>" for name in "ab"]
    assert len(parsed(rss(*twice)).items) == 2


def test_link_that_is_none_is_passed_over() -> None:
    odd = [item("javascript:alert(1)"), item("file:///etc/passwd"), item(""), item("http://[")]
    assert links(parsed(rss(*odd, item("/a")))) == ["https://news.example/a"]


def test_identity_stands_for_a_link_that_is_missing() -> None:
    assert links(parsed(rss("<item><guid>https://news.example/7</guid></item>"))) == [
        "https://news.example/7"
    ]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Thu, 24 Feb 2022 20:00:00 +0300", "2022-02-24T20:00:00+03:00"),
        ("Thu, 24 Feb 2022 20:00:00 GMT", "2022-02-24T20:00:00+00:00"),
        ("2022-02-24T20:00:00+03:00", "2022-02-24T20:00:00+03:00"),
        ("24 Feb 2022", "2022-02-24T00:00:00+00:00"),
    ],
)
def test_date_keeps_the_offset_it_was_given_in(told: str, wanted: str) -> None:
    [one] = parsed(rss(item("/a", date=told))).items
    assert one.published
    assert one.published.isoformat() == wanted


@pytest.mark.parametrize("told", [None, "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-99-99"])
def test_date_that_is_none_is_unknown(told: str | None) -> None:
    [one] = parsed(rss(item("/a", date=told))).items
    assert one.published is None


def test_date_from_the_future_is_unknown() -> None:
    [one] = parsed(rss(item("/a", date="Thu, 24 Mar 2022 20:00:00 GMT"))).items
    assert one.published is None


def test_atom_tells_when_an_entry_was_changed() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/">'
        '<title>Volga Today</title><link href="/"/><entry><title>One</title><link href="1"/>'
        "<published>2022-02-24T10:00:00+03:00</published>"
        "<updated>2022-02-24T12:00:00+03:00</updated></entry></feed>"
    )
    feed = parsed(atom)
    [one] = feed.items
    assert feed.title == "Volga Today"
    assert one.link == "https://base.example/x/1"
    assert one.published == datetime(2022, 2, 24, 10, 0, tzinfo=timezone(timedelta(hours=3)))
    assert one.updated == datetime(2022, 2, 24, 12, 0, tzinfo=timezone(timedelta(hours=3)))


def test_outlet_of_an_item_from_elsewhere_is_told() -> None:
    source = (
        '<item><link>/a</link><source url="https://lantern.example/">The Lantern</source></item>'
    )
    [one] = parsed(rss(source)).items
    assert one.outlet == "The Lantern"


RUSSIAN = rss(item("/a", title="Город молчит и ждёт новостей до утра"), title="Вечерний листок")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (RUSSIAN.replace("utf-8", "windows-1251").encode("cp1251"), None),
        (RUSSIAN.replace("utf-8", "windows-1251").encode("cp1251"), "utf-8"),
        (RUSSIAN.encode("cp1251"), None),
        (RUSSIAN.replace("utf-8", "koi8-r").encode(), None),
        (RUSSIAN.encode("utf-16"), None),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "windows-1251"),
    ],
    ids=["declared", "header lies", "feed lies", "utf-8 after all", "utf-16", "mark decides"],
)
def test_encoding_is_found_whoever_lies(data: bytes, charset: str | None) -> None:
    feed = parsed(data, charset=charset)
    assert feed.title == "Вечерний листок"
    assert feed.items[0].title == "Город молчит и ждёт новостей до утра"


def test_broken_letters_do_not_cost_the_links() -> None:
    broken = rss(item("/a", title="X")).encode().replace(b"X", b"\xff\xfe\x81 \xc3 mixed \x98\x8d")
    assert links(parsed(broken)) == ["https://news.example/a"]


def test_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    broken = rss(item("/a"), "<item><title>A & B</title><link>/b</link></item><p>")
    assert links(parsed(broken)) == ["https://news.example/a", "https://news.example/b"]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    + "]>" + rss(item("/a", title="&j;")).partition("?>")[2]
)  # fmt: skip
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + rss(item("/a", title="&x;")).partition("?>")[2]
)
LONG = (
    f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>'
    + rss(item("/a", title="&a;" * 50_000)).partition("?>")[2]
)


@pytest.mark.parametrize(
    "data",
    [LAUGHS.encode(), LAUGHS.encode("utf-16"), OUTSIDE.encode(), LONG.encode()],
    ids=["entities in entities", "in utf-16", "a file of ours", "one long entity"],
)
def test_entities_are_refused_before_anything_unpacks_them(data: bytes) -> None:
    with pytest.raises(FetchError, match="declares XML entities"):
        parsed(data)


def test_entities_hidden_in_another_encoding_unpack_to_nothing() -> None:
    hidden = LAUGHS.replace('"1.0"', '"1.0" encoding="utf-7"').replace("<!", "+ADwAIQ-")
    [one] = parsed(hidden).items
    assert one.title in {"", "&j;"}


@pytest.mark.parametrize("text", ["<html></html>", "{}", "words", "<a/>", "<?xml?>"])
def test_something_else_than_a_feed_is_refused(text: str) -> None:
    with pytest.raises(FetchError, match="no RSS or Atom feed"):
        parsed(text)


@pytest.mark.parametrize("data", [b"", b"   ", b"\x00\x01\x02\x03" * 100])
def test_nothing_and_binaries_are_refused(data: bytes) -> None:
    with pytest.raises(FetchError, match=r"white space|binary"):
        parsed(data)


def test_feed_made_to_be_slow_is_refused() -> None:
    with pytest.raises(FetchError, match="tags: refused"):
        parsed("<a" * 2_000_000)


def test_longest_feeds_are_read_to_a_thousand_items() -> None:
    feed = parsed(rss(*(f"<item><link>/{n}</link></item>" for n in range(1_200))))
    assert len(feed.items) == 1_000
