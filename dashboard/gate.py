"""The door of the dashboard: where a login is asked for, nothing is shown before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.login import is_allowed, load_login
from vigil.settings import load_settings

if TYPE_CHECKING:
    from dashboard.login import Login


def require_login() -> None:
    """End this run with the page of the login, unless whoever looks may come in.

    It runs before every page, and before anything is read of Redis.
    """
    login = _login()
    if login is None:
        return
    user: dict[str, Any] = dict(st.user.to_dict())
    if user.get("is_logged_in") is not True:
        st.title("Vigil")
        st.button("Log in", type="primary", on_click=st.login)
        st.stop()
    if not is_allowed(login, user):
        st.title("Vigil")
        st.write("You are logged in, but not among those who may see this. Ask whoever runs it.")
        st.button("Log out", on_click=st.logout)
        st.stop()


@st.cache_resource(show_spinner=False)
def _login() -> Login | None:
    path = load_settings().login
    return load_login(path) if path else None
