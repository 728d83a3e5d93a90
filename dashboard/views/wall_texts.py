"""Snapshot and sums -> what a wall says in words: pure, and every number with what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.charts.days import stacked
from dashboard.charts.tally import total_of
from dashboard.charts.words import KINDS, day_text, moment, number
from dashboard.live.nodes import marked, node
from dashboard.views import panels, replay_texts
from dashboard.views.newest import newest_claims
from dashboard.views.state import EVIDENCE, Subject, subject_to_query

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from dashboard.charts.tally import Filters, PlaceTotal, Tally
    from dashboard.charts.theme import Theme
    from dashboard.earlier import Since
    from dashboard.live.changes import Changes
    from dashboard.live.nodes import Child, Node
    from dashboard.live.source import State
    from dashboard.views.service_words import Words
    from vigil.claim import Claim
    from vigil.snapshot import FeedItem, Snapshot

TICKER_ITEMS: Final = 3
_LONG: Final = 24  # letters; a longer name of what is counted is set smaller
_EXCERPT: Final = 118  # letters of a sentence that fit a column of the ticker
_BEFORE_MARK: Final = 55  # of them before the figure, at most
_MINUS: Final = "\N{MINUS SIGN}"
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


def beat(state: State, now: datetime, lag: Words | None = None) -> dict[str, object]:
    """Return what the watch in the browser goes by; moments as milliseconds since 1970.

    ``word`` is what stands there while the numbers are true; ``replay`` is what stands there in its
    place while they are those of a replay's clock: its word, the clock, and how it goes.
    ``incomplete`` is what stands there while the store is being rebuilt, ``lag`` how much waits to
    be taken in, or who is missing.
    """
    newest = panels.newest_seen(state.snapshot) if state.snapshot else None
    old = state.read_at if state.stale_since else None
    incomplete = panels.rebuilding(state, now)
    replay = state.replaying
    return {
        "word": "LIVE",
        "replay": list(replay_texts.header(replay)) if replay else None,
        "replay_look": replay_texts.look(replay) if replay else "",
        "incomplete": list(incomplete) if incomplete else None,
        "now": _ms(now),
        "stale_since": _ms(old or state.stale_since),
        "lag": lag.text if lag else "",
        "lag_alarm": lag.alarm if lag else False,
        "newest": _ms(newest),
        "newest_text": f"newest item {moment(newest)}" if newest else "no dated item yet",
    }


def _ms(when: datetime | None) -> int | None:
    return round(when.timestamp() * 1000) if when else None


def masthead(tally: Tally, countries: dict[str, str]) -> list[Child]:
    """Return the name of the paper, and what the wall is about."""
    code = tally.filters.country
    where = countries.get(code, code) if code else "All countries"
    return [node("h1", "Vigil"), node("span", f"{where}, {_window(tally)}", look="v-quiet")]


def _window(tally: Tally) -> str:
    days = [tally.filters.first, tally.filters.last]
    if tally.days:
        days = [days[0] or tally.days[0].day, days[1] or tally.days[-1].day]
    first, last = (day_text(day) if day else "" for day in days)
    if not first and not last:
        return "all days"
    return first if first == last else f"{first or 'start'} \N{EN DASH} {last or 'today'}"


def headline(tally: Tally) -> list[Child]:
    """Return the figure of the wall, and what it counts."""
    words = KINDS[tally.filters.kind]
    text = number(tally.total)
    look = f"v-figure v-letters-{min(len(text), 10)}"
    return [
        node("a", text, look=look, way=_way(Subject(tally.filters))),
        node(
            "div", words.headline, look=f"v-what{' v-long' if len(words.headline) > _LONG else ''}"
        ),
        node("div", words.caveat, look="v-caveat"),
    ]


def changed(changes: Changes | None, filters: Filters) -> list[Child]:
    """Return how the total changed in the last hour, and at the newest item."""
    if changes is None:
        return []
    lines = []
    if changes.hour:
        what = "in the last hour" if changes.live else "in the hour to the newest item"
        lines.append(_changed(changes.hour, filters, what))
    if changes.item:
        lines.append(_changed(changes.item, filters, "at the newest item"))
    return [node("div", *line) for line in lines]


def _changed(since: Since, filters: Filters, what: str) -> list[Child]:
    change = total_of(since.after, filters) - total_of(since.before, filters)
    if not change:
        return [node("span", f"no change {what}", look="v-quiet")]
    return [node("strong", signed(change)), f" {what}"]


def signed(change: int) -> str:
    """``+313``, ``\N{MINUS SIGN}21``."""
    return f"{'+' if change > 0 else _MINUS}{number(abs(change))}"


def _way(subject: Subject) -> str:
    return f"?{urlencode({**subject_to_query(subject), **EVIDENCE})}"


def addition(tally: Tally) -> list[Child]:
    """Return the sum that leads from what is on the map to the total, one line a part."""
    on_map = [city for city in tally.cities if city.latitude is not None]
    off_map = [city for city in tally.cities if city.latitude is None]
    parts = [("v-solid", _best(on_map), f"on the map, {_cities(on_map)}")]
    if off_map:
        parts.append(("v-solid", _best(off_map), f"not on it, {_cities(off_map)}"))
    parts.append(("v-hatched", _best(tally.unspecified), "city not stated"))
    rows = [_row(node("span", look=f"v-swatch {look}"), value, name) for look, value, name in parts]
    total = _row(None, tally.total, KINDS[tally.filters.kind].headline, look="v-total")
    return [node("table", node("tbody", *rows, total))]


def _row(swatch: Child, value: int, name: str, look: str = "") -> Node:
    figure = node("td", number(value), look="v-number")
    return node("tr", node("td", swatch), figure, node("td", name), look=look)


def _best(places: Iterable[PlaceTotal]) -> int:
    return sum(place.best for place in places)


def _cities(places: list[PlaceTotal]) -> str:
    return f"{number(len(places))} {'city' if len(places) == 1 else 'cities'}"


def facts(snapshot: Snapshot, tally: Tally) -> list[Child]:
    """Return what the total rests on, and how much is kept apart from it."""
    lines = [
        (len(tally.days), "day with a figure", "days with a figure"),
        (snapshot.articles, "article read", "articles read"),
        (len(tally.aside), "figure kept apart:", "figures kept apart:"),
    ]
    rows = [_row(None, value, one if value == 1 else more) for value, one, more in lines if value]
    note = node("tr", node("td"), node("td"), node("td", "undated or cumulative", look="v-quiet"))
    return [node("table", node("tbody", *rows, note if tally.aside else None))]


def days_title(tally: Tally, theme: Theme) -> list[Child]:
    """Return the key of the days."""
    swatches = [
        *((layer.name, f"v-shade-{at}") for at, layer in enumerate(stacked(tally, theme))),
        ("city not stated", "v-hatched"),
        ("nothing read, not zero", "v-unread"),
    ]
    return [
        node("h2", "By day"),
        node(
            "div",
            *(node("span", node("span", look=f"v-swatch {look}"), name) for name, look in swatches),
            look="v-key",
        ),
    ]


def ranking_title() -> list[Child]:
    """Return the heading of the ranking, with what stands in brackets there."""
    return [node("h2", "By city"), node("span", "(range of the counts), + or more", look="v-quiet")]


def ticker(snapshot: Snapshot, filters: Filters) -> list[Child]:
    """Return the newest claims, each with its sentence, who printed it, and when it was seen."""
    shown = newest_claims(snapshot, filters, TICKER_ITEMS)
    return [node("ol", *(_claim(item, number) for item, number in shown))]


def _claim(item: FeedItem, at: int) -> Node:
    claim, overruled = item.claims[at], at in item.overruled
    return node(
        "li",
        panels.said_by(item, overruled=overruled),
        node(
            "blockquote",
            *marked(*excerpt(claim)),
            look=panels.quote_look(overruled=overruled),
        ),
        key=item.article,
    )


def excerpt(claim: Claim) -> tuple[str, int, int]:
    """Return what fits of a sentence, with its figure, and where the figure stands in it."""
    text, start, end = claim.sentence, claim.mark_start, claim.mark_end
    if len(text) <= _EXCERPT:
        return text, start, end
    cut = 0
    if end > _EXCERPT - 1:
        cut = text.find(" ", max(0, start - _BEFORE_MARK), start) + 1
        cut = cut or max(0, start - _BEFORE_MARK)
    lead = _ELLIPSIS if cut else ""
    kept = text[cut : cut + _EXCERPT]
    if cut + _EXCERPT < len(text):
        kept = kept[: max(kept.rfind(" "), end - cut)].rstrip(" ,;:") + _ELLIPSIS
    shift = len(lead) - cut
    return lead + kept, start + shift, end + shift
