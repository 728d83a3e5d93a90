"""Facts are read strictly: a day, an address, a line; or they are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from producers.meta import Facts, facts_in, moment, normal_url
from producers.refusal import Unreadable

PLUS_THREE = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-03-06", datetime(2022, 3, 6, tzinfo=UTC)),
        ("2022-03-06T18:05", datetime(2022, 3, 6, 18, 5, tzinfo=UTC)),
        ("2022-03-06 18:05:07", datetime(2022, 3, 6, 18, 5, 7, tzinfo=UTC)),
        ("2022-03-06 18:05 +03:00", datetime(2022, 3, 6, 18, 5, tzinfo=PLUS_THREE)),
        ("2022-03-06T18:05:07.123Z", datetime(2022, 3, 6, 18, 5, 7, 123000, tzinfo=UTC)),
        ("2022-03-06T18:05:07.123456789Z", datetime(2022, 3, 6, 18, 5, 7, 123456, tzinfo=UTC)),
        ("2022-03-06T18:05:07+0300", datetime(2022, 3, 6, 18, 5, 7, tzinfo=PLUS_THREE)),
    ],
)
def test_moment_reads_iso_8601(value: str, expected: datetime) -> None:
    found = moment(value)
    assert found == expected
    assert found is not None
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "6 March 2022",
        "06/03/2022",
        "2022-03",
        "20220306",
        "2022-W10-7",
        "2022-3-6",
        "2022-02-30",
        "2022-03-06T25:00",
        "2022-03-06x18:05",
        "2022-03-06T18:05+99:00",
        "2022-03-06T18:05:00+03:00:30",
        "0001-01-01T00:00+05:00",
        "9999-12-31T23:00-05:00",
        "\u0662\u0660\u0662\u0662-03-06",
        "2022-03-06 or so",
    ],
)
def test_moment_takes_nothing_else(value: str) -> None:
    assert moment(value) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://volga.example/a", "https://volga.example/a"),
        ("HTTPS://Volga.EXAMPLE/A", "https://volga.example/A"),
        ("https://volga.example:443/a", "https://volga.example/a"),
        ("http://volga.example:80/a", "http://volga.example/a"),
        ("http://volga.example:443/a", "http://volga.example:443/a"),
        ("http://volga.example:/a", "http://volga.example/a"),
        ("https://volga.example/a#top", "https://volga.example/a"),
        ("https://volga.example/a?utm_source=x&id=5&fbclid=y", "https://volga.example/a?id=5"),
        ("https://volga.example/a?gclid=x&UTM_Medium=y", "https://volga.example/a"),
        ("https://volga.example/a?b=2&a=1&b=", "https://volga.example/a?b=2&a=1&b="),
        ("https://volga.example/a?utmost=1", "https://volga.example/a?utmost=1"),
        ("https://volga.example/a?gclids=1", "https://volga.example/a?gclids=1"),
        ("https://volga.example/%D0%B0%2f", "https://volga.example/%D0%B0%2f"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://volga.example", "https://volga.example"),
    ],
)
def test_url_is_normalised(url: str, expected: str) -> None:
    assert normal_url(url) == expected
    assert normal_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        "volga.example/a",
        "/a",
        "//volga.example/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://volga.example/a",
        "https://",
        "https://:443/a",
        "https://volga.example:port/a",
        "https://volga.example:99999/a",
        "https://[volga/a",
        "https://volga.example/a b",
        "https://volga.example/\x1b[31m",
        "https://volga.example/a\u2028",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Unreadable, match=r"^url is no http or https address$"):
        normal_url(url)


def test_facts_are_one_line_each() -> None:
    facts = facts_in({"title": " March\n in\x1b[1m\tTver ", "outlet": "", "url": None})
    assert facts == Facts(title="March in [1m Tver")


def test_shape_of_a_bad_date_does_not_tell_what_it_says() -> None:
    with pytest.raises(Unreadable, match=r'^published looks like "aaaa aaaaaa, 99", which is not'):
        facts_in({"published": "Anna Ivanov, 24"})


def test_over_fills_gaps_only() -> None:
    first = Facts(title="Tver", published=datetime(2022, 3, 6, tzinfo=UTC))
    second = Facts(title="Omsk", outlet="The Lantern")
    assert first.over(second) == Facts(
        title="Tver", published=datetime(2022, 3, 6, tzinfo=UTC), outlet="The Lantern"
    )
