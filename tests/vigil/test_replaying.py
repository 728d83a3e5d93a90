"""The clock of a replay as text: what was written is read, what is no request is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vigil.pace import Pace
from vigil.replaying import (
    Replaying,
    Request,
    decode_request,
    parse,
    parse_moment,
)

NOON = datetime(2022, 2, 24, 12, tzinfo=UTC)
ONE = Replaying(
    corpus="c0ffee", name="a winter", state="playing", pace=Pace(speed=3_600.0, longest=2.0),
    loop=True, position=3, sent=5, total=9, clock=NOON, first=NOON, last=NOON, seconds_left=12.5,
    days=(("2022-02-24", 9),),
)  # fmt: skip


def test_clock_survives_its_fields() -> None:
    assert parse(ONE.fields(), held=True) == ONE


def test_nothing_was_replayed_where_there_are_no_fields() -> None:
    assert parse({}, held=False) is None


def test_holder_alone_is_no_replay_yet() -> None:
    assert parse({"holder": "here 1 a"}, held=True) is None


def test_replay_without_a_holder_is_broken_off_unless_it_was_stopped() -> None:
    assert replace(ONE, held=False).broken_off
    assert not replace(ONE, held=False, state="stopped").broken_off
    assert not ONE.broken_off


@pytest.mark.parametrize(
    "request_",
    [
        Request("a1", "play"),
        Request("a1", "jump", "2022-02-24T19:00:00+00:00"),
        Request("a1", "pace", "3600x 2.0"),
    ],
)
def test_request_survives_its_text(request_: Request) -> None:
    assert decode_request(request_.encode()) == request_


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a1",
        "a1 explode",
        "a1 jump",
        "a1 jump soon",
        "a1 jump 2022-02-24",
        "a1 pace quickly",
    ],
)
def test_what_cannot_be_done_is_no_request(text: str) -> None:
    assert decode_request(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-02-24", datetime(2022, 2, 24, tzinfo=UTC)),
        (" 2022-02-24 19:00 ", datetime(2022, 2, 24, 19, tzinfo=UTC)),
        ("2022-02-24T19:00+03:00", datetime(2022, 2, 24, 16, tzinfo=UTC)),
    ],
)
def test_date_without_a_zone_is_of_utc(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "24.2.2022", "0001-01-01T00:00+14:00"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_moment(text)
