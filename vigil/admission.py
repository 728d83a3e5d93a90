"""How Kafka lets us in: by which certificates and which user; and what is wrong when it does not.

kafka-python says of each refusal no more than that nobody answered in time. So somebody who waits
for a reason is given one by knocking once more, with nothing but TLS.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from vigil.errors import BrokerError, NotLetIn, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

_SECONDS: Final = 10.0  # for a server to greet
_HEARD: Final = 1.0  # for a server to say that it wants a certificate, once all else is agreed


class Refusal(NamedTuple):
    """Why Kafka did not let us in, and what to do.

    Attributes:
        reason: For a person, with the setting to look at and no secret.
        certain: Whether it was seen; else it is what is left.
    """

    reason: str
    certain: bool

    def error(self, doing: str) -> BrokerError:
        """Return it as an error; trying again may help where it is not certain."""
        kind = BrokerError if self.certain else NotLetIn
        return kind(f"{doing}: {self.reason}")


def credentials(settings: Settings) -> dict[str, object]:
    """Return what every Kafka client is given to be let in.

    Raises:
        SettingsError: A file of certificates cannot be read as one.
    """
    given: dict[str, object] = {"security_protocol": settings.kafka_security.upper()}
    if settings.kafka_security != "plaintext":
        given["ssl_context"] = _context(settings)
    if settings.kafka_security == "sasl_ssl":
        given["sasl_mechanism"] = settings.kafka_mechanism
        given["sasl_plain_username"] = settings.kafka_user
        password = settings.kafka_password
        given["sasl_plain_password"] = password.get_secret_value() if password else None
    return given


def _context(settings: Settings) -> ssl.SSLContext:
    """Return what we trust and who we are; names of servers are checked."""
    file = "VIGIL_KAFKA_CA"
    try:
        context = ssl.create_default_context(cafile=settings.kafka_ca)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if settings.kafka_cert:
            file = "VIGIL_KAFKA_CERT, VIGIL_KAFKA_KEY or VIGIL_KAFKA_KEY_PASSWORD"
            locked = settings.kafka_key_password
            # Left out it would ask whoever sits at the terminal.
            password = locked.get_secret_value() if locked else ""
            context.load_cert_chain(settings.kafka_cert, settings.kafka_key, password)
    except (OSError, ValueError) as error:  # ssl's own errors are OSErrors
        message = f"settings do not make sense: {file}: {_said(error)}"
        raise SettingsError(message) from None
    return context


def distrust(settings: Settings) -> Refusal | None:
    """Greet over TLS before kafka-python does, which waits for ever for one who is silent.

    Returns:
        None where all is well, nobody listens, or no TLS is asked for.
    """
    if settings.kafka_security == "plaintext":
        return None
    with _knocking(settings) as (door, host):
        return _greet(settings, door, host, listen=False) if door else None


def refusal(settings: Settings) -> Refusal | None:
    """Knock at the first address that somebody listens on, and say what is wrong there.

    Returns:
        None where nobody listens at all, or nothing is wrong that a knock could tell.
    """
    with _knocking(settings) as (door, host):
        if door is None:
            return None
        if settings.kafka_security == "plaintext":
            return _speaks_tls(door, host)
        return _greet(settings, door, host, listen=True) or _unknown(settings)


@contextmanager
def _knocking(settings: Settings) -> Iterator[tuple[socket.socket | None, str]]:
    """Connect to the first address that somebody listens on."""
    with ExitStack() as stack:
        for address in settings.kafka.split(","):
            host, _, port = address.strip().rpartition(":")
            host = host.strip("[]")
            try:
                door = socket.create_connection((host, int(port)), _SECONDS)
            except (OSError, ValueError):
                continue  # nobody there, or no address
            stack.enter_context(closing(door))
            yield door, host
            return
        yield None, ""


def _greet(settings: Settings, door: socket.socket, host: str, *, listen: bool) -> Refusal | None:
    try:
        with _context(settings).wrap_socket(door, server_hostname=host) as greeted:
            if listen:
                _listen(greeted)
    except ssl.SSLCertVerificationError as error:
        return Refusal(
            f"its certificate is not to be trusted ({error.verify_message}): is VIGIL_KAFKA_CA the "
            "authority that signed it, and VIGIL_KAFKA the name it was made out to?",
            certain=True,
        )
    except (TimeoutError, ConnectionError, ssl.SSLEOFError):
        # Kafka without TLS hangs up on a greeting; so does one that is just going down.
        return Refusal(_NO_TLS, certain=False)
    except ssl.SSLError as error:
        return _unfriendly(settings, error)
    except OSError:
        return Refusal(_NO_TLS, certain=True)
    return None


def _unknown(settings: Settings) -> Refusal:
    """Return what is left where TLS stands."""
    if settings.kafka_security == "ssl":
        reason = "TLS stands: does it want a user and a password (VIGIL_KAFKA_SECURITY=sasl_ssl)?"
    else:
        reason = (
            f"TLS stands, so Kafka most likely does not know the user {settings.kafka_user} with "
            f"this password by {settings.kafka_mechanism}: look at VIGIL_KAFKA_USER, "
            "VIGIL_KAFKA_PASSWORD and VIGIL_KAFKA_MECHANISM"
        )
    return Refusal(reason, certain=False)


_NO_TLS: Final = (
    "it does not speak TLS on this port: is the port in VIGIL_KAFKA right, and "
    "VIGIL_KAFKA_SECURITY too?"
)


def _unfriendly(settings: Settings, error: ssl.SSLError) -> Refusal:
    if "CERTIFICATE" not in (error.reason or "") and "HANDSHAKE_FAILURE" not in str(error.reason):
        return Refusal(_NO_TLS, certain=True)
    ours = "VIGIL_KAFKA_CERT is not one it trusts" if settings.kafka_cert else "we gave none"
    return Refusal(
        f"it asks for a certificate, and {ours}: set VIGIL_KAFKA_CERT and VIGIL_KAFKA_KEY",
        certain=True,
    )


def _listen(greeted: ssl.SSLSocket) -> None:
    """Wait a moment for a server that has something to say against us; most have not."""
    greeted.settimeout(_HEARD)
    try:
        greeted.recv(1)
    except TimeoutError:
        return


def _speaks_tls(door: socket.socket, host: str) -> Refusal | None:
    """Say so where TLS is spoken; nothing is sent over it, so it need not be trusted."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        context.wrap_socket(door, server_hostname=host).close()
    except ssl.SSLError as error:
        if "CERTIFICATE" not in (error.reason or ""):
            return None
    except OSError:
        return None
    reason = "it speaks TLS on this port: set VIGIL_KAFKA_SECURITY to ssl or sasl_ssl"
    return Refusal(reason, certain=True)


def _said(error: Exception) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
    return str(reason).lower().replace("_", " ")
