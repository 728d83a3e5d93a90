"""The one tree of errors: what went wrong, whether to try again, and what to do next."""

from __future__ import annotations


class VigilError(Exception):
    """Root of all errors Vigil raises on purpose; its text is fit for a person to read.

    ``retriable`` says whether the same call may succeed later without anyone doing anything.
    """

    retriable = False


class SettingsError(VigilError):
    """A setting is missing or does not make sense."""


class MetricsError(VigilError):
    """Metrics cannot be served where the settings say."""


class ReadError(VigilError):
    """A file cannot be read as an article: the text names the file and the reason."""


class WatchError(VigilError):
    """A folder cannot be watched: the text says why and what to do."""


class WireError(VigilError):
    """Bytes from a topic or from the store are not the message they should be."""


class BrokerError(VigilError):
    """Kafka refused for good."""


class BrokerUnavailable(BrokerError):
    """Kafka cannot be reached or asks to try again."""

    retriable = True


class NotLetIn(BrokerUnavailable):
    """Somebody answers where Kafka should and, as far as can be seen, does not let us in."""


class StoreError(VigilError):
    """Redis refused for good."""


class StoreUnavailable(StoreError):
    """Redis cannot be reached or asks to try again."""

    retriable = True


class StaleWrite(StoreError):
    """Somebody else changed the country and day first: read again, resolve again."""

    retriable = True


class EmbeddedError(VigilError):
    """An embedded server is missing, cannot start or died."""


class ReplayError(VigilError):
    """A replay cannot be done as it was asked for: the text says why and what to do."""


class ReviewError(VigilError):
    """A claim cannot be reviewed as it was asked for: the text says why and what to do."""


class DeadLetterError(VigilError):
    """There is no such dead letter."""


class ExtractionError(VigilError):
    """The extractor failed on one article; the article goes to the dead letters."""
