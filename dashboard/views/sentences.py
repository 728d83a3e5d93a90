"""Estimates and the claims behind them -> the texts of the evidence page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.counting import is_dated
from dashboard.charts.selection import chosen, is_restated, speaks_for
from dashboard.charts.tally import place_code, tally
from dashboard.charts.words import KINDS, authority_text, moment, number, span, when_text
from dashboard.live.nodes import marked, node
from dashboard.views.filter_words import partly
from dashboard.views.panels import place_text, quote_look
from dashboard.views.state import when_code
from vigil.estimate import Estimate, Figure, Rule
from vigil.review import claim_id, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.live.nodes import Child, Node
    from dashboard.views.state import Subject
    from vigil.review import Review
    from vigil.snapshot import Evidence, Snapshot

# Sections on one page; the rest is a click away by day or city.
MOST_SECTIONS: Final = 25

_BOUNDS: Final = {
    "exact": "",
    "at_least": "at least",
    "more_than": "more than",
    "about": "about",
    "up_to": "up to",
    "range": "between",
    "vague": "in words, read as at least",
}


def behind(snapshot: Snapshot, subject: Subject) -> tuple[Estimate, ...]:
    """Return the estimates a number is made of, the largest first.

    A subject without a moment means all days of its view; undated and cumulative figures are
    asked for by name, because no total holds them.
    """
    filters = subject.filters
    if subject.place:
        filters = replace(filters, country=None, cities=())
    # A figure that is asked for by place and time is shown, whatever the sources filtered for.
    whole = bool(subject.place and subject.when)
    shown = (chosen(one, filters) or (one if whole else None) for one in snapshot.estimates)
    if subject.when:
        filters = replace(filters, first=None, last=None)
    found = [
        estimate
        for estimate in shown
        if estimate and estimate.bucket.kind == filters.kind and _asked(estimate, subject)
    ]
    if not subject.when:
        found = [one for one in found if is_dated(one) and _in_window(one, subject)]
    if not subject.place:
        # The sum of a country's cities is said by the cities themselves, which are listed too.
        found = [one for one in found if one.rule != Rule.CITIES]
    return tuple(sorted(found, key=_order))


def _asked(estimate: Estimate, subject: Subject) -> bool:
    bucket, filters = estimate.bucket, subject.filters
    code = place_code(bucket.place) if bucket.place else None
    if subject.place and code != subject.place:
        return False
    if subject.when and when_code(bucket) != subject.when:
        return False
    if subject.place:
        return True
    country = bucket.place.country if bucket.place else None
    in_country = not filters.country or country == filters.country
    return in_country and (not filters.cities or code in filters.cities)


def _in_window(estimate: Estimate, subject: Subject) -> bool:
    day, filters = estimate.bucket.day, subject.filters
    if day is None:
        return False
    return (filters.first is None or day >= filters.first) and (
        filters.last is None or day <= filters.last
    )


def _order(estimate: Estimate) -> tuple[int, str, str]:
    return -estimate.best, when_code(estimate.bucket), place_text(estimate.bucket.place)


def heading(subject: Subject, found: Sequence[Estimate], snapshot: Snapshot) -> list[Child]:
    """Return what number the page is about, and what it is made of."""
    words = KINDS[subject.filters.kind]
    total = _total(subject, found, snapshot)
    return [
        node("div", number(total), look="v-figure v-still"),
        node("div", f"{words.headline}, {_subject_text(subject, found)}", look="v-what"),
        node("div", words.caveat, look="v-caveat"),
        _partly(subject, found),
    ]


def _partly(subject: Subject, found: Sequence[Estimate]) -> Child:
    """Return what a filter for sources leaves out; a figure that is given whole lacks nothing."""
    if subject.place and subject.when and not any(is_restated(one) for one in found):
        return None
    told = partly(subject.filters)
    return node("div", told, look="v-caveat") if told else None


def _total(subject: Subject, found: Sequence[Estimate], snapshot: Snapshot) -> int:
    """Return the number as the overview shows it: cities are not added to their country twice."""
    if len(found) == 1 or subject.place:
        return sum(estimate.best for estimate in found)
    filters = subject.filters
    if subject.when:
        day = found[0].bucket.day
        filters = replace(filters, first=day, last=day)
    return tally(snapshot, filters).total


def _subject_text(subject: Subject, found: Sequence[Estimate]) -> str:
    if not found:
        return "none in this view"
    where = place_text(found[0].bucket.place) if subject.place else "all places"
    if subject.when:
        return f"{where}, {when_text(found[0].bucket)}"
    return f"{where}, {len(found)} figures" if len(found) > 1 else where


def section(estimate: Estimate, evidence: Sequence[Evidence], *, grew: str | None = None) -> Node:
    """Return one number with the sentences it rests on, those it does not rest on below.

    ``grew`` is the way to how it came to be, where that is on another page.
    """
    if is_restated(estimate):
        evidence = [replace(one, counts=_stands(one, estimate)) for one in evidence]
    counted = [one for one in evidence if one.counts]
    others = [one for one in evidence if not one.counts and not one.overruled]
    overruled = [one for one in evidence if not one.counts and one.overruled]
    return node(
        "section",
        node(
            "header",
            node("h2", f"{place_text(estimate.bucket.place)}, {when_text(estimate.bucket)}"),
            node("strong", number(estimate.best), look="v-best"),
            look="v-head",
        ),
        node("dl", *_how(estimate), look="v-how"),
        node("a", "How it grew, and what was corrected", way=grew, look="v-grew") if grew else None,
        node("ol", *(_claim(one) for one in counted), look="v-claims") if counted else None,
        node("h3", "Also reported, not counted again") if others else None,
        node("ol", *(_claim(one) for one in others), look="v-claims v-others") if others else None,
        *_overruled(overruled),
        None if evidence else node("p", "Its sentences have been withdrawn.", look="v-quiet"),
        look="v-section",
    )


def _stands(one: Evidence, estimate: Estimate) -> bool:
    """Return whether a claim is one that a restated figure rests on."""
    return not one.overruled and speaks_for(one.claim, estimate)


def all_wrong(evidence: Sequence[Evidence]) -> list[Child]:
    """Return the page of a number that is none, as a person marked all its claims as wrong."""
    return [
        node("h1", "No figure here"),
        node("p", "Every claim for this place and time was marked as wrong."),
        *_overruled(evidence),
    ]


def _overruled(evidence: Sequence[Evidence]) -> list[Child]:
    if not evidence:
        return []
    return [
        node("h3", "Marked as wrong by a person, counted for nothing"),
        node("ol", *(_claim(one) for one in evidence), look="v-claims v-others"),
    ]


def _how(estimate: Estimate) -> list[Child]:
    high = "open upward" if estimate.high is None else number(estimate.high)
    facts = [
        ("Low", number(estimate.low)),
        ("Best", number(estimate.best)),
        ("High", high),
        ("Whose figure", authority_text(estimate.authority)),
        ("Rule", rule_text(estimate.rule)),
    ]
    if len(estimate.figures) > 1:
        facts.append(("They differ", "; ".join(_figure(one) for one in estimate.figures)))
    if estimate.unspecified:
        facts.append(("City not stated", number(estimate.unspecified)))
    if estimate.unconfirmed:
        left_out = ", ".join(number(figure) for figure in estimate.unconfirmed)
        facts.append(("Unconfirmed, left out", left_out))
    if estimate.confirmed:
        rests_on = len(estimate.rests_on)
        told = f"{len(estimate.confirmed)} of {_claims(rests_on)}"
        facts.append(("Confirmed by a person", told))
    if estimate.overruled:
        facts.append(("Marked as wrong, left out", _claims(len(estimate.overruled))))
    return [node("div", node("dt", name), node("dd", value)) for name, value in facts]


def _claims(count: int) -> str:
    return f"{number(count)} claim{'s' * (count != 1)}"


def _figure(one: Figure) -> str:
    figure = number((one.high if one.low is None else one.low) or 0)
    return f"{authority_text(one.authority)} {_BOUNDS[one.bound]} {figure}".replace("  ", " ")


def rule_text(rule: str) -> str:
    """Return in one sentence why a rule chose its number; its name where it is a newer one."""
    try:
        return Rule(rule).sentence
    except ValueError:
        return rule


def _claim(one: Evidence) -> Node:
    claim = one.claim
    outlet = one.outlet or "outlet not known"
    figure = span(claim.low or 0, claim.high) if claim.bound == "range" else number(claim.figure)
    return node(
        "li",
        node(
            "blockquote",
            *marked(claim.sentence, claim.mark_start, claim.mark_end),
            look=quote_look(overruled=one.overruled),
        ),
        _review(one.review) if one.review else None,
        node(
            "div",
            node("a", outlet, href=one.url) if one.url else node("span", outlet),
            node("span", one.title, look="v-title") if one.title else None,
            look="v-source",
        ),
        node(
            "div",
            node("span", f"read as {_BOUNDS[claim.bound]} {figure}".replace("  ", " ")),
            node("span", f"counted by {authority_text(claim.authority)}"),
            node("span", f"seen {moment(one.seen_at)}"),
            node("span", f"published {moment(one.published)}") if one.published else None,
            node("span", f"found by rule {claim.rule}"),
            node("span", f"claim {claim_id(one.article, fingerprint(claim))}"),
            look="v-facts",
        ),
    )


def _review(review: Review) -> Node:
    verdict = "Marked as wrong" if review.verdict == "wrong" else "Confirmed"
    by = f" by {review.by}, {moment(review.at)}"
    reason = f": {review.reason}" if review.reason else ""
    return node("div", node("span", verdict, look="v-verdict"), f"{by}{reason}", look="v-review")


def more_sections(left: int) -> list[Child]:
    """Return the note below a page that would be too long."""
    if left <= 0:
        return []
    return [
        node("p", f"{number(left)} smaller figures are not listed: narrow the view by day or city.")
    ]


def unknown(subject: Subject) -> list[Child]:
    """Return the page of a number nobody knows, with what to do next."""
    return [
        node("h1", "No figure here"),
        node(
            "p",
            f"No {KINDS[subject.filters.kind].headline} are known for this place and time. "
            "The figure may have been withdrawn or moved to another day since the link was made.",
        ),
    ]


def unread_past() -> list[Child]:
    """Return the page of a past moment that cannot be read just now."""
    return [node("p", "The store does not answer: the past comes back with it.", look="v-quiet")]


def unread(estimate: Estimate) -> Node:
    """Return the section of a number whose sentences cannot be read just now."""
    return node(
        "section",
        node("h2", f"{place_text(estimate.bucket.place)}, {when_text(estimate.bucket)}"),
        node("p", "The store does not answer: its sentences come back with it.", look="v-quiet"),
        look="v-section",
    )
