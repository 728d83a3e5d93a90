"""Who may see the dashboard, where a file names an OpenID Connect provider; off by default."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from vigil.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_NEEDED: Final = (
    "redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url",
)  # fmt: skip
_SHORTEST: Final = 32  # characters of the secret that cookies are signed with
EVERYBODY: Final = "*"


@dataclass(frozen=True, slots=True)
class Login:
    """A provider, and whom of those it knows we let in.

    Attributes:
        provider: What Streamlit is given of it, secrets among it.
        allowed: Mail addresses, or ``@domain``, in small letters; ``*`` for all it knows.
    """

    provider: Mapping[str, str] = field(repr=False)
    allowed: tuple[str, ...]


def load_login(path: Path) -> Login:
    """Return what a file says; its texts are never part of a message.

    Raises:
        SettingsError: The file cannot be read, something is missing, or Authlib is.
    """
    if find_spec("authlib") is None:
        message = "VIGIL_LOGIN needs Authlib: pip install -r requirements-oidc.lock"
        raise SettingsError(message)
    told = _read(path)
    missing = [name for name in _NEEDED if not isinstance(told.get(name), str) or not told[name]]
    if missing:
        message = f"VIGIL_LOGIN: {path} lacks {', '.join(missing)}"
        raise SettingsError(message)
    if len(told["cookie_secret"]) < _SHORTEST:
        message = f"VIGIL_LOGIN: cookie_secret in {path} has to have {_SHORTEST} characters or more"
        raise SettingsError(message)
    allowed = told.get("allowed")
    if not allowed or not isinstance(allowed, list) or not all(map(_names_somebody, allowed)):
        message = (
            f"VIGIL_LOGIN: allowed in {path} has to list who may come in: addresses, @domain, or "
            'a single "*" for everybody whom the provider knows'
        )
        raise SettingsError(message)
    return Login({name: told[name] for name in _NEEDED}, tuple(one.lower() for one in allowed))


def is_allowed(login: Login, user: Mapping[str, Any]) -> bool:
    """Return whether a person may come in, by what the provider says of them.

    An address that the provider calls unverified is nobody's: anyone could have typed it.
    """
    if EVERYBODY in login.allowed:
        return True
    address = user.get("email")
    if not isinstance(address, str) or user.get("email_verified") is not True:
        return False
    address = address.lower()
    return address in login.allowed or f"@{address.rpartition('@')[2]}" in login.allowed


def _names_somebody(one: object) -> bool:
    return isinstance(one, str) and (one == EVERYBODY or "@" in one)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"VIGIL_LOGIN: {path} cannot be read: {error.strerror}"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        message = f"VIGIL_LOGIN: {path} is not TOML"  # the fault's own text may quote a secret
    raise SettingsError(message) from None
