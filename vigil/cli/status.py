"""``vigil status``: is everything there, does it keep up, what failed, how old is what it shows."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil import health, sources, topics
from vigil.cli.console import Exit, failing_clearly, out, say, warn
from vigil.errors import BrokerError, StoreError, VigilError
from vigil.settings import load_settings
from vigil.sources import Standing
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.rebuilding import Rebuilding
    from vigil.settings import Settings

# As the services call their groups; importing the extractor to ask would load spaCy.
GROUPS = (
    ("vigil-extract", topics.ARTICLES),
    ("vigil-aggregate", topics.CLAIMS),
    ("vigil-aggregate", topics.REVIEWS),
)

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(slots=True)
class Report:
    """All that could be found out, and what could not.

    Attributes:
        waiting: One for every group of consumers and topic it reads.
        dead: None where Kafka could not be asked.
        stored: None where Redis could not be asked.
        feeds: How each feed does that is read, what needs a person first; None likewise.
        faults: What cannot be reached, each with the next step.
        notes: What works and yet wants a look.
    """

    waiting: list[health.Waiting] = field(default_factory=list)
    dead: health.DeadLetters | None = None
    stored: health.Stored | None = None
    feeds: list[Standing] | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="print it as JSON")] = False
) -> None:
    """Show what waits, what failed, what is stored, how feeds do; status 1 if out of reach.

    Dead letters, a store that is being rebuilt, a broken feed and the like are told and are no
    failure.
    """
    with failing_clearly():
        now = datetime.now(UTC)
        report = look(load_settings(), now=now)
        if as_json:
            out(json.dumps(_as_json(report, now), indent=1) + "\n")
        else:
            out(_as_text(report, now))
        for note in report.notes:
            warn(note)
        for fault in report.faults:
            say(f"vigil: {fault}")
        if report.faults:
            raise typer.Exit(Exit.FAILED)


def look(settings: Settings, *, now: datetime) -> Report:
    """Return the state of topics and store; what cannot be reached is part of the answer."""
    report = Report()
    with _noting(report, BrokerError, f"is Kafka up at {settings.kafka}, and VIGIL_KAFKA right?"):
        for group, topic in GROUPS:
            report.waiting.append(health.waiting(settings, group=group, topic=topic))
        report.dead = health.dead_letters(settings)
    with _noting(report, StoreError, "is Redis up, and VIGIL_REDIS right?"):
        report.stored = health.stored(settings)
        report.feeds = sources.standing(sources.read(make_store(settings)), now=now)
    report.notes = list(_notes(report, now))
    return report


@contextmanager
def _noting(report: Report, kind: type[VigilError], next_step: str) -> Iterator[None]:
    try:
        yield
    except kind as error:
        report.faults.append(f"{error}: {next_step}")


def _notes(report: Report, now: datetime) -> Iterator[str]:
    if report.dead and report.dead.stages:
        total = sum(report.dead.stages.values())
        yield f"{total:,} dead letters: vigil dead-letters list says what failed and why"
    ill = [one for one in report.feeds or () if one.state != "well"]
    if ill:
        yield f"of {len(report.feeds or ()):,} feeds, {len(ill):,} need a look: {_states(ill)}"
    if report.stored is None:
        return
    mark = report.stored.rebuilding
    if mark and not mark.done:
        broken = mark.state == "stopped" or mark.silent(now)
        yield (
            "a rebuild was broken off half way, the figures are incomplete: run vigil rebuild again"
            if broken
            else f"being rebuilt ({mark.read:,} of {mark.total:,}): the figures are incomplete"
        )
    if report.stored.evicts:
        yield (
            f"Redis drops keys when it is full ({report.stored.evicts}), and counters with them: "
            "set its maxmemory-policy to noeviction"
        )


def _as_text(report: Report, now: datetime) -> str:
    lines = []
    if report.waiting or report.dead is not None:
        lines.append("Kafka")
    lines += [
        f"  {one.topic:12} {one.messages:>12,} waiting for {one.group}" for one in report.waiting
    ]
    if report.dead is not None:
        stages = ", ".join(f"{stage} {count:,}" for stage, count in report.dead.stages.items())
        total = sum(report.dead.stages.values())
        lines.append(f"  {'dead letters':12} {total:>12,}" + (f" ({stages})" if stages else ""))
    if report.stored is not None:
        lines += ["Redis", *_stored_lines(report.stored, now)]
    if report.feeds:
        lines += ["Feeds", *_feed_lines(report.feeds)]
    return "".join(f"{line}\n" for line in lines)


def _stored_lines(stored: health.Stored, now: datetime) -> list[str]:
    counts = {
        "articles": stored.articles,
        "claims": stored.claims,
        "estimates": stored.estimates,
        "country-days": stored.slots,
        "reviews": stored.reviews.standing,
    }
    limit = f" of {_megabytes(stored.memory_limit)}" if stored.memory_limit else ""
    return [
        *(f"  {name:12} {count:>12,}" for name, count in counts.items()),
        *_review_lines(stored.reviews),
        f"  {'memory':12} {_megabytes(stored.memory):>12}{limit}",
        f"  {'newest item':12} {_when(stored.newest, now)}",
        f"  {'last change':12} {_when(stored.changed_at, now)}",
    ]


def _feed_lines(feeds: list[Standing]) -> list[str]:
    ill = [one for one in feeds if one.state != "well"]
    return [
        f"  {'well':12} {len(feeds) - len(ill):>12,}",
        *(f"  {one.state:12} {one.source.url}: {one.words}" for one in ill),
    ]


def _states(feeds: list[Standing]) -> str:
    counts = Counter(one.state for one in feeds)
    return ", ".join(f"{count:,} {state}" for state, count in counts.items())


def _review_lines(reviews: health.Reviews) -> list[str]:
    told = {"wrong": reviews.wrong, "confirmed": reviews.confirmed, "lapsed": reviews.lapsed}
    return [f"    {name:10} {count:>12,}" for name, count in told.items() if count]


def _as_json(report: Report, now: datetime) -> dict[str, Any]:
    dead, stored = report.dead, report.stored
    return {
        "healthy": not report.faults,
        "faults": report.faults,
        "notes": report.notes,
        "lag": [
            {
                "group": one.group,
                "topic": one.topic,
                "messages": one.messages,
                "partitions": {str(at): count for at, count in sorted(one.partitions.items())},
            }
            for one in report.waiting
        ],
        "dead_letters": None
        if dead is None
        else {"stages": dict(dead.stages), "newest": _iso(dead.newest)},
        "store": None if stored is None else _stored_json(stored, now),
        "feeds": None if report.feeds is None else [_feed_json(one) for one in report.feeds],
    }


def _feed_json(feed: Standing) -> dict[str, Any]:
    source = feed.source
    return {
        "url": source.url,
        "title": source.title,
        "state": feed.state,
        "reason": feed.words,
        "asked_at": _iso(source.asked_at),
        "due_at": _iso(source.due_at),
        "ok_at": _iso(source.ok_at),
        "newest_at": _iso(source.newest_at),
        "failures": source.failures,
        "seen": source.seen,
        "sent": source.sent,
    }


def _stored_json(stored: health.Stored, now: datetime) -> dict[str, Any]:
    return {
        "articles": stored.articles,
        "claims": stored.claims,
        "estimates": stored.estimates,
        "slots": stored.slots,
        "reviews": {
            "wrong": stored.reviews.wrong,
            "confirmed": stored.reviews.confirmed,
            "lapsed": stored.reviews.lapsed,
        },
        "newest": _iso(stored.newest),
        "newest_age_seconds": _age(stored.newest, now),
        "changed_at": _iso(stored.changed_at),
        "changed_age_seconds": _age(stored.changed_at, now),
        "memory_bytes": stored.memory,
        "memory_limit_bytes": stored.memory_limit,
        "rebuild": _rebuild_json(stored.rebuilding, now),
    }


def _rebuild_json(mark: Rebuilding | None, now: datetime) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {
        "state": "died" if mark.silent(now) else mark.state,
        "started_at": _iso(mark.started_at),
        "updated_at": _iso(mark.updated_at),
        "read": mark.read,
        "total": mark.total,
    }


def _when(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "none yet"
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC, {_ago((now - moment).total_seconds())}"


def _ago(seconds: float) -> str:
    for size, name in ((_DAY, "days"), (_HOUR, "hours"), (_MINUTE, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size:,.0f} {name} ago"
    return f"{seconds:.0f} seconds ago" if round(seconds) > 1 else "just now"


def _age(moment: datetime | None, now: datetime) -> float | None:
    return round((now - moment).total_seconds(), 3) if moment else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:,.1f} MiB"
