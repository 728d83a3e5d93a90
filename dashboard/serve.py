"""The dashboard's server: Streamlit, and the plotly.js of the installed wheel beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import FileResponse
from starlette.routing import Route
from streamlit.starlette import App

from dashboard.charts.library import plotly_js, plotly_js_name
from dashboard.live.components import ASSETS

if TYPE_CHECKING:
    from starlette.requests import Request


async def library(_request: Request) -> FileResponse:
    """Send plotly.js; its name carries the version, so a browser asks for it once."""
    return FileResponse(
        plotly_js(),
        media_type="text/javascript",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


app = App(
    Path(__file__).with_name("app.py"),
    routes=[Route(f"/{ASSETS}/{plotly_js_name()}", library)],
)
