"""Listing dead letters for the health view, and doing with them what a person asks for there."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from vigil import broker, dead, topics
from vigil.errors import DeadLetterError, VigilError
from vigil.letters import LetterList, deed_of, letter_of
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

log = logging.getLogger(__name__)

_POLL_MS = 500
_AT_A_TIME = 200
_AGAIN_SECONDS = 5.0
_JOIN_SECONDS = 3.0


@contextmanager
def keeping_letters(settings: Settings) -> Iterator[None]:
    """Keep the list of dead letters in Redis while the block runs.

    In a thread of its own, with clients of its own: nothing that goes wrong here delays a claim.
    It begins at the beginning of the topic, so a store that was lost has the list again with the
    next aggregator that starts.
    """
    over = Event()
    thread = Thread(target=_run, args=(settings, over), name="letters", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_JOIN_SECONDS)


def _run(settings: Settings, over: Event) -> None:
    letters = LetterList(make_store(settings, timeout=1.0, retries=0))
    failing = False
    while not over.is_set():
        try:
            _follow(settings, letters, over)
        except VigilError as error:
            if not failing:
                log.warning("dead letters are not listed: %s", error)
            failing = True
            over.wait(_AGAIN_SECONDS)


def _follow(settings: Settings, letters: LetterList, over: Event) -> None:
    reader = broker.make_reader(settings, topics.DEAD, topics.HANDLED)
    try:
        while not over.is_set():
            with broker.map_errors(f"reading {topics.DEAD.name}"):
                polled = reader.poll(timeout_ms=_POLL_MS, max_records=_AT_A_TIME)
            records = [record for some in polled.values() for record in some]
            letters.add(letter_of(one) for one in records if one.topic == topics.DEAD.name)
            deeds = (deed_of(one) for one in records if one.topic == topics.HANDLED.name)
            letters.settle(deed for deed in deeds if deed)
            if not records and letters.wished():
                do_what_is_asked(settings, letters)
    finally:
        reader.close()


def do_what_is_asked(settings: Settings, letters: LetterList) -> None:
    """Send back and discard what persons asked for on the page of health.

    As ``vigil dead-letters`` does it: what was done is noted on a topic of its own, and the list
    follows that topic. Whoever is killed between doing and noting, or does it beside another, sends
    an article once more, which changes nothing.

    Raises:
        VigilError: Kafka or Redis does not answer; what was asked stays asked.
    """
    wishes = {
        one.letter.id: one.wish
        for one in letters.read()
        if one.wish and not one.wish.refused and not one.deed
    }
    for name, wish in wishes.items():
        try:
            some = dead.find(settings, [name])
        except DeadLetterError as error:
            letters.wish(name, replace(wish, refused=str(error)))
            continue
        deal = dead.requeue if wish.action == "requeue" else dead.discard
        for letter, reason in deal(settings, some):
            if reason and not letter.handled:
                letters.wish(name, replace(wish, refused=reason))
            partition, _, offset = name.partition("-")
            log.info(
                "dead letter: %s %s",
                wish.action,
                reason or "done",
                extra={"topic": topics.DEAD.name, "partition": partition, "offset": offset},
            )
