"""The documentation says what is there: settings, commands, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from vigil.cli.main import app
from vigil.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_documented(name: str) -> None:
    row = rf"^\| `VIGIL_{name.upper()}` \| .+ \| {re.escape(str(description(name)))} \|$"
    assert re.search(row, (ROOT / "docs/settings.md").read_text(), re.MULTILINE)


def description(name: str) -> str | None:
    return Settings.model_fields[name].description


@pytest.mark.parametrize("name", sorted(get_command(app).commands))  # type: ignore[attr-defined]  # of a group
def test_command_is_in_the_readme(name: str) -> None:
    assert f"`vigil {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text())
    broken = [link for link in links if not (page.parent / link).exists()]
    assert broken == []


def test_lock_names_no_host_and_pins_by_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z][\w.-]*==", text, re.MULTILINE | re.IGNORECASE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
