"""One HTTP request: bounded in time, in bytes on the wire and in bytes unpacked."""

from __future__ import annotations

import base64
import re
import ssl
import zlib
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import certifi
import httpcore

from producers.feeds.errors import FetchError
from producers.feeds.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

# A live blog of a whole war day is a page of 5 MB; on the wire it comes packed.
MAX_WIRE_BYTES = 5 * 1024 * 1024
MAX_BODY_BYTES = 10 * 1024 * 1024
CONNECT_SECONDS = 10.0
SILENT_SECONDS = 20.0
WHOLE_SECONDS = 60.0
# No site knows better than this when we should come back.
MAX_RETRY_AFTER = 24 * 3600.0

_SAFE = "%/:@!$&'()*+,;=~-._"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: bytes as sent, bytes unpacked, seconds in all and of silence."""

    wire: int = MAX_WIRE_BYTES
    body: int = MAX_BODY_BYTES
    seconds: float = WHOLE_SECONDS
    silent: float = SILENT_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered.

    Attributes:
        url: The address that answered, after any redirects.
        status: The HTTP status.
        headers: Its headers, names in lower case; of several of one name the last.
        body: The body, unpacked.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type in lower case, "" where it is not told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding its headers claim."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None

    def retry_after(self, now: datetime) -> float | None:
        """Return the seconds it asks to be left alone; None where it does not."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return min(float(value[:9]), MAX_RETRY_AFTER)
        try:
            when = parsedate_to_datetime(value)
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            seconds = (when - now).total_seconds()
        except (ValueError, OverflowError):
            return None
        return min(max(seconds, 0.0), MAX_RETRY_AFTER)


def trust() -> ssl.SSLContext:
    """Return the certificates to trust: Mozilla's, and those this system trusts besides."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # SSL_CERT_FILE, and what a company put into its machines
    return context


def request(
    url: str,
    headers: Mapping[str, str],
    *,
    context: ssl.SSLContext,
    private: bool,
    limits: Limits,
) -> Answer:
    """Ask for an address, following nothing.

    Args:
        url: An http or https address.
        headers: What to send along.
        context: The certificates to trust.
        private: Whether the host may have an address that is not public.
        limits: What it may take.

    Raises:
        FetchError: No whole answer within the limits; the reason says why.
    """
    target = _target(url)
    host = target.host.decode()
    origin = target.origin
    timeouts = dict.fromkeys(("read", "write", "pool"), limits.silent)
    sent = [
        (b"Host", _host_header(target)),
        (b"Accept-Encoding", b"gzip, deflate"),
        (b"Connection", b"close"),
        *((name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()),
        *_authorization(url),
    ]
    guard = Guard(seconds=limits.seconds, private=private)
    with (
        _told_clearly(host),
        httpcore.HTTPConnection(origin, ssl_context=context, network_backend=guard) as connection,
        connection.stream(
            "GET",
            target,
            headers=sent,
            extensions={"timeout": timeouts | {"connect": CONNECT_SECONDS}},
        ) as response,
    ):
        found = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        body = b"".join(_unpacked(_limited(response, found, limits), found, limits))
        return Answer(url, response.status, found, body)


def _target(url: str) -> httpcore.URL:
    """Return an address in ASCII; a name or a path in other letters is legal in a feed."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        name, port = "", None
    if parts_unfit(url) or not name:
        message = "no http or https address"
        raise FetchError(message, lasting=True)
    path = quote(parts.path or "/", safe=_SAFE)
    query = quote(parts.query, safe=_SAFE + "?[]|")
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=name.encode(),
        port=port or _PORTS[parts.scheme],
        target=(f"{path}?{query}" if query else path).encode(),
    )


def _host_header(target: httpcore.URL) -> bytes:
    host = b"[%b]" % target.host if b":" in target.host else target.host
    port = target.origin.port
    return host if port == _PORTS[target.scheme.decode()] else b"%b:%d" % (host, port)


def parts_unfit(url: str) -> bool:
    """Return whether an address is none that is ever fetched: another scheme, control signs."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return True
    return scheme not in _PORTS or any(ord(char) <= ord(" ") for char in url)


def _authorization(url: str) -> list[tuple[bytes, bytes]]:
    """Return the header that an address with user and password stands for."""
    parts = urlsplit(url)
    if parts.username is None:
        return []
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return [(b"Authorization", b"Basic " + base64.b64encode(pair.encode()))]


def _limited(
    response: httpcore.Response, headers: Mapping[str, str], limits: Limits
) -> Iterator[bytes]:
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.wire:
        raise _too_large(int(announced), limits.wire)
    left = limits.wire
    for piece in response.iter_stream():
        left -= len(piece)
        if left < 0:
            raise _too_large(None, limits.wire)
        yield piece


def _unpacked(
    pieces: Iterator[bytes], headers: Mapping[str, str], limits: Limits
) -> Iterator[bytes]:
    packing = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if packing == "identity":
        yield from pieces
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        message = f"packed as {packing[:40]!a}, which was not asked for"
        raise FetchError(message, lasting=True)
    try:
        yield from _inflated(pieces, limits.body)
    except zlib.error as error:
        message = "packed data that is broken"
        raise FetchError(message) from error


def _inflated(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Unpack gzip, zlib or bare deflate, one member after the other, up to so many bytes."""
    unpacker, begun = None, False
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker is None or unpacker.eof:
                # The low bits of the first byte tell zlib (8) and gzip (0x1f) from bare deflate.
                bare = not begun and rest[0] != 0x1F and rest[0] & 0x0F != 8  # noqa: PLR2004
                unpacker, begun = zlib.decompressobj(-15 if bare else 47), True
            unpacked = unpacker.decompress(rest, most + 1)
            most -= len(unpacked)
            if most < 0:
                message = "unpacks to more than it may: refused"
                raise FetchError(message, lasting=True)
            yield unpacked
            rest = unpacker.unconsumed_tail or unpacker.unused_data
            if unpacker.eof and rest[:1] == b"\0":  # padding behind the last member
                rest = b""
    if unpacker is not None and not unpacker.eof:
        message = "packed data that ends in the middle"
        raise FetchError(message)


def _too_large(size: int | None, most: int) -> FetchError:
    told = f"{size:,} bytes" if size else "too large"
    return FetchError(f"{told}: more than {most / 1024**2:g} MiB are not taken", lasting=True)


@contextmanager
def _told_clearly(host: str) -> Iterator[None]:
    """Turn what a connection can die of into one line."""
    try:
        yield
    except httpcore.ConnectTimeout as error:
        message = f"{host} does not take a connection in time"
        raise FetchError(message) from error
    except httpcore.TimeoutException as error:
        message = f"{host} is too slow: no whole answer in time"
        raise FetchError(message) from error
    except httpcore.ProtocolError as error:
        message = f"{host} does not speak proper HTTP, or broke off ({error})"
        raise FetchError(message) from error
    except httpcore.NetworkError as error:
        raise FetchError(_of_network(host, error)) from error


def _of_network(host: str, error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {host} is not to be trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection to {host}: {(cause.reason or 'TLS failed').lower()}"
        cause = cause.__cause__ or cause.__context__
    return f"no connection to {host}: {error or type(error).__name__}"
