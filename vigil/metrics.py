"""A service's figures for Prometheus, served where ``VIGIL_METRICS_PORT`` asks for them.

What is told are numbers with three labels at most: service, topic, version. Nothing of any article,
and nothing whose values have no end.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Final, Literal

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from vigil.errors import MetricsError, SettingsError
from vigil.processes import accepts, is_loopback
from vigil.spread import BOUNDS, Counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vigil.settings import Settings

log = logging.getLogger(__name__)

Kind = Literal["counter", "gauge", "histogram"]

# What is exported: name -> kind and meaning. A counter's name gets "_total" behind it, a
# histogram's "_bucket", "_sum" and "_count". Durations are seconds, moments seconds since 1970.
FIGURES: Final[dict[str, tuple[Kind, str]]] = {
    "vigil_info": ("gauge", "Always 1; the label says which version of Vigil it is"),
    "vigil_up": ("gauge", "1 while the service works; 0 while its batch fails and is tried again"),
    "vigil_lag_messages": ("gauge", "Messages of its share it has yet to handle, if that is known"),
    "vigil_messages": ("counter", "Messages handled and committed"),
    "vigil_articles": ("counter", "Articles handled; by a producer: that Kafka has acknowledged"),
    "vigil_claims": ("counter", "Claims found, or taken in"),
    "vigil_article_seconds": ("histogram", "From an article's sending to here: claims, counters"),
    "vigil_batch_seconds": ("histogram", "From taking a batch in hand to its commit"),
    "vigil_batch_in_hand_seconds": ("gauge", "How long the batch in hand takes so far, 0 if none"),
    "vigil_last_batch_timestamp_seconds": ("gauge", "When the last batch was committed"),
    "vigil_last_batch_age_seconds": ("gauge", "How long ago that was"),
    "vigil_retries": ("counter", "Batches tried again after they had failed"),
    "vigil_dead_letters": ("counter", "Messages put to the dead letters, by where they came from"),
    "vigil_refused": ("counter", "Files or pages that could not be read or sent"),
    "vigil_files": ("counter", "Files taken"),
    "vigil_feed_rounds": ("counter", "Times that a feed was asked"),
    "vigil_feeds_broken": ("gauge", "Feeds whose last round failed"),
    "vigil_replay_sent_articles": ("gauge", "Articles of the corpus that the replay has sent"),
    "vigil_replay_corpus_articles": ("gauge", "Articles of the corpus that is replayed"),
    "vigil_store_reads": ("counter", "Times the dashboard looked for changes in the store"),
    "vigil_store_read_failures": ("counter", "Times it could not"),
    "vigil_store_to_dashboard_seconds": ("histogram", "From the beginning of a change to here"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as it stands now.

    Attributes:
        name: Which of ``FIGURES``.
        value: The number, or for a histogram what was counted.
        topic: Of which topic, "" for a figure of the whole service.
    """

    name: str
    value: float | Counted
    topic: str = ""


@contextmanager
def exporting(
    settings: Settings, service: str, read: Callable[[], Iterable[Reading]]
) -> Iterator[None]:
    """Serve a service's figures over HTTP while the block runs, if the settings say where.

    Args:
        settings: Where.
        service: What the service is called.
        read: Returns what there is to tell now; asked by another thread, at every scrape.

    Raises:
        SettingsError: Others would reach the port, and nobody said that it is guarded.
        MetricsError: The port is taken or the address not ours.
    """
    if settings.metrics_port is None:
        yield
        return
    require_guard(settings)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)  # processor time, memory, open files
    registry.register(_Exporter(service, read))
    try:
        server, thread = start_http_server(
            settings.metrics_port, addr=settings.metrics_host, registry=registry
        )
    except OSError as error:
        raise _taken(settings, str(error.strerror)) from error
    log.info("metrics are served", extra={"port": server.server_port})
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def require_free_port(settings: Settings) -> None:
    """Fail before a program of its own is started that is to serve metrics.

    Raises:
        SettingsError: Others would reach the port, and nobody said that it is guarded.
        MetricsError: Somebody listens on the port.
    """
    require_guard(settings)
    if settings.metrics_port and accepts(settings.metrics_port, settings.metrics_host):
        raise _taken(settings, "somebody listens there")


def require_guard(settings: Settings) -> None:
    """Fail where others than this machine would reach the port, unless that is wanted.

    Raises:
        SettingsError: They would, and nobody said that it is guarded.
    """
    open_to_others = settings.metrics_port is not None and not is_loopback(settings.metrics_host)
    if open_to_others and not settings.metrics_guarded:
        message = (
            f"VIGIL_METRICS_HOST is {settings.metrics_host or 'every address'}: others could read "
            "how much Vigil reads and when, and nothing asks who they are. Set "
            "VIGIL_METRICS_GUARDED=true if a closed network or a proxy lets only Prometheus reach "
            "that port, or leave VIGIL_METRICS_HOST at 127.0.0.1 (docs/operating.md)"
        )
        raise SettingsError(message)


def _taken(settings: Settings, why: str) -> MetricsError:
    return MetricsError(
        f"metrics cannot be served on {settings.metrics_host}:{settings.metrics_port} ({why}): "
        "choose another VIGIL_METRICS_PORT for this process, each needs its own, or unset it"
    )


_Family = CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily


class _Exporter(Collector):
    def __init__(self, service: str, read: Callable[[], Iterable[Reading]]) -> None:
        self._service = service
        self._read = read

    def describe(self) -> Iterable[Metric]:
        """Return nothing: the registry need not ask for figures before somebody scrapes."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Return the figures as they stand now."""
        families: dict[str, _Family] = {}
        told = [Reading("vigil_info", 1), *self._read()]
        for one in told:
            labels = ["service"]
            values = [self._service]
            if one.topic:
                labels.append("topic")
                values.append(one.topic)
            if one.name == "vigil_info":
                labels.append("version")
                values.append(metadata.version("vigil"))
            family = families.get(one.name) or _family(one.name, labels)
            families[one.name] = family
            _add(family, values, one.value)
        return families.values()


def _family(name: str, labels: list[str]) -> _Family:
    kind, meaning = FIGURES[name]
    if kind == "counter":
        return CounterMetricFamily(name, meaning, labels=labels)
    if kind == "gauge":
        return GaugeMetricFamily(name, meaning, labels=labels)
    return HistogramMetricFamily(name, meaning, labels=labels)


def _add(family: _Family, labels: list[str], value: float | Counted) -> None:
    if isinstance(family, HistogramMetricFamily) and isinstance(value, Counted):
        bounds = [*map(str, BOUNDS), "+Inf"]
        counts = map(float, value.within)
        family.add_metric(labels, list(zip(bounds, counts, strict=True)), value.seconds)
    elif not isinstance(family, HistogramMetricFamily) and not isinstance(value, Counted):
        family.add_metric(labels, value)
