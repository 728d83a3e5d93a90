"""Dead letters on the page of health: listed without their text, sent again, discarded."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.dead_letters import DeadLetters
from consumers.letters import keeping_letters
from vigil import broker, keys, topics
from vigil.errors import WireError
from vigil.letters import KEPT, Deed, Letter, LetterList, Wish
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis

    from vigil.letters import Listed
    from vigil.settings import Settings

pytestmark = pytest.mark.integration

NOON = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
LETTER = Letter("0-7", "extract", "not a message of Article", "articles[2]@9", NOON, 120)


class Received:
    """A record as a consumer has it."""

    def __init__(self, offset: int, value: bytes) -> None:
        self.topic, self.partition, self.offset = topics.ARTICLES.name, 0, offset
        self.key, self.value = b"key-%d" % offset, value
        self.headers: list[tuple[str, bytes]] = []


def bury(settings: Settings, *values: bytes) -> None:
    with broker.make_producer(settings) as producer:
        dead = DeadLetters(producer, stage="extract")
        for offset, value in enumerate(values):
            dead.put(Received(offset, value), WireError(f"not a message: {offset}"))


def wait_for(letters: LetterList, condition: Callable[[tuple[Listed, ...]], bool]) -> Any:
    deadline = time.monotonic() + 60
    while not condition(letters.read()):
        assert time.monotonic() < deadline, letters.read()
        time.sleep(0.05)
    return {one.letter.reason[-1]: one for one in letters.read()}


def sent_back(settings: Settings) -> list[tuple[bytes, bytes]]:
    reader = broker.make_reader(settings, topics.ARTICLES)
    found: list[tuple[bytes, bytes]] = []
    deadline = time.monotonic() + 60
    while not found and time.monotonic() < deadline:
        for some in reader.poll(timeout_ms=200).values():
            found += [(record.key, record.value) for record in some]
    reader.close()
    return found


def test_letters_are_listed_sent_again_and_discarded_as_asked(servers: Settings) -> None:
    bury(servers, b"zero, Ann Other was held", b"one", b"two")
    store = make_store(servers)
    letters = LetterList(store)
    with keeping_letters(servers):
        listed = wait_for(letters, lambda found: len(found) == 3)
        letters.wish(listed["0"].letter.id, Wish("requeue", NOON))
        letters.wish(listed["1"].letter.id, Wish("discard", NOON))
        known = wait_for(letters, lambda found: sum(one.deed is not None for one in found) == 2)
        bury(servers, b"later")
        wait_for(letters, lambda found: len(found) == 4)
    assert known["0"].deed.did == "requeued"
    assert known["1"].deed.did == "discarded"
    assert known["2"].deed is None
    assert {one.wish for one in known.values()} == {None}
    assert sent_back(servers) == [(b"key-0", b"zero, Ann Other was held")]
    stored = [store.hgetall(key) for key in (keys.DEAD, keys.DEAD_WISHES, keys.DEAD_DEEDS)]
    assert "Ann Other" not in str(stored)


def test_what_cannot_be_done_is_told_with_its_reason(servers: Settings) -> None:
    letters = LetterList(make_store(servers))
    letters.add([LETTER])  # of a topic that was lost since
    letters.wish(LETTER.id, Wish("requeue", NOON))
    with keeping_letters(servers):
        wait_for(letters, lambda found: bool(found[0].wish and found[0].wish.refused))
    [listed] = letters.read()
    assert listed.wish
    assert "there is no dead letter 0-7" in listed.wish.refused


def test_list_keeps_the_newest(store: Redis) -> None:
    letters = LetterList(store)
    letters.settle([("0-0", Deed("discarded", NOON, NOON))])
    many = [
        replace(LETTER, id=f"0-{number}", at=NOON + timedelta(minutes=number))
        for number in range(KEPT + 5)
    ]
    letters.add(reversed(many))
    listed = letters.read()
    assert [one.letter for one in listed] == many[:4:-1]
    assert store.hlen(keys.DEAD_DEEDS) == 0


def test_deed_of_another_letter_of_that_id_is_not_taken_for_this_one(store: Redis) -> None:
    letters = LetterList(store)
    letters.add([LETTER])
    letters.settle([(LETTER.id, Deed("discarded", NOON, NOON - timedelta(days=9)))])
    [listed] = letters.read()
    assert listed.deed is None
