"""What is done once a run before any page: logs without keys, and the menu for everybody."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lsq.api.redaction import install
from lsq.ui.state import session
from lsq.ui.sweep import collect

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
    _first_collection()
    _prepare_logs()
    session().pages = pages


@cache
def _first_collection() -> None:
    collect()


def _prepare_logs() -> None:
    """Write our warnings to standard error; keep keys and whole addresses out of every line."""
    ours = logging.getLogger("lsq")
    if not any(isinstance(handler, logging.StreamHandler) for handler in ours.handlers):
        ours.addHandler(logging.StreamHandler())
        for name in ("urllib3", "requests"):
            logging.getLogger(name).setLevel(logging.INFO)
        install()
