"""Where plotly.js lies: the one in the plotly wheel, so that figures and library always match."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import plotly


def plotly_js() -> Path:
    """Return the path of plotly.js in the installed plotly package."""
    return Path(str(files("plotly") / "package_data" / "plotly.min.js"))


def plotly_js_name() -> str:
    """Return the name plotly.js is served under; it changes with the version, for caches."""
    return f"plotly-{plotly.__version__}.min.js"
