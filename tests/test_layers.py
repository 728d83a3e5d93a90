"""The layers hold: arrows never turn back, and each library is imported only where it may be."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("vigil", "producers", "consumers", "dashboard")

# From the ground up: a module may import from its own floor's left and from the floors below.
VALUES = {
    "period",
    "place",
    "article",
    "claim",
    "review",
    "estimate",
    "snapshot",
    "correction",
    "rebuilding",
    "pace",
    "replaying",
    "errors",
}
GROUND = VALUES | {
    "topics",
    "keys",
    "wire",
    "settings",
    "namekey",
    "log",
    "thinning",
    "rows",
    "dateline",
    "digits",
    "publication",
    "bylines",
    "footers",
    "labels",
    "moments",
    "months",
    "stored",
    "reports",
    "spread",
    "reviewing",
    "revisions",
    "resolving",
    "statement",
    "figures",
    "country",
    "resolve",
    "said",
    "known",
    "corrections",
}
EDGES = GROUND | {
    "broker",
    "admin",
    "admission",
    "creation",
    "store",
    "cluster",
    "sentinel",
    "processes",
    "embedded",
    "letters",
    "metrics",
}

MAY_IMPORT: dict[str, set[str] | tuple[str, ...]] = {
    "kafka": {
        "vigil/admin.py",
        "vigil/broker.py",
        "vigil/creation.py",
        "vigil/checks/brokers.py",
        "consumers/lag.py",
        "consumers/runner.py",
        "consumers/metering.py",
        "consumers/dead_letters.py",
        "consumers/extractor/service.py",
        "consumers/aggregator/bookmarks.py",
        "consumers/aggregator/following.py",
        "consumers/aggregator/restating.py",
        "consumers/aggregator/service.py",
        "producers/push.py",
        "producers/outbox.py",
        "vigil/cli/settle.py",
    },
    "redis": {
        "vigil/store.py",
        "vigil/cluster.py",
        "vigil/sentinel.py",
        "vigil/checks/sentinels.py",
        "vigil/checks/slots.py",
        "vigil/checks/stores.py",
        "vigil/archive.py",
        "vigil/letters.py",
        "vigil/replay_clock.py",
        "vigil/embedded.py",
        "consumers/aggregator/bookmarks.py",
        "consumers/aggregator/ledger.py",
        "consumers/aggregator/scripts.py",
        "consumers/aggregator/settling.py",
        "consumers/aggregator/retention.py",
        "consumers/reporting.py",
        "dashboard/present.py",
        "dashboard/reader.py",
        "dashboard/earlier.py",
        "dashboard/services.py",
        "dashboard/live/shared.py",
    },
    "spacy": ("consumers/extractor/",),
    "streamlit": (
        "dashboard/app.py",
        "dashboard/gate.py",
        "dashboard/serve.py",
        "dashboard/live/",
        "dashboard/views/",
    ),
    "plotly": ("dashboard/charts/", "dashboard/live/"),
    "trafilatura": ("producers/",),
    "feedparser": {"producers/feeds/parse.py"},
    "httpcore": {"producers/feeds/guard.py", "producers/feeds/request.py"},
    "prometheus_client": {"vigil/metrics.py"},
    "protego": {"producers/feeds/web.py"},
    "warcio": {"producers/warc.py"},
}


def modules() -> list[Path]:
    return sorted(
        path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )


@cache
def imports(path: Path) -> set[str]:
    """Return the modules a file imports, those under TYPE_CHECKING included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def package_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


@pytest.mark.parametrize("path", modules(), ids=str)
def test_siblings_never_import_one_another(path: Path) -> None:
    own = path.parts[0]
    if own == "vigil" and path.parts[1] == "cli":
        return
    allowed = {"vigil", own}
    ours = {package_of(name) for name in imports(path)} & set(PACKAGES)
    assert ours <= allowed


@pytest.mark.parametrize("path", modules(), ids=str)
def test_values_and_ground_never_import_the_edges(path: Path) -> None:
    if path.parts[0] != "vigil" or path.parts[1] == "cli":
        return
    floor = path.stem
    ours = {
        name.split(".")[1]
        for name in imports(path)
        if package_of(name) == "vigil" and name.count(".") >= 1
    }
    if floor in VALUES:
        assert ours <= VALUES
    elif floor in GROUND:
        assert ours <= GROUND
    else:
        assert "cli" not in ours or floor == "__main__"


@pytest.mark.parametrize("library", sorted(MAY_IMPORT))
def test_library_is_imported_only_where_it_may_be(library: str) -> None:
    allowed = MAY_IMPORT[library]
    for path in modules():
        if any(package_of(name) == library for name in imports(path)):
            name = path.as_posix()
            if isinstance(allowed, set):
                assert name in allowed
            else:
                assert name.startswith(allowed)


def test_extractor_and_aggregator_do_not_know_each_other() -> None:
    for path in modules():
        if path.is_relative_to("consumers/extractor"):
            assert not any(name.startswith("consumers.aggregator") for name in imports(path))
        if path.is_relative_to("consumers/aggregator"):
            assert not any(name.startswith("consumers.extractor") for name in imports(path))
