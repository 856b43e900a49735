"""How a fetch ended: a sentence, what to do next, and where every row went."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lsq.analysis.words import count, counted
from lsq.api.models import Outcome
from lsq.lookup.sentences import MEANINGS, Said, outcome, stale
from lsq.ui.accounts import connection
from lsq.ui.boxes import error_sentence
from lsq.ui.configuration import settings
from lsq.ui.cost import planned, start
from lsq.ui.downloads import download_button
from lsq.ui.escape import shown
from lsq.ui.looking import view_of
from lsq.ui.masking import drawn
from lsq.ui.state import session
from lsq.ui.zone import viewer_zone

if TYPE_CHECKING:
    from lsq.lookup.plan import Plan
    from lsq.lookup.run import Lookup

__all__ = ["show_failure", "show_outcome"]

_BOXES = {
    "success": (st.success, ":material/check_circle:"),
    "info": (st.info, ":material/schedule:"),
    "warning": (st.warning, ":material/warning:"),
    "error": (st.error, ":material/error:"),
}


def show_failure() -> None:
    """Say why the last fetch ended without any result; nothing when it did not."""
    job = session().job
    error = job.snapshot().error if job else None
    if error is not None:
        error_sentence(error)


def show_outcome(lookup: Lookup, *, next_step: bool) -> None:
    """Say how the fetch ended, offer the next step, and account for every row.

    Args:
        lookup: The fetch.
        next_step: Whether to offer what completes or refreshes it; not when other columns are
            chosen meanwhile, because then the page offers to fetch with those.
    """
    now = time.time()
    rest = _rest(lookup)
    refresh = _refresh(lookup, now) if rest is None else None
    if refresh is not None:
        said = stale(lookup, now=now, refresh=refresh, clock=_clock(lookup))
    else:
        said = outcome(lookup, now=now, rest=rest)
    show_box, icon = _BOXES[said.kind]
    show_box(shown(said.body, limit=1000), title=shown(said.title, limit=300), icon=icon)
    with st.container(horizontal=True):
        if next_step:
            _next_step(lookup, said, rest=rest or refresh)
        if len(lookup.fetched.leads):
            _open_buttons(first=rest is None and refresh is None)
            download_button(view_of(lookup), primary=False)
    _ledger(lookup)


def _rest(lookup: Lookup) -> Plan | None:
    """Return what completing the fetch would cost, or None when nothing is open."""
    fetched = lookup.fetched
    if not (fetched.failed or fetched.not_asked):
        return None
    return planned(
        lookup.plan.cells,
        columns=lookup.plan.columns,
        refresh=lookup.plan.refresh,
        share=lookup.plan.share,
        earlier=fetched,
    )


def _refresh(lookup: Lookup, now: float) -> Plan | None:
    """Return what refreshing grown-old leads would cost, or None when they are fresh enough."""
    came_at = lookup.fetched.leads.fetched_at
    if not came_at or now - min(came_at) < settings().cache_ttl_s:
        return None
    return planned(lookup.plan.cells, columns=lookup.plan.columns, share=lookup.plan.share)


def _clock(lookup: Lookup) -> str:
    zone = viewer_zone()
    at = datetime.fromtimestamp(min(lookup.fetched.leads.fetched_at), tz=zone)
    return f"{at:%H:%M} ({zone.key})"


def _next_step(lookup: Lookup, said: Said, *, rest: Plan | None) -> None:
    """Offer the primary step of every ending that leaves something to be asked for."""
    if rest is None:
        return
    same_account = connection().account.fingerprint == lookup.account
    st.button(
        _next_label(lookup, said, rest),
        key="fetch",
        type="primary",
        icon=":material/refresh:",
        disabled=not same_account,
        on_click=start,
        args=(lookup.sheet, rest),
    )
    if not same_account:
        st.caption(
            f"Connect to the same account of {shown(lookup.host)} again for that: "
            "keys are not kept over a reload.",
            width="content",
        )


def _next_label(lookup: Lookup, said: Said, rest: Plan) -> str:
    fetched = lookup.fetched
    if said.kind == "error":
        return "Try again"
    if said.kind == "info":
        return f"Refresh {counted(len(rest.ids) - rest.fresh, 'lead')}"
    if fetched.failed:
        return f"Ask again for the {count(len(rest.ids))}"
    return f"Fetch the other {count(len(rest.ids))}"


def _open_buttons(*, first: bool) -> None:
    pages = session().pages
    if st.button(
        "Open the table",
        key="open_leads",
        icon=":material/table_rows:",
        type="primary" if first else "secondary",
    ):
        st.switch_page(pages["leads"])
    if st.button("Stages", key="open_stages", icon=":material/bar_chart:"):
        st.switch_page(pages["stages"])


def _ledger(lookup: Lookup) -> None:
    rows, further = lookup.plan.cells.rows, lookup.plan.cells.extra_ids
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(f"Where the {counted(rows, 'row')} went", anchor=False, width="content")
            st.space("stretch")
            st.badge("adds up", icon=":material/check:", color="green")
        if further:
            st.caption(f"{counted(further, 'further id')} stood in the same cells as another.")
        frame = _ledger_frame(lookup)
        whole = rows + further
        styled = frame.style.format({"Rows": "{:,}", "Share": "{:.1%}"})
        st.table(
            styled,
            hide_index=True,
            border="horizontal",
            alt=f"Outcome of all {count(whole)} rows of the sheet",
        )


def _ledger_frame(lookup: Lookup) -> pd.DataFrame:
    """Return Outcome, Rows, Share and Meaning; all settled means empty outcomes are left out."""
    counts = lookup.ledger.counts()
    total = sum(counts.values())
    settled = not (lookup.fetched.failed or lookup.fetched.not_asked)
    lines = [
        (
            f"**{found.capitalize()}**",
            number,
            number / total if total else 0.0,
            _meaning(lookup, found),
        )
        for found, number in counts.items()
        if found is not Outcome.TO_FETCH and (number or not settled)
    ]
    lines.append(("**In the sheet**", total, 1.0 if total else 0.0, ""))
    return pd.DataFrame(lines, columns=["Outcome", "Rows", "Share", "Meaning"])


def _meaning(lookup: Lookup, found: Outcome) -> str:
    if found is Outcome.INVALID and lookup.plan.cells.count(found):
        example = lookup.ledger.of(found).iloc[0]
        value = shown(drawn(example["value"]), limit=40)
        return f"For example row {count(int(example['row']))}: “{value}”"
    return MEANINGS[found]
