"""The time zone in which times are shown: the deployer's, else the viewer's own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from lsq.ui.configuration import settings

__all__ = ["viewer_zone", "zone_label"]

# Chromium still reports some zones by the names that the zone database has given up.
_RENAMED = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
}


def viewer_zone() -> ZoneInfo:
    """Return the zone of the settings, or the browser's; UTC when neither is usable."""
    browser = st.context.timezone or ""
    for name in (settings().timezone, _RENAMED.get(browser, browser)):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def zone_label(zone: ZoneInfo) -> str:
    """Return what a table's header calls a zone: `IST`, or its name where it has no such letters.

    Letters stand for more than one zone (IST is also Ireland's), so files have the whole name.
    """
    letters = datetime.now(tz=zone).tzname() or ""
    return letters if letters.isalpha() else zone.key
