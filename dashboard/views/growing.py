"""How a figure grew and what was corrected in it -> the texts beside its step chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.charts.growth import MARKS, drawn_voices, has_range, voices, voices_of
from dashboard.charts.words import authority_text, moment, moment_exact, number, span
from dashboard.live.nodes import marked, node
from dashboard.views.known import KNOWN, known_code
from dashboard.views.state import subject_to_query
from vigil.article import BEFORE_ALL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.live.answers import Corrected
    from dashboard.live.nodes import Child, Node
    from dashboard.views.known import Known
    from dashboard.views.state import Subject
    from vigil.correction import Correction, Told
    from vigil.estimate import Estimate, Figure
    from vigil.resolving.known import Step

_CAUSES: Final = {
    "authority": "a later, lower figure of the same authority",
    "revised": "the article was revised and gives another",
    "withdrawn": "the article does not give it any more",
}
_HEADS: Final = ("Known from", "Figure", "Range", "Who counted")
_AXIS: Final = "from the moment each became known, in UTC"
NOW_TEXT: Final = "now"


def way_to(subject: Subject, known: datetime | None = None) -> str:
    """Return the way to the page of a number, as known now or at a moment."""
    query = subject_to_query(subject)
    if known:
        query[KNOWN] = known_code(known)
    return f"evidence?{urlencode(query)}"


def status(known: datetime) -> list[Child]:
    """Return the line on top of a page that shows the past: its numbers are not live."""
    return [node("strong", "PAST", look="v-past"), node("span", moment_exact(known))]


def notice(known: Known, subject: Subject, current: Estimate | None) -> list[Child]:
    """Return the words above a page that shows the past, or why it does not; none for now."""
    if known.problem:
        return [_problem(known)]
    if known.moment is None or known.replayed:
        return []
    figure = number(current.best) if current else "there is none"
    return [
        node(
            "p",
            node("strong", f"As known at {moment_exact(known.moment)}."),
            f" What became known later is left out. Figure of now: {figure}. ",
            node("a", "Back to now", way=way_to(subject)),
            look="v-notice",
        )
    ]


def _problem(known: Known) -> Node:
    return node("p", known.problem, look="v-notice")


def not_yet(known: datetime, steps: Sequence[Step]) -> list[Child]:
    """Return the page of a moment at which there was no figure."""
    began = [one.seen_at for one in steps if one.estimate]
    when = moment_exact(known)
    if began and known < began[0]:
        why = f"The first figure became known at {moment_exact(began[0])}."
    elif began:
        why = "It had been withdrawn by then, or marked as wrong."
    else:
        why = "None has become known since."
    return [node("h1", "No figure then"), node("p", f"At {when} there was none here. {why}")]


def many(known: Known) -> list[Child]:
    """Return why the past is not shown where a page is of several figures."""
    if known.problem:
        return [_problem(known)]
    if known.moment is None or known.replayed:
        return []
    told = f"{moment_exact(known.moment)} was asked for. The past is shown for one figure at a time"
    return [node("p", f"{told}: choose one below. This is what is known now.", look="v-notice")]


def options(steps: Sequence[Step], known: Known) -> dict[str, str]:
    """Return what there is to choose from: code of a moment -> its words; "" is now.

    A moment between two steps is named without a figure: of a long history not every change is a
    step, so the step before may not be what was shown then.
    """
    found = {
        one.seen_at: f"{moment_exact(one.seen_at)}: {_figure(one.estimate)}"
        for one in steps
        if one.seen_at > BEFORE_ALL
    }
    if known.moment and known.moment not in found:
        found[known.moment] = moment_exact(known.moment)
    return {"": NOW_TEXT, **{known_code(one): found[one] for one in sorted(found, reverse=True)}}


def title(steps: Sequence[Step]) -> list[Child]:
    """Return the heading of the chart with its key; in words where there is nothing to draw."""
    heading = node("h2", "How this figure grew")
    if len(steps) < 2:  # noqa: PLR2004  # a line needs two ends
        return [heading, node("p", _unchanged(steps), look="v-unchanged")]
    key: list[Child] = [_key(node("span", look="v-swatch v-line"), "the figure shown")]
    if has_range(steps):
        key.append(_key(node("span", look="v-swatch v-band"), "range"))
    drawn = drawn_voices(steps)
    for voice, (_, sign) in zip(drawn, MARKS, strict=False):
        key.append(_key(node("span", sign, look="v-sign"), voice))
    left = len(voices(steps)) - len(drawn)
    if drawn and left:
        key.append(node("span", f"{left} more: in the table"))
    return [heading, node("p", _AXIS, look="v-quiet"), node("div", *key, look="v-key")]


def _key(sign: Node, name: str) -> Node:
    return node("span", sign, name)


def _unchanged(steps: Sequence[Step]) -> str:
    if not steps:
        return "Nothing is known of how it came to be."
    [one] = steps
    since = "from the first" if one.seen_at <= BEFORE_ALL else f"since {moment_exact(one.seen_at)}"
    return f"{_figure(one.estimate)} {since}, unchanged. A chart begins with the first change."


def _figure(estimate: Estimate | None) -> str:
    return number(estimate.best) if estimate else "no figure"


def table(steps: Sequence[Step], known: Known) -> list[Child]:
    """Return the values of the chart, the newest first; a moment leads to the page of that time."""
    if len(steps) < 2:  # noqa: PLR2004  # as the chart
        return []
    rows = [
        _row(one, look="v-then" if one.seen_at == known.moment else "") for one in reversed(steps)
    ]
    return [
        node("h3", "Its changes, the newest first"),
        node(
            "div",
            node(
                "table",
                node("thead", node("tr", *(node("th", head) for head in _HEADS))),
                node("tbody", *rows),
            ),
            look="v-steps",
        ),
    ]


def _row(step: Step, *, look: str) -> Node:
    when: Child = moment_exact(step.seen_at)
    if step.seen_at > BEFORE_ALL:
        when = node("button", when, pick=known_code(step.seen_at))
    one = step.estimate
    cells = [
        node("td", when),
        node("td", _figure(one), look="v-number"),
        node("td", span(one.low, one.high) if one else "", look="v-number"),
        node("td", *_counted(one) if one else ()),
    ]
    return node("tr", *cells, look=look)


def _counted(estimate: Estimate) -> list[Child]:
    """Return whose figure it is; where several gave one, theirs first and the others' below it."""
    own = [one for one in estimate.figures if one.authority == estimate.authority]
    others = [one for one in estimate.figures if one.authority != estimate.authority]
    first = [_voice(one) for one in own] if own and others else [authority_text(estimate.authority)]
    return [
        *(node("div", told) for told in first),
        *(node("div", _voice(one), look="v-quiet") for one in others),
    ]


