"""What lies between rounds: pauses, turns of hosts, lists of feeds, how sources do."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from producers.feeds.errors import FeedError, Stopped
from producers.feeds.hosts import Hosts
from producers.feeds.lists import gathered
from producers.feeds.memory import FILE, Memory
from producers.feeds.service import pause_after

if TYPE_CHECKING:
    from pathlib import Path

    from tests.producers.feeds.conftest import Reader
    from tests.producers.feeds.site import Request, Site


def test_pause_doubles_with_each_failure_up_to_a_quarter_of_a_day() -> None:
    for failures, longest in ((1, 600), (2, 1_200), (3, 2_400), (50, 21_600)):
        pauses = {pause_after(failures, 600.0) for _ in range(50)}
        assert longest / 2 <= min(pauses) < max(pauses) <= longest


def test_pause_is_never_shorter_than_was_asked_for() -> None:
    assert pause_after(1, 600.0, 86_400.0) == 86_400.0


def test_pause_between_rounds_is_never_the_same_for_all() -> None:
    assert len({pause_after(0, 600.0) for _ in range(20)}) > 1


def test_host_is_asked_by_one_at_a_time(site: Site, reader: Reader) -> None:
    asked, most = [0], [0]

    def slow(request: Request) -> None:
        # Over before it is answered: who has the answer may ask again at once.
        asked[0] += 1
        most[0] = max(most[0], asked[0])
        site.over.wait(0.05)
        asked[0] -= 1
        request.answer("well")

    site.pages["/page"] = slow
    web = reader.web

    def ask(_: int) -> None:
        web.get(f"{site.address}/page", accept="*/*", home=reader.feed.url)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(12)))
    assert site.count("/page") == 12
    assert most == [1]


def test_host_is_left_alone_between_two_requests() -> None:
    waited: list[float] = []

    class Noting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0.0)
            return False

    stopping = Noting()
    hosts = Hosts(delay=600.0, stopping=stopping)
    with hosts.turn("news.example"):
        assert waited == []
    with hosts.turn("other.example"):
        assert waited == []
    with hosts.turn("news.example", delay=3_000.0):
        assert 500.0 < waited.pop() <= 600.0
    with hosts.turn("news.example"):
        assert 2_900.0 < waited.pop() <= 3_000.0


def test_waiting_for_a_host_ends_when_told_to_stop() -> None:
    stopping = threading.Event()
    hosts = Hosts(delay=60.0, stopping=stopping)
    with hosts.turn("news.example"):
        pass
    stopping.set()
    with pytest.raises(Stopped, match="stopped"), hosts.turn("news.example"):
        pass


def test_feeds_are_gathered_from_everywhere_and_each_once(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.txt"
    listed.write_text("# ours\nhttps://a.example/rss  Evening Sheet\n\nhttps://b.example/rss\n")
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="News"><outline type="rss" text="C of old" '
        'title="C" xmlUrl="https://c.example/rss"/><outline xmlUrl="HTTPS://A.example/rss"/>'
        "</outline></body></opml>"
    )
    feeds = gathered(["https://d.example/rss"], files=[listed], opml=[opml])
    assert [(one.url, one.outlet) for one in feeds] == [
        ("https://d.example/rss", None),
        ("https://a.example/rss", "Evening Sheet"),
        ("https://b.example/rss", None),
        ("https://c.example/rss", "C"),
    ]


def test_password_of_a_feed_is_not_in_its_name() -> None:
    [feed] = gathered(["https://me:secret@a.example/rss?x=1"])
    assert feed.url == "https://me:secret@a.example/rss?x=1"
    assert feed.name == "https://a.example/rss?x=1"


@pytest.mark.parametrize("url", ["a.example/rss", "file:///etc/passwd", "ftp://a.example/"])
def test_what_is_no_address_is_refused_with_its_place(tmp_path: Path, url: str) -> None:
    listed = tmp_path / "feeds.txt"
    listed.write_text(f"# a remark\n{url}\n")
    with pytest.raises(FeedError, match=r"feeds\.txt:2: .*no http or https address"):
        gathered([], files=[listed])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE o [<!ENTITY a "x">]><opml>&a;</opml>', "declares XML entities"),
        ("<opml><body>", "no OPML"),
        ("words", "no OPML"),
    ],
)
def test_opml_that_cannot_be_read_is_told(tmp_path: Path, text: str, reason: str) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(text)
    with pytest.raises(FeedError, match=reason):
        gathered([], opml=[opml])


def test_broken_memory_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, " * 100)
    with pytest.raises(FeedError, match="delete it"):
        Memory(tmp_path)


def test_feed_that_is_forgotten_is_read_as_for_the_first_time(site: Site, reader: Reader) -> None:
    site.article("/a", "Police detained 940 people in Moscow on Thursday, OVD-Info said.")
    site.feed("<item><link>/a</link></item>")
    assert len(reader.sent()) == 1
    reader.memory.forget(reader.feed.name)
    assert len(reader.sent()) == 1
