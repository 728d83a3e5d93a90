"""A replay -> what pages say of it, as trees of plain values; no Streamlit here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.charts.words import day_text, moment, number
from dashboard.live.nodes import node
from dashboard.views.state import EVIDENCE
from vigil import pace as paces
from vigil.article import BEFORE_ALL
from vigil.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.live.nodes import Child, Node
    from vigil.replaying import Replaying

WORD: Final = "REPLAY"
# What there is to choose from; faster and slower go further.
SPEEDS: Final = (600.0, 3_600.0, 21_600.0, 86_400.0, 604_800.0)
RATES: Final = (1.0, 10.0)
_LONGEST: Final = 2.0  # seconds; without one an archive's empty months would be waited out
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def header(replay: Replaying) -> tuple[str, str, str]:
    """Return what stands in place of LIVE: the word, the clock, and how it goes."""
    return WORD, clock_text(replay.clock), _going(replay, paces.words(replay.pace))


def _going(replay: Replaying, pace: str) -> str:
    if replay.broken_off:
        return "broken off"
    if replay.state == "paused":
        return "at its end" if replay.at_end else "paused"
    return pace


def look(replay: Replaying) -> str:
    """Return the look of the word: going, standing, or dead."""
    if replay.broken_off:
        return "v-stale"
    return "v-replay" if replay.state == "playing" else "v-replay v-paused"


def status(replay: Replaying) -> list[Child]:
    """Return the line on top of a page that shows a replay's time: its numbers are not live."""
    going = _going(replay, paces.short(replay.pace))
    return [
        node("a", node("strong", WORD, look=look(replay)), way="replay?", label="the replay"),
        node("span", clock_text(replay.clock)),
        node("span", going, look="v-quiet"),
    ]


def clock_text(clock: datetime) -> str:
    """``24 Feb 2022, 18:20 UTC``; in words where no article has a date."""
    return moment(clock) if clock > BEFORE_ALL else "no date"


def clock(replay: Replaying) -> list[Child]:
    """Return the clock of the page, large, and where in the corpus it stands."""
    dated = replay.clock > BEFORE_ALL
    day = f"{replay.clock:%A}, {day_text(replay.clock.date())}" if dated else "No date"
    time = f"{replay.clock:%H:%M} UTC" if dated else "no article of this corpus has one"
    return [
        node("div", day, look="v-day"),
        node("div", time, look="v-time"),
        node("div", _state(replay), look="v-going"),
    ]


def _state(replay: Replaying) -> str:
    where = f"article {number(replay.position)} of {number(replay.total)}"
    if replay.broken_off:
        return f"Broken off at {where}: vigil replay goes on from there"
    if replay.at_end:
        again = ", begins again" if replay.loop and replay.state == "playing" else ""
        return f"At its end, {where}{again}"
    left = f"{left_text(replay.seconds_left)} left"
    if replay.state == "paused":
        return f"Paused at {where}"
    return f"{paces.words(replay.pace).capitalize()}, {where}, {left}"


def left_text(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3 h 20 min``, ``5 days``: how long it still takes."""
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return f"{whole} s"
    if whole < 2 * _HOUR:
        return f"{whole // _MINUTE} min"
    if whole < 2 * _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _DAY:,} days"


def controls(replay: Replaying) -> list[Child]:
    """Return what can be asked; what means nothing now is there and cannot be clicked."""
    playing = replay.state == "playing"
    first = replay.position == 0
    if replay.broken_off:
        return [node("div", _button("Leave the replay", "stop"), look="v-row")]
    main = ("Pause", "pause") if playing else ("Play", "play")
    return [
        node(
            "div",
            _button("Begin again", "begin", off=first),
            _button("Back", "back", label="back one article", off=first),
            _button(*main, look="v-main"),
            _button("Step", "step", label="on to the next article", off=replay.at_end),
            _button(f"Loop: {'on' if replay.loop else 'off'}", _loop(replay)),
            _button("End the replay", "stop", look="v-end"),
            look="v-row",
        ),
        node(
            "div",
            node("span", "Speed", look="v-quiet"),
            _button("Slower", "slower", look="v-pace"),
            *(_pace(one, replay.pace) for one in offered()),
            _button("Faster", "faster", look="v-pace"),
            look="v-row v-paces",
        ),
    ]


def offered() -> tuple[Pace, ...]:
    """Return the paces there are to choose from."""
    speeds = tuple(Pace(speed=one, longest=_LONGEST) for one in SPEEDS)
    return speeds + tuple(Pace(rate=one) for one in RATES)


def _loop(replay: Replaying) -> str:
    return f"loop {'off' if replay.loop else 'on'}"


def _pace(offer: Pace, current: Pace) -> Node:
    chosen = (offer.speed, offer.rate) == (current.speed, current.rate)
    look = "v-pace v-chosen" if chosen else "v-pace"
    return _button(paces.short(offer), f"pace {paces.encode(offer)}", look=look)


def _button(
    text: str, asks: str, *, look: str = "", label: str | None = None, off: bool = False
) -> Node:
    """Return a button; one that is off is a text that looks like one."""
    if off:
        return node("span", text, look=f"v-button v-off {look}".strip())
    return node("button", text, look=f"v-button {look}".strip(), pick=asks, label=label)


def title(replay: Replaying) -> list[Child]:
    """Return the heading of the columns of days, and what they are of."""
    return [
        node("h2", f"Articles of {replay.name}"),
        node(
            "div",
            node("span", node("span", look="v-swatch v-solid"), "replayed"),
            node("span", node("span", look="v-swatch v-ahead"), "to come"),
            node("span", "a click goes there"),
            look="v-key",
        ),
    ]


def linked(children: Sequence[Child]) -> list[Child]:
    """Return texts of the overview for another page: what is clicked there is a link here."""
    return [_linked(child) for child in children]


def _linked(child: Child) -> Child:
    if child is None or isinstance(child, str):
        return child
    made = {**child, "children": linked(child["children"])}
    if "pick" in made:
        query = {**json.loads(made.pop("pick")), **EVIDENCE}
        made |= {"tag": "a", "way": f"?{urlencode(query)}"}
    return made


def none_yet() -> list[Child]:
    """Return what to do next, where nothing was ever replayed."""
    return [
        node("h1", "No replay"),
        node("p", "Replay a folder of articles: ", node("code", "vigil replay PATH")),
        node("p", "Or the bundled corpus: ", node("code", "vigil replay")),
        node("p", "Its clock, its controls and what it has told appear here."),
    ]


def ended(replay: Replaying) -> list[Child]:
    """Return what to do next, where the last replay was ended or came to its end."""
    where = f"{number(replay.position)} of {number(replay.total)} articles"
    again = "begins it again" if replay.complete else "goes on from there"
    return [
        node("h1", "No replay now"),
        node(
            "p",
            f"The last one, of {replay.name}, ended at {clock_text(replay.clock)} after {where}.",
        ),
        node("p", "The same ", node("code", "vigil replay"), f" {again}."),
        node("p", "All pages show the present meanwhile."),
    ]
