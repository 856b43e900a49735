"""The account badge and the form for a viewer's own keys."""

from __future__ import annotations

import streamlit as st

from lsq.analysis.words import counted
from lsq.api.errors import LsqError
from lsq.ui.accounts import Connection, Way, connect, connection, disconnect, limit_in_force
from lsq.ui.boxes import error_sentence
from lsq.ui.configuration import settings
from lsq.ui.escape import shown

__all__ = ["badge", "connect_popover", "connection_form", "unused_keys_note"]

_PROMISE = (
    "Tried with one call. Kept in this browser session only; "
    "never written to disk, logs, links or files."
)


def badge() -> None:
    """Show whose account is in use."""
    current = connection()
    if current.way is Way.DEMO:
        st.badge("Demo account", icon=":material/science:", color="orange")
    elif current.way is Way.OWN:
        st.badge(shown(current.account.server), icon=":material/verified_user:", color="green")
    else:
        st.badge(
            shown(current.account.name or "Team account"), icon=":material/group:", color="gray"
        )


def connect_popover() -> None:
    """Offer the form, or what there is to say and undo about the viewer's own keys."""
    current = connection()
    label = "Connected" if current.way is Way.OWN else "Connect"
    with st.popover(label, type="tertiary"):
        connection_form()


def connection_form() -> None:
    """Show the form, or the connection of the viewer's own keys with the way to end it."""
    current = connection()
    if current.way is Way.OWN:
        _connected(current)
    else:
        _ask_keys()


def unused_keys_note() -> None:
    """Tell whoever runs the app that its keys stay unused until somebody may use them."""
    configured = settings()
    if configured.account is not None and not configured.access.stated:
        st.warning(
            "Nobody has said who may use them. Set emails or domains under `[access]` in the "
            'secrets, or `mode = "platform"` if the host lets only your people in.',
            title="This app’s own keys are not in use.",
            icon=":material/lock:",
        )


def _connected(current: Connection) -> None:
    st.markdown(f"**{shown(current.account.server)}**")
    st.caption(f"{_limit(current)} {_PROMISE}")
    st.button(
        "Disconnect and forget the keys",
        key="disconnect",
        on_click=disconnect,
        icon=":material/logout:",
    )


def _limit(current: Connection) -> str:
    given, limit = settings().limit, limit_in_force(current.account)
    said = f"At most {counted(limit.max_calls, 'call')} in {limit.window_s:g} s"
    return f"{said}." if limit == given else f"{said}, as LeadSquared’s refusals have taught."


def _ask_keys() -> None:
    # Not st.form with clear_on_submit: a refused key should be there to be mended.
    with st.form("connection", border=False):
        host = st.text_input(
            "Host",
            key="host",
            placeholder="api-in21.leadsquared.com",
            help="Settings > API and Webhooks in LeadSquared shows it.",
        )
        access_key = st.text_input("Access key", type="password", key="access_key")
        secret_key = st.text_input("Secret key", type="password", key="secret_key")
        sent = st.form_submit_button("Connect", type="primary", width="stretch", key="connect")
    st.caption(_PROMISE)
    if sent:
        _try(host or "", access_key or "", secret_key or "")


def _try(host: str, access_key: str, secret_key: str) -> None:
    try:
        with st.spinner("Trying the keys with one call …"):
            connect(host=host, access_key=access_key, secret_key=secret_key)
    except LsqError as error:
        error_sentence(error)
    else:
        for key in ("access_key", "secret_key"):
            del st.session_state[key]
        st.rerun()
