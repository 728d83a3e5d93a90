"""Right inputs of every kind that Vigil reads, and ways to break them."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tests.producers import archives
from tests.producers.feeds.site import item, rss
from vigil import wire
from vigil.article import Article, article_id, revision_of

if TYPE_CHECKING:
    import random

    _Crawled = tuple[str, bytes, dict[str, str]]

# Kind -> how many of a hundred inputs, about.
KINDS = {
    ".txt": 22, ".html": 12, ".json": 15, ".jsonl": 12, ".jsonl.gz": 4, ".warc": 6, ".warc.gz": 5,
    ".meta.json": 4, "message": 8, "feed": 8, "page": 4, "answer": 5, "opml": 3, "robots": 3,
}  # fmt: skip
_LONGEST = 60_000
_OFTEN = 0.7

# One a line, in bytes, with escapes.
_TOKENS = [
    line.encode().decode("unicode_escape").encode("latin-1", "replace")
    for line in (Path(__file__).parent / "fuzz_tokens.txt").read_text().splitlines()
]


def made(chance: random.Random, kind: str, bases: dict[str, list[bytes]]) -> bytes:
    """Return a broken input; of what is packed, most are broken before they are packed."""
    other = bases[chance.choice([*KINDS])]
    if kind.endswith(".gz") and chance.random() < _OFTEN:
        plain = broken(chance, bases[kind.removesuffix(".gz")], other)
        return packed(plain, each=archives.BEGINS if kind == ".warc.gz" else None)
    return broken(chance, bases[kind], other)


def broken(chance: random.Random, own: list[bytes], other: list[bytes]) -> bytes:
    """Return one of the right inputs, broken; parts of the others may get into it."""
    data = chance.choice(own)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        data = chance.choice(_WAYS)(chance, data, chance.choice(other))[:_LONGEST]
    return data


def _flip(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    made = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 2, 8, 64))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _insert(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_TOKENS) * chance.choice((1, 1, 1, 2, 50)) + data[at:]


def _cut(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:start], data[start:], data[:start] + data[end:]))


def _double(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end][:2_000] * chance.choice((1, 2, 20)) + data[end:]


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(other) + 1) for _ in range(2))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _recode(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-32", "cp1251", "cp1252", "koi8-r")), "replace")


def _nest(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    opening = chance.choice((b"[", b'{"text":', b"<div>", b"<table><tr><td>", b"("))
    at = chance.randrange(len(data) + 1)
    return data[:at] + opening * chance.choice((10, 500, 5_000)) + data[at:]


_WAYS = (_flip, _insert, _insert, _insert, _cut, _double, _splice, _recode, _nest)


def right() -> dict[str, list[bytes]]:
    """Return inputs that are right, by kind."""
    corpus = Path(str(resources.files("producers").joinpath("corpus")))
    texts = [path.read_text() for path in sorted(corpus.rglob("*.txt"))[:40]]
    assert texts
    records = [
        {"title": f"March {number}", "text": text[:3_000], "published": "2022-02-24T12:00:00+03:00",
         "updated": "2022-02-24", "outlet": "Northline", "url": f"https://northline.example/{number}"}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    pages = [_page(record).encode() for record in records]
    meta = [{name: record[name] for name in record if name != "text"} for record in records]
    lines = ["\n".join(map(json.dumps, records[at : at + 4])).encode() for at in range(0, 40, 4)]
    crawled = [_crawled(records[at : at + 2]) for at in range(0, len(records), 2)]
    feeds = [feed(records[at : at + 3]) for at in range(0, 36, 3) for feed in (_rss, _atom, _rdf)]
    return {
        ".txt": [text.encode() for text in texts],
        ".html": pages,
        ".json": [json.dumps(record).encode() for record in records]
        + [json.dumps(records[:3], indent=1).encode()],
        ".jsonl": lines,
        ".jsonl.gz": [packed(some) for some in lines],
        ".warc": [b"".join(some) for some in crawled],
        ".warc.gz": [b"".join(map(packed, some)) for some in crawled],
        ".meta.json": [json.dumps(one).encode() for one in meta],
        "message": [_message(text) for text in texts],
        "feed": feeds,
        "page": pages,
        "answer": [_answer(body, way) for body in (*pages[:4], *feeds[:4]) for way in _PACKINGS],
        "opml": [_opml(records[:count]) for count in range(1, 5)],
        "robots": [_ROBOTS],
    }


def packed(data: bytes, *, each: bytes | None = None) -> bytes:
    """Return data as one member of gzip, or as one for every part that begins like ``each``."""
    if each is None:
        return gzip.compress(data, 1, mtime=0)
    parts = data.split(each)
    return b"".join(packed(part) for part in (parts[0], *(each + one for one in parts[1:])) if part)


def _crawled(records: list[dict[str, str]]) -> list[bytes]:
    found: list[_Crawled] = [(one["url"], _page(one).encode(), {}) for one in records]
    zipped: _Crawled = (records[0]["url"], packed(_page(records[0]).encode()), {"encoding": "gzip"})
    return archives.warc(*found, zipped, packed=False)


def _rss(records: list[dict[str, str]]) -> bytes:
    return rss(*(item(one["url"], title=one["title"]) for one in records)).encode()


def _atom(records: list[dict[str, str]]) -> bytes:
    entries = "".join(
        f"<entry><id>{one['url']}</id><title type='html'>{one['title']}</title>"
        f"<link rel='alternate' href='{one['url']}'/><published>{one['published']}</published>"
        f"<updated>2022-02-24T18:00:00Z</updated><summary><![CDATA[<p>A day</p>]]></summary>"
        "<source><title>Another</title></source></entry>"
        for one in records
    )
    head = "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
    return f"{head}<title>Northline</title><link href='/'/>{entries}</feed>".encode()


def _rdf(records: list[dict[str, str]]) -> bytes:
    items = "".join(
        f"<item rdf:about='{one['url']}'><title>{one['title']}</title><link>{one['url']}</link>"
        f"<dc:date>{one['published']}</dc:date></item>"
        for one in records
    )
    return (
        "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel><title>Northline</title><link>/</link></channel>{items}</rdf:RDF>"
    ).encode()


def _opml(records: list[dict[str, str]]) -> bytes:
    lines = "".join(f"<outline text='A' xmlUrl='{one['url']}/rss'/>" for one in records)
    return f"<?xml version='1.0'?><opml version='2.0'><body>{lines}</body></opml>".encode()


_PACKINGS = ("identity", "gzip", "deflate", "chunked")
_ROBOTS = b"""User-agent: *
Disallow: /private/
Allow: /private/open$
Crawl-delay: 2
Request-rate: 1/5s 0900-1700
Sitemap: https://northline.example/map.xml

