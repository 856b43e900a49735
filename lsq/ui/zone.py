"""The time zone in which times are shown: the deployer's, else the viewer's own."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from lsq.ui.configuration import settings

__all__ = ["viewer_zone"]


def viewer_zone() -> ZoneInfo:
    """Return the zone of the settings, or the browser's; UTC when neither is usable."""
    for name in (settings().timezone, st.context.timezone):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")
