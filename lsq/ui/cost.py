"""The card that says what a fetch costs and starts it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lsq.analysis.words import counted, size
from lsq.api.cache import GatedCache
from lsq.lookup.job import Job
from lsq.lookup.plan import Plan, plan
from lsq.lookup.sentences import cost
from lsq.ui.access import allowed, owner
from lsq.ui.accounts import connection, lead_cache, limit_in_force
from lsq.ui.configuration import settings
from lsq.ui.fields import catalog
from lsq.ui.jobs import registry
from lsq.ui.state import session

if TYPE_CHECKING:
    from lsq.api.models import Fetched
    from lsq.lookup.run import Lookup
    from lsq.sheets.id_column import IdCells
    from lsq.sheets.sheet import Sheet
    from lsq.ui.setup import Setup

__all__ = ["fetch_card", "planned", "start"]

FLOOR_BYTES = 690_000_000
"""Memory that Community Cloud guarantees an app (docs.streamlit.io, "Manage your app")."""

TRIAL_IDS = 25
SHARES = (1.0, 0.75, 0.5, 0.25)
"""Parts of the account's rate limit that a fetch may be kept to."""


def planned(  # noqa: PLR0913 - as in `plan`, every argument is one line of the cost
    cells: IdCells,
    *,
    columns: tuple[str, ...],
    refresh: bool = False,
    first: int | None = None,
    share: float = 1.0,
    earlier: Fetched | None = None,
) -> Plan:
    """Work out the cost of a fetch on the account in use; see `lookup.plan.plan`."""
    account = connection().account
    return plan(
        cells,
        account=account,
        cache=lead_cache(),
        columns=columns,
        limit=limit_in_force(account),
        batch=settings().batch,
        refresh=refresh,
        first=first,
        share=share,
        earlier=earlier,
        catalog=catalog(),
    )


def start(sheet: Sheet, wanted: Plan) -> None:
    """Begin the fetch in the background; the page that draws it runs next.

    A click is served before the page's own check, so it is checked here too. A second click while
    the fetch runs begins nothing, a second tab joins the fetch that this viewer's first one began,
    and leads of another account are never completed.
    """
    configured, mine = settings(), session()
    if mine.running or not allowed(configured):
        return
    account, gate = connection().account, GatedCache(lead_cache())
    if wanted.earlier is not None and mine.job and mine.job.account != account.fingerprint:
        return
    mine.drop_job()
    me = owner(configured.access)
    mine.job = registry().running(sheet, wanted, account=account, owner=me)
    if mine.job is None:
        client = configured.client(account, cache=gate, share=wanted.share)
        mine.job = Job(sheet, wanted, client=client, cache=gate)
        registry().add(mine.job, owner=me)


def fetch_card(setup: Setup, *, done: Lookup | None = None) -> None:
    """Show the cost and the button that spends it.

    Args:
        setup: What the viewer wants fetched.
        done: The fetch that stands above this card, whose columns are being changed, or None.
    """
    with st.container(border=True), st.container(horizontal=True, vertical_alignment="center"):
        slot = st.container(horizontal=True, vertical_alignment="center", width="content")
        st.space("stretch")
        wanted = _options(setup)
        with slot:
            st.button(
                _label(wanted, again=done is not None),
                key="fetch",
                type="primary",
                icon=":material/cloud_download:",
                shortcut="Ctrl+Enter",
                disabled=not wanted.ids,
                on_click=start,
                args=(setup.sheet, wanted),
            )
            _say(wanted)


def _label(wanted: Plan, *, again: bool) -> str:
    verb = "Open" if not wanted.calls else "Fetch"
    more = " again with these columns" if again else ""
    return f"{verb} {counted(len(wanted.ids), 'lead')}{more}"


def _say(wanted: Plan) -> None:
    configured = settings()
    if not wanted.ids:
        st.markdown("No id to ask for.", width="content")
        return
    figure, detail = cost(wanted, fresh_for_s=configured.cache_ttl_s, batch=configured.batch)
    st.markdown(f"**{figure}**&ensp;{detail}{_memory(wanted)}", width="content")


def _memory(wanted: Plan) -> str:
    """Warn when the result may not fit where memory is short."""
    total = _used_bytes() + wanted.memory_bytes
    if total < 0.7 * FLOOR_BYTES:
        return ""
    return (
        f"  \n:orange[:material/memory: About {size(total)} of memory in all: Community Cloud "
        f"guarantees {size(FLOOR_BYTES)}. Fewer columns or half the sheet need less.]"
    )


def _used_bytes() -> int:
    """Return this process's memory; 0 where it is not Linux, which has no such floor."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _options(setup: Setup) -> Plan:
    ids = len(setup.cells.ids)
    with st.popover("Options", type="tertiary", icon=":material/tune:"):
        refresh = st.checkbox("Fetch again even what is fresh", key="refresh")
        trial = st.checkbox(
            f"Try the first {TRIAL_IDS}", key="trial", disabled=ids <= TRIAL_IDS, help="One call."
        )
        share = st.segmented_control(
            "Share of the account’s rate limit",
            SHARES,
            default=SHARES[0],
            format_func="{:.0%}".format,
            key="share",
            required=True,
            help="The rest stays free for the account’s other integrations.",
        )
    return planned(
        setup.cells,
        columns=setup.columns,
        refresh=refresh,
        first=TRIAL_IDS if trial and ids > TRIAL_IDS else None,
        share=share or SHARES[0],
    )
