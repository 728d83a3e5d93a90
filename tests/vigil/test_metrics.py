"""What Prometheus is told, over HTTP, and that it is told nothing unless somebody asks for it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from consumers.figures import metering, readings
from consumers.metering import Meter
from vigil.errors import MetricsError, SettingsError
from vigil.metrics import FIGURES, Reading, exporting, require_free_port, require_guard
from vigil.processes import free_port
from vigil.settings import Settings
from vigil.spread import BOUNDS, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

NOON = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)


def told(port: int) -> dict[tuple[str, str], float]:
    """Return what is told: name and topic or bound -> value."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    return {
        (sample.name, sample.labels.get("topic", sample.labels.get("le", ""))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def served(port: int | None) -> Settings:
    return Settings().model_copy(update={"metrics_port": port})


def test_meter_is_read_at_every_scrape() -> None:
    at = NOON
    meter = Meter("aggregate", instance="desk:7", now=lambda: at)
    port = free_port()
    with metering(served(port), meter):
        before = told(port)
        meter.behind({"claims": 9, "reviews": 1})
        meter.takes({"claims": 4})
        meter.retries("Redis is away")
        meter.buries("claims")
        meter.counts("claims", 12)
        meter.waited([round((NOON - timedelta(seconds=one)).timestamp() * 1000) for one in (1, 3)])
        failing = told(port)
        at += timedelta(seconds=2)
        meter.handled(4)
        at += timedelta(seconds=5)
        after = told(port)
    assert before["vigil_up", ""] == 1
    assert ("vigil_lag_messages", "claims") not in before  # not known is not none
    assert ("vigil_last_batch_age_seconds", "") not in before
    assert failing["vigil_up", ""] == 0
    assert failing["vigil_lag_messages", "claims"] == 9
    assert failing["vigil_messages_total", "claims"] == 0
    assert failing["vigil_retries_total", ""] == 1
    assert failing["vigil_dead_letters_total", "claims"] == 1
    assert failing["vigil_article_seconds_bucket", "1.0"] == 1
    assert failing["vigil_article_seconds_bucket", "5.0"] == 2
    assert failing["vigil_article_seconds_sum", ""] == 4
    assert after["vigil_up", ""] == 1
    assert after["vigil_lag_messages", "claims"] == 5
    assert after["vigil_messages_total", "claims"] == 4
    assert after["vigil_messages_total", "reviews"] == 0
    assert after["vigil_claims_total", ""] == 12
    assert after["vigil_last_batch_age_seconds", ""] == 5
    assert after["vigil_batch_seconds_sum", ""] == 2


def test_nothing_listens_unless_it_is_asked_for() -> None:
    def never() -> Iterable[Reading]:
        pytest.fail("nobody asked")

    before = set(threading.enumerate())
    with exporting(served(None), "watch", never):
        assert set(threading.enumerate()) == before


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "192.0.2.7", "127.0.0.1.example"])  # noqa: S104
def test_port_that_others_reach_is_not_opened_unless_it_is_guarded(host: str) -> None:
    settings = served(0).model_copy(update={"metrics_host": host})
    refused = "Set VIGIL_METRICS_GUARDED=true"
    with pytest.raises(SettingsError, match=refused), exporting(settings, "watch", list):
        pass
    with pytest.raises(SettingsError, match=refused):
        require_free_port(settings)
    require_guard(settings.model_copy(update={"metrics_guarded": True}))
    require_guard(settings.model_copy(update={"metrics_port": None}))  # nothing listens


def test_port_that_is_guarded_is_opened_to_others() -> None:
    port = free_port()
    everywhere = {"metrics_host": "0.0.0.0", "metrics_guarded": True}  # noqa: S104  # guarded
    with exporting(served(port).model_copy(update=everywhere), "watch", list):
        assert told(port)["vigil_info", ""] == 1


def test_port_that_is_taken_is_told_with_what_to_do() -> None:
    port = free_port()
    with (
        exporting(served(port), "watch", list),
        pytest.raises(MetricsError, match=f"127.0.0.1:{port}.*choose another VIGIL_METRICS_PORT"),
        exporting(served(port), "watch", list),
    ):
        pass


def test_program_that_would_serve_on_a_taken_port_is_not_started() -> None:
    port = free_port()
    require_free_port(served(port))
    require_free_port(served(None))
    with (
        exporting(served(port), "watch", list),
        pytest.raises(MetricsError, match="somebody listens there"),
    ):
        require_free_port(served(port))


def test_port_is_free_again_afterwards() -> None:
    port = free_port()
    for _ in range(2):
        with exporting(served(port), "watch", list):
            assert told(port)["vigil_info", ""] == 1


def test_every_figure_of_a_consumer_has_its_meaning() -> None:
    assert {one.name for one in readings(Meter("extract").measured())} <= set(FIGURES)


def test_spread_counts_each_once_and_to_its_bound() -> None:
    spread = Spread()
    for seconds in (-1.0, 0.1, 0.11, 10_000.0):
        spread.add(seconds)
    counted = spread.counted()
    assert counted.within[0] == 2  # a bound is within itself
    assert counted.within[1] == 3
    assert counted.within[len(BOUNDS) - 1] == 3
    assert counted.within[-1] == 4
    assert counted.seconds == pytest.approx(10_000.21)
