"""``vigil topics``: the topics made, by one who may, for services that may not."""

from __future__ import annotations

from vigil import broker
from vigil.cli.console import failing_clearly, say
from vigil.settings import load_settings


def topics() -> None:
    """Make the topics that are not there; only needed where services may not do it themselves."""
    with failing_clearly():
        settings = load_settings()
        broker.ensure_topics(settings)
        say(f"all topics that this user may see or make are on {settings.kafka}")
