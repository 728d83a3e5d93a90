"""Snapshot and sums -> the texts of the overview, as trees of plain values; no Streamlit here."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.charts.day_axes import MOST_EPISODES
from dashboard.charts.episodes import episodes
from dashboard.charts.selection import by_source, is_partial
from dashboard.charts.words import (
    KINDS,
    age,
    authority_text,
    moment,
    number,
    rest_text,
    span,
    unread_text,
    when_text,
)
from dashboard.live.nodes import marked, node
from dashboard.views import replay_texts
from dashboard.views.newest import newest_claims
from dashboard.views.state import Subject, subject_of, subject_to_query, to_query
from vigil.article import BEFORE_ALL
from vigil.estimate import Bucket

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.charts.tally import Filters, Tally
    from dashboard.live.nodes import Child, Node
    from dashboard.live.source import State
    from vigil.estimate import Estimate
    from vigil.place import Place
    from vigil.snapshot import FeedItem, Snapshot

NEWEST: Final = 12
BACK: Final = "back"
RESET: Final = "reset"
_OVERVIEW: Final = "\N{LEFTWARDS ARROW} Overview"
_RECENT: Final = timedelta(days=2)  # older than that, the date says more than the age
_ASIDE_ROWS: Final = 12


def pick(subject: Subject) -> str:
    """Return what a click on a number sends back: the query of its evidence page."""
    return json.dumps(subject_to_query(subject), sort_keys=True)


def status(state: State, now: datetime) -> list[Child]:
    """Return the line that says whether the numbers are true now, in words."""
    if state.stale_since:
        return [
            node("strong", f"STALE since {state.stale_since:%H:%M:%S} UTC", look="v-stale"),
            node("span", "last known values"),
        ]
    if incomplete := rebuilding(state, now):
        word, what = incomplete
        return [node("strong", word, look="v-stale"), node("span", what)]
    if state.replaying:
        return replay_texts.status(state.replaying)
    changed = state.snapshot.changed_at if state.snapshot else None
    since = f"last change {age(now - changed)} ago" if changed else "nothing received yet"
    return [
        node("strong", "LIVE", look="v-live"),
        node("span", f"{now:%H:%M:%S} UTC"),
        since_(since),
        node("a", "Health", look="v-quiet", way="health?"),
    ]


def rebuilding(state: State, now: datetime) -> tuple[str, str] | None:
    """Return in a word, and in a few, that the store is being rebuilt; None while it is whole."""
    mark = state.snapshot.rebuilding if state.snapshot else None
    if mark is None or mark.done:
        return None
    if mark.state == "stopped" or mark.silent(now):
        return "INCOMPLETE", "a rebuild was broken off"
    share = f", {100 * mark.read // mark.total}% read" if mark.total else ""
    return "REBUILDING", f"figures are incomplete{share}"


def leave() -> Node:
    """Return the way back to the overview this evidence was opened from."""
    return node("button", _OVERVIEW, look="v-back", pick=BACK)


def way_back(filters: Filters) -> Node:
    """Return the way to the overview for those who came by a link."""
    query = urlencode(to_query(filters))
    return node("a", _OVERVIEW, look="v-back", way=f"?{query}" if query else "?")


def since_(text: str) -> Node:
    """Return the quieter half of the status line."""
    return node("span", text, look="v-quiet")


def headline(snapshot: Snapshot, tally: Tally, now: datetime) -> list[Child]:
    """Return the figure of the page, what it counts, and what it rests on."""
    words = KINDS[tally.filters.kind]
    every = Subject(tally.filters)
    cities = len(tally.cities)
    facts = [
        _fact(number(cities), "city" if cities == 1 else "cities"),
        _fact(number(len(tally.days)), "day" if len(tally.days) == 1 else "days"),
        _fact(number(snapshot.articles), "articles read"),
    ]
    return [
        node("button", number(tally.total), look="v-figure", pick=pick(every), label="evidence"),
        node("div", words.headline, look="v-what"),
        node("div", words.caveat, look="v-caveat"),
        node("div", *facts, look="v-facts"),
        node("div", newest(snapshot, now), look="v-newest"),
    ]


def newest(snapshot: Snapshot, now: datetime) -> str:
    """Return when the newest item became known, and how long ago that is."""
    seen = newest_seen(snapshot)
    if seen is None:
        return "no dated item yet"
    passed = now - seen
    ago = f", {age(passed)} ago" if timedelta(0) <= passed < _RECENT else ""
    return f"newest item {moment(seen)}{ago}"


def newest_seen(snapshot: Snapshot) -> datetime | None:
    """Return when the newest item became known, or None where none has a time."""
    seen = (item.seen_at for item in snapshot.feed if item.seen_at > BEFORE_ALL)
    return max(seen, default=None)


def _fact(value: str, name: str) -> Node:
    return node("span", node("strong", value), f" {name}")


def feed(snapshot: Snapshot, filters: Filters) -> list[Child]:
    """Return the newest items that say something about what is filtered for."""
    shown = [
        _item(item, number, filters) for item, number in newest_claims(snapshot, filters, NEWEST)
    ]
    title = node("h2", "Newest items")
    if not shown:
        return [title, node("p", "Nothing among the newest items fits these filters.")]
    return [title, node("ol", *shown, look="v-items")]


def _item(item: FeedItem, at: int, filters: Filters) -> Node:
    claim, overruled = item.claims[at], at in item.overruled
    bucket = Bucket(claim.kind, claim.place, claim.day, claim.period)
    return node(
        "li",
        said_by(item, overruled=overruled),
        node("div", item.title, look="v-title") if item.title else None,
        node(
            "button",
            *marked(claim.sentence, claim.mark_start, claim.mark_end),
            look=quote_look(overruled=overruled),
            pick=pick(subject_of(bucket, filters)),
        ),
    )


def said_by(item: FeedItem, *, overruled: bool) -> Node:
    """Return who said it and when, and whether a person marked it as wrong."""
    return node(
        "div",
        node("span", item.outlet or "outlet not known", look="v-outlet"),
        node("time", moment(item.seen_at)),
        node("span", "marked as wrong", look="v-verdict") if overruled else None,
        look="v-source",
    )


def quote_look(*, overruled: bool) -> str:
    """Return the look of a sentence, struck through where a person marked it as wrong."""
    return "v-quote v-overruled" if overruled else "v-quote"


def key(tally: Tally) -> list[Child]:
    """Return the key of the days chart, with what its axis leaves out."""
    first = node("h2", "Day by day")
    partly = by_source(tally.filters)
    rest = "the rest of a country" if partly else rest_text(by_source=False)
    unread = unread_text(filtered=is_partial(tally.filters))
    swatches = [
        node("span", node("span", look="v-swatch v-solid"), "in cities"),
        node("span", node("span", look="v-swatch v-hatched"), rest),
        node("span", node("span", look="v-swatch v-unread"), f"{unread}: not a zero"),
    ]
    found = episodes(day.day for day in tally.days)
    hidden = len(found) - MOST_EPISODES
    earlier = f"{hidden} earlier episodes: choose them under All days" if hidden > 0 else None
    return [first, node("div", *swatches, node("span", earlier) if earlier else None, look="v-key")]


def ranking_title(tally: Tally) -> list[Child]:
    """Return the heading of the ranking; where sources are filtered, what its sums are not."""
    partly = by_source(tally.filters)
    note = node("p", "what does not fit is left out: no zero", look="v-quiet") if partly else None
    return [node("h2", "By city"), note]


def aside(tally: Tally) -> list[Child]:
    """Return the table of what no day can carry, or nothing."""
    if not tally.aside:
        return []
    order = sorted(tally.aside, key=lambda one: (-one.best, when_text(one.bucket), _where(one)))
    rows = [_aside_row(estimate, tally.filters) for estimate in order[:_ASIDE_ROWS]]
    more = len(order) - len(rows)
    heads = ("Where", "When", "Figure", "Range", "Who counted", "Claims")
    return [
        node("h2", "Undated and cumulative figures: kept apart"),
        node("p", "In no total and on no day above.", look="v-quiet"),
        node(
            "table",
            node("thead", node("tr", *(node("th", head) for head in heads))),
            node("tbody", *rows),
        ),
        node("p", f"{number(more)} more", look="v-quiet") if more else None,
    ]


def _aside_row(estimate: Estimate, filters: Filters) -> Node:
    figure = node("button", number(estimate.best), pick=pick(subject_of(estimate.bucket, filters)))
    return node(
        "tr",
        node("td", _where(estimate)),
        node("td", when_text(estimate.bucket)),
        node("td", figure, look="v-number"),
        node("td", span(estimate.low, estimate.high), look="v-number"),
        node("td", authority_text(estimate.authority)),
        node("td", number(estimate.claims), look="v-number"),
    )


def _where(estimate: Estimate) -> str:
    return place_text(estimate.bucket.place)


def place_text(place: Place | None) -> str:
    """Return a place in words; a country is told from a city by what it is called."""
    return place.name if place else "place not stated"


def empty(state: State) -> list[Child]:
    """Return what to do next, where there is nothing to show yet."""
    if state.snapshot is None:
        return [
            node("h1", "The store does not answer"),
            node("p", "This page fills by itself as soon as it does."),
            node("p", "Is it running? ", node("code", "vigil doctor"), " looks for what is wrong."),
        ]
    return nothing_yet()


def unread() -> list[Child]:
    """Return the line on top where sentences are searched that cannot be read just now."""
    return [
        node("strong", "STALE", look="v-stale"),
        node("span", "sentences cannot be searched"),
    ]


def nothing_read() -> list[Child]:
    """Return what stands in place of the charts where sentences were to be searched and are not."""
    return [
        node("h1", "The sentences cannot be read"),
        node("p", "The store does not answer: what is searched for comes back with it."),
    ]


def nothing_yet() -> list[Child]:
    """Return what to do next, where nothing was ever received."""
    return [
        node("h1", "Nothing received yet"),
        node("p", "Send articles: ", node("code", "vigil push PATH")),
        node("p", "Or replay the bundled corpus: ", node("code", "vigil demo")),
        node("p", "This page fills by itself as they arrive."),
    ]


def nothing_fits(filters: Filters) -> list[Child]:
    """Return what to do next, where the filters leave nothing."""
    return [
        node("h1", f"No {KINDS[filters.kind].headline} in this view"),
        node("p", "No figure fits all of these filters. That is not a zero."),
        node(
            "p",
            "Take one back with its cross above, or ",
            node("button", "show everything", look="v-reset", pick=RESET),
        ),
    ]
