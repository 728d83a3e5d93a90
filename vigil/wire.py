"""Values to bytes and back, with a schema number, for the topics and the store."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import msgspec

from vigil.article import AFTER_ALL, BEFORE_ALL, Article
from vigil.claim import ClaimSet
from vigil.errors import WireError
from vigil.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

# Counts up when a reader of the old number could misread the new one.
SCHEMA: Final = 1

# A message may nest deeper than can be followed: that is one message's fault, not the reader's.
_BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NAME = re.compile(r"[^\s{}]{1,200}")
_REVISION = re.compile(r"\S{0,200}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_MOST: Final = 10**10  # more than there are people
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class _Envelope(msgspec.Struct, Generic[T], frozen=True):
    """What every message on a topic is wrapped in."""

    schema: int
    body: T


class _Header(msgspec.Struct, frozen=True):
    """The part of an envelope that is read first."""

    schema: int


def encode_article(article: Article) -> bytes:
    """Return the message for topic ``articles``."""
    return msgspec.json.encode(_Envelope(SCHEMA, article))


def decode_article(data: bytes) -> Article:
    """Return the article in a message of topic ``articles``.

    Raises:
        WireError: The bytes are not such a message, or of a newer schema.
    """
    article = _decode_envelope(data, Article)
    _check_revision("Article", article.id, article.revision, article.seen_at)
    _check_moment("Article", article.published)
    return article


def encode_claims(claims: ClaimSet) -> bytes:
    """Return the message for topic ``claims``."""
    return msgspec.json.encode(_Envelope(SCHEMA, claims))


def decode_claims(data: bytes) -> ClaimSet:
    """Return the claims in a message of topic ``claims``.

    Raises:
        WireError: The bytes are not such a message, or of a newer schema.
    """
    return checked_claims(_decode_envelope(data, ClaimSet))


def checked_claims(claims: ClaimSet) -> ClaimSet:
    """Return claims as they are, where they can be stored and ordered.

    Raises:
        WireError: They are of no article, country, number or moment that could be.
    """
    _check_revision("ClaimSet", claims.article, claims.revision, claims.seen_at)
    _check_moment("ClaimSet", claims.published)
    for claim in claims.claims:
        country = claim.place.country if claim.place else None
        if country is not None and not _COUNTRY.fullmatch(country):
            message = "not a message of ClaimSet: a country is no code of two letters"
            raise WireError(message)
        if any(not 0 <= one <= _MOST for one in (claim.low, claim.high) if one is not None):
            message = "not a message of ClaimSet: a figure is no number of people"
            raise WireError(message)
    return claims


def _check_revision(kind: str, article: str, revision: str, seen_at: datetime) -> None:
    # Keys, orders and lists in the store are made of these, with blanks and braces between them.
    if not _NAME.fullmatch(article) or not _REVISION.fullmatch(revision):
        message = f"not a message of {kind}: its article or revision is no name"
        raise WireError(message)
    _check_moment(kind, seen_at)


def _check_moment(kind: str, moment: datetime | None) -> None:
    if moment is None:
        return
    try:
        known = moment.tzinfo is not None and moment.astimezone(UTC) < AFTER_ALL
    except OverflowError:
        known = False
    if not known:
        message = f"not a message of {kind}: a moment has no zone or is out of reach"
        raise WireError(message)


def encode_review(review: Review) -> bytes:
    """Return the message for topic ``reviews``."""
    return msgspec.json.encode(_Envelope(SCHEMA, review))


def decode_review(data: bytes) -> Review:
    """Return the review in a message of topic ``reviews``.

    Raises:
        WireError: The bytes are not such a message, or of a newer schema.
    """
    return checked_review(_decode_envelope(data, Review))


def checked_review(review: Review) -> Review:
    """Return a review as it is, where it makes sense.

    Raises:
        WireError: It speaks of no article or claim, or of a moment no order is made for.
    """
    if not review.article or not _FINGERPRINT.fullmatch(review.claim):
        message = "not a message of Review: it names no article and claim"
        raise WireError(message)
    if review.at.tzinfo is None or not BEFORE_ALL <= review.at < AFTER_ALL:
        message = "not a message of Review: its moment has no zone, or is before 1970 or after 2199"
        raise WireError(message)
    return review


def encode(value: object) -> bytes:
    """Return a value of ours as JSON, the same bytes for equal values (for the store)."""
    return msgspec.json.encode(value)


@cache
def _decoder(kind: Hashable) -> Callable[[bytes | str], Any]:
    decode_kind: Callable[[bytes | str], Any] = msgspec.json.Decoder(cast("Any", kind)).decode
    return decode_kind


def decode(data: bytes | str, kind: type[T]) -> T:
    """Return the value that ``encode`` wrote.

    Raises:
        WireError: The bytes are not such a value.
    """
    try:
        value: T = _decoder(cast("Hashable", kind))(data)
    except _BROKEN as error:
        name = getattr(kind, "__name__", str(kind))
        message = f"not a stored {name}: {error}"
        raise WireError(message) from error
    return value


def _decode_envelope(data: bytes, kind: type[T]) -> T:
    try:
        schema = _decoder(_Header)(data).schema
        if schema > SCHEMA:
            message = f"schema {schema} is newer than {SCHEMA}: update Vigil here before sending it"
            raise WireError(message)
        envelope: _Envelope[T] = _decoder(cast("Any", _Envelope)[kind])(data)
    except _BROKEN as error:
        message = f"not a message of {kind.__name__}: {error}"
        raise WireError(message) from error
    return envelope.body
