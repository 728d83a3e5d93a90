"""Files of every format become the articles they hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from producers.files import Refusal, arrival, as_published, headline, read
from tests.producers.reading import article_of, read_all, reason_of, write, write_json
from vigil.article import BEFORE_ALL, Article, article_id, revision_of

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Officers led away 43 people in Tver.\n\nThe square was empty by nine."
EVENING = datetime(2022, 3, 6, 18, 5, tzinfo=timezone(timedelta(hours=3)))


def test_text_is_kept_as_found(tmp_path: Path) -> None:
    text = "  March in Tver\r\n\r\nOfficers led away 43\u00a0people. \u2028 Later.\n\n"
    assert article_of(write(tmp_path / "a.txt", text)).text == text


def test_text_article_carries_its_facts(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    write_json(
        tmp_path / "a.meta.json",
        title="March in Tver",
        published="2022-03-06T18:05:00+03:00",
        outlet="Volga Today",
        url="https://Volga.example/a?utm_source=mail#top",
        source="a key nobody asked for",
    )
    address = "https://volga.example/a"
    assert article_of(path) == Article(
        id=article_id(url=address, text=BODY),
        revision=revision_of(text=BODY, published=EVENING, outlet="Volga Today"),
        seen_at=EVENING.astimezone(UTC),
        text=BODY,
        title="March in Tver",
        published=EVENING,
        outlet="Volga Today",
        url=address,
        origin=str(path),
    )


def test_text_without_url_is_known_by_its_text(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "a.txt", BODY))
    assert article.id == article_id(url=None, text=BODY)


def test_front_page_address_does_not_identify_an_article(tmp_path: Path) -> None:
    first = write_json(tmp_path / "a.json", text="Tver: 43 held.", url="https://volga.example/")
    second = write_json(tmp_path / "b.json", text="Omsk: 12 held.", url="https://volga.example/")
    assert article_of(first).id != article_of(second).id
    assert article_of(first).url == "https://volga.example/"


def test_publication_stated_in_the_text_is_found(tmp_path: Path) -> None:
    text = "March in Tver\n\nSunday 6 March 2022 18:05 GMT\n\nOfficers led away 43 people.\n"
    article = article_of(write(tmp_path / "a.txt", text))
    assert article.published == datetime(2022, 3, 6, 18, 5, tzinfo=UTC)
    assert article.seen_at == article.published


def test_publication_in_the_meta_file_beats_the_text(tmp_path: Path) -> None:
    text = "March in Tver\n\nSunday 6 March 2022 18:05 GMT\n\nOfficers led away 43 people.\n"
    path = write(tmp_path / "a.txt", text)
    write_json(tmp_path / "a.meta.json", published="2022-03-07")
    assert article_of(path).published == datetime(2022, 3, 7, tzinfo=UTC)


def test_unstated_publication_stays_unknown(tmp_path: Path) -> None:
    article = article_of(write(tmp_path / "a.txt", BODY))
    assert article.published is None
    assert article.seen_at == BEFORE_ALL


def test_update_decides_when_an_article_became_known(tmp_path: Path) -> None:
    path = write_json(
        tmp_path / "a.json", text=BODY, published="2022-03-06", updated="2022-03-06T20:00Z"
    )
    article = article_of(path)
    assert article.published == datetime(2022, 3, 6, tzinfo=UTC)
    assert article.seen_at == datetime(2022, 3, 6, 20, 0, tzinfo=UTC)


def test_arrival_takes_the_moment_from_the_clock(tmp_path: Path) -> None:
    noon = datetime(2022, 3, 8, 12, 0, tzinfo=UTC)
    path = write_json(tmp_path / "a.json", text=BODY, published="2022-03-06")
    (article,) = read([path], seen_at=arrival(lambda: noon))
    assert isinstance(article, Article)
    assert article.seen_at == noon


def test_as_published_gives_utc() -> None:
    assert as_published(EVENING).isoformat() == "2022-03-06T15:05:00+00:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March in Tver\n\nOfficers led away 43.", "March in Tver"),
        ("\n\n  March   in Tver \r\n\r\nOfficers led away 43.", "March in Tver"),
        ("March in Tver\nOfficers led away 43 people on Sunday.", "March in Tver"),
        ("Who was held in Tver?\n\nOfficers led away 43.", "Who was held in Tver?"),
        ("Officers led away 43 people.\n\nThe square was empty.", ""),
        ("\u201cWe saw it all.\u201d\n\nThe square was empty by nine.", ""),
        ("March in Tver", ""),
        ("March in Tver\n\n  \n", ""),
        ("The whole story of one march\nends here", ""),
        ("---\ntitle: March in Tver\n---\n\nOfficers led away 43.", ""),
        ("![](img/march.jpg)\n\nOfficers led away 43.", ""),
        ("word " * 60 + "\n\nOfficers led away 43.", ""),
    ],
)
def test_headline_is_a_first_line_that_looks_like_one(text: str, expected: str) -> None:
    assert headline(text) == expected


def test_json_text_stands_below_its_title(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", title=" March\nin Tver ", text=BODY)
    assert article_of(path).title == "March in Tver"
    assert article_of(path).text == f"March in Tver\n\n{BODY}"


def test_json_title_is_not_doubled(tmp_path: Path) -> None:
    text = f"MARCH in Tver\n\n{BODY}"
    path = write_json(tmp_path / "a.json", title="March in Tver", text=text)
    assert article_of(path).text == text


def test_json_title_that_only_begins_the_first_line_stands_above_it(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", title="Tver", text="Tver officers led away 43.")
    assert article_of(path).text == "Tver\n\nTver officers led away 43."


def test_meta_file_beats_what_the_file_says(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", text=BODY, outlet="the-lantern", title="Tver")
    write_json(tmp_path / "a.meta.json", outlet="The Lantern")
    assert (article_of(path).outlet, article_of(path).title) == ("The Lantern", "Tver")


def test_json_list_holds_several_articles(tmp_path: Path) -> None:
    records = [{"text": "Tver: 43 held."}, {"title": "no body"}, {"text": "Omsk: 12 held."}]
    path = write(tmp_path / "a.json", json.dumps(records))
    first, refused, second = read_all(path)
    assert refused == Refusal(f"{path}#2", 'no "text"')
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.origin, second.origin) == (f"{path}#1", f"{path}#3")


def test_jsonl_gives_one_article_a_line(tmp_path: Path) -> None:
    lines = ['{"text": "Tver: 43 held."}', "", '{"text" "Omsk"}', '{"text": "Omsk: 12 held."}']
    path = write(tmp_path / "a.jsonl", "\ufeff" + "\r\n".join(lines))
    first, refused, second = read_all(path)
    assert isinstance(first, Article)
    assert isinstance(refused, Refusal)
    assert isinstance(second, Article)
    assert (first.origin, refused.path, second.origin) == (f"{path}:1", f"{path}:3", f"{path}:4")
    assert refused.reason == "broken JSON at column 9: Expecting ':' delimiter"


def test_jsonl_that_is_something_else_is_not_refused_for_ever(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "{}\n" * 1_500)
    refused = read_all(path)
    assert len(refused) == 1_001
    assert refused[-1] == Refusal(str(path), "500 more refused")


def test_origin_can_be_sent_whatever_the_name_is_made_of(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = b"tver\xff\x1b[31m\n.txt".decode("utf-8", "surrogateescape")
    write(folder / name, BODY)
    assert article_of(folder).origin == f"{folder}/tver\\xff\\x1b[31m\\n.txt"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty file"),
        (" \n\t ", "nothing but white space"),
        ("{", "broken JSON at line 1, column 2: Expecting property name enclosed in double quotes"),
        ('{"text": "a"\n "b"}', "broken JSON at line 2, column 2: Expecting ',' delimiter"),
        ('{"text": NaN}', "broken JSON: NaN is not JSON"),
        ('{"text": -Infinity}', "broken JSON: -Infinity is not JSON"),
        ("[" * 200_000, "broken JSON: nests too deep"),
        ('{"a":' * 200_000, "broken JSON: nests too deep"),
        ('{"a":' + "1" * 9_000 + "}", "broken JSON: a number of thousands of digits"),
        ("[]", "an empty list"),
        ('"Tver"', "text, not an object"),
        ("null", "nothing, not an object"),
        ("{}", 'no "text"'),
        ('{"text": " "}', 'no "text"'),
        ('{"text": ["a"]}', "text is a list, not text"),
        ('{"text": "a", "title": 7}', "title is a number, not text"),
        ('{"text": "a", "outlet": true}', "outlet is true or false, not text"),
        ('{"text": "a", "url": {}}', "url is an object, not text"),
        ('{"text": "a \\ud83d"}', "text holds half a character (a lone surrogate)"),
        ('{"text": "a", "title": "\\udc00"}', "title holds half a character (a lone surrogate)"),
        ('{"text": "a\\u0000"}', "text holds a NUL character"),
        ('{"text": "a", "title": "' + "b" * 2_001 + '"}', "title of 2,001 characters, more than"),
        ('{"text": "a", "url": "javascript:alert(1)"}', "url is no http or https address"),
        ('{"text": "a", "published": 1646579100}', "published is a number, not text"),
        (
            '{"text": "a", "published": "Sunday, 6.3."}',
            'published looks like "aaaaaa, 9.9.", which is not ISO 8601',
        ),
        (
            '{"text": "a", "updated": "2022-02-30"}',
            "updated 2022-02-30 is not in the calendar",
        ),
        (
            '{"text": "a", "published": "2200-01-01"}',
            "published 2200-01-01 is not in the calendar up to 2199",
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_broken_json_is_refused_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    assert reason_of(write(tmp_path / "a.json", content)).startswith(reason)


def test_what_comes_late_beside_a_file_is_another_article_by_its_address_alone(
    tmp_path: Path,
) -> None:
    """Readers remember nothing: docs/sources.md says what that means for a push."""
    path = write(tmp_path / "a.txt", "Ten people were detained in Graz on Sunday, police said.\n")
    first = article_of(path)
    write_json(tmp_path / "a.meta.json", published="2021-05-04")
    dated = article_of(path)
    assert (dated.id, dated.revision != first.revision) == (first.id, True)
    assert dated.seen_at > first.seen_at
    write_json(tmp_path / "a.meta.json", outlet="Northline")
    named = article_of(path)
    assert (named.id, named.seen_at) == (first.id, first.seen_at)
    assert named.revision != first.revision
    write_json(tmp_path / "a.meta.json", url="https://northline.example/a")
    assert article_of(path).id != first.id
