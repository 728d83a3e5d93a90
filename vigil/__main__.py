"""``python -m vigil``: the command line."""

from __future__ import annotations

from vigil.cli.main import app

if __name__ == "__main__":
    app()
