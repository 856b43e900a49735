"""What is done once a run before any page: logs without keys, and the menu for everybody."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lsq.api.redaction import install
from lsq.ui.state import session
from lsq.ui.sweep import collect, sweep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.navigation.page import Page

__all__ = ["ICON", "LOGO", "prepare"]

LOGO = Path(__file__).with_name("logo.svg")
ICON = Path(__file__).with_name("icon.svg")


def prepare(pages: Mapping[str, Page]) -> None:
    """Set up the process's logs once, and let this session's buttons find the pages.

    Args:
        pages: The pages of the menu by name, as `st.switch_page` takes them.
    """
    _keep_collecting()
    _prepare_logs()
    session().pages = pages


@st.cache_resource(show_spinner=False)
def _keep_collecting() -> None:
    """Search memory for garbage at the start and from then on: once for all, as everybody waits."""
    collect()
    sweep(collect)


def _prepare_logs() -> None:
    """Write our warnings to standard error; keep keys and whole addresses out of every line."""
    ours = logging.getLogger("lsq")
    if not any(isinstance(handler, logging.StreamHandler) for handler in ours.handlers):
        ours.addHandler(logging.StreamHandler())
        for name in ("urllib3", "requests"):
            logging.getLogger(name).setLevel(logging.INFO)
        install()
