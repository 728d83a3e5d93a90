"""Connections to public addresses only, each ended by its deadline however slowly data drips.

A feed is written by others, and so is every address in it and every redirect. None of them may
lead this machine to its own services or into the network it stands in (server-side request
forgery). The name is resolved once, all its addresses are checked, and the connection goes to an
address that was checked: a name server that answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING

import httpcore

from producers.feeds.errors import FetchError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable
    from typing import Any

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv4 addresses that IPv6 ones carry: a translator (RFC 6052) would lead to them.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_LAST_32_BITS = 0xFFFFFFFF


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        found: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.teredo:
            return False
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & _LAST_32_BITS)
        found = inner or found
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_here(host: str) -> bool:
    """Return whether a host is written as an address that is not public, or as this machine.

    Whoever gives such a feed means it. A name that merely leads there is not enough: whoever owns
    the name decides where it leads, today and tomorrow.
    """
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return not is_public(name)


class Guard(httpcore.SyncBackend):
    """Opens the one connection of a request."""

    def __init__(self, *, seconds: float, private: bool) -> None:
        """Allow the request so many seconds, and addresses that are not public or not."""
        self._deadline = time.monotonic() + seconds
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of a host's addresses, all of which have to be allowed.

        Raises:
            FetchError: The host has no address, or one that is not public.
            httpcore.NetworkError: No address takes a connection.
        """
        addresses = _resolved(host, port)
        if not self._private and not all(is_public(one) for one in addresses):
            message = f"{host} leads to an address that is not public; nothing was asked of it"
            raise FetchError(message, lasting=True)
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                stream = super().connect_tcp(
                    address, port, min(timeout or 10.0, self.left()), local_address, socket_options
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                last = error
            else:
                return _Timed(stream, self)
        raise last or httpcore.ConnectError

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            httpcore.ReadTimeout: There are none.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


class _Timed(httpcore.NetworkStream):
    """A connection whose every step is bounded by the deadline of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._seconds(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._seconds(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._seconds(timeout))
        return _Timed(secured, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _seconds(self, timeout: float | None) -> float:
        left = self._guard.left()
        return left if timeout is None else min(timeout, left)


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        message = f"{host} has no address ({reason})"
        raise FetchError(message) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
