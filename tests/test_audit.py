"""An audit never passes for what it could not ask, and covers all that is pinned."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests import audit
from tests.audit import LOCKS, ROOT, Audited, AuditError, audited

HOLE = {"id": "ADVISORY-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "..."}
WELL = {"name": "one", "version": "1.0", "vulns": []}
ILL = {"name": "two", "version": "2.0", "vulns": [HOLE, {**HOLE, "fix_versions": []}]}
SKIPPED = {"name": "three", "skip_reason": "Dependency not found and could not be audited: three"}
RANGE = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}
AWAY = "Traceback ...\nrequests.exceptions.ConnectionError: Failed to resolve the name"


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def program(folder: Path, *, out: str = "", err: str = "", status: int = 0) -> list[str | Path]:
    """Return a program that says what pip-audit said, once."""
    (folder / "out").write_text(out)
    (folder / "err").write_text(err)
    return ["sh", "-c", f"cat {folder}/out; cat {folder}/err >&2; exit {status}"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"out": told(WELL, WELL)}, Audited(asked=2)),
        (
            {"out": told(WELL, ILL), "status": 1},
            Audited(
                2,
                (
                    "two 2.0: ADVISORY-2026-1, mended in 2.1",
                    "two 2.0: ADVISORY-2026-1, mended in no version yet",
                ),
            ),
        ),
        ({"out": told(WELL, SKIPPED)}, Audited(1, unasked=SKIPPED["skip_reason"])),
        ({"err": AWAY, "status": 1}, Audited(unasked=AWAY.partition("\n")[2])),
    ],
    ids=["well", "holes", "skipped", "away"],
)
def test_what_was_found_is_kept_apart_from_what_was_not_asked(
    tmp_path: Path, said: dict[str, Any], found: Audited
) -> None:
    assert audited(program(tmp_path, **said), tmp_path / "lock") == found


def test_tool_that_fails_for_another_reason_is_no_pass(tmp_path: Path) -> None:
    failing = program(tmp_path, err="invalid requirements input: no.lock", status=1)
    with pytest.raises(AuditError, match="invalid requirements input"):
        audited(failing, tmp_path / "no.lock")


@pytest.mark.parametrize(
    ("found", "arguments", "status"),
    [
        (Audited(asked=3), [], 0),
        (Audited(asked=3, holes=("two 2.0: ...",)), [], 1),
        (Audited(unasked="nobody there"), [], 0),
        (Audited(unasked="nobody there"), ["--required"], 1),
        (Audited(asked=3, holes=("two 2.0: ...",), unasked="three"), [], 1),
    ],
)
def test_what_was_not_asked_is_told_loudly_and_fails_where_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    found: Audited,
    arguments: list[str],
    status: int,
) -> None:
    monkeypatch.setattr(audit, "installed", lambda: Path("pip-audit"))
    monkeypatch.setattr(audit, "audited", lambda *_: found)
    assert audit.main(arguments) == status
    assert ("NOT AUDITED" in capsys.readouterr().err) == bool(found.unasked)


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does (https://google.github.io/osv.dev/post-v1-query/): one package is ill."""

    ill = ""

    def do_POST(self) -> None:
        """Answer which advisories a version has."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = asked["package"]["name"]
        affected = {"package": asked["package"], "ranges": [RANGE]}
        holes = [{"id": "ADVISORY-2026-1", "affected": [affected]}] if name == self.ill else []
        body = json.dumps({"vulns": holes} if holes else {}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.slow
@pytest.mark.parametrize(("ill", "status"), [("", 0), ("redis", 1)])
def test_tool_itself_gives_its_verdict_of_all_that_is_pinned(
    ill: str, status: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Advisories, "ill", ill)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    with server, ThreadPoolExecutor() as threads:
        threads.submit(server.serve_forever)
        url = f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        found = audit.main(["--required", "--osv-url", url])
        server.shutdown()
    told = capsys.readouterr()
    assert found == status, told.err
    assert re.search(rf"^requirements-dev.lock: {status} known holes in \d\d+", told.out, re.M)
    assert ("redis" in told.out) == ("mended in 99.0" in told.out) == bool(ill)
    assert not told.err


def test_tool_that_cannot_be_installed_is_told_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "installed", lambda: None)
    assert audit.main([]) == 0
    assert audit.main(["--required"]) == 1
    assert "NOT KNOWN" in capsys.readouterr().err


def test_all_that_is_pinned_is_audited() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))

    audited_pins = set().union(*map(pins, LOCKS))
    for lock in ROOT.glob("requirements*.lock"):
        assert pins(lock.name) <= audited_pins
