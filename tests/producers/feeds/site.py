"""A web site of our own on loopback that does whatever a test wants of it, well or badly."""

from __future__ import annotations

import contextlib
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Handle = Callable[["Request"], None]

DAY = "Thu, 24 Feb 2022"


@dataclass(slots=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]


class Request(BaseHTTPRequestHandler):
    """One request, answered by what the site holds under its path."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(
            Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        )
        try:
            with contextlib.suppress(ConnectionError, TimeoutError):
                site.pages.get(self.path.partition("?")[0], missing)(self)
        finally:
            self.close_connection = True

    def answer(self, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        """Answer with a whole body."""
        data = body.encode() if isinstance(body, str) else body
        self.begin(status=status, Content_Length=str(len(data)), **headers)
        self.wfile.write(data)

    def begin(self, *, status: int = 200, **headers: str) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in ({"Connection": "close"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, *_: object) -> None:
        pass  # whoever asked has hung up: wanted here


@dataclass(slots=True)
class Site:
    """A site: what it holds by path, and who asked for what."""

    address: str
    pages: dict[str, Handle] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def count(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(one.path == path for one in self.asked)

    def put(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        """Hold a document under a path."""
        self.pages[path] = lambda request: request.answer(body, status=status, **headers)

    def article(self, path: str, text: str, *, head: str = "", title: str = "A day") -> None:
        """Hold the page of an article."""
        self.put(path, page(text, head=head, title=title), Content_Type="text/html; charset=utf-8")

    def feed(self, *items: str, path: str = "/feed.xml", **headers: str) -> None:
        """Hold a feed of some items."""
        self.put(path, rss(*items), status=200, Content_Type="application/rss+xml", **headers)


def missing(request: Request) -> None:
    """Answer that there is no such page."""
    request.answer("none", status=404)


def page(text: str, *, head: str = "", title: str = "A day") -> str:
    """Return the page of an article."""
    paragraphs = "".join(f"<p>{one}</p>" for one in text.split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def rss(*items: str, title: str = "Northline") -> str:
    """Return a feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>/</link>{''.join(items)}</channel></rss>"
    )


def item(link: str, *, title: str = "A day", date: str | None = f"{DAY} 20:00:00 +0300") -> str:
    """Return one item of a feed."""
    told = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>{told}</item>"


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site for the length of a block."""
    server = _Server(("127.0.0.1", 0), Request)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    server.site = Site(f"{scheme}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.site
    finally:
        server.site.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
