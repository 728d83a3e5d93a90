"""Each kind of input to who reads it in earnest, and what must hold of whatever comes of it."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from producers.bulk import read_archive
from producers.feeds.errors import FeedError, FetchError
from producers.feeds.hosts import Hosts
from producers.feeds.known import NEVER_HAD, Page
from producers.feeds.lists import gathered
from producers.feeds.parse import MAX_ITEMS, Item, parse
from producers.feeds.read import read_answer
from producers.feeds.request import Answer, Limits, request, trust
from producers.feeds.web import Web
from producers.files import as_published, read
from producers.meta import one_line
from producers.refusal import Refusal, Unreadable
from producers.walk import ARCHIVES
from vigil import wire
from vigil.errors import WireError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from producers.bulk import Part
    from vigil.article import Article

NOW = datetime(2022, 2, 25, 12, 0, tzinfo=UTC)
_URL = "https://northline.example/1"
_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
# Where broken packed data is noticed depends on where reading began.
_PACKED = "packed data"


@dataclass(slots=True)
class Tally:
    """How many articles, feeds, answers and messages were read, and how much was refused."""

    articles: int = 0
    refusals: int = 0


@dataclass(slots=True)
class Readers:
    """All readers, and what they read from.

    Attributes:
        folder: Where files of an input are put; empty before and after each.
        line: A site that sends what it is told to, whatever that is.
        trusted: Certificates, read once: that takes half a second.
        tally: What came of all inputs so far.
    """

    folder: Path
    line: Line
    trusted: ssl.SSLContext = field(default_factory=trust)
    tally: Tally = field(default_factory=Tally)

    def give(self, kind: str, data: bytes) -> None:
        """Have an input read by who reads its kind."""
        named = getattr(self, f"_{kind}", None)
        if named:
            named(data)
        else:
            self._file(kind, data)

    def _file(self, kind: str, data: bytes) -> None:
        path = self.folder / ("a.txt" if kind == ".meta.json" else f"a{kind}")
        files = {path: data} if kind != ".meta.json" else {
            path: b"A march\n\nTen people were detained in Graz.\n",
            self.folder / "a.meta.json": data,
        }  # fmt: skip
        for each, content in files.items():
            each.write_bytes(content)
        try:
            items = list(read([path], seen_at=as_published))
            for found in items:
                self._take(found)
            if kind in ARCHIVES:
                _resumes(path)
            else:
                assert items, "neither an article nor a refusal"
        finally:
            for each in files:
                each.unlink()

    def _take(self, found: Article | Refusal) -> None:
        if isinstance(found, Refusal):
            assert found.reason.isprintable(), "a refusal no terminal can show"
            self.tally.refusals += 1
        else:
            assert wire.decode_article(wire.encode_article(found)) == found
            self.tally.articles += 1

    def _message(self, data: bytes) -> None:
        for decode in (wire.decode_article, wire.decode_claims, wire.decode_review):
            try:
                decode(data)
            except WireError:
                self.tally.refusals += 1
            else:
                self.tally.articles += 1

    def _feed(self, data: bytes) -> None:
        with self._refusing():
            found = parse(data, url=_URL, charset=_claimed(data), now=NOW)
            assert len(found.items) <= MAX_ITEMS
            for one in found.items:
                assert one.link.startswith(("http://", "https://"))
                assert one.title == one_line(one.title)
                assert one.published is None or one.published.tzinfo
            self.tally.articles += 1

    def _page(self, data: bytes) -> None:
        charset = _claimed(data)
        kind = f"text/html; charset={charset}" if charset else "text/html"
        self._answered(Answer(_URL, 200, {"content-type": kind}, data))

    def _answer(self, data: bytes) -> None:
        """Give what a site sends, byte for byte, to who asks it, and what comes to who reads it."""
        with self._refusing(), self.line.sending(data) as url:
            answer = request(url, {}, context=self.trusted, private=True, limits=Limits())
            wait = answer.retry_after(NOW)
            assert wait is None or wait >= 0
            self._answered(answer)
            self._feed(answer.body)

    def _answered(self, answer: Answer) -> None:
        with self._refusing():
            page = Page(Item(_URL, "digest", "March"), NEVER_HAD, None, False, 0)
            self._take(read_answer(answer, page, outlet=None, feed=_URL, now=NOW))

    def _opml(self, data: bytes) -> None:
        path = self.folder / "feeds.opml"
        path.write_bytes(data)
        try:
            with self._refusing():
                for way in ({"opml": [path]}, {"files": [path]}):
                    for one in gathered([], **way):
                        assert one.url.startswith(("http://", "https://"))
                self.tally.articles += 1
        finally:
            path.unlink()

    def _robots(self, data: bytes) -> None:
        with self._refusing(), self.line.sending(_OK) as url:
            web = Web(
                hosts=Hosts(delay=0, stopping=threading.Event()),
                memory=_Rules(data.decode("utf-8", "replace")),
                private=True,
                context=self.trusted,
            )
            assert web.get(url, accept="*/*")
            self.tally.articles += 1

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except (FetchError, Unreadable, FeedError) as error:
            self._take(Refusal(_URL, str(error)))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What robots.txt of every site says."""

    text: str

    def robots(self, _origin: str, _now: datetime) -> str:
        return self.text

    def keep_robots(self, _origin: str, _text: str, _now: datetime) -> None:
        pass


class Line:
    """A site on loopback that answers each request with whatever bytes are to be sent."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._server = socket.create_server(("127.0.0.1", 0))
        self._data = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @contextmanager
    def sending(self, data: bytes) -> Iterator[str]:
        """Send this to who asks at the address that is given."""
        self._data = data
        yield f"http://127.0.0.1:{self._server.getsockname()[1]}/1"

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                found, _ = self._server.accept()
            except OSError:
                return  # closed
            with found:
                asked = b""
                try:
                    while b"\r\n\r\n" not in asked and (more := found.recv(65_536)):
                        asked += more
                    found.sendall(self._data)
                except OSError:
                    pass  # whoever asked has heard enough


def _claimed(data: bytes) -> str | None:
    """Return what headers say of the encoding: it is often wrong, and here now and then absurd."""
    names = (None, None, "utf-8", "windows-1251", "koi8-r", "utf-16", "idna", "rot13", "x" * 40)
    return names[sum(data[:64]) % len(names)]


def _resumes(path: Path) -> None:
    """Check that an archive that is gone on with gives what was still to come."""
    parts = list(read_archive(path, seen_at=as_published))
    if len(parts) < 2 or any(_of_packing(part) for part in parts):
        return
    at = sum(len(str(part.read)) for part in parts) % (len(parts) - 1)
    rest = list(read_archive(path, seen_at=as_published, start=parts[at].place))
    said = [re.sub(r"\d+", "", str(part.item)) for part in rest]
    assert said == [re.sub(r"\d+", "", str(part.item)) for part in parts[at + 1 :]], "not the rest"


def _of_packing(part: Part) -> bool:
    return isinstance(part.item, Refusal) and _PACKED in part.item.reason
