"""What can go wrong between us and a web site, in words for the person who runs Vigil."""

from __future__ import annotations

from vigil.errors import VigilError


class FetchError(VigilError):
    """An address could not be fetched: the text says why, in one line.

    Attributes:
        lasting: Whether asking again soon is pointless: gone, forbidden, too large.
        retry_after: Seconds the site asks to be left alone, None where it does not say.
        status: The HTTP status, where there was an answer.
    """

    def __init__(
        self,
        reason: str,
        *,
        lasting: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.lasting = lasting
        self.retry_after = retry_after
        self.status = status


class Stopped(VigilError):
    """The command was told to stop while it waited."""


class FeedError(VigilError):
    """A list of feeds or what is remembered of them cannot be used: the text says what to do."""
