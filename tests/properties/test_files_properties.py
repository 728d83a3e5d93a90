"""Whatever bytes stand in a file, it gives articles or refusals, and the same ones again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from producers.files import Refusal, as_published, read
from producers.meta import normal_url, one_line
from producers.refusal import Unreadable
from producers.walk import SUFFIXES
from vigil import wire
from vigil.article import Article

json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
fields = st.sampled_from(["title", "text", "body", "published", "updated", "outlet", "url"])
dates = st.datetimes().map(lambda when: when.isoformat()) | st.dates().map(str)
records = st.dictionaries(fields, json_values | st.text(min_size=1) | dates)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300)
pieces = (
    *("<html>", "<body>", "<p>", "</p>", "</div>", "<title>", "<script>", "<!--", "-->", "<meta "),
    *(
        "<a href",
        "<![CDATA[",
        "<?xml",
        "<",
        ">",
        "content=",
        '"',
        "'",
        "&amp;",
        "&#x0;",
        "&#55296;",
    ),
    "\0",
)
markup = st.lists(st.sampled_from(pieces) | st.text(max_size=20), max_size=30).map("".join)
contents = (
    st.binary(max_size=400)
    | texts.map(lambda text: text.encode("utf-16"))
    | texts.map(lambda text: text.encode("cp1251", "replace"))
    | records.map(lambda record: json.dumps(record).encode())
    | st.lists(records, max_size=3).map(lambda listed: json.dumps(listed).encode())
    | st.lists(records).map(lambda lines: "\n".join(map(json.dumps, lines)).encode())
    | markup.map(lambda source: source.encode("utf-8", "surrogatepass"))
)


@settings(max_examples=400)
@given(suffix=st.sampled_from(SUFFIXES), content=contents, meta=st.none() | contents)
@example(suffix=".json", content=b'{"text": "a", "published": "0001-01-01T00:00+05:00"}', meta=None)
@example(suffix=".jsonl", content=b"\xef\xbb\xbf\n\xff\n", meta=None)
def test_any_bytes_give_articles_or_refusals(
    suffix: str, content: bytes, meta: bytes | None
) -> None:
    items = read_fresh(suffix, content, meta)
    assert items
    for item in items:
        if isinstance(item, Article):
            # What can be read can be sent.
            assert wire.decode_article(wire.encode_article(item)) == item
            assert not item.text.isspace()
        else:
            assert item.reason.isprintable()


@settings(max_examples=150)
@given(suffix=st.sampled_from(SUFFIXES), content=contents, meta=st.none() | contents)
def test_reading_is_the_same_every_time(suffix: str, content: bytes, meta: bytes | None) -> None:
    def told(items: list[Article | Refusal]) -> list[tuple[str, ...]]:
        return [
            (item.id, item.revision, str(item.seen_at), item.text)
            if isinstance(item, Article)
            else (item.reason,)
            for item in items
        ]

    assert told(read_fresh(suffix, content, meta)) == told(read_fresh(suffix, content, meta))


@given(texts)
def test_text_is_kept_to_the_last_character(text: str) -> None:
    items = read_fresh(".txt", text.encode(), None)
    kept = [item.text for item in items if isinstance(item, Article)]
    assert kept in ([text.removeprefix("\ufeff")], [])
    if not kept:
        said = text.removeprefix("\ufeff").strip()
        assert "\0" in text or not said or is_mostly_control(text)


@given(title=texts, body=texts)
def test_json_text_begins_with_its_title_and_ends_with_its_body(title: str, body: str) -> None:
    content = json.dumps({"title": title, "text": body}).encode()
    for item in read_fresh(".json", content, None):
        if isinstance(item, Article):
            assert item.text.endswith(body)
            assert one_line(item.text).casefold().startswith(item.title.casefold())


@given(st.text(max_size=60) | st.text(alphabet="htps:/?&=#@[].a1 utm_", max_size=40))
def test_normal_form_of_an_address_is_its_own_normal_form(text: str) -> None:
    try:
        once = normal_url(f"https://{text}")
    except Unreadable:
        return
    assert normal_url(once) == once


def read_fresh(suffix: str, content: bytes, meta: bytes | None) -> list[Article | Refusal]:
    """Read one file in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        if meta is not None:
            path.with_name("a.meta.json").write_bytes(meta)
        return list(read([path], seen_at=as_published))


def is_mostly_control(text: str) -> bool:
    return sum(char < " " or char == "\x7f" for char in text) * 10 > len(text)
