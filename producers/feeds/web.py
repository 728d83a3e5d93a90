"""The polite reader of web sites: its name, robots.txt, turns, redirects, conditional requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from protego import Protego

from producers.feeds.errors import FetchError
from producers.feeds.guard import is_here
from producers.feeds.request import Answer, Limits, parts_unfit, request, trust

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from producers.feeds.hosts import Hosts

    class RobotsMemory(Protocol):
        """Where rules are kept across restarts."""

        def robots(self, origin: str, now: datetime) -> str | None:
            """Return the text kept for a site that is still fresh, else None."""

        def keep_robots(self, origin: str, text: str, now: datetime) -> None:
            """Keep a site's text."""


NAME = "Vigil"
MAX_REDIRECTS = 5
# RFC 9309 asks that at least 500 KiB of rules are read; nobody needs more.
_ROBOTS = Limits(wire=512 * 1024, body=512 * 1024)
_LONGEST_CRAWL_DELAY = 30.0
# Asked to go away without being told for how long.
_HELD_SECONDS = 60.0

_REDIRECTS = {301, 302, 303, 307, 308}
_OK, _UNCHANGED, _TOO_MANY, _UNAVAILABLE = 200, 304, 429, 503
_CLIENT_ERRORS, _SERVER_ERRORS = range(400, 500), range(500, 600)
# Answers that another try within the day will not change.
_LASTING = {400, 401, 403, 404, 405, 406, 410, 414, 451}
_WORDS = {
    401: "it wants a password",
    403: "forbidden",
    404: "not found",
    410: "gone",
    429: "too many requests",
    451: "withheld for legal reasons",
    500: "the site failed",
    502: "the site failed",
    503: "not available now",
    504: "the site failed",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave along with a document, to ask whether it changed since."""

    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> Validators:
        """Return the validators of an answer."""
        return cls(answer.headers.get("etag"), answer.headers.get("last-modified"))

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return {name: value for name, value in pairs if value}


def user_agent(contact: str | None) -> str:
    """Return the name we ask under: the project, its version, and where its operator is."""
    reach = f"; {contact}" if contact else ""
    return f"{NAME}/{metadata.version('vigil')} (reads news feeds and their articles{reach})"


class Web:
    """Fetches documents for one process; safe to share among threads."""

    def __init__(
        self,
        *,
        hosts: Hosts,
        memory: RobotsMemory,
        contact: str | None = None,
        private: bool = False,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Fetch under our name.

        Args:
            hosts: Whose turn it is.
            memory: Where rules of robots.txt are kept.
            contact: An address of who runs this, for those who run the sites.
            private: Whether all addresses may be asked, those of a closed network too.
            limits: What one request may take.
            now: The clock.
            context: The certificates to trust.
        """
        self._hosts = hosts
        self._memory = memory
        self._agent = user_agent(contact)
        self._private = private
        self._limits = limits or Limits()
        self._now = now
        self._context = context or trust()

    def get(
        self,
        url: str,
        *,
        accept: str,
        validators: Validators | None = None,
        home: str | None = None,
    ) -> Answer | None:
        """Return a document, or None where it is as it was.

        Args:
            url: Its address.
            accept: The media types that are of use.
            validators: What came along last time.
            home: The feed's own address. If that was given as one of this machine or of a closed
                network, the same host and port may be asked, and no other there.

        Raises:
            FetchError: It could not be had; the reason says why.
            Stopped: The command is to stop.
        """
        headers = {"Accept": accept, **(validators.headers() if validators else {})}
        seen: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            if parts_unfit(url):
                message = "leads to something that is no http or https address"
                raise FetchError(message, lasting=True)
            if url in seen:
                message = "redirects in a circle"
                raise FetchError(message, lasting=True)
            seen.add(url)
            delay = self._allowed(url, home)
            answer = self._ask(url, headers, home=home, delay=delay, limits=self._limits)
            if answer.status not in _REDIRECTS:
                return self._judged(answer)
            url = _onward(url, answer)
        message = f"redirects more than {MAX_REDIRECTS} times"
        raise FetchError(message, lasting=True)

    def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        home: str | None,
        delay: float | None,
        limits: Limits,
    ) -> Answer:
        name = urlsplit(url).netloc.rpartition("@")[2]
        with self._hosts.turn(name, delay=delay):
            return request(
                url,
                {"User-Agent": self._agent, **headers},
                context=self._context,
                private=self._private or (home is not None and _same_place(url, home)),
                limits=limits,
            )

    def _judged(self, answer: Answer) -> Answer | None:
        """Return an answer that has a document in it, None for an unchanged one."""
        status = answer.status
        if status == _OK:
            return answer
        if status == _UNCHANGED:
            return None
        wait = answer.retry_after(self._now())
        if status in {_TOO_MANY, _UNAVAILABLE}:
            wait = wait if wait is not None else _HELD_SECONDS
            self._hosts.hold(urlsplit(answer.url).netloc.rpartition("@")[2], wait)
        words = f" ({_WORDS[status]})" if status in _WORDS else ""
        lasting = status in _LASTING
        message = f"HTTP {status}{words}"
        raise FetchError(message, lasting=lasting, retry_after=wait, status=status)

    def _allowed(self, url: str, home: str | None) -> float | None:
        """Return the delay that robots.txt asks for.

        Raises:
            FetchError: It forbids the address, or could not be read, which counts as that
                (RFC 9309).
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        text = self._memory.robots(origin, self._now())
        if text is None:
            text = self._robots(origin, home)
            self._memory.keep_robots(origin, text, self._now())
        rules = Protego.parse(text)
        if not rules.can_fetch(url, NAME):
            message = f"robots.txt of {parts.hostname} forbids it"
            raise FetchError(message, lasting=True)
        delay = rules.crawl_delay(NAME)
        return min(float(delay), _LONGEST_CRAWL_DELAY) if delay else None

    def _robots(self, origin: str, home: str | None) -> str:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(url, {}, home=home, delay=None, limits=_ROBOTS)
            if answer.status not in _REDIRECTS:
                break
            url = _onward(url, answer)
        if answer.status == _OK:
            return answer.body.decode("utf-8", "replace")
        if answer.status in _CLIENT_ERRORS and answer.status != _TOO_MANY:
            return ""  # there is none: all is allowed
        if answer.status in _REDIRECTS:
            return ""  # RFC 9309: one that cannot be reached by redirects may be taken for none
        message = f"robots.txt cannot be read, so nothing is asked: HTTP {answer.status}"
        wait = answer.retry_after(self._now())
        if wait is not None:
            self._hosts.hold(urlsplit(url).netloc.rpartition("@")[2], wait)
        raise FetchError(message, retry_after=wait)


def _onward(url: str, answer: Answer) -> str:
    """Return where a redirect leads, "" where that is no address."""
    try:
        return urljoin(url, answer.headers.get("location", ""))
    except ValueError:
        return ""


def _same_place(url: str, home: str) -> bool:
    """Return whether an address is where a feed was given, on a host that is not public."""
    one, other = urlsplit(url), urlsplit(home)
    return is_here(other.hostname or "") and (one.scheme, one.hostname, one.port) == (
        other.scheme,
        other.hostname,
        other.port,
    )
