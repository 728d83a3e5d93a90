"""The tools of the overview on the page: toolbar, slider, saving, and two periods compared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.compare import Period
from dashboard.charts.ranking import OTHERS, REST
from dashboard.charts.tally import tally
from dashboard.charts.words import KINDS
from dashboard.live.components import board, chart
from dashboard.live.shared import lookback, now
from dashboard.live.tools import Sheet, save, slider
from dashboard.views import address, besides, past, sheet, toolbar
from dashboard.views.extras import Extras, file_name, picture, views_of
from dashboard.views.known import NOW, read_known
from dashboard.views.page import mode
from dashboard.views.past import Window
from dashboard.views.searching import searched
from dashboard.views.state import Subject
from dashboard.views.widgets import hold
from vigil.errors import VigilError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dashboard.charts.episodes import Episode
    from dashboard.charts.tally import Filters
    from dashboard.views.past import Then
    from dashboard.views.searching import Shelf
    from vigil.snapshot import Snapshot

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOKING: Final = "looking-back"
_TOTAL: Final = "total-now"
_ASKED: Final = "sheet-asked"
_STANDS: Final = 6.0  # seconds a table that was asked for is sent for: a pulse may be lost
_EARLIEST, _LATEST = date(1970, 1, 1), date(2100, 12, 31)


def looking() -> bool:
    """Return whether somebody looks back: with the tool, or by an address that does."""
    return bool(st.session_state.get(_LOOKING)) or bool(address.known())


def then(current: Snapshot, filters: Filters, around: Filters) -> Then:
    """Return what is shown of the past.

    Args:
        current: What is known now.
        filters: The view.
        around: The view with all the days its charts show.
    """
    asked = read_known(address.known(), now()) if address.known() else NOW
    other = address.showing().beside or Period(around.first, around.last)
    first = min(around.first, other.first) if around.first and other.first else None
    last = max(around.last, other.last) if around.last and other.last else None
    window = Window(filters.kind, first, last)
    return past.read(lookback(), current, window, asked, looking=looking())


def other_period(shelf: Shelf, shown: Snapshot, filters: Filters) -> Snapshot | None:
    """Return what is known of the period the view is compared with; nothing where none is.

    None where its sentences cannot be read just now: the next pulse asks again.
    """
    other = address.showing().beside
    if other is None:
        return replace(shown, estimates=())
    try:
        return searched(shown, replace(filters, first=other.first, last=other.last), shelf)
    except VigilError:
        return None


def tools(there: Sequence[Episode], *, hidden: bool, stale: bool) -> None:
    """Show the toolbar."""

    def use(code: str) -> None:
        showing = address.showing()
        if code == toolbar.PAST:
            st.session_state[_LOOKING] = not looking()
            if not st.session_state[_LOOKING]:
                address.set_known("")
        address.set_showing(toolbar.chosen(showing, code, address.filters(), there))

    made = toolbar.tools(address.showing(), looking_back=looking(), hidden=hidden)
    board("tools", made, on_pick=use, stale=stale)


def saving(
    shown: Snapshot,
    extra: Extras,
    words: Sequence[str],
    known: datetime | None,
    *,
    whole: bool,
    hidden: bool,
) -> None:
    """Show the buttons that save what is on the screen, and send a table that was asked for.

    Args:
        shown: What is known, as it is on the screen.
        extra: What is beside the charts.
        words: What is filtered for, without its days.
        known: The moment that is shown: of the past, or when the store last answered; None for now.
        whole: Whether the store has all its figures: none is being rebuilt.
        hidden: Whether there is nothing to save.
    """
    showing, filters = address.showing(), address.filters()
    sent: tuple[Sheet, datetime] | None = st.session_state.get(_ASKED)

    def ask(_kind: str) -> None:
        """Keep the rows as they were on the screen when somebody asked for them."""
        root = (st.context.url or "").partition("?")[0].rstrip("/") + "/"
        both = extra.beside.snapshot if extra.beside else shown
        text = sheet.sheet(both, views_of(filters, showing), root=root, known=known)
        number = sent[0].number + 1 if sent else 1
        made = Sheet(number, text, file_name(filters, showing, known, whole=whole))
        st.session_state[_ASKED] = made, now()

    fresh = sent and (now() - sent[1]).total_seconds() < _STANDS
    wanted = sent[0] if sent and fresh else None
    shows = picture(filters, showing, words, known, whole=whole)
    save(shows, wanted, on_ask=ask, hidden=hidden)


def looking_back(
    shown: Then, current: Snapshot, shelf: Shelf, *, hidden: bool, stale: bool
) -> None:
    """Show the slider and what it says.

    Args:
        shown: What is shown of the past.
        current: What is known now.
        shelf: Where the sentences of now are read.
        hidden: Whether the slider has no place.
        stale: Whether the values are no longer live.
    """
    there = looking() and not hidden
    total = _total(current, shelf) if shown.known.moment else None
    with st.container(key="past"):
        said = past.notice(shown, total, looking=looking()) if looking() else []
        board("past", said, on_pick=_back, stale=stale)
        slider(
            past.stops(shown) if there else [],
            past.code_of(shown),
            label="As known at",
            on_pick=address.set_known,
            stale=stale,
        )


def _total(current: Snapshot, shelf: Shelf) -> int | None:
    """Return the total of now, added up anew only when the store or the filters changed.

    None where the sentences that are searched cannot be read just now.
    """
    filters = address.filters()
    stamp = f"{current.stamp}|{filters}"
    kept: tuple[str, int] | None = st.session_state.get(_TOTAL)
    if kept is None or kept[0] != stamp:
        try:
            kept = stamp, tally(searched(current, filters, shelf), filters).total
        except VigilError:
            return None
        st.session_state[_TOTAL] = kept
    return kept[1]


def _back(_now: str) -> None:
    address.set_known("")


def ask_beside(code: str) -> None:
    """Show the sentences of a mark of a comparison: of a day, or of a place in its period."""
    filters, other = address.filters(), address.showing().beside
    if _DAY.fullmatch(code):
        address.set_subject(Subject(filters, when=code))
        return
    at, _, place = code.partition("|")
    if at == "second" and other:
        filters = replace(filters, first=other.first, last=other.last)
    asked = None if place == OTHERS else place.removeprefix(REST)
    address.set_subject(Subject(filters, place=asked))


def compared(
    extras: Extras,
    on_pick: Callable[[str], None],
    on_ask: Callable[[str], None],
    *,
    hidden: bool,
    stale: bool,
) -> None:
    """Show two periods side by side; nothing where none is compared."""
    found = None if hidden else extras.beside
    what = KINDS[address.filters().kind].headline
    stamp = f"{extras.stamp}|{mode()}"
    sides = st.columns([1.5, 1.5, 1.2], gap="medium")
    for at, name in enumerate(besides.NAMES):
        with sides[at]:
            board(f"beside-{name}", found.heads[at] if found else [], on_pick=on_ask, stale=stale)
            _period(name, _asked(at), _take_other if at else _take_own)
            chart(
                f"beside-{name}",
                found.days[at] if found else None,
                stamp=stamp,
                label=f"{what} by day, {name} period; on the scale of the other",
                on_pick=on_pick,
                stale=stale,
            )
            rows = found.tables[at + 1] if found else []
            board(f"beside-{name}-table", rows, on_pick=on_ask, stale=stale)
    with sides[2]:
        title = besides.cities_title(found.comparison) if found else []
        board("beside-cities-title", title, stale=stale)
        chart(
            "beside-cities",
            found.cities if found else None,
            stamp=stamp,
            label=f"Bars: {what} by city, two bars for each, one for each period",
            on_pick=on_pick,
            stale=stale,
        )
        board("beside-table", found.tables[0] if found else [], on_pick=on_ask, stale=stale)


def _asked(at: int) -> Period:
    filters, other = address.filters(), address.showing().beside
    return (other or Period(None, None)) if at else Period(filters.first, filters.last)


def _period(name: str, period: Period, take: Callable[[Period], None]) -> None:
    """Show the two days a period is chosen by."""
    with st.container(key=f"beside-{name}-days"):
        first, last = st.columns(2, gap="small")
        with first:
            _day(f"{name}-from", "From", period.first, lambda day: take(replace(period, first=day)))
        with last:
            _day(f"{name}-to", "To", period.last, lambda day: take(replace(period, last=day)))


def _day(name: str, label: str, value: date | None, take: Callable[[date | None], None]) -> None:
    held = hold(name, value, take)
    st.date_input(
        label,
        value=held.default,
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        key=held.key,
        on_change=held.on_change,
        label_visibility="collapsed",
    )


def _take_own(period: Period) -> None:
    ordered = period.ordered()
    address.set_filters(replace(address.filters(), first=ordered.first, last=ordered.last))


def _take_other(period: Period) -> None:
    """Compare with another period; one of its days left empty makes it the other one's day."""
    first, last = period.first or period.last, period.last or period.first
    if first and last:
        other = Period(first, last).ordered()
        address.set_showing(replace(address.showing(), beside=other))
