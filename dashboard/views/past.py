"""The overview as it was known at a moment: what is read of it, and the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.words import moment_exact, number
from dashboard.live.lookback import MOST_HELD, History
from dashboard.live.nodes import node
from dashboard.views.growing import NOW_TEXT
from dashboard.views.known import NOW, Known, known_code
from vigil.article import BEFORE_ALL
from vigil.errors import VigilError

if TYPE_CHECKING:
    from datetime import date

    from dashboard.live.lookback import Lookback
    from dashboard.live.nodes import Child
    from vigil.claim import Kind
    from vigil.snapshot import Snapshot

BACK = "now"  # what the way back to the present sends
_SILENT = "The store does not answer: the past comes back with it."
_EMPTY = History(0, ())


class Window(NamedTuple):
    """What is looked back on: a kind and the days that are read; None for no limit."""

    kind: Kind
    first: date | None
    last: date | None


class Then(NamedTuple):
    """What the overview shows.

    Attributes:
        known: The moment that is shown, or in words why it is not.
        snapshot: What was known then; None where now is shown, and while it cannot be read.
        history: What there is to look back on; nothing where nobody looks back.
        silent: Whether the store does not answer.
    """

    known: Known = NOW
    snapshot: Snapshot | None = None
    history: History = _EMPTY
    silent: bool = False

    def shown(self, now: Snapshot, nothing: Snapshot) -> Snapshot:
        """Return what stands on the screen: then, or now; nothing where then cannot be read."""
        return nothing if self.silent and self.known.moment else self.snapshot or now


def read(back: Lookback, now: Snapshot, window: Window, asked: Known, *, looking: bool) -> Then:
    """Return what the overview shows; what costs too much to look back on is said in words.

    Args:
        back: Where the past is read.
        now: What is known now.
        window: What is looked back on.
        asked: The moment the address asks for.
        looking: Whether the slider is there, with all its moments.
    """
    if not looking and asked.moment is None:
        return Then(asked)
    try:
        history = back.history(now.version, window.kind, window.first, window.last)
        if history.too_much:
            return Then(Known(problem=_too_much(history)), history=history)
        if asked.moment is None:
            return Then(asked, history=history)
        then = back.snapshot(now.version, asked.moment, window.first, window.last)
    except VigilError:
        return Then(asked, silent=True)
    return Then(asked, then, history)


def _too_much(history: History) -> str:
    return (
        f"{number(history.held)} articles speak of these days. The past is shown for at most "
        f"{number(MOST_HELD)}: choose fewer days. This is what is known now."
    )


def stops(then: Then) -> list[tuple[str, str]]:
    """Return the stops of the slider, code and words, now last; none where it has no place."""
    if not then.history.moments:
        return []
    moments = {one for one in then.history.moments if one > BEFORE_ALL}
    if then.known.moment:
        moments.add(then.known.moment)
    return [*((known_code(one), moment_exact(one)) for one in sorted(moments)), ("", NOW_TEXT)]


def code_of(then: Then) -> str:
    """Return the code of the stop the slider stands at."""
    return known_code(then.known.moment) if then.known.moment else ""


def notice(then: Then, total_now: int | None, *, looking: bool) -> list[Child]:
    """Return the words beside the slider: that this is the past, or why there is none of it.

    Args:
        then: What is shown.
        total_now: What the same view comes to now; None where that is not known.
        looking: Whether the slider is there.
    """
    known = then.known
    if known.problem:
        return [node("p", known.problem, look="v-notice")]
    if then.silent:
        return [node("p", _SILENT, look="v-notice")]
    if known.moment is None:
        if looking and not then.history.moments:
            return [node("p", "Nothing of these days became known at a moment.", look="v-quiet")]
        return []
    total = ""
    if total_now is not None:
        total = f" Total of now: {number(total_now) if total_now else 'no figure'}."
    return [
        node(
            "p",
            node("strong", f"As known at {moment_exact(known.moment)}, not live."),
            f" What became known later is left out.{total} ",
            node("button", "Back to now", look="v-now", pick=BACK),
            look="v-notice",
        )
    ]


def nothing_then(then: Then) -> list[Child]:
    """Return what stands in place of the charts where nothing fits at that moment."""
    if then.silent:
        return [node("h1", "The past cannot be read"), node("p", _SILENT)]
    known = then.known.moment
    when = moment_exact(known) if known else ""
    first = then.history.moments[:1]
    began = f" The first figure became known at {moment_exact(first[0])}." if first else ""
    return [
        node("h1", "No figure then"),
        node("p", f"At {when} none was known of this view. That is not a zero.{began}"),
    ]
