"""A web page to the text and the facts of its article; nothing is ever fetched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import htmldate
import trafilatura
from trafilatura.settings import Document

from producers.decode import decode
from producers.meta import MAX_FIELD, Facts, moment, normal_url, one_line
from producers.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_Element = Any  # of lxml, which carries no types

# libxml2 stops, without a word, within a piece of text longer than this.
MAX_CHARACTERS = 10_000_000
# Each guard keeps a page within seconds (measured on one core of a small machine): extraction
# takes 0.1 ms an element; libxml2 takes time by the square of a tag's attributes (10,000: 0.2 s,
# 40,000: 12 s), and cuts off, without a word, what is nested 256 deep.
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 2_000
MAX_DEPTH = 240

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4_096
_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")

_PUBLISHED = ("article:published_time", "datepublished", "og:published_time")
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time")
_OF_CHANGE = re.compile("modif|updat", re.IGNORECASE)
_OUTLET = ("og:site_name",)
_ADDRESS = ("og:url",)
# htmldate takes today for the latest day there is; the same page must read the same every day.
_DAY_OPTIONS: dict[str, Any] = {
    "extensive_search": False,
    "original_date": True,
    "max_date": "2100-01-01",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds.

    Attributes:
        text: The text of its article.
        facts: What its markup says with certainty.
        day: The day its head or its address suggests, at 00:00 UTC, or None: weaker than a
            moment that stands in the text.
    """

    text: str
    facts: Facts
    day: datetime | None


def read_page(data: bytes, *, charset: str | None = None) -> Page:
    """Return the article of a page.

    Args:
        data: The page as received.
        charset: The encoding it was sent as, which goes before the one it claims.

    Raises:
        Unreadable: No text in it, or a page made to be slow: too many elements, too deep.
    """
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    source = decode(data, declared=charset or (declared[1].decode() if declared else None))
    if len(source) > MAX_CHARACTERS:
        message = f"web page of {len(source):,} characters, more than {MAX_CHARACTERS:,}"
        raise Unreadable(message)
    _check_tags(source)
    try:
        return _extracted(source)
    except Unreadable:
        raise
    except Exception as error:  # lxml, trafilatura and what they use have no common error
        message = f"web page that cannot be parsed ({type(error).__name__})"
        raise Unreadable(message) from error


def _extracted(source: str) -> Page:
    tree = trafilatura.load_html(source)
    if tree is None:  # a fragment without <html> around it
        tree = trafilatura.load_html(f"<html><body>{source}</body></html>")
    if tree is None:
        message = "no article text found"
        raise Unreadable(message)
    _check_tree(tree)
    facts = _marked_up(tree)
    day = _suggested_day(tree, facts.url)
    document = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=dict(_DAY_OPTIONS)
    )
    if not isinstance(document, Document) or not document.text or document.text.isspace():
        message = "no article text found"
        raise Unreadable(message)
    found = Facts(title=_short(document.title) or "", outlet=_short(document.sitename))
    return Page(text=document.text, facts=facts.over(found), day=day)


def _check_tags(source: str) -> None:
    """Refuse a tag with so many attributes that parsing it would not end."""
    for tag in _TAG.finditer(source):
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:  # the shortest: a letter and a space
            count = len(re.split(r"[\s/]+", _QUOTED.sub(" ", tag[0])))
            if count > MAX_ATTRIBUTES:
                message = f"a tag with {count:,} attributes, more than {MAX_ATTRIBUTES:,}"
                raise Unreadable(message)


def _check_tree(tree: _Element) -> None:
    count = sum(1 for _ in tree.iter())
    if count > MAX_ELEMENTS:
        message = f"{count:,} elements, more than {MAX_ELEMENTS:,}"
        raise Unreadable(message)
    level, depth = [tree], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
    if depth > MAX_DEPTH:
        message = f"elements nested more than {MAX_DEPTH} deep"
        raise Unreadable(message)


def _marked_up(tree: _Element) -> Facts:
    """Return what the markup says in so many words: a moment beats a bare day."""
    linked = _linked_data(tree)
    published = [*_metas(tree, _PUBLISHED), *linked.get("datePublished", ())]
    updated = [*_metas(tree, _UPDATED), *linked.get("dateModified", ())]
    times = {value.strip() for value in tree.xpath("//time/@datetime")}
    if len(times) == 1:  # several stand on pages that list other articles
        published.extend(times)
    canonical = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    return Facts(
        published=_best_moment(published),
        updated=_best_moment(updated),
        outlet=_short(next(_metas(tree, _OUTLET), None)),
        url=_first_address([*canonical, *_metas(tree, _ADDRESS)]),
    )


def _metas(tree: _Element, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the values of <meta> and of other elements marked with one of the names."""
    for element in tree.xpath("//*[@property or @name or @itemprop]"):
        keys = {element.get(key, "").lower() for key in ("property", "name", "itemprop")}
        value = element.get("content") or element.get("datetime")
        if value and keys.intersection(names):
            yield value.strip()


def _linked_data(tree: _Element) -> dict[str, list[str]]:
    """Return the texts of the page's own JSON-LD, by their names, outermost first.

    Lists of other articles are often described too; those stand deeper or are other nodes
    of a graph, so only the first node that has a publication counts.
    """
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # a page with broken JSON-LD is still a page
        graph = value.get("@graph", [value]) if isinstance(value, dict) else value
        for node in graph if isinstance(graph, list) else []:
            if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
                return {key: [text] for key, text in node.items() if isinstance(text, str)}
    return {}


def _best_moment(values: list[str]) -> datetime | None:
    found = [(when, value) for value in values if (when := moment(value))]
    with_time = [when for when, value in found if len(value) > len("2022-02-24")]
    return next(iter(with_time), found[0][0] if found else None)


def _suggested_day(tree: _Element, url: str | None) -> datetime | None:
    """Return the day that the head or the address suggests, by htmldate.

    Given the whole page, htmldate falls back on any date in the running text, and on the day
    of the last change: both would be made up. So it gets to see the head's metas only.
    """
    page = tree.makeelement("html")
    head = tree.makeelement("head")
    page.extend((head, tree.makeelement("body")))
    for meta in tree.xpath("//meta[@content]"):
        if not _OF_CHANGE.search(" ".join(meta.attrib.values())):
            head.append(tree.makeelement("meta", dict(meta.attrib)))
    day = htmldate.find_date(page, url=url, **_DAY_OPTIONS)
    return moment(day) if day else None


def _first_address(values: list[str]) -> str | None:
    """Return the first usable address: pages have relative, broken and unsafe ones too."""
    for value in values:
        if len(value) <= MAX_FIELD:
            try:
                return normal_url(value.strip())
            except Unreadable:
                continue
    return None


def _short(value: str | None) -> str | None:
    """Return a title or a name in one line; None for one too long to be any."""
    if not value or len(value) > MAX_FIELD:
        return None
    return one_line(value) or None