User-agent: Vigil
Disallow: /*.pdf$
Crawl-delay: 0.5
"""


def _answer(body: bytes, way: str) -> bytes:
    """Return what a site sends, its head included."""
    if way == "gzip":
        body = packed(body)
    elif way == "deflate":
        body = zlib.compress(body)
    framing = b"Content-Length: %d" % len(body)
    if way == "chunked":
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        framing = b"Transfer-Encoding: chunked"
    packing = b"" if way == "chunked" else b"Content-Encoding: %b\r\n" % way.encode()
    return (
        b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "1"\r\n'
        b"Last-Modified: Thu, 24 Feb 2022 12:00:00 GMT\r\nRetry-After: 120\r\n"
        b"%b%b\r\nConnection: close\r\n\r\n%b" % (packing, framing, body)
    )


def _page(record: dict[str, str]) -> str:
    body = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{record['title']}</title><meta charset='utf-8'>"
        f"<link rel='canonical' href='{record['url']}'>"
        f"<meta property='article:published_time' content='{record['published']}'></head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{record['title']}</h1>{body}</article>"
        "<footer>Write to us</footer></body></html>"
    )


def _message(text: str) -> bytes:
    made = Article(
        id=article_id(url=None, text=text),
        revision=revision_of(text=text, published=None, outlet=None),
        seen_at=datetime(2022, 2, 24, tzinfo=UTC),
        text=text,
    )
    return wire.encode_article(made)
