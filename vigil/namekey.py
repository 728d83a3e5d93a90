"""The key of the hashes that stand for names: set by a person, or made once and kept."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from typing import TYPE_CHECKING

from vigil.errors import SettingsError

if TYPE_CHECKING:
    from vigil.settings import Settings

_BYTES = 32
_FILE = "names.key"


def names_key(settings: Settings) -> bytes:
    """Return the key, the same for every process on this machine.

    Extractors on several machines have to be given one key by ``VIGIL_NAMES_KEY``, or the same
    person would count as another on each.

    Raises:
        SettingsError: The data folder cannot be written.
    """
    if settings.names_key:
        return settings.names_key.get_secret_value().encode()
    path = settings.data / _FILE
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written beside and linked into place, which fails if another process was first:
        # nobody can ever read half a key, and whoever came first has decided.
        with tempfile.NamedTemporaryFile(dir=settings.data, prefix=f"{_FILE}.") as draft:
            draft.write(secrets.token_bytes(_BYTES))
            draft.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft.name)
        return path.read_bytes()
    except OSError as error:
        message = f"cannot keep the key of names in {path}: {error.strerror}; set VIGIL_NAMES_KEY"
        raise SettingsError(message) from error
