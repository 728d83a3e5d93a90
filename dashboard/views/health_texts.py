"""What services say of themselves -> the texts of the page of health: pure, no Streamlit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.words import age, number
from dashboard.live.nodes import node
from dashboard.views import letter_texts
from dashboard.views import service_words as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.live.nodes import Child, Node
    from dashboard.live.services import Said
    from dashboard.live.source import State
    from vigil.letters import Listed
    from vigil.reports import ServiceReport

_DASH: Final = "\N{EN DASH}"
_HEADS: Final = (
    "Service", "State", "Waiting", "Articles a second", "Claims a second", "Last batch",
    "Half within", "95% within", "Running for",
)  # fmt: skip


def status(
    state: State, said: Said[ServiceReport], now: datetime, letters: Sequence[Listed] = ()
) -> list[Child]:
    """Return the line on top: whether all is well, in a word and a few."""
    if state.stale_since or said.problem:
        return [
            node("strong", "STALE", look="v-stale"),
            node("span", "Redis does not answer: last known values"),
        ]
    wrong = words.verdict(said.known, now)
    if wrong:
        return [
            node("strong", "LOOK", look="v-stale"),
            node("span", "1 thing is wrong" if len(wrong) == 1 else f"{len(wrong)} things"),
        ]
    count = len(letter_texts.waiting(letters))
    dead = f"; dead letters: {number(count)}" if count else ""
    return [
        node("strong", "WELL", look="v-live"),
        node("span", f"{now:%H:%M:%S} UTC"),
        node("span", f"all services run{dead}", look="v-quiet"),
    ]


def problems(said: Said[ServiceReport], now: datetime) -> list[Child]:
    """Return what is wrong, a line each, and what to do next; nothing while all is well."""
    wrong = words.verdict(said.known, now)
    if not wrong:
        return []
    hint = node(
        "p",
        "Start them with ",
        node("code", "vigil extract"),
        " and ",
        node("code", "vigil aggregate"),
        ". Whoever is silent has died or cannot reach Redis: its log says which.",
    )
    return [node("ul", *(node("li", one.text) for one in wrong)), hint]


def figures(said: Said[ServiceReport], delays: Sequence[int], now: datetime) -> list[Child]:
    """Return the figures of the page: what waits, how fast it goes, how long it takes."""
    reports = said.known
    extractors, aggregators = (_of(reports, name) for name in ("extract", "aggregate"))
    count = words.waiting(reports, now)
    half, most = words.spread(_waits(aggregators, now))
    shown_half, shown_most = words.spread(delays)
    return [
        _figure(
            "not known" if count is None else number(count),
            "waiting",
            "messages in Kafka that nobody has handled yet",
        ),
        _figure(
            words.rate_text(words.rate(extractors, "articles", now)),
            "articles a second",
            "read in the last minute",
        ),
        _figure(
            words.rate_text(words.rate(aggregators, "claims", now)),
            "claims a second",
            "counted in the last minute",
        ),
        _figure(f"{half} / {most}", "file to store", "half and 95% of articles within"),
        _figure(
            f"{shown_half} / {shown_most}",
            "store to dashboard",
            "half and 95% of changes within; a page shows them at most a second later",
        ),
    ]


def _figure(value: str, name: str, note: str) -> Node:
    return node(
        "div",
        node("div", value, look="v-value"),
        node("div", name, look="v-name"),
        node("div", note, look="v-note"),
        look="v-gauge",
    )


def lags(said: Said[ServiceReport], now: datetime) -> list[Child]:
    """Return how much waits on each topic, and for whom."""
    alive = [one for one in said.known if one.alive(now)]
    rows = []
    for service, name in words.NEEDED.items():
        own = [one for one in alive if one.service == service]
        topics = sorted({topic for one in own if one.lag for topic in one.lag})
        for topic in topics:
            count = sum((one.lag or {}).get(topic, 0) for one in own)
            known = all(one.lag is not None for one in own)
            rows.append(
                node(
                    "tr",
                    node("td", topic),
                    node("td", f"vigil-{service}"),
                    node("td", f"{name}s: {len(own)}"),
                    node("td", number(count) if known else f"{number(count)} or more", look="v-n"),
                )
            )
    if not rows:
        return []
    heads = ("Topic", "Group", "Read by", "Waiting")
    return [node("h2", "What waits in Kafka"), _table(heads, rows)]


def services(said: Said[ServiceReport], now: datetime) -> list[Child]:
    """Return the table of instances, silent and stopped ones among them."""
    if not said.known:
        return [node("h2", "Services"), node("p", "None has ever reported.", look="v-quiet")]
    rows = [_row(one, now) for one in said.known]
    note = node(
        "p",
        "Within: how long articles of the last five minutes took, from when they were sent, until "
        "an extractor had read them and until an aggregator had counted them.",
        look="v-quiet",
    )
    return [node("h2", "Services"), _table(_HEADS, rows), note]


def _row(report: ServiceReport, now: datetime) -> Node:
    state = words.state(report, now)
    alive = report.alive(now)
    half, most = words.spread(report.waits_ms if alive else ())
    lag = sum(report.lag.values()) if alive and report.lag is not None else None
    rates = [
        words.rate_text(report.rates[what]) if alive and what in report.rates else _DASH
        for what in ("articles", "claims")
    ]
    return node(
        "tr",
        node(
            "td",
            node("span", words.name_of(report.service), look="v-outlet"),
            node("div", report.instance, look="v-quiet"),
        ),
        node(
            "td",
            node("span", state.text, look="v-alarm" if state.alarm else ""),
            node("div", report.problem, look="v-quiet") if report.problem else None,
        ),
        node("td", _DASH if lag is None else number(lag), look="v-n"),
        *(node("td", rate, look="v-n") for rate in rates),
        node("td", _batch(report, now)),
        node("td", half, look="v-n"),
        node("td", most, look="v-n"),
        node("td", age(report.at - report.started_at)),
        key=f"{report.service} {report.instance}",
    )


def _batch(report: ServiceReport, now: datetime) -> str:
    if report.busy_since and report.alive(now):
        return f"one in hand for {age(now - report.busy_since)}"
    if report.batch is None:
        return "none yet"
    took = words.duration(round(1000 * report.batch.seconds))
    return f"{number(report.batch.messages)} in {took}, {age(now - report.batch.done_at)} ago"


def _table(heads: Sequence[str], rows: Sequence[Node]) -> Node:
    return node(
        "table",
        node("thead", node("tr", *(node("th", head) for head in heads))),
        node("tbody", *rows),
    )


def _of(reports: Sequence[ServiceReport], service: str) -> list[ServiceReport]:
    return [one for one in reports if one.service == service]


def _waits(reports: Sequence[ServiceReport], now: datetime) -> list[int]:
    return [wait for one in reports if one.alive(now) for wait in one.waits_ms]
