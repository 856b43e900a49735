"""Who may use the deployer's keys; everything is refused that is not allowed by name."""

from __future__ import annotations

import hashlib
from itertools import cycle
from typing import TYPE_CHECKING

import streamlit as st

from lsq.ui.escape import shown

if TYPE_CHECKING:
    from lsq.settings import Access, Settings

__all__ = ["admitted", "allowed", "owner", "viewer_address"]

_BROWSER_COOKIE = "_streamlit_xsrf"


def admitted(settings: Settings) -> bool:
    """Let the viewer through, or show what is needed and return False.

    Without a rule everybody is let in, and configured keys are not used at all (`ui.accounts`).
    With a rule, nobody gets past this whom it does not name.
    """
    if allowed(settings):
        return True
    access = settings.access
    address = viewer_address(access)
    if address:
        _refuse(f"{shown(address)} may not use this app.", "Ask whoever runs it to add you.")
    elif access.header:
        _refuse(
            "This app is opened through its sign-in page only.", "Use the address you were given."
        )
    else:
        _offer_sign_in()
    return False


def allowed(settings: Settings) -> bool:
    """Whether the rule lets the viewer through, without a word: for what a button's click does."""
    return settings.access.admits(viewer_address(settings.access))


def owner(access: Access) -> str | None:
    """Return what stands for this viewer over a reload: the signed-in address or the browser.

    A digest, so that neither can be read from it; None when there is nothing to go by.
    """
    address = viewer_address(access)
    if address:
        return hashlib.sha256(f"address {address}".encode()).hexdigest()
    browser = _unmasked(st.context.cookies.get(_BROWSER_COOKIE) or "")
    return hashlib.sha256(b"browser " + browser).hexdigest() if browser else None


def _unmasked(cookie: str) -> bytes:
    """Return the token of Streamlit's own cookie: each page load sends it under another mask.

    It is written `2|mask|token under the mask|time`, both in hexadecimal digits; anything else is
    no token, and then there is nothing to know a browser by.
    """
    match cookie.split("|"):
        case ["2", mask, masked, _]:
            try:
                pairs = zip(bytes.fromhex(masked), cycle(bytes.fromhex(mask)), strict=False)
                return bytes(one ^ other for one, other in pairs)
            except ValueError:
                return b""
        case _:
            return b""


def viewer_address(access: Access) -> str:
    """Return the signed-in address, or "" when nobody vouches for one."""
    if access.header:
        return str(st.context.headers.get(access.header) or "").strip().lower()
    if not st.user.get("is_logged_in"):
        return ""
    # Some providers let people write any address into their profile; only a verified one counts.
    verified = str(st.user.get("email_verified")).lower() == "true"
    return str(st.user.get("email") or "").strip().lower() if verified else ""


def _offer_sign_in() -> None:
    st.title("Leadsheet", anchor=False)
    if st.user.get("is_logged_in"):
        _refuse(
            "Your sign-in does not vouch for your e-mail address.",
            "Ask whoever runs this app: the provider has to send the claim email_verified.",
        )
    elif "auth" not in st.secrets:
        _refuse(
            "Nobody can sign in yet: the app's secrets have no [auth] part.",
            "Whoever runs this app has to add it; secrets.toml.example shows how.",
        )
    else:
        st.markdown("This team's leads are shown to signed-in people only.")
        st.button("Sign in", on_click=st.login, type="primary", icon=":material/login:")


def _refuse(title: str, advice: str) -> None:
    st.error(advice, title=title, icon=":material/lock:")
    if st.user.get("is_logged_in"):
        st.button("Sign out", on_click=st.logout)
