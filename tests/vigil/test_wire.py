"""Values survive the wire whole, and what is not a message is refused with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import articles, claim_sets
from vigil import wire
from vigil.claim import ClaimSet
from vigil.errors import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.article import Article


@given(articles())
def test_article_comes_back_as_it_went(article: Article) -> None:
    assert wire.decode_article(wire.encode_article(article)) == article


@given(claim_sets())
def test_claims_come_back_as_they_went(claims: ClaimSet) -> None:
    assert wire.decode_claims(wire.encode_claims(claims)) == claims


@given(claim_sets())
def test_encoding_is_the_same_every_time(claims: ClaimSet) -> None:
    again = wire.decode_claims(wire.encode_claims(claims))
    assert wire.encode_claims(again) == wire.encode_claims(claims)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_never_crash(data: bytes) -> None:
    with pytest.raises(WireError, match="not a message"):
        wire.decode_article(data)


@pytest.mark.parametrize("decode", [wire.decode_article, wire.decode_claims, wire.decode_review])
def test_message_that_nests_too_deep_is_refused(decode: Callable[[bytes], object]) -> None:
    deep = b'{"schema": 1, "body": ' + b"[" * 100_000
    with pytest.raises(WireError, match="not a message"):
        decode(deep)


def test_newer_schema_is_refused_with_the_next_step() -> None:
    message = json.dumps({"schema": wire.SCHEMA + 1, "body": {}}).encode()
    with pytest.raises(WireError, match="update Vigil"):
        wire.decode_claims(message)


def test_wrong_type_is_refused_without_showing_the_value() -> None:
    message = json.dumps({"schema": 1, "body": {"article": 7}}).encode()
    with pytest.raises(WireError, match=r"\$\.body\.article"):
        wire.decode_claims(message)


@given(claim_sets())
def test_stored_values_come_back(claims: ClaimSet) -> None:
    assert wire.decode(wire.encode(claims), ClaimSet) == claims


def test_stored_rubbish_is_refused() -> None:
    with pytest.raises(WireError, match="not a stored ClaimSet"):
        wire.decode(b"{", ClaimSet)
