"""The dashboard's server: Streamlit, and the plotly.js of the installed wheel beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route
from streamlit.starlette import App

from dashboard.charts.library import plotly_js, plotly_js_name
from dashboard.charts.theme import DARK, LIGHT
from dashboard.live.components import ASSETS
from dashboard.live.watched import end_in_order, watched

if TYPE_CHECKING:
    from starlette.requests import Request

_PAGES: Final = ("wall", "evidence", "health", "replay")  # beside the one at the root
_INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"


async def library(_request: Request) -> FileResponse:
    """Send plotly.js; its name carries the version, so a browser asks for it once."""
    return FileResponse(
        plotly_js(),
        media_type="text/javascript",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


async def page(request: Request) -> HTMLResponse:
    """Send Streamlit's page, told where its server is.

    Left alone it looks for one below each page first, ``/wall/_stcore``, and every visit begins
    with two errors on the console. A wall also gets its ground at once, not a white screen.
    """
    wall = request.url.path.endswith("/wall")
    ground = LIGHT if request.query_params.get("theme") == "light" else DARK
    style = f"<style>html, body {{ background: {ground.ground} }}</style>" if wall else ""
    told = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location).href}</script>'
    text = _INDEX.read_text(encoding="utf-8")
    return HTMLResponse(
        text.replace("<head>", f"<head>{told}{style}", 1), headers={"Cache-Control": "no-cache"}
    )


end_in_order()  # the web server reads this file when it has taken the signals for itself
app = App(
    Path(__file__).with_name("app.py"),
    lifespan=watched,
    routes=[
        Route(f"/{ASSETS}/{plotly_js_name()}", library),
        *(Route(f"/{name}", page) for name in _PAGES),
    ],
)
