"""``vigil feed``: what RSS and Atom feeds list to topic ``articles``, as it appears."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil import broker, sources
from vigil.cli.awaiting import service_kafka_there
from vigil.cli.console import Exit, as_service, out, say, stop_on_signals
from vigil.errors import StoreError
from vigil.log import quiet_kafka
from vigil.metrics import Reading, exporting
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from producers.feeds.lists import Listed
    from producers.feeds.poll import Found
    from producers.feeds.service import Tally
    from producers.refusal import Refusal
    from vigil.settings import Settings
    from vigil.sources import Source

log = logging.getLogger("vigil.feed")

Urls = Annotated[list[str] | None, typer.Argument(help="addresses of RSS or Atom feeds")]
Lists = Annotated[
    list[Path] | None,
    typer.Option("--list", help="file with an address a line, behind it the outlet's name"),
]
Opml = Annotated[list[Path] | None, typer.Option(help="list of feeds as feed readers write it")]
Once = Annotated[bool, typer.Option("--once", help="ask each feed once, and end")]
Interval = Annotated[float, typer.Option(min=1, help="seconds between two rounds of a feed")]
Delay = Annotated[float, typer.Option(min=0, help="seconds between two requests to one host")]
Contact = Annotated[
    str | None,
    typer.Option(help="address or page of yours, told to the sites that are read"),
]
Private = Annotated[
    bool,
    typer.Option("--private", help="follow links into networks that are not public, as yours"),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="tell what was sent and how feeds do as JSON, one a line")
]
Forget = Annotated[
    bool, typer.Option("--forget", help="forget these feeds and what was read of them, and end")
]


def feed(
    urls: Urls = None,
    *,
    lists: Lists = None,
    opml: Opml = None,
    once: Once = False,
    interval: Interval = 600.0,
    delay: Delay = 2.0,
    contact: Contact = None,
    private: Private = False,
    as_json: AsJson = False,
    forget: Forget = False,
) -> None:
    """Read feeds, fetch the articles they list, and send what is new or changed."""
    from producers.feeds.errors import FeedError
    from producers.feeds.lists import gathered
    from producers.feeds.memory import Memory

    with as_service() as settings:
        quiet_kafka()
        feeds = gathered(urls or (), files=lists or (), opml=opml or ())
        if not feeds:
            message = "no feed was named: give addresses, --list or --opml"
            raise FeedError(message)
        memory = Memory(settings.data / "feeds")
        teller = _Teller(settings, as_json=as_json)
        try:
            if forget:
                for one in feeds:
                    memory.forget(one.name)
                    teller.forget(one.name)
                say(f"{len(feeds):,} feeds forgotten")
                return
            tally = _run(
                feeds, memory, teller, settings, stop_on_signals(),
                once=once, interval=interval, delay=delay, contact=contact, private=private,
            )  # fmt: skip
        finally:
            memory.close()
        say(str(tally))
        if once and (tally.broken or tally.unread):
            raise typer.Exit(Exit.REFUSED)


def _run(
    feeds: Sequence[Listed],
    memory: Any,
    teller: _Teller,
    settings: Settings,
    stopping: Event,
    *,
    once: bool,
    interval: float,
    delay: float,
    contact: str | None,
    private: bool,
) -> Tally:
    """Put the parts together and let them run."""
    from producers.feeds.errors import Stopped
    from producers.feeds.hosts import Hosts
    from producers.feeds.poll import Poller
    from producers.feeds.service import Service
    from producers.feeds.web import Web
    from producers.outbox import Announcer, Outbox

    announce = Announcer(log.warning)

    def waiting(seconds: float, held: int) -> None:
        announce(seconds, held)
        if seconds and stopping.is_set():
            message = f"stopped while waiting for Kafka; {held:,} articles are sent next time"
            raise Stopped(message)

    hosts = Hosts(delay=delay, stopping=stopping)
    web = Web(hosts=hosts, memory=memory, contact=contact, private=private)
    poller = Poller(web, memory, feeds={one.name for one in feeds}, now=_now)
    service_kafka_there(settings, tell=log.warning)
    log.info("reading %s feeds", f"{len(feeds):,}")
    with broker.producing(settings) as producer:
        service = Service(
            poller, memory, Outbox(producer, ack_seconds=None, waiting=waiting),
            interval=interval, now=_now, stopping=stopping,
            sent=teller.sent, refused=teller.refused, told=teller.told,
        )  # fmt: skip
        with exporting(settings, "feed", lambda: _readings(service.tally)):
            return service.run(feeds, once=once)


def _readings(tally: Tally) -> list[Reading]:
    """Return what came of everything for Prometheus: no feed by its address."""
    return [
        Reading("vigil_up", 1),
        Reading("vigil_feed_rounds", tally.rounds),
        Reading("vigil_feeds_broken", len(tally.broken)),
        Reading("vigil_articles", tally.sent),
        Reading("vigil_refused", tally.unread),
    ]


class _Teller:
    """Tells what happens: to the log, as JSON where wanted, and of sources to Redis."""

    def __init__(self, settings: Settings, *, as_json: bool) -> None:
        self._as_json = as_json
        # No article waits for this: health is told, or it is not.
        self._store = make_store(settings, timeout=1.0, retries=0)
        self._store_away = False

    def sent(self, found: Found) -> None:
        article = found.article
        self._json(
            "sent",
            article=article.id,
            revision=article.revision,
            url=article.url,
            outlet=article.outlet,
            published=article.published.isoformat() if article.published else None,
            changed=found.page.revision is not None,
            feed=found.feed.name,
        )

    def refused(self, refusal: Refusal) -> None:
        log.warning("not read: %s: %s", refusal.path, refusal.reason)
        self._json("unread", url=refusal.path, reason=refusal.reason)

    def told(self, source: Source) -> None:
        self._json("asked", **json.loads(_encoded(source)))
        try:
            sources.write(self._store, source)
        except StoreError as error:
            if not self._store_away:
                log.warning("how sources do is told to nobody meanwhile: %s", error)
            self._store_away = True
        else:
            self._store_away = False

    def forget(self, url: str) -> None:
        sources.forget(self._store, url)

    def _json(self, event: str, **facts: object) -> None:
        if self._as_json:
            out(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")


def _encoded(source: Source) -> bytes:
    from vigil import wire

    return wire.encode(source)


def _now() -> datetime:
    return datetime.now(UTC)
