"""Which address names an article: the one a page calls its own, where it may be believed."""

from __future__ import annotations

from urllib.parse import urlsplit

from producers.meta import normal_url


def identity(fetched: str, canonical: str | None) -> str:
    """Return the address that names an article.

    The one a page calls its own is taken only within the same site: else any page could replace
    the article of another outlet.
    """
    fetched = normal_url(fetched)
    if canonical is None:
        return fetched
    one, other = urlsplit(canonical), urlsplit(fetched)
    names_article = one.path.strip("/") or one.query
    return canonical if names_article and same_site(one.hostname, other.hostname) else fetched


def same_site(one: str | None, other: str | None) -> bool:
    """Return whether two hosts are one site: the same, or one below the other."""
    first, second = (name.removeprefix("www.") for name in (one or "", other or ""))
    if not first or not second:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")
