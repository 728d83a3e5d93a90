"""What is known about an article besides its text: read strictly, and never made up."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from producers.decode import decode
from producers.raw import read_bytes
from producers.refusal import Unreadable
from vigil.article import AFTER_ALL

if TYPE_CHECKING:
    from collections.abc import Mapping

META_SUFFIX = ".meta.json"

# Far above any headline and any address that works; such a field is a mistake, and would be
# shown on a wall.
MAX_FIELD = 2_000

_NO_ADDRESS = "url is no http or https address"

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
# Most are in that form, and to see it costs a tenth of taking them apart.
_NORMAL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[A-Za-z0-9/._~-]*")
_TRACKING = re.compile(r"(?:utm_[^=]*|fbclid|gclid)(?:=|$)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL_TO_SPACE = dict.fromkeys([*range(32), *range(127, 160)], " ")
_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an article besides its text.

    Attributes:
        title: The headline in one line, or "".
        published: When the outlet published it (aware), or None.
        updated: When the outlet last changed it (aware), or None.
        outlet: Who printed it, or None.
        url: Where, normalised, or None.
    """

    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    outlet: str | None = None
    url: str | None = None

    def over(self, other: Facts) -> Facts:
        """Return these facts, with the gaps filled from the other ones."""
        return Facts(
            title=self.title or other.title,
            published=self.published or other.published,
            updated=self.updated or other.updated,
            outlet=self.outlet or other.outlet,
            url=self.url or other.url,
        )


def facts_beside(path: Path) -> Facts:
    """Return what ``NAME.meta.json`` beside ``NAME.txt`` says, nothing where there is none.

    Raises:
        Unreadable: The meta file is broken; the reason names it.
    """
    name = str(path)[: -len(path.suffix) or None] + META_SUFFIX
    try:
        os.lstat(name)
    except OSError:  # not there, or a name that would be too long to be there
        return Facts()
    meta = Path(name)
    try:
        return facts_in(parse_json(decode(read_bytes(meta))))
    except Unreadable as error:
        message = f"meta file {ascii(meta.name)[1:-1]}: {error}"
        raise Unreadable(message) from error


def facts_in(record: object) -> Facts:
    """Return the facts in a JSON object; keys that are not known are ignored.

    Raises:
        Unreadable: It is no object, or a field does not make sense; the reason names the field
            and not its content.
    """
    fields = as_object(record)
    url = line_in(fields, "url")
    return Facts(
        title=line_in(fields, "title"),
        published=_moment_in(fields, "published"),
        updated=_moment_in(fields, "updated"),
        outlet=line_in(fields, "outlet") or None,
        url=normal_url(url) if url else None,
    )


def parse_json(text: str, *, where: str = "line {line}, column {column}") -> object:
    """Return the value of a JSON text.

    Args:
        text: The JSON.
        where: How to tell the place of a fault.

    Raises:
        Unreadable: It is broken (the reason says where), nests too deep, or says NaN.
    """
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = where.format(line=error.lineno, column=error.colno)
        message = f"broken JSON at {place}: {error.msg}"
        raise Unreadable(message) from None  # the error carries the whole text
    except RecursionError:
        message = "broken JSON: nests too deep"
        raise Unreadable(message) from None
    except ValueError:
        message = "broken JSON: a number of thousands of digits"
        raise Unreadable(message) from None
    return value


def as_object(value: object) -> Mapping[str, object]:
    """Return a JSON value that is to be an object.

    Raises:
        Unreadable: It is something else.
    """
    if isinstance(value, dict):
        return value
    message = f"{_kind(value)}, not an object"
    raise Unreadable(message)


def text_in(fields: Mapping[str, object], name: str) -> str:
    """Return a field as it stands, "" where it is missing or null.

    Raises:
        Unreadable: It is no text, or holds what no text can hold.
    """
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"{name} is {_kind(value)}, not text"
        raise Unreadable(message)
    if "\0" in value:
        message = f"{name} holds a NUL character"
        raise Unreadable(message)
    try:
        value.encode()
    except UnicodeEncodeError:
        message = f"{name} holds half a character (a lone surrogate)"
        raise Unreadable(message) from None
    return value


def line_in(fields: Mapping[str, object], name: str) -> str:
    """Return a field as one line, "" where it is missing or null.

    Raises:
        Unreadable: As for ``text_in``, or it is longer than ``MAX_FIELD``.
    """
    value = text_in(fields, name)
    if len(value) > MAX_FIELD:
        message = f"{name} of {len(value):,} characters, more than {MAX_FIELD:,}"
        raise Unreadable(message)
    return one_line(value)


def one_line(text: str) -> str:
    """Return a text with its white space made single, and no control character in it."""
    if not text.isprintable():  # most are, and looking is cheaper than translating
        text = text.translate(_CONTROL_TO_SPACE)
    return " ".join(text.split())


def moment(value: str) -> datetime | None:
    """Return an ISO 8601 day or moment, aware, in the offset it is given in; None if it is none.

    A day stands at 00:00 UTC, a moment without offset is UTC. From 2200 on there are none.
    """
    if not _ISO.fullmatch(value):
        return None
    try:
        found = datetime.fromisoformat(value.replace(" ", "T", 1).replace(" ", ""))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        # The first day of the calendar has no UTC.
        return found if found.astimezone(UTC) < AFTER_ALL else None
    except (ValueError, OverflowError):
        return None


def normal_url(url: str) -> str:
    """Return an address in the form that decides identity.

    Scheme and host in lower case, no default port, no fragment, none of the parameters that
    only tell where a reader came from; nothing else is touched.

    Raises:
        Unreadable: It is no http or https address.
    """
    if _NORMAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unreadable(_NO_ADDRESS) from None
    fit = parts.scheme in _DEFAULT_PORTS and parts.hostname and not re.search(r"\s", url)
    if not fit or one_line(url) != url:
        raise Unreadable(_NO_ADDRESS)
    user, at, host = parts.netloc.rpartition("@")
    if port in (None, _DEFAULT_PORTS[parts.scheme]) and re.search(r":\d*$", host):
        host = host.rpartition(":")[0]
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    return urlunsplit((parts.scheme, user + at + host.lower(), parts.path, query, ""))


def _moment_in(fields: Mapping[str, object], name: str) -> datetime | None:
    value = line_in(fields, name)
    if not value:
        return None
    found = moment(value)
    if found is None:
        what = (
            f"{value} is not in the calendar up to 2199" if _ISO.fullmatch(value) else _shape(value)
        )
        message = f"{name} {what}"
        raise Unreadable(message)
    return found


def _shape(value: str) -> str:
    """Return what a value looks like, without telling what it says."""
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", value[:40]))
    return f'looks like "{ascii(shape)[1:-1]}", which is not ISO 8601'


def _refuse_constant(name: str) -> None:
    message = f"broken JSON: {name} is not JSON"
    raise Unreadable(message)


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "text"
    return "nothing" if value is None else _TYPES.get(type(value), "an object")


# Made once: making it takes as long as reading a short record.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
