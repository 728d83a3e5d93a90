"""Filters <-> the query of a page's address, so that a view can be sent to a colleague."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar, cast, get_args

from dashboard.charts.tally import Filters, place_code
from vigil import period as periods
from vigil.claim import AuthorityKind, Bound, Kind
from vigil.estimate import Bucket
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigil.period import Period
    from vigil.place import Scope

Query = dict[str, str]
_Name = TypeVar("_Name", bound=str)

_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_AUTHORITY_KINDS: Final[tuple[AuthorityKind, ...]] = get_args(AuthorityKind)
_BOUNDS: Final[tuple[Bound, ...]] = get_args(Bound)
_BETWEEN: Final = ";"  # between two values
_MOST_PRINTED: Final = 99
_LONGEST_TEXT: Final = 200
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
# As ``place_code`` writes it.
_PLACE: Final = re.compile(r"([A-Z]{2}|):(city|region|country|world):(.+):(\d*)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
UNDATED: Final = "undated"
# Said in an address that shows the sentences of a number in place of the overview.
EVIDENCE: Final[Query] = {"show": "evidence"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Which number somebody asks the sentences of.

    Attributes:
        filters: The view the number stood in.
        place: Place code, or None for all places.
        when: A day, a period or "undated" as ``when_code`` writes them, or None for all days.
    """

    filters: Filters
    place: str | None = None
    when: str | None = None


def to_query(filters: Filters) -> Query:
    """Return the query of a view; what is not filtered is left out."""
    wanted = {
        "kind": "" if filters.kind == "detention" else filters.kind,
        "country": filters.country or "",
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
        "city": _join(filters.cities),
        "counted": _join(filters.authority_kinds),
        "authority": _join(filters.authorities),
        "outlet": _join(filters.outlets),
        "bound": _join(filters.bounds),
        "printed": str(filters.printed) if filters.printed > 1 else "",
        "text": filters.text,
    }
    return {name: value for name, value in wanted.items() if value}


def from_query(query: Mapping[str, str]) -> Filters:
    """Return the filters an address asks for; what makes no sense there is taken for not asked."""
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if first and last and first > last:
        first, last = last, first
    country = query.get("country", "")
    return Filters(
        kind=next((kind for kind in _KINDS if kind == query.get("kind")), "detention"),
        country=country if _COUNTRY.fullmatch(country) else None,
        first=first,
        last=last,
        cities=_split(query.get("city", "")),
        authority_kinds=_known(query.get("counted", ""), _AUTHORITY_KINDS),
        authorities=_split(query.get("authority", "")),
        outlets=_split(query.get("outlet", "")),
        bounds=_known(query.get("bound", ""), _BOUNDS),
        printed=_printed(query.get("printed", "")),
        text=text_of(query.get("text", "")),
    )


def text_of(typed: str) -> str:
    """Return what somebody typed as it is looked for, kept and sent: blanks said once."""
    return " ".join(typed.split())[:_LONGEST_TEXT].rstrip()


def subject_to_query(subject: Subject) -> Query:
    """Return the query of an evidence page; the kind is always said."""
    query = {**to_query(subject.filters), "kind": subject.filters.kind}
    if subject.place:
        query["place"] = subject.place
    if subject.when:
        query["when"] = subject.when
    return query


def subject_from_query(query: Mapping[str, str]) -> Subject:
    """Return which number an address asks the sentences of."""
    return Subject(from_query(query), query.get("place") or None, query.get("when") or None)


def shows_evidence(query: Mapping[str, str]) -> bool:
    """Return whether an address asks for the sentences of a number."""
    return EVIDENCE.items() <= dict(query).items()


def when_code(bucket: Bucket) -> str:
    """Return the day or the period of a bucket in a form fit for an address."""
    if bucket.period:
        return periods.code(bucket.period)
    return bucket.day.isoformat() if bucket.day else UNDATED


def subject_of(bucket: Bucket, filters: Filters) -> Subject:
    """Return the subject that one bucket is."""
    place = place_code(bucket.place) if bucket.place else None
    return Subject(replace(filters, kind=bucket.kind), place, when_code(bucket))


def bucket_of(subject: Subject) -> Bucket | None:
    """Return the bucket that a subject of one place and moment means, None for any other.

    The reverse of ``subject_of``, without coordinates. What an address has wrong means nothing.
    """
    match = _PLACE.fullmatch(subject.place or "")
    when = subject.when or ""
    day, period = _when(when)
    if not match or (day is None and period is None and when != UNDATED):
        return None
    country, scope, name, geoname = match.groups()
    place = Place(
        name,
        cast("Scope", scope),
        country or None,
        geoname=int(geoname) if geoname else None,
    )
    return Bucket(subject.filters.kind, place, day, period)


def _when(code: str) -> tuple[date | None, Period | None]:
    """Return the day or the period of a moment in an address, neither where it has it wrong."""
    try:
        period = periods.parse(code)
    except ValueError:
        return None, None
    return (None, period) if period else (_day(code), None)


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _printed(text: str) -> int:
    whole = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 1
    return min(max(1, whole), _MOST_PRINTED)


def _known(text: str, there: Iterable[_Name]) -> tuple[_Name, ...]:
    wanted = _split(text)
    return tuple(sorted(one for one in there if one in wanted))


def _join(codes: Sequence[str]) -> str:
    return _BETWEEN.join(code.replace("%", "%25").replace(_BETWEEN, "%3B") for code in codes)


def _split(text: str) -> tuple[str, ...]:
    parts = (part.replace("%3B", _BETWEEN).replace("%25", "%") for part in text.split(_BETWEEN))
    return tuple(sorted({part for part in parts if part}))
