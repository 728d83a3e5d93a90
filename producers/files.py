"""Paths to articles: text, web pages and JSON in, one Article or one Refusal out for each."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, TypeVar

from producers import raw
from producers.decode import decode
from producers.meta import (
    MAX_FIELD,
    Facts,
    as_object,
    facts_beside,
    facts_in,
    one_line,
    parse_json,
    text_in,
)
from producers.raw import MAX_BYTES
from producers.refusal import Refusal, Unreadable, shown
from producers.walk import SUFFIXES, suffix_of, walk
from vigil.article import BEFORE_ALL, Article, article_id, revision_of
from vigil.publication import publication_in

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    SeenAt = Callable[[datetime | None], datetime]

T = TypeVar("T")

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Refusal",
    "arrival",
    "as_published",
    "from_record",
    "line_text",
    "make_article",
    "read",
    "read_file",
    "with_title",
]

# A file that is something else entirely would be refused a million times, line by line: so many
# are named, the rest are counted.
MAX_REFUSED_PARTS = 1_000

# The longest live blogs have half of it. Looking for the publication in all of 20 MB can take
# half a minute.
_STATED_WITHIN = 200_000

_HEADLINE = 200
_FEWEST_WORDS = 2
# Not the words of an image or a front matter fence above the article.
_WORD = re.compile(r"(?<![\w./(-])[^\W\d_]{2,}")
# Quotation marks and brackets that may close a sentence after its full stop.
_CLOSING = "\"'\u201d\u2019\u00bb)] "


def as_published(when: datetime | None) -> datetime:
    """Return when an article became known in a replay: when it was published or updated."""
    return when.astimezone(UTC) if when else BEFORE_ALL


def arrival(now: Callable[[], datetime]) -> SeenAt:
    """Return the rule for live input: an article became known when it arrived here."""
    return lambda _: now()


def read(paths: Sequence[Path], *, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    """Yield the articles in files and folders, and what was refused, in a fixed order.

    Nothing that stands in a file raises: whatever is wrong with one, the rest goes on.

    Args:
        paths: Files and folders; folders are walked to their ends.
        seen_at: Makes the moment an article became known of the moment it was published or
            updated (None: not known): ``as_published`` or ``arrival(now)``.
    """
    for named in paths:
        for path in walk(named):
            if isinstance(path, Refusal):
                yield path
            else:
                yield from read_file(path, seen_at=seen_at)


def read_file(path: Path, *, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    """Yield the articles in one file of a known suffix, and what was refused in it."""
    reader = _READERS[suffix_of(path)]
    try:
        yield from reader(path, seen_at)
    except Unreadable as error:
        yield Refusal(shown(path), str(error))


def make_article(
    body: str, facts: Facts, *, seen_at: SeenAt, origin: str, day: datetime | None = None
) -> Article:
    """Return the article that a text and what is known about it make.

    Args:
        body: The text as received, headed by its title already where it is to be.
        facts: What is known for certain.
        seen_at: As for ``read``.
        origin: Where it was read from.
        day: The publication as it is suggested only, for a text that does not state it.
    """
    published = facts.published or publication_in(body[:_STATED_WITHIN]) or day
    return Article(
        id=article_id(url=facts.url if _names_article(facts.url) else None, text=body),
        revision=revision_of(text=body, published=published, outlet=facts.outlet),
        seen_at=seen_at(facts.updated or published),
        text=body,
        title=facts.title,
        published=published,
        outlet=facts.outlet,
        url=facts.url,
        origin=origin,
    )


def _read_text(path: Path, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    facts = facts_beside(path)
    text = decode(raw.read_bytes(path))
    facts = facts.over(Facts(title=headline(text)))
    yield make_article(text, facts, seen_at=seen_at, origin=shown(path))


def _read_html(path: Path, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    from producers.html import read_page  # noqa: PLC0415  # loads half a second of libraries

    facts = facts_beside(path)
    page = read_page(raw.read_bytes(path))
    facts = facts.over(page.facts)
    body = with_title(facts.title, page.text)
    yield make_article(body, facts, seen_at=seen_at, origin=shown(path), day=page.day)


def _read_json(path: Path, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    meta = facts_beside(path)
    value = parse_json(decode(raw.read_bytes(path)))
    if not isinstance(value, list):
        yield from_record(value, meta, seen_at=seen_at, origin=shown(path))
        return
    if not value:
        message = "an empty list"
        raise Unreadable(message)
    if meta != Facts():
        message = "a meta file describes one article, this list may hold many"
        raise Unreadable(message)

    def make(record: object, origin: str) -> Article:
        return from_record(record, meta, seen_at=seen_at, origin=origin)

    items = ((f"{shown(path)}#{number}", record) for number, record in enumerate(value, start=1))
    yield from _each(items, make, path)


def _read_lines(path: Path, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    def make(line: bytes | None, origin: str) -> Article:
        record = parse_json(line_text(line), where="column {column}")
        return from_record(record, Facts(), seen_at=seen_at, origin=origin)

    lines = (
        (f"{shown(path)}:{number}", line)
        for number, line in raw.read_lines(path)
        if line is None or line.strip()
    )
    if not (yield from _each(lines, make, path)):
        message = "nothing but white space"
        raise Unreadable(message)


def _read_archive(path: Path, seen_at: SeenAt) -> Iterator[Article | Refusal]:
    from producers.bulk import read_archive  # noqa: PLC0415  # it makes articles by this module

    yield from (part.item for part in read_archive(path, seen_at=seen_at) if part.item)


def _each(
    parts: Iterable[tuple[str, T]], make: Callable[[T, str], Article], path: Path
) -> Generator[Article | Refusal, None, int]:
    """Yield what each part of a file makes, and return how many parts there were."""
    count = refused = 0
    for origin, part in parts:
        count += 1
        try:
            yield make(part, origin)
        except Unreadable as error:
            refused += 1
            if refused <= MAX_REFUSED_PARTS:
                yield Refusal(origin, str(error))
    if refused > MAX_REFUSED_PARTS:
        yield Refusal(shown(path), f"{refused - MAX_REFUSED_PARTS:,} more refused")
    return count


def line_text(line: bytes | None) -> str:
    """Return the text of a line of ``.jsonl``; None stands for one that is too long.

    Raises:
        Unreadable: It is too long, or no text.
    """
    if line is None:
        message = f"a line of more than {MAX_BYTES // 1024**2} MiB"
        raise Unreadable(message)
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "binary" if b"\0" in line else "not UTF-8"
        raise Unreadable(message) from None


def from_record(record: object, meta: Facts, *, seen_at: SeenAt, origin: str) -> Article:
    """Return the article of a JSON object: its ``text`` (or ``body``) below its ``title``.

    Raises:
        Unreadable: It is no object, has no text, or a field does not make sense.
    """
    fields = as_object(record)
    facts = meta.over(facts_in(fields))
    body = text_in(fields, "text") or text_in(fields, "body")
    if not body or body.isspace():
        message = 'no "text"'
        raise Unreadable(message)
    return make_article(with_title(facts.title, body), facts, seen_at=seen_at, origin=origin)


def headline(text: str) -> str:
    """Return the first line of a text if it looks like a headline, else "".

    It does if it is short, has two words at least, does not end like a sentence, and something
    follows that is set off by an empty line or is longer.
    """
    line, _, below = text.lstrip().partition("\n")
    if len(line) > _HEADLINE:
        return ""
    first, rest = one_line(line), below.strip()
    is_sentence = first.rstrip(_CLOSING).endswith(".")
    if not rest or is_sentence or len(_WORD.findall(first)) < _FEWEST_WORDS:
        return ""
    is_apart = not below.partition("\n")[0].strip()
    return first if is_apart or len(rest) > len(first) else ""


def with_title(title: str, body: str) -> str:
    """Return a body below its title, which it may already begin with."""
    first = body.lstrip()[: 2 * MAX_FIELD].partition("\n")[0]
    if not title or one_line(first).casefold() == title.casefold():
        return body
    return f"{title}\n\n{body}"


def _names_article(url: str | None) -> bool:
    """Return whether an address can name one article.

    A front page cannot: some sites give it as the address of all their pages, and each article
    would replace the one before it.
    """
    if url is None:
        return False
    _, _, rest = url.partition("://")
    _, _, path = rest.partition("/")
    return bool(path) or "?" in rest


_READERS: dict[str, Callable[[Path, SeenAt], Iterator[Article | Refusal]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": _read_lines,
    ".jsonl.gz": _read_archive,
    ".warc": _read_archive,
    ".warc.gz": _read_archive,
}
