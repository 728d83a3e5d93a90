"""Web pages give the text and the facts of their article, and nothing is ever fetched."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NoReturn

import pytest

from producers.html import MAX_ELEMENTS, read_page
from producers.refusal import Unreadable
from tests.producers.reading import article_of, reason_of, write, write_json

if TYPE_CHECKING:
    from pathlib import Path

EVENING = datetime(2022, 3, 6, 18, 5, tzinfo=timezone(timedelta(hours=3)))
PUBLISHED = '<meta property="article:published_time" content="2022-03-06T18:05:00+03:00">'
STORY = (
    "Officers led away 43 people in the centre of Tver on Sunday evening, a rights group said.",
    "The crowd had come together at noon, sang for an hour, and was gone again by nightfall.",
)


def page(*, head: str = "", body: str = "", title: str = "March in Tver") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    return (
        f"<!DOCTYPE html><html><head><title>{title} | Volga Today</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}{paragraphs}</article>"
        f"<footer>\u00a9 2019 Volga Today. All rights reserved.</footer></body></html>"
    )


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        pytest.fail("a page was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_page_gives_its_article_below_its_title(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "a.html", page()))
    assert article.title == "March in Tver"
    assert article.text.split("\n") == ["March in Tver", *STORY]


def test_title_of_the_meta_file_stands_above_the_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.htm", page())
    write_json(tmp_path / "a.meta.json", title="Forty-three held", outlet="The Lantern")
    article = article_of(path)
    assert article.text.startswith("Forty-three held\n\nMarch in Tver\n")
    assert article.outlet == "The Lantern"


@pytest.mark.parametrize(
    "head",
    [
        PUBLISHED,
        '<meta property="article:published_time" content="2022-03-06">'
        + json_ld({"@type": "NewsArticle", "datePublished": "2022-03-06T18:05:00+03:00"}),
        json_ld([{"@type": "NewsArticle", "datePublished": "2022-03-06T18:05:00+03:00"}]),
        json_ld({"@graph": [{"@type": "WebSite"}, {"datePublished": "2022-03-06T18:05:00+03:00"}]}),
        '<meta itemprop="datePublished" content="2022-03-06T18:05:00+03:00">',
        '<script type="application/ld+json">{"broken</script>' + PUBLISHED,
    ],
    ids=["meta", "day and moment", "list", "graph", "itemprop", "broken"],
)
def test_publication_in_the_markup_keeps_time_and_offset(head: str) -> None:
    published = read_page(page(head=head).encode()).facts.published
    assert published is not None
    assert published.isoformat() == EVENING.isoformat()


def test_only_time_element_is_the_publication() -> None:
    body = '<time datetime="2022-03-06T18:05:00+03:00">Sunday</time>'
    assert read_page(page(body=body).encode()).facts.published == EVENING


def test_one_of_several_time_elements_is_no_publication() -> None:
    body = '<time datetime="2022-03-06">Sunday</time><time datetime="2021-01-23">Related</time>'
    assert read_page(page(body=body).encode()).facts.published is None


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://volga.example/2022/03/06/march">',
        '<meta name="pubdate" content="March 6, 2022">',
    ],
    ids=["address", "words"],
)
def test_day_that_is_only_suggested_stands_apart(head: str) -> None:
    found = read_page(page(head=head).encode())
    assert found.facts.published is None
    assert found.day == datetime(2022, 3, 6, tzinfo=UTC)


def test_suggested_day_is_used_where_the_text_states_none(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://volga.example/2022/03/06/march">'
    path = write(tmp_path / "a.html", page(head=head))
    assert article_of(path).published == datetime(2022, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("", "<p>The war began on 24 February 2022, or 2022-02-24 in lists.</p>", "March"),
        ("", "", "What happened on 2022-02-24"),
        ('<meta property="article:modified_time" content="2022-03-07T10:00Z">', "", "March"),
        ('<meta name="updated" content="2022-03-07">', "", "March"),
    ],
    ids=["running text", "title", "modified", "updated"],
)
def test_publication_is_never_made_up(head: str, body: str, title: str) -> None:
    found = read_page(page(head=head, body=body, title=title).encode())
    assert (found.facts.published, found.day) == (None, None)


def test_update_in_the_markup_decides_when_a_page_became_known(tmp_path: Path) -> None:
    head = PUBLISHED + '<meta property="article:modified_time" content="2022-03-06T20:00:00Z">'
    article = article_of(write(tmp_path / "a.html", page(head=head)))
    assert article.published == EVENING
    assert article.seen_at == datetime(2022, 3, 6, 20, 0, tzinfo=UTC)


def test_site_name_is_the_outlet() -> None:
    head = '<meta property="og:site_name" content="Volga  Today">'
    assert read_page(page(head=head).encode()).facts.outlet == "Volga Today"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="https://Volga.example/a?utm_source=x#top">',
            "https://volga.example/a",
        ),
        (
            '<link rel="canonical" href="/a"><meta name="og:url" content="https://volga.example/b">',
            "https://volga.example/b",
        ),
        (
            '<link rel="alternate canonical" href="http://volga.example/a">',
            "http://volga.example/a",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="/a">', None),
        ("", None),
    ],
)
def test_address_is_the_canonical_one(head: str, expected: str | None) -> None:
    assert read_page(page(head=head).encode()).facts.url == expected


def test_declared_encoding_is_used() -> None:
    words = "\u043c\u0430\u0440\u0448 \u0432 \u0422\u0432\u0435\u0440\u0438"
    source = page(head='<meta charset="windows-1251">', body=f"<p>{words}, said the banner.</p>")
    data = source.replace("\u00a9", "(c)").encode("cp1251")
    assert words in read_page(data).text


def test_unicode_beats_the_declared_encoding() -> None:
    source = page(head='<meta charset="windows-1251">', body="<p>The caf\u00e9 was shut.</p>")
    assert "caf\u00e9" in read_page(source.encode()).text


def test_fragment_is_read() -> None:
    assert read_page(f"<p>{STORY[0]}</p>".encode()).text.strip() == STORY[0]


def test_tables_and_lists_by_city_are_part_of_the_text() -> None:
    body = "<ul><li>Tver: 43</li></ul><table><tr><td>Omsk</td><td>12</td></tr></table>"
    text = read_page(page(body=body).encode()).text
    assert "Tver: 43" in text
    assert "| Omsk | 12 |" in text


def test_entities_of_a_document_type_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE html [<!ENTITY e0 "bang">{levels}]><html><body><p>&e9;</p>'
    found = read_page(f"{bomb}<p>{STORY[0]}</p><p>{STORY[1]}</p></body></html>".encode())
    assert len(found.text) < 2_000


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<html><body></body></html>", "no article text found"),
        ("<html><body><script>var held = 43;</script></body></html>", "no article text found"),
        ("<!-- -->", "no article text found"),
        (page(body="<div>" * 400), "elements nested more than 240 deep"),
        (page(body="<br>" * MAX_ELEMENTS), "50,0[0-9]+ elements, more than 50,000"),
        (
            page(body="a" * 10_000_000),
            r"web page of 10,000,[0-9]+ characters, more than 10,000,000",
        ),
        (
            page(body=f"<p {' '.join(f'a{n}=b' for n in range(60_000))}>"),
            r"a tag with 60,00[0-9] attributes, more than 2,000",
        ),
    ],
    ids=["empty", "script", "comment", "deep", "elements", "characters", "attributes"],
)
def test_page_without_text_or_made_to_be_slow_is_refused(source: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        read_page(source.encode())


def test_failing_parser_gives_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No page is known that makes the parsers raise; should one come, the rest must go on.
    def fail(*_: object, **__: object) -> NoReturn:
        message = "43 people in Tver"
        raise AssertionError(message)

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    path = write(tmp_path / "a.html", page())
    assert reason_of(path) == "web page that cannot be parsed (AssertionError)"