def _voice(figure: Figure) -> str:
    low, high = figure.low, figure.high
    reach = f"up to {number(high or 0)}" if low is None else span(low, high)
    return f"{'; '.join(voices_of(figure))} {reach}"


def corrected(found: Corrected, known: Known) -> list[Child]:
    """Return what was corrected, the newest first: was, now, who, when, and both sentences."""
    by = "by then" if known.moment else "so far"
    heading = node("h2", "What was corrected")
    if not found.corrections:
        return [heading, node("p", f"No figure was taken back {by}.", look="v-quiet")]
    items = [_correction(one, found) for one in reversed(found.corrections)]
    return [heading, node("ol", *items, look="v-corrections")]


def _correction(one: Correction, found: Corrected) -> Node:
    now = _told(one.now) if one.now else "no figure"
    return node(
        "li",
        node(
            "p",
            node("strong", f"was {_told(one.was)}, now {now}"),
            f", {who(one.was)}, {moment_exact(one.at)}",
        ),
        node("p", _CAUSES[one.cause], look="v-quiet"),
        node(
            "dl",
            *_sentence("was", one.was, found),
            *(_sentence("now", one.now, found) if one.now else ()),
        ),
    )


def who(told: Told) -> str:
    """Return who stood by a figure: the authority, or the outlet where nobody is named."""
    name = authority_text(told.authority)
    return name if told.authority.name else f"{name}, {told.outlet or 'outlet not known'}"


def _told(told: Told) -> str:
    return f"up to {number(told.high or 0)}" if told.low is None else span(told.low, told.high)


def _sentence(name: str, told: Told, found: Corrected) -> list[Node]:
    """Return a sentence and where it stood; of an article that was withdrawn it is gone."""
    article, claim = found.told.get(told, (None, None))
    quote: list[Child] = [node("span", "Its sentence is gone.", look="v-quiet")]
    if claim and claim.sentence:
        quote = marked(claim.sentence, claim.mark_start, claim.mark_end)
    outlet = told.outlet or "outlet not known"
    url = article.url if article else None
    source = node("a", outlet, href=url) if url else node("span", outlet)
    return [
        node("dt", name),
        node(
            "dd",
            node("blockquote", *quote, look="v-quote"),
            node("div", source, node("span", f"seen {moment(told.seen_at)}"), look="v-source"),
        ),
    ]


def unread() -> list[Child]:
    """Return what stands in place of the chart while the store does not answer."""
    return [
        node("h2", "How this figure grew"),
        node("p", "The store does not answer: its history comes back with it.", look="v-unchanged"),
    ]
