"""The months, the weekdays, and the line in which an article states when it was published."""

from __future__ import annotations

from datetime import datetime


def publication_in(text: str) -> datetime | None:
    """Return the moment of publication the text states near its top, or None."""
    return None
