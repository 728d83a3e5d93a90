"""``make audit``: what is pinned against public advisories; what was not asked is never fine.

The status is 1 where a known hole is found. Where the advisories cannot be reached it is 0, said in
capitals; with ``--required``, as a place that always has a network wants it, that is 1 as well.
``--osv-url URL`` asks a copy of OSV's interface, where the world is out of reach.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
TOOLS: Final = "requirements-audit.lock"
LOCKS: Final = ("requirements-dev.lock", TOOLS)  # what the other locks pin is in the first of them
_HOME: Final = ROOT / "build" / "audit"
# OSV says of every package whether it knows a hole. The package index, which pip-audit asks unless
# it is told otherwise, may be a mirror without advisories: then nothing is wrong with anything.
_OPTIONS: Final = ("-s", "osv", "--require-hashes", "--disable-pip", "--progress-spinner", "off")
_UNREACHED: Final = re.compile(
    r"requests\.exceptions\.|urllib3\.exceptions\.|Could not connect|ServiceError|may be blocking"
)


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit of a lock came to.

    Attributes:
        asked: How many packages the advisories were asked about.
        holes: Known holes: package, version, the advisory, where it is mended.
        unasked: Why they could not be asked, about which packages; "" where they were.
    """

    asked: int = 0
    holes: tuple[str, ...] = ()
    unasked: str = ""


class AuditError(Exception):
    """The tool itself failed, for another reason than the network."""


def audited(program: Sequence[str | Path], lock: Path) -> Audited:
    """Return what pip-audit tells of a lock.

    Raises:
        AuditError: It failed, and not for want of a network.
    """
    done = subprocess.run(
        [*program, *_OPTIONS, "-f", "json", "-r", lock], check=False, capture_output=True, text=True
    )
    if done.stdout.strip():
        return _read(done.stdout)
    said = done.stderr.strip().splitlines() or ["it said nothing"]
    if _UNREACHED.search(done.stderr):
        return Audited(unasked=said[-1])
    raise AuditError("\n".join(said))


def _read(told: str) -> Audited:
    packages = json.loads(told)["dependencies"]
    skipped = [one for one in packages if "skip_reason" in one]
    return Audited(
        asked=len(packages) - len(skipped),
        holes=tuple(
            f"{one['name']} {one['version']}: {hole['id']}, mended in "
            f"{', '.join(hole['fix_versions']) or 'no version yet'}"
            for one in packages
            for hole in one.get("vulns", ())
        ),
        unasked="; ".join(str(one["skip_reason"]) for one in skipped),
    )


def installed() -> Path | None:
    """Return pip-audit, pinned, in an environment of its own; None where it cannot be had."""
    program = _HOME / "bin" / "pip-audit"
    stamp, lock = _HOME / ".installed", (ROOT / TOOLS).read_text()
    if program.exists() and stamp.exists() and stamp.read_text() == lock:
        return program
    venv.create(_HOME, clear=True, with_pip=True)
    install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run(
        [_HOME / "bin" / "python", *install, "-r", ROOT / TOOLS], check=False, cwd=ROOT
    )
    if done.returncode:
        return None
    stamp.write_text(lock)
    return program


def main(arguments: Sequence[str]) -> int:
    """Audit all locks and tell what came of it; return the status."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--required", action="store_true")
    parser.add_argument("--osv-url", metavar="URL")
    asked = parser.parse_args(arguments)
    unknown = int(asked.required)
    tool = installed()
    if tool is None:
        _tell_unknown("pip-audit could not be installed")
        return unknown
    program = [tool, *(("--osv-url", asked.osv_url) if asked.osv_url else ())]
    status = 0
    for name in LOCKS:
        try:
            found = audited(program, ROOT / name)
        except AuditError as error:
            sys.stderr.write(f"{name}: pip-audit failed: {error}\n")
            return 1
        if found.asked:
            known = len(found.holes)
            sys.stdout.write(f"{name}: {known} known holes in {found.asked} packages\n")
        for hole in found.holes:
            sys.stdout.write(f"  {hole}\n")
            status = 1
        if found.unasked:
            _tell_unknown(found.unasked)
            return max(status, unknown)
    return status


def _tell_unknown(why: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(
        f"\n*** NOT AUDITED: {why}\n"
        "*** Whether what is pinned has a known hole is NOT KNOWN. Run `make audit` where the\n"
        "*** advisories can be reached.\n\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
