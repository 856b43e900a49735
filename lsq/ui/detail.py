"""One lead in a drawer at the right: all that is known of it, and the way to it in LeadSquared."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from lsq.analysis.drift import MOVEMENT, SINCE
from lsq.analysis.schema import ID
from lsq.analysis.stages import STAGE
from lsq.analysis.text import BLANK
from lsq.analysis.words import count
from lsq.lookup.run import ROW
from lsq.lookup.web import lead_page
from lsq.ui.escape import shown
from lsq.ui.screen import drawer
from lsq.ui.zone import viewer_zone, zone_label

if TYPE_CHECKING:
    from lsq.api.lead_id import LeadId
    from lsq.lookup.view import View

__all__ = ["show_lead"]

_DERIVED = frozenset({ROW, SINCE, MOVEMENT})
_NAMED_ROWS = 5
_LONGEST = 4000
_DAY = "%d %b %Y"
_TIME = f"{_DAY}, %H:%M"
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_CELL = "border-bottom:1px solid rgba(128,144,160,.3);padding:.45rem 0;vertical-align:top;"
_NAME = f"{_CELL}width:38%;padding-right:.5rem;text-align:left;font-weight:400"
_VALUE = f"{_CELL}font-weight:600;overflow-wrap:anywhere;white-space:pre-line"
_PALE = "font-weight:400;opacity:.8"
_SMALL = f"font-size:.8em;overflow-wrap:anywhere;{_PALE}"


def show_lead(view: View, lead_id: LeadId) -> None:
    """Open the drawer with a lead; a lead that the view does not have opens nothing.

    Args:
        view: What is shown; masked where it is masked.
        lead_id: Which lead.
    """
    ids = view.lookup.fetched.leads.ids
    if lead_id in ids:
        place = ids.index(lead_id)
        drawer(_title(view, place))(_body)(view, place)


def _title(view: View, place: int) -> str:
    words = [_text(view, name, place) for name in ("FirstName", "LastName")]
    return shown(" ".join(filter(None, words)) or f"Lead of row {view.frame[ROW].iloc[place]}")


def _body(view: View, place: int) -> None:
    facts = [f"**{shown(stage)}**"] if (stage := _text(view, STAGE, place)) else []
    facts += [shown(owner)] if (owner := _text(view, "OwnerIdName", place)) else []
    facts += [f"score {shown(score)}"] if (score := _text(view, "Score", place)) else []
    with st.container(gap=None):
        if facts:
            st.markdown(" · ".join(facts))
        st.markdown(f":gray[{_rows(view, place)}]")
        st.markdown(f":gray[Fetched {_fetched(view, place)}]")
    if page := lead_page(view.lookup.host, view.lookup.fetched.leads.ids[place]):
        st.link_button("Open in LeadSquared", page, icon=":material/open_in_new:")
    st.html(_table(view, place))


def _rows(view: View, place: int) -> str:
    """Say in which rows of the sheet the lead stands."""
    ledger = view.lookup.ledger
    rows = np.unique(ledger.frame["row"].to_numpy()[ledger.lead == place]).tolist()
    named = ", ".join(count(row) for row in rows[:_NAMED_ROWS])
    more = f" and {count(len(rows) - _NAMED_ROWS)} more" if len(rows) > _NAMED_ROWS else ""
    name = view.drawn("", view.lookup.sheet.name)
    return f"{'Row' if len(rows) == 1 else 'Rows'} {named}{more} of {shown(name)}"


def _fetched(view: View, place: int) -> str:
    zone = viewer_zone()
    at = datetime.fromtimestamp(view.lookup.fetched.leads.fetched_at[place], tz=zone)
    return f"{at:{_TIME}} ({shown(zone_label(zone))})"


def _table(view: View, place: int) -> str:
    """Write every column: what it is called, its schema name, the value, and the older one."""
    zone, before = viewer_zone(), _before(view, place)
    lines = []
    for name in _columns(view):
        label, small = view.bare_label(name), "your sheet" if name in view.own else name
        if isinstance(view.frame[name].dtype, pd.DatetimeTZDtype):
            label = f"{label} ({zone_label(zone)})"
        value = _html(_text(view, name, place)) or f'<span style="{_PALE}">{BLANK}</span>'
        if was := before.get(name):
            value += f'<div style="{_SMALL}">was {_html(was)} in your file</div>'
        lines.append(
            f'<tr><th scope="row" style="{_NAME}">{_html(label)}'
            f'<div style="{_SMALL}">{_html(small)}</div></th><td style="{_VALUE}">{value}</td></tr>'
        )
    # It can be reached by keyboard, which then scrolls the drawer: nothing else in it may be.
    return (
        '<div role="region" aria-label="All fields" tabindex="0">'
        '<table style="width:100%;border-collapse:collapse;table-layout:fixed">'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _columns(view: View) -> list[str]:
    """Return every column: the stage, then as the table has them, the id before the own ones."""
    leads = [name for name in map(str, view.frame) if name not in {*view.own, *_DERIVED, STAGE, ID}]
    return [name for name in (STAGE, *leads, ID, *view.own) if name in view.frame]


def _before(view: View, place: int) -> dict[str, str]:
    """Return what the sheet has of each column that has another value now."""
    if view.drift is None:
        return {}
    return {
        match.lead: _text(view, match.own, place) or BLANK
        for match in view.drift.matches
        if view.drift.changed[match.lead][place]
    }


def _text(view: View, name: str, place: int) -> str:
    """Write a value as it may be drawn: times in the viewer's zone; "" where there is none."""
    value = view.shown[name].iloc[place] if name in view.shown else None
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value.tz_convert(viewer_zone()):{_TIME}}" if value.tz else f"{value:{_DAY}}"
    if isinstance(value, int | np.integer):
        return count(int(value))
    return f"{value:,.15g}" if isinstance(value, float) else str(value).strip()


def _html(text: str) -> str:
    """Return text that no browser reads as HTML, whatever direction it is written in."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"<bdi>{html.escape(_UNSHOWN.sub(' ', cut))}</bdi>" if text else ""
