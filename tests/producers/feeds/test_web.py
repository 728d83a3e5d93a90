"""Sites that misbehave: slow, huge, endless, circling, lying, and asking for peace."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest

from producers.feeds.guard import is_here, is_public
from producers.feeds.request import Limits
from tests.producers.feeds.site import serving

if TYPE_CHECKING:
    from tests.producers.feeds.conftest import Reader
    from tests.producers.feeds.site import Request, Site


def test_request_names_the_project_and_its_version(site: Site, reader: Reader) -> None:
    site.put("/page", "well")
    reader.get(f"{site.address}/page")
    assert {one.headers["user-agent"].partition(" ")[0] for one in site.asked} == {"Vigil/0.1.0"}


def test_answer_that_stalls_is_given_up(site: Site, thrifty: Reader) -> None:
    def stall(request: Request) -> None:
        request.begin(Content_Length="100")
        request.wfile.write(b"half")
        site.over.wait(60)

    site.pages["/page"] = stall
    thrifty.limits = Limits(silent=0.5)
    error = thrifty.why_not(f"{site.address}/page")
    assert "too slow" in str(error)
    assert not error.lasting


def test_answer_that_drips_is_given_up_when_its_time_is_over(site: Site, thrifty: Reader) -> None:
    def drip(request: Request) -> None:
        request.begin()
        while not site.over.wait(0.1):
            request.wfile.write(b".")

    site.pages["/page"] = drip
    thrifty.limits = Limits(seconds=1.0, silent=30.0)
    assert "too slow" in str(thrifty.why_not(f"{site.address}/page"))


def test_head_that_drips_is_given_up_when_its_time_is_over(site: Site, thrifty: Reader) -> None:
    def drip(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not site.over.wait(0.1):
            request.wfile.write(b".")

    site.pages["/page"] = drip
    thrifty.limits = Limits(seconds=1.0, silent=30.0)
    assert "too slow" in str(thrifty.why_not(f"{site.address}/page"))


def test_answer_that_announces_too_much_is_not_read(site: Site, thrifty: Reader) -> None:
    site.pages["/page"] = lambda request: request.begin(Content_Length="9000000000")
    error = thrifty.why_not(f"{site.address}/page")
    assert "9,000,000,000 bytes" in str(error)
    assert error.lasting


def test_answer_without_end_is_cut(site: Site, thrifty: Reader) -> None:
    def endless(request: Request) -> None:
        request.begin()
        while not site.over.is_set():
            request.wfile.write(b"x" * 10_000)

    site.pages["/page"] = endless
    assert "too large" in str(thrifty.why_not(f"{site.address}/page"))


def test_answer_that_breaks_off_is_not_taken_for_whole(site: Site, thrifty: Reader) -> None:
    def broken(request: Request) -> None:
        request.begin(Content_Length="100")
        request.wfile.write(b"half")

    site.pages["/page"] = broken
    assert "broke off" in str(thrifty.why_not(f"{site.address}/page"))


def test_gzip_bomb_is_not_unpacked(site: Site, thrifty: Reader) -> None:
    site.put("/page", gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")
    assert "unpacks to more" in str(thrifty.why_not(f"{site.address}/page"))


def test_gzip_bomb_of_many_members_is_not_unpacked(site: Site, thrifty: Reader) -> None:
    site.put("/page", gzip.compress(bytes(100_000)) * 50, Content_Encoding="gzip")
    assert "unpacks to more" in str(thrifty.why_not(f"{site.address}/page"))


def test_packed_answer_that_ends_early_is_not_taken_for_whole(site: Site, thrifty: Reader) -> None:
    site.put("/page", gzip.compress(b"well" * 1000)[:-9], Content_Encoding="gzip")
    assert "ends in the middle" in str(thrifty.why_not(f"{site.address}/page"))


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (gzip.compress(b"well"), "gzip"),
        (gzip.compress(b"we") + gzip.compress(b"ll"), "gzip"),
        (zlib.compress(b"well"), "deflate"),
        (zlib.compress(b"well")[2:-4], "deflate"),
    ],
    ids=["gzip", "two members", "deflate", "bare deflate"],
)
def test_packed_answer_is_unpacked(site: Site, reader: Reader, packed: bytes, name: str) -> None:
    site.put("/page", packed, Content_Encoding=name)
    answer = reader.get(f"{site.address}/page")
    assert answer
    assert answer.body == b"well"


def test_packing_that_was_not_asked_for_is_refused(site: Site, reader: Reader) -> None:
    site.put("/page", "x", Content_Encoding="br")
    assert "not asked for" in str(reader.why_not(f"{site.address}/page"))


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, reader: Reader) -> None:
    site.put("/one", "", status=301, Location="/two")
    site.put("/two", "well")
    answer = reader.get(f"{site.address}/one")
    assert answer
    assert answer.url == f"{site.address}/two"


def test_redirect_loop_is_told(site: Site, reader: Reader) -> None:
    site.put("/one", "", status=302, Location="/two")
    site.put("/two", "", status=302, Location="/one")
    assert "in a circle" in str(reader.why_not(f"{site.address}/one"))


def test_redirects_without_end_are_not_followed_for_ever(site: Site, reader: Reader) -> None:
    for number in range(20):
        site.put(f"/{number}", "", status=302, Location=f"/{number + 1}")
    assert "more than 5 times" in str(reader.why_not(f"{site.address}/0"))
    assert site.count("/6") == 0


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x.example/", "//[", "gopher://127.0.0.1:6379/_x"]
)
def test_redirect_to_something_else_than_the_web_is_refused(
    site: Site, reader: Reader, location: str
) -> None:
    site.put("/one", "", status=302, Location=location)
    assert "no http or https address" in str(reader.why_not(f"{site.address}/one"))


def test_redirect_to_another_port_of_this_machine_is_refused(site: Site, reader: Reader) -> None:
    with serving() as other:
        site.put("/one", "", status=302, Location=f"{other.address}/secret")
        assert "not public" in str(reader.why_not(f"{site.address}/one"))
        assert other.asked == []


def test_name_that_leads_to_this_machine_is_refused(site: Site, reader: Reader) -> None:
    port = site.address.rpartition(":")[2]
    site.put("/one", "", status=302, Location=f"http://localhost:{port}/two")
    assert "not public" in str(reader.why_not(f"{site.address}/one"))


def test_closed_network_is_read_where_that_is_allowed(site: Site, reader: Reader) -> None:
    reader.private = True
    with serving() as other:
        site.put("/one", "", status=302, Location=f"{other.address}/two")
        other.put("/two", "well")
        assert reader.get(f"{site.address}/one")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254",  "0.0.0.0",  # noqa: S104

        "100.64.0.1", "224.0.0.1", "240.0.0.1", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "::",
        "2001:0:0:0:0:0:0:1", "nonsense",
    ],
)  # fmt: skip
def test_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909"]
)
def test_address_that_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("[::1]", True),
        ("localhost", True),
        ("9.9.9.9", False),
        ("news.example", False),
        ("localhost.news.example", False),
    ],
)
def test_only_an_address_that_says_so_is_of_a_closed_network(host: str, *, here: bool) -> None:
    assert is_here(host) is here


def test_robots_txt_forbids(site: Site, reader: Reader) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/*.html\n")
    site.put("/private/a.html", "secret")
    error = reader.why_not(f"{site.address}/private/a.html")
    assert "robots.txt of 127.0.0.1 forbids" in str(error)
    assert error.lasting
    assert site.count("/private/a.html") == 0


def test_robots_txt_for_us_goes_before_that_for_all(site: Site, reader: Reader) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: vigil\nAllow: /\n")
    site.put("/page", "well")
    assert reader.get(f"{site.address}/page")


def test_robots_txt_is_asked_for_once_a_day(site: Site, reader: Reader) -> None:
    site.put("/page", "well")
    reader.get(f"{site.address}/page")
    reader.later(hours=23)
    reader.get(f"{site.address}/page")
    assert site.count("/robots.txt") == 1
    reader.later(hours=2)
    reader.get(f"{site.address}/page")
    assert site.count("/robots.txt") == 2


def test_robots_txt_that_fails_forbids_all_for_now(site: Site, reader: Reader) -> None:
    site.put("/robots.txt", "", status=500)
    error = reader.why_not(f"{site.address}/page")
    assert "robots.txt cannot be read" in str(error)
    assert not error.lasting
    assert site.count("/page") == 0


def test_too_many_requests_are_answered_with_the_peace_asked_for(
    site: Site, reader: Reader
) -> None:
    site.put("/page", "", status=429, Retry_After="120")
    web = reader.web
    with pytest.raises(Exception, match="too many requests") as caught:
        web.get(f"{site.address}/page", accept="*/*", home=reader.feed.url)
    assert caught.value.retry_after == 120  # type: ignore[attr-defined]  # a FetchError
    with pytest.raises(Exception, match="asked to be left alone"):
        web.get(f"{site.address}/other", accept="*/*", home=reader.feed.url)
    assert site.count("/other") == 0


def test_retry_after_may_be_a_date(site: Site, reader: Reader) -> None:
    site.put("/page", "", status=503, Retry_After="Fri, 25 Feb 2022 06:05:00 GMT")
    assert reader.why_not(f"{site.address}/page").retry_after == 300
